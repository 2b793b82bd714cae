package stillpoint.program;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The whole language: one CPU executing kernel code. One call is one atomic step, in kernel words,
/// with the memory order in the verb. `cpu.` and TAB lists it in a notebook.
public final class Cpu {
    /// Wide enough for the number of a CPU in a search.
    private static final int CPU_BITS = 4;

    /// Wide enough for a set of CPUs in a search.
    private static final int CPU_SET_BITS = 16;

    private final Recording recording;
    private final Walk walk;
    private final Scribe scribe;

    Cpu(Recording recording) {
        this.recording = recording;
        this.walk = recording.walk();
        this.scribe = new Scribe(recording);
    }

    // ---- reads and writes

    /// A plain C load.
    public <V extends Value> V read(Cell<V> cell) {
        return scribe.load(cell, Order.PLAIN);
    }

    /// `READ_ONCE`.
    public <V extends Value> V readOnce(Cell<V> cell) {
        return scribe.load(cell, Order.ONCE);
    }

    /// `smp_load_acquire`.
    public <V extends Value> V smpLoadAcquire(Cell<V> cell) {
        return scribe.load(cell, Order.ACQUIRE);
    }

    /// `rcu_dereference`.
    public <V extends Value> V rcuDereference(Cell<V> cell) {
        return scribe.load(cell, Order.DEREFERENCE);
    }

    /// A plain C store of a constant.
    public void write(Cell<Val> cell, int value) {
        scribe.store(cell.place(), Val.of(value), Order.PLAIN);
    }

    /// A plain C store.
    public void write(Cell<Val> cell, Val value) {
        scribe.store(cell.place(), value, Order.PLAIN);
    }

    /// A plain C store of a pointer.
    public void writePtr(Cell<Ptr> cell, Ptr value) {
        scribe.store(cell.place(), value, Order.PLAIN);
    }

    /// A plain C store of NULL.
    public void clear(Cell<Ptr> cell) {
        scribe.visible(
                new Step.Write(scribe.own(cell.place()), Operand.of(Kind.NULL), Order.PLAIN));
    }

    /// `WRITE_ONCE`.
    public void writeOnce(Cell<Val> cell, int value) {
        scribe.store(cell.place(), Val.of(value), Order.ONCE);
    }

    /// `smp_store_release`.
    public void smpStoreRelease(Cell<Val> cell, int value) {
        scribe.store(cell.place(), Val.of(value), Order.RELEASE);
    }

    /// `rcu_assign_pointer`.
    public void rcuAssignPointer(Cell<Ptr> cell, Ptr value) {
        scribe.store(cell.place(), value, Order.RELEASE);
    }

    /// `cell |= bits` in plain C: only under a lock that every writer of the cell takes.
    public void setBits(Cell<Val> cell, int bits) {
        scribe.modify(cell, Step.Update.OR, Val.of(0), Val.of(bits), Order.PLAIN).ignored();
    }

    /// `cell &= ~bits` in plain C: only under a lock that every writer of the cell takes.
    public void clearBits(Cell<Val> cell, int bits) {
        scribe.modify(cell, Step.Update.AND_NOT, Val.of(0), Val.of(bits), Order.PLAIN).ignored();
    }

    /// `cmpxchg`: gives the old value.
    public Val cmpxchg(Cell<Val> cell, int expected, int value) {
        return scribe.modify(
                cell, Step.Update.CMPXCHG, Val.of(expected), Val.of(value), Order.FULL);
    }

    /// `xchg`: gives the old value.
    public Val xchg(Cell<Val> cell, int value) {
        return scribe.modify(cell, Step.Update.XCHG, Val.of(0), Val.of(value), Order.FULL);
    }

    /// `atomic_fetch_add`: gives the old value; it wraps at the cell's width.
    public Val fetchAdd(Cell<Val> cell, Val value) {
        return scribe.modify(cell, Step.Update.ADD, Val.of(0), value, Order.FULL);
    }

    /// `atomic_inc`.
    public void inc(Cell<Val> cell) {
        scribe.modify(cell, Step.Update.ADD, Val.of(0), Val.of(1), Order.PLAIN).ignored();
    }

    /// `atomic_dec`; below 0 it wraps at the cell's width.
    public void dec(Cell<Val> cell) {
        scribe.modify(cell, Step.Update.ADD, Val.of(0), Scribe.minusOne(cell), Order.PLAIN)
                .ignored();
    }

    /// `atomic_dec_and_test`: whether the cell is 0 now.
    public boolean decAndTest(Cell<Val> cell) {
        return scribe.modify(cell, Step.Update.ADD, Val.of(0), Scribe.minusOne(cell), Order.FULL)
                .is(1);
    }

    /// `atomic_inc_not_zero`: whether it was not 0 and has been counted up.
    public boolean incNotZero(Cell<Val> cell) {
        return scribe.modify(cell, Step.Update.ADD_UNLESS_ZERO, Val.of(0), Val.of(1), Order.FULL)
                .isNot(0);
    }

    // ---- fences

    /// `smp_mb`.
    public void smpMb() {
        scribe.visible(new Step.Fence("smp_mb"));
    }

    /// `smp_rmb`.
    public void smpRmb() {
        scribe.visible(new Step.Fence("smp_rmb"));
    }

    /// `smp_wmb`.
    public void smpWmb() {
        scribe.visible(new Step.Fence("smp_wmb"));
    }

    // ---- sections and locks

    /// `preempt_disable`.
    public void preemptDisable() {
        recording.enter(Section.PREEMPT);
    }

    /// `preempt_enable`.
    public void preemptEnable() {
        recording.leave(Section.PREEMPT);
    }

    /// `local_irq_disable`.
    public void localIrqDisable() {
        recording.enter(Section.IRQ);
    }

    /// `local_irq_enable`.
    public void localIrqEnable() {
        recording.leave(Section.IRQ);
    }

    /// `rcu_read_lock`.
    public void rcuReadLock() {
        recording.enter(Section.RCU);
    }

    /// `rcu_read_unlock`.
    public void rcuReadUnlock() {
        recording.leave(Section.RCU);
    }

    /// `srcu_read_lock`, of the one SRCU domain there is.
    public void srcuReadLock() {
        recording.enter(Section.SRCU);
    }

    /// `srcu_read_unlock`.
    public void srcuReadUnlock() {
        recording.leave(Section.SRCU);
    }

    /// Enters a section of this kind, for code that leaves the kind open: `preempt_disable`,
    /// `local_irq_disable`, `rcu_read_lock` or `srcu_read_lock`.
    public void enter(Section section) {
        recording.enter(section);
    }

    /// Leaves a section of this kind.
    public void leave(Section section) {
        recording.leave(section);
    }

    /// `spin_lock`: preemption off, then spin.
    public void spinLock(SpinLock lock) {
        recording.enter(Section.PREEMPT);
        scribe.visible(new Step.SpinAcquire(scribe.own(lock.place())));
    }

    /// `spin_unlock`: release, then preemption on.
    public void spinUnlock(SpinLock lock) {
        scribe.visible(new Step.SpinRelease(scribe.own(lock.place())));
        recording.leave(Section.PREEMPT);
    }

    /// `mutex_lock`: may sleep.
    public void mutexLock(Mutex lock) {
        recording.maySleep("mutex_lock(" + lock.place() + ")");
        scribe.visible(new Step.MutexAcquire(lock.place()));
    }

    /// `mutex_unlock`.
    public void mutexUnlock(Mutex lock) {
        scribe.visible(new Step.MutexRelease(lock.place()));
    }

    // ---- waiting

    /// `synchronize_rcu`: returns once every section that was open at the call has closed.
    public void synchronizeRcu() {
        scribe.gracePeriod(GracePeriod.RCU);
    }

    /// `synchronize_rcu_expedited`: the promise of [#synchronizeRcu], kept sooner.
    public void synchronizeRcuExpedited() {
        scribe.gracePeriod(GracePeriod.RCU_EXPEDITED);
    }

    /// `synchronize_sched`: returns once every CPU on which preemption or interrupts were off at
    /// the call has turned them on.
    public void synchronizeSched() {
        scribe.gracePeriod(GracePeriod.SCHED);
    }

    /// `synchronize_srcu`: returns once every SRCU section that was open at the call has closed. In
    /// such a section it waits for itself.
    public void synchronizeSrcu() {
        scribe.gracePeriod(GracePeriod.SRCU);
    }

    /// `stop_machine`: waits until every other CPU can be preempted by its stopper, then runs
    /// `callback` on the CPUs of `mask` while nothing else runs anywhere.
    public void stopMachine(CpuMask mask, Consumer<Cpu> callback) {
        recording.maySleep("stop_machine()");
        scribe.visible(new Step.StopMachine(mask, Scribe.callback(callback)));
    }

    /// [#stopMachine] on a set of CPUs that was evaluated before the call, bit n for CPU n. It is a
    /// fault if one of them is off line by then.
    public void stopMachineOn(Val cpus, Consumer<Cpu> callback) {
        recording.maySleep("stop_machine()");
        scribe.visible(
                new Step.StopMachine(
                        CpuMask.ONLINE,
                        Scribe.callback(callback),
                        Optional.of(recording.own(cpus))));
    }

    /// `*cpu_online_mask`: the CPUs that are on line now, bit n for CPU n.
    public Val onlineMask() {
        return scribe.word(CPU_SET_BITS, Step.OnlineMask::new);
    }

    /// In an interrupt handler: whether what it interrupted is a quiescent state of RCU, as
    /// `rcu_sched_clock_irq` decides: user mode, an idle CPU, or what the kernel configuration lets
    /// pass for one.
    public boolean interruptedQuiescent() {
        return scribe.word(1, Step.Interrupted::new).is(1);
    }

    /// Spins until the cell has a value for which `wanted` holds, and gives it
    /// (`smp_cond_load_acquire`). The CPU stays busy: under preemption-off code it holds off a stop
    /// and a grace period.
    public Val condLoad(Cell<Val> cell, Predicate<Val> wanted) {
        int bits = cell.place().variable().bits();
        Val value =
                scribe.word(
                        bits,
                        r ->
                                new Step.SpinUntil(
                                        r, scribe.own(cell.place()), scribe.values(bits, wanted)));
        recording.use(value.operand());
        return value;
    }

    /// Sleeps until the cell has a value for which `wanted` holds (`wait_event`,
    /// `wait_for_completion`).
    public void waitFor(Cell<Val> cell, Predicate<Val> wanted) {
        recording.maySleep("wait_event(" + cell.place() + ")");
        scribe.visible(
                new Step.SleepUntil(
                        scribe.own(cell.place()),
                        scribe.values(cell.place().variable().bits(), wanted)));
    }

    /// A point at which the scheduler may run: `cond_resched()`, or a call that may sleep, which
    /// `label` names.
    public void mightSleep(String label) {
        recording.maySleep(label);
        scribe.visible(new Step.Schedule(label));
    }

    // ---- objects

    /// A new object of `kind`, its fields 0 (`kvzalloc`; it may sleep).
    public Ptr alloc(Kind kind) {
        int register = recording.register(Register.pointer(kind));
        recording.step(new Step.Allocate(register, kind), register);
        return new Ptr(new Operand.Reg(register), kind, recording);
    }

    /// Ends the life of an object (`kvfree`); of NULL it does nothing.
    public void free(Ptr object) {
        scribe.visible(new Step.Free(recording.own(object), object.kind()));
    }

    // ---- what happens or not, and what must

    /// Something that may happen or not: both are explored.
    public boolean choose(String label) {
        return scribe.word(1, r -> new Step.Choose(r, label)).is(1);
    }

    /// A condition that holds on every run; where it does not, the run ends with a violation.
    public void must(boolean holds, String rule) {
        if (!holds) recording.fail(Fault.ASSERTION, rule);
    }

    /// A condition that has to occur in some run, or the proof is empty.
    public void sometimes(String label) {
        scribe.visible(new Step.Sometimes(label));
    }

    /// A remark for the reader of a trace.
    public void note(String text) {
        scribe.visible(new Step.Note(text));
    }

    /// A visible step that does nothing.
    public void nop(String label) {
        scribe.visible(new Step.Nop(label));
    }

    /// What an observer sees happen here: `call`, `return`, `enter`. A step that does nothing and
    /// that no reduction moves; [Step.Event].
    public void event(String label) {
        scribe.visible(new Step.Event(label));
    }

    /// The steps of `body` are one transition: nothing comes between them.
    public void atomic(Runnable body) {
        walk.atomically(body);
    }

    // ---- control flow that joins again

    /// `if (condition) then;` whose two ways are one again behind it.
    public void when(BooleanSupplier condition, Runnable then) {
        when(condition, then, () -> {});
    }

    /// `if (condition) then; else otherwise;` whose two ways are one again behind it.
    public void when(BooleanSupplier condition, Runnable then, Runnable otherwise) {
        walk.piece(
                "if",
                false,
                () -> {
                    if (condition.getAsBoolean()) then.run();
                    else otherwise.run();
                });
    }

    /// Calls a function, whose ways are one again behind it. Traces show its name.
    public void call(String function, Runnable body) {
        walk.piece(function, true, body);
    }

    /// Calls a function whose ways stay apart behind it, so that it may give a pointer. Traces show
    /// its name.
    public <T> T inline(String function, Supplier<T> body) {
        return walk.inFrame(function, body);
    }

    /// Calls a function that answers yes or no; behind it there is one way for each answer. With an
    /// empty name it is a piece of the caller.
    public boolean test(String function, BooleanSupplier body) {
        return walk.region(function, !function.isEmpty(), () -> Optional.of(body.getAsBoolean()))
                .orElseThrow();
    }

    /// Calls a function that gives a word.
    public Val fetch(String function, int bits, Supplier<Val> body) {
        int register = scribe.variable(bits, 0);
        walk.piece(function, true, () -> recording.assign(register, body.get()));
        return new Val(new Operand.Reg(register), bits, recording);
    }

    /// Runs `body` again and again while it gives true. What it carries around is kept in [#local].
    public void loop(BooleanSupplier body) {
        walk.loop(body);
    }

    /// A variable of this task, of `bits` bits.
    public Local local(String name, int bits, int initial) {
        return new Local(recording, scribe.variable(bits, initial), bits);
    }

    /// Visits every CPU of the mask once, in any order. One node, whatever the number of CPUs.
    public void forEachCpu(CpuMask mask, Consumer<Val> body) {
        int visited = scribe.variable(CPU_SET_BITS, 0);
        recording
                .walk()
                .loop(() -> {
                    Val cpu = scribe.word(CPU_BITS, r -> new Step.NextCpu(r, visited, mask));
                    if (!cpu.below(new Val(new Operand.CpuCount(), CPU_BITS, recording)))
                        return false;
                    body.accept(cpu);
                    return true;
                });
    }
}
