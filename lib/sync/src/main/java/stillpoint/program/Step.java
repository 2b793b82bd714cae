package stillpoint.program;

import java.util.Optional;

/// One thing a program does. A new kind of step breaks the checker, the printer and every other
/// reader of a graph at compile time, which is what shows where it has to be added.
///
/// *Visible* steps touch shared state or change what the machine may do next; *local* ones happen
/// together with the visible step before them.
public sealed interface Step {
    /// `r = cell`.
    record Read(int register, Place place, Order order) implements Step {}

    /// `cell = value`.
    record Write(Place place, Operand value, Order order) implements Step {}

    /// An atomic read-modify-write; `register` receives the old value.
    record Modify(
            int register, Place place, Update update, Operand expected, Operand value, Order order)
            implements Step {}

    /// How a [Modify] changes the old value.
    enum Update {
        /// `old == expected ? value : old`
        CMPXCHG,
        /// `value`
        XCHG,
        /// `old + value`, within the width of the cell
        ADD,
        /// `old == 0 ? 0 : old + value`
        ADD_UNLESS_ZERO,
        /// `old | value`
        OR,
        /// `old & ~value`
        AND_NOT
    }

    /// A memory barrier: no effect on a search over interleavings.
    record Fence(String verb) implements Step {}

    /// Enter a section, or turn something off.
    record Enter(Section section) implements Step {}

    /// Leave a section, or turn something on.
    record Leave(Section section) implements Step {}

    /// Spin until the lock is free, then take it. Preemption was turned off by the [Enter] before
    /// it.
    record SpinAcquire(Place lock) implements Step {}

    /// Release a spin lock. Preemption is turned on by the [Leave] after it.
    record SpinRelease(Place lock) implements Step {}

    /// Sleep until the mutex is free, then take it.
    record MutexAcquire(Place lock) implements Step {}

    /// Release a mutex.
    record MutexRelease(Place lock) implements Step {}

    /// The call of `synchronize_rcu` or another of its kind: from here on every section that is
    /// open is waited for.
    record GraceBegin(GracePeriod kind) implements Step {}

    /// Its return: possible once every section that was open at the call has closed.
    record GraceEnd(GracePeriod kind) implements Step {}

    /// `stop_machine`: waits until every other CPU can be preempted by its stopper, then runs the
    /// callback.
    ///
    /// @param copied the set of CPUs to run the callback on, if it was evaluated before the call
    record StopMachine(CpuMask mask, Optional<Flow> callback, Optional<Operand> copied)
            implements Step {
        /// With a mask that is evaluated while the machine stands still.
        public StopMachine(CpuMask mask, Optional<Flow> callback) {
            this(mask, callback, Optional.empty());
        }
    }

    /// A new object, all fields 0.
    record Allocate(int register, Kind kind) implements Step {}

    /// The end of an object's life.
    record Free(Operand object, Kind kind) implements Step {}

    /// Spin until the cell's value is one of `values` (bit n stands for value n), then read it.
    record SpinUntil(int register, Place place, long values) implements Step {}

    /// Sleep until the cell's value is one of `values`.
    record SleepUntil(Place place, long values) implements Step {}

    /// A point at which the scheduler may run: `cond_resched()`, or a call that may sleep.
    record Schedule(String label) implements Step {}

    /// Something happens or it does not: `register` is 1 or 0.
    record Choose(int register, String label) implements Step {}

    /// `r = 1` if what this handler interrupted is a quiescent state of RCU, else 0.
    record Interrupted(int register) implements Step {}

    /// `r` = the set of CPUs that are online, bit n for CPU n.
    record OnlineMask(int register) implements Step {}

    /// A visible step that does nothing.
    record Nop(String label) implements Step {}

    /// What an observer sees happen on this CPU: `call`, `return`, `enter`. It does nothing, and no
    /// reduction moves or hides it: refinement and progress are stated over events.
    record Event(String label) implements Step {}

    /// Visit each CPU once, in any order: takes one that is not in `visited`, or goes on when there
    /// is none. `cpu` receives its number; the first successor is the body, the second what
    /// follows.
    record NextCpu(int cpu, int visited, CpuMask mask) implements Step {}

    /// Local: `r = left op right`.
    record Compute(int register, Arithmetic op, Operand left, Operand right, int bits)
            implements Step {}

    /// What [Compute] can do; the result is cut to the register's width.
    enum Arithmetic {
        COPY,
        PLUS,
        MINUS,
        AND,
        OR
    }

    /// Local: go to the first successor if the answer is yes, else to the second.
    record Branch(Question question) implements Step {}

    /// Local: a condition that should occur in some run did.
    record Sometimes(String label) implements Step {}

    /// Local: a remark for the reader of a trace.
    record Note(String text) implements Step {}

    /// Local: what follows may sleep where preemption is off or in an RCU section: a fault on a
    /// kernel that can tell. Where it cannot, the section protects nothing across it.
    record AtomicSleep(String text) implements Step {}

    /// The end of the path: something is wrong here in every run that gets here.
    record Fail(Fault fault, String text) implements Step {}

    /// The end of the program.
    record End() implements Step {}

    /// The cell or lock it works on.
    default Optional<Place> where() {
        return switch (this) {
            case Read s -> Optional.of(s.place());
            case Write s -> Optional.of(s.place());
            case Modify s -> Optional.of(s.place());
            case SpinAcquire s -> Optional.of(s.lock());
            case SpinRelease s -> Optional.of(s.lock());
            case MutexAcquire s -> Optional.of(s.lock());
            case MutexRelease s -> Optional.of(s.lock());
            case SpinUntil s -> Optional.of(s.place());
            case SleepUntil s -> Optional.of(s.place());
            case Fence s -> Optional.empty();
            case Enter s -> Optional.empty();
            case Leave s -> Optional.empty();
            case GraceBegin s -> Optional.empty();
            case GraceEnd s -> Optional.empty();
            case StopMachine s -> Optional.empty();
            case Allocate s -> Optional.empty();
            case Free s -> Optional.empty();
            case Schedule s -> Optional.empty();
            case Choose s -> Optional.empty();
            case OnlineMask s -> Optional.empty();
            case Nop s -> Optional.empty();
            case Event s -> Optional.empty();
            case Interrupted s -> Optional.empty();
            case NextCpu s -> Optional.empty();
            case Compute s -> Optional.empty();
            case Branch s -> Optional.empty();
            case Sometimes s -> Optional.empty();
            case Note s -> Optional.empty();
            case AtomicSleep s -> Optional.empty();
            case Fail s -> Optional.empty();
            case End s -> Optional.empty();
        };
    }

    /// Whether the step happens together with the one before it.
    default boolean local() {
        return switch (this) {
            case Compute c -> true;
            case Branch b -> true;
            case Sometimes s -> true;
            case Note n -> true;
            case AtomicSleep a -> true;
            case Fail f -> true;
            case Read r -> false;
            case Write w -> false;
            case Modify m -> false;
            case Fence f -> false;
            case Enter e -> false;
            case Leave l -> false;
            case SpinAcquire s -> false;
            case SpinRelease s -> false;
            case MutexAcquire m -> false;
            case MutexRelease m -> false;
            case GraceBegin g -> false;
            case GraceEnd g -> false;
            case StopMachine s -> false;
            case Allocate a -> false;
            case Free f -> false;
            case SpinUntil s -> false;
            case SleepUntil s -> false;
            case Schedule s -> false;
            case Choose c -> false;
            case OnlineMask o -> false;
            case Nop n -> false;
            case Event e -> false;
            case Interrupted i -> false;
            case NextCpu n -> false;
            case End e -> false;
        };
    }
}
