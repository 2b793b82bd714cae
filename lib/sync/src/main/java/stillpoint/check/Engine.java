package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import stillpoint.machine.Level;
import stillpoint.program.CpuMask;
import stillpoint.program.Fault;
import stillpoint.program.GracePeriod;
import stillpoint.program.Kind;
import stillpoint.program.Question;
import stillpoint.program.Step;
import stillpoint.program.Val;

/// Takes one transition of one task: a visible step, the local steps behind it, and the steps that
/// move into it.
///
/// The hot core of the search: mutable, one thread, flat arrays. A transition that waits is not
/// taken at all. Where it may go several ways (`choose`, the next CPU, a comparison with a freed
/// address), each way is reported, numbered from 0.
final class Engine {
    private static final int LONGEST = 64;

    /// As a number of steps: the callbacks of a stop come next, whatever the caller would do.
    private static final int STOPPED = Integer.MAX_VALUE / 2;

    private static final Question.Relation[] RELATIONS = Question.Relation.values();
    private static final Step.Update[] UPDATES = Step.Update.values();
    private static final Step.Arithmetic[] ARITHMETIC = Step.Arithmetic.values();

    /// Receives what may happen next. The state is the engine's own: copy what is kept.
    interface Sink {
        void reached(long[] state, int task, int alternative);

        void failed(long[] state, int task, int alternative, Hit hit);
    }

    /// An instruction that was taken in a transition.
    ///
    /// @param location the cell or lock; -1 when it has none
    /// @param before what was there
    /// @param after what is there now; without a location, the value the instruction gave
    record Taken(Task task, Instr instr, int location, int before, int after) {}

    private final Compiled compiled;
    private final Layout layout;
    private final Heap heap;
    private final Waits waits;
    private final Online online;
    private final Predicate<Hit> passedOver;
    private final boolean watching;
    private final List<Taken> trail = new ArrayList<>();
    private final boolean[] occurred;
    private final long[] now;
    private Sink sink =
            new Sink() {
                @Override
                public void reached(long[] state, int task, int alternative) {}

                @Override
                public void failed(long[] state, int task, int alternative, Hit hit) {}
            };

    // The transition under way. `outer` is the caller of a stop whose callback runs inside this
    // transition.
    private Task task;
    private int[] registers;
    private Task outer;
    private int[] outerRegisters;
    private int outerNext;
    private int alternative;
    private boolean moved;
    private boolean required;

    Engine(Compiled compiled, Predicate<Hit> passedOver) {
        this(compiled, passedOver, false);
    }

    /// @param watching whether [#trail] is kept
    Engine(Compiled compiled, Predicate<Hit> passedOver, boolean watching) {
        this.compiled = compiled;
        this.layout = compiled.layout;
        this.heap = new Heap(compiled);
        this.waits = new Waits(compiled);
        this.online = new Online(compiled);
        this.passedOver = passedOver;
        this.watching = watching;
        this.occurred = new boolean[compiled.model.sometimes().size()];
        this.now = new long[layout.words];
        this.task = compiled.inline;
        this.outer = compiled.inline;
        this.registers = new int[0];
        this.outerRegisters = new int[0];
    }

    /// Whether the `sometimes` condition with this number has been reached by any transition so
    /// far.
    boolean occurred(int label) {
        return occurred[label];
    }

    /// The instructions of the transition that is being reported.
    List<Taken> trail() {
        return List.copyOf(trail);
    }

    /// Reports every transition of a state.
    ///
    /// @param twins whether CPUs that repeat their twin are passed over
    /// @return whether there was any of a task that has to go on: handlers that may come for ever
    ///   do not count
    boolean expand(long[] state, boolean twins, Sink into) {
        sink = into;
        moved = false;
        required = false;
        boolean stopping = stopping(state);
        if (stopping)
            for (Task stopper : compiled.stoppers) if (stopper.active(state)) take(state, stopper);
        for (Task each : compiled.tasks)
            if ((!stopping || each.level == Level.NMI)
                    && !(twins && compiled.repeatsTwin(state, each.cpu))) take(state, each);
        if (stopping && !moved) stuck(state);
        return required;
    }

    /// Reports the transitions of one task, and those of the others too where they cannot be told
    /// apart from it.
    void expand(long[] state, int id, Sink into) {
        if (stopping(state)) {
            expand(state, false, into);
            return;
        }
        sink = into;
        moved = false;
        take(state, compiled.tasks[id]);
    }

    private boolean stopping(long[] state) {
        for (Task stopper : compiled.stoppers) if (stopper.active(state)) return true;
        return false;
    }

    private void stuck(long[] state) {
        for (Task stopper : compiled.stoppers)
            if (stopper.active(state)) {
                task = stopper;
                alternative = 0;
                trail.clear();
                System.arraycopy(state, 0, now, 0, now.length);
                fail(blocked(stopper.node(state)));
                return;
            }
    }

    private void take(long[] state, Task running) {
        alternative = 0;
        stay(state, running);
        if (running.mayMigrate(state)) migrate(state, running);
    }

    private void stay(long[] state, Task running) {
        int at = running.at(state);
        if (at < 0 || !running.mayRun(state)) return;
        Instr from = running.resting[at];
        if (from.op == Instr.Op.END) return;
        for (int w = 0; w < now.length; w++) now[w] = state[w];
        go(running, from);
    }

    /// The same behind a move to another CPU: it comes right before the step, which nobody can tell
    /// from a move that comes earlier.
    private void migrate(long[] state, Task running) {
        Instr from = running.node(state);
        if (from.op == Instr.Op.END) return;
        for (int to = 0; to < compiled.cpus(); to++) {
            if (to == running.cpu(state)) continue;
            System.arraycopy(state, 0, now, 0, now.length);
            running.migrate(now, to);
            if (running.mayRun(now)) go(running, from);
        }
    }

    private void go(Task running, Instr from) {
        task = running;
        registers = running.buffer;
        running.load(now, from, registers);
        outer = compiled.inline;
        if (watching) trail.clear();
        boolean open =
                from.mobility == Instr.Mobility.RIGHT || from.mobility == Instr.Mobility.BOTH;
        run(from, open, false, 0);
    }

    /// Goes on from an instruction: `open` while the step that others notice is still to come,
    /// `acquired` once a lock was taken or one of several ways, so that a step that waits would
    /// hide that.
    private void run(Instr from, boolean open, boolean bound, int taken) {
        Instr i = from;
        boolean acquired = bound;
        int steps = taken;
        while (true) {
            if (steps > 0 && i.visible && outer == compiled.inline) {
                if (steps >= STOPPED
                        || !i.glued && (steps > LONGEST || !joins(i, open, acquired))) {
                    rest(i);
                    return;
                }
                open &= i.mobility == Instr.Mobility.RIGHT || i.mobility == Instr.Mobility.BOTH;
            }
            steps++;
            acquired |= i.acquires;
            switch (i.op) {
                case FENCE, ENTER, LEAVE -> watch(i);
                case READ -> {
                    int at = locate(i);
                    if (at < 0) return;
                    int value = layout.get(now, at);
                    put(i, value);
                    watch(i, at, value, value);
                }
                case WRITE -> {
                    int at = locate(i);
                    if (at < 0) return;
                    set(i, at, value(i.leftKind, i.leftValue));
                }
                case MODIFY -> {
                    int at = locate(i);
                    if (at < 0) return;
                    int old = layout.get(now, at);
                    put(i, old);
                    set(i, at, updated(i, old));
                }
                case SPIN_ACQUIRE, MUTEX_ACQUIRE -> {
                    int at = locate(i);
                    if (at < 0) return;
                    if (layout.get(now, at) != 0) {
                        wait(i);
                        return;
                    }
                    set(i, at, 1);
                }
                case RELEASE -> {
                    int at = locate(i);
                    if (at < 0) return;
                    if (layout.get(now, at) == 0) {
                        fail(
                                i,
                                Hit.at(
                                        i.node,
                                        Fault.UNLOCK_OF_FREE_LOCK,
                                        lock(i),
                                        Fault.UNLOCK_OF_FREE_LOCK.words() + " " + lock(i)));
                        return;
                    }
                    set(i, at, 0);
                }
                case SPIN_UNTIL, SLEEP_UNTIL -> {
                    int at = locate(i);
                    if (at < 0) return;
                    int value = layout.get(now, at);
                    if ((i.values >>> value & 1) == 0) {
                        wait(i);
                        return;
                    }
                    put(i, value);
                    watch(i, at, value, value);
                }
                case GRACE_BEGIN -> {
                    waits.begin(now, task.id, i);
                    watch(i);
                }
                case GRACE_END -> {
                    if (waits.pending(now, task.id, i.detail)) return;
                    watch(i);
                }
                case STOP -> {
                    if (!waits.stoppable(now, task.id) || online.locked(now)) return;
                    int on = callbackOn(i);
                    if (on < 0) return;
                    watch(i);
                    if (i.detail >= 0
                            && (compiled.stepwise || i.bits == CpuMask.ONLINE.ordinal())) {
                        for (Task stopper : compiled.stoppers)
                            if ((on >>> stopper.cpu & 1) != 0)
                                stopper.rest(
                                        now,
                                        stopper.code[compiled.callbackEntries[i.detail]],
                                        new int[stopper.registers()]);
                        steps = STOPPED;
                    } else if (i.detail >= 0) {
                        outer = task;
                        outerRegisters = registers;
                        outerNext = i.next;
                        task = compiled.inline;
                        registers = new int[task.registers()];
                        i = task.code[compiled.callbackEntries[i.detail]];
                        continue;
                    }
                }
                case ALLOCATE -> {
                    if (!allocate(i)) return;
                }
                case FREE -> {
                    if (!free(i)) return;
                }
                case CHOOSE -> {
                    fork(i, 1, open, steps);
                    put(i, 0);
                    watch(i, -1, 0, 0);
                    acquired = true;
                }
                case INTERRUPTED, ONLINE_MASK -> {
                    int value = i.op == Instr.Op.ONLINE_MASK ? online.cpus(now) : interrupted();
                    put(i, value);
                    watch(i, -1, 0, value);
                }
                case NEXT_CPU -> {
                    nextCpu(i, open, steps);
                    return;
                }
                case COMPUTE -> {
                    int left = value(i.leftKind, i.leftValue);
                    put(
                            i,
                            Val.apply(
                                    ARITHMETIC[i.detail],
                                    left,
                                    value(i.rightKind, i.rightValue),
                                    i.bits));
                }
                case BRANCH -> {
                    int left = value(i.leftKind, i.leftValue);
                    int right = value(i.rightKind, i.rightValue);
                    Question.Relation relation = RELATIONS[i.detail];
                    if (relation == Question.Relation.SAME_OBJECT && reused(i, left, right)) {
                        var saved = new Saved();
                        run(task.code[i.next], open, true, steps);
                        saved.restore();
                        i = task.code[i.otherwise];
                        acquired = true;
                    } else
                        i = task.code[Question.holds(relation, left, right) ? i.next : i.otherwise];
                    continue;
                }
                case SOMETIMES -> {
                    if (i.detail >= 0) occurred[i.detail] = true;
                }
                case FAIL -> {
                    fail(i, Hit.told(i.node));
                    return;
                }
                case END -> {
                    if (outer == compiled.inline) {
                        rest(i);
                        return;
                    }
                    task = outer;
                    registers = outerRegisters;
                    outer = compiled.inline;
                    i = task.code[outerNext];
                    continue;
                }
            }
            i = task.code[i.next];
        }
    }

    /// The set of CPUs that the callback of a stop runs on; -1 after a fault.
    private int callbackOn(Instr stop) {
        int cpus = online.cpus(now);
        if (!stop.copied)
            return stop.bits == CpuMask.ONLINE.ordinal() ? cpus : Integer.lowestOneBit(cpus);
        int copied = value(stop.leftKind, stop.leftValue);
        int off = copied & ~cpus;
        if (off == 0) return copied;
        fail(
                stop,
                Hit.at(
                        stop.node,
                        Fault.OFFLINE_CPU,
                        "",
                        Fault.OFFLINE_CPU.words()
                                + ": CPU"
                                + Integer.numberOfTrailingZeros(off)
                                + " went off line after the mask was read"));
        return -1;
    }

    private static boolean joins(Instr i, boolean open, boolean acquired) {
        if (i.barrier || i.acquires && acquired) return false;
        return switch (i.mobility) {
            case BOTH, LEFT -> true;
            case RIGHT, NON -> open;
        };
    }

    // ---- ends of a transition

    private void rest(Instr i) {
        Instr at = task.restingAt(i);
        if (task.stopper && at.op == Instr.Op.END) task.stop(now);
        else task.rest(now, at, registers);
        if (!task.stopper) waits.quiescent(now, task.id, at.quiescent);
        report();
    }

    private void report() {
        Task whose = moving();
        sink.reached(now, whose.id, alternative++);
    }

    /// Whose transition it is: a callback inside it belongs to the caller of the stop.
    private Task moving() {
        Task whose = outer == compiled.inline ? task : outer;
        moved = true;
        required |= whose.required();
        return whose;
    }

    private void fail(Instr i, Hit hit) {
        watch(i);
        fail(hit);
    }

    private void fail(Hit hit) {
        if (passedOver.test(hit)) {
            if (outer != compiled.inline) task = outer;
            outer = compiled.inline;
            task.stop(now);
            if (!task.stopper) waits.quiescent(now, task.id, Waits.ALL);
            report();
        } else sink.failed(now, moving().id, alternative++, hit);
    }

    /// A step that cannot be taken now: the whole transition waits, unless nobody is left to wait
    /// for.
    private void wait(Instr i) {
        if (outer != compiled.inline) fail(i, blocked(i));
    }

    static Hit blocked(Instr i) {
        return Hit.at(
                i.node,
                Fault.BLOCKED_CALLBACK,
                lock(i),
                Fault.BLOCKED_CALLBACK.words()
                        + ": "
                        + lock(i)
                        + " is held, and its holder is stopped");
    }

    // ---- several ways

    /// What has to be as it was before the second way is gone.
    private final class Saved {
        private final long[] state = now.clone();
        private final int[] kept = registers.clone();
        private final Task of = task;
        private final Task caller = outer;
        private final int[] callersRegisters = outerRegisters.clone();
        private final int next = outerNext;
        private final int taken = trail.size();

        void restore() {
            System.arraycopy(state, 0, now, 0, now.length);
            task = of;
            registers = kept.clone();
            outer = caller;
            outerRegisters = callersRegisters.clone();
            outerNext = next;
            trail.subList(taken, trail.size()).clear();
        }
    }

    private void fork(Instr i, int value, boolean open, int steps) {
        var saved = new Saved();
        put(i, value);
        watch(i, -1, 0, value);
        run(task.code[i.next], open, true, steps);
        saved.restore();
    }

    private void nextCpu(Instr i, boolean open, int steps) {
        int visited = registers[i.detail];
        int cpus = compiled.cpus();
        int left = online.cpus(now) & ~visited;
        if (left == 0) {
            put(i, cpus);
            watch(i, -1, 0, cpus);
            run(task.code[i.next], open, true, steps);
            return;
        }
        var saved = new Saved();
        for (int cpu = 0; cpu < cpus; cpu++) {
            if ((left >>> cpu & 1) == 0) continue;
            saved.restore();
            registers[i.detail] = visited | 1 << cpu;
            put(i, cpu);
            watch(i, -1, 0, cpu);
            run(task.code[i.next], open, true, steps);
        }
    }

    /// 1 if the tasks that a handler interrupted are in a quiescent state of RCU.
    private int interrupted() {
        for (Task below : task.neighbours)
            if (below.level.compareTo(task.level) < 0
                    && task.beside(now, below)
                    && !waits.quiet(now, below, GracePeriod.RCU)) return 0;
        return 1;
    }

    /// Whether a pointer dangles, so that its address may be in use again.
    private boolean reused(Instr i, int left, int right) {
        if (left == Kind.NULL || right == Kind.NULL) return false;
        int kind = task.registerKinds[i.leftKind == Instr.REG ? i.leftValue : i.rightValue];
        int dangling = heap.kind(kind).dangling();
        return left == dangling || right == dangling;
    }

    // ---- registers and places

    private int value(int kind, int number) {
        return switch (kind) {
            case Instr.CONST -> number;
            case Instr.REG -> registers[number];
            default -> compiled.cpus();
        };
    }

    private void put(Instr i, int value) {
        if (i.register >= 0) registers[i.register] = value;
    }

    private void set(Instr i, int at, int value) {
        int before = layout.get(now, at);
        layout.set(now, at, value);
        watch(i, at, before, value & layout.locMask[at]);
    }

    private void watch(Instr i) {
        watch(i, -1, 0, 0);
    }

    private void watch(Instr i, int location, int before, int after) {
        if (watching) trail.add(new Taken(task, i, location, before, after));
    }

    /// Where the instruction reads or writes; -1 after a fault.
    private int locate(Instr i) {
        return switch (i.which) {
            case ONLY -> i.location;
            case MINE -> i.location + task.cpu(now);
            case OF_CPU -> i.location + value(i.whichKind, i.whichValue);
            case OBJECT -> {
                int object = value(i.whichKind, i.whichValue);
                if (object == Kind.NULL) {
                    fault(i, Fault.NULL_DEREFERENCE, owner(i));
                    yield -1;
                }
                if (object == i.dangling) {
                    fault(i, Fault.USE_AFTER_FREE, owner(i));
                    yield -1;
                }
                yield i.location + object - 1;
            }
        };
    }

    private void fault(Instr i, Fault fault, String object) {
        fail(i, Hit.at(i.node, fault, object, fault.words() + " of " + object));
    }

    private String owner(Instr i) {
        return i.node.step().where().flatMap(p -> p.variable().owner()).map(Kind::name).orElse("");
    }

    private static String lock(Instr i) {
        return i.node.step().where().map(p -> p.variable().name()).orElse("");
    }

    private int updated(Instr i, int old) {
        int operand = value(i.rightKind, i.rightValue);
        return switch (UPDATES[i.detail]) {
            case CMPXCHG -> old == value(i.leftKind, i.leftValue) ? operand : old;
            case XCHG -> operand;
            case ADD -> old + operand;
            case ADD_UNLESS_ZERO -> old == 0 ? 0 : old + operand;
            case OR -> old | operand;
            case AND_NOT -> old & ~operand;
        };
    }

    // ---- objects

    private boolean allocate(Instr i) {
        int object = heap.allocate(now, i.detail);
        if (object == Kind.NULL) {
            Kind kind = heap.kind(i.detail);
            fail(
                    i,
                    Hit.at(
                            i.node,
                            Fault.OUT_OF_SLOTS,
                            kind.name(),
                            Fault.OUT_OF_SLOTS.words()
                                    + ": "
                                    + kind
                                    + " has room for "
                                    + kind.slots()
                                    + "; free one first, or give the kind more slots, at most 6"));
            return false;
        }
        put(i, object);
        watch(i, -1, 0, object);
        return true;
    }

    private boolean free(Instr i) {
        int object = value(i.leftKind, i.leftValue);
        Kind kind = heap.kind(i.detail);
        watch(i, -1, object, object);
        if (object == Kind.NULL) return true;
        if (object == kind.dangling()) {
            fail(
                    Hit.at(
                            i.node,
                            Fault.DOUBLE_FREE,
                            kind.name(),
                            Fault.DOUBLE_FREE.words() + " of " + kind));
            return false;
        }
        heap.free(now, i.detail, object);
        heap.free(task, registers, i.detail, object);
        if (outer != compiled.inline) heap.free(outer, outerRegisters, i.detail, object);
        return true;
    }
}
