package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import stillpoint.program.CpuMask;
import stillpoint.program.Fault;
import stillpoint.program.GracePeriod;
import stillpoint.program.Kind;
import stillpoint.program.Question;
import stillpoint.program.Step;
import stillpoint.program.Val;

/// The transition under way: a visible step of one task, the local steps behind it, and the steps
/// that move into it.
///
/// The hot core of the search: mutable, one thread, flat arrays. A transition that waits is not
/// taken at all. Where it may go several ways (`choose`, the next CPU, a comparison with a freed
/// address), each way is reported, numbered from 0.
final class Transition {
    private static final int LONGEST = 64;

    /// As a number of steps: the callbacks of a stop come next, whatever the caller would do.
    private static final int STOPPED = Integer.MAX_VALUE / 2;

    private static final Question.Relation[] RELATIONS = Question.Relation.values();
    private static final Step.Update[] UPDATES = Step.Update.values();
    private static final Step.Arithmetic[] ARITHMETIC = Step.Arithmetic.values();

    /// What a step is. It stands in this class, where a `switch` over it costs one load and no table.
    enum Op {
        READ,
        WRITE,
        MODIFY,
        FENCE,
        ENTER,
        LEAVE,
        SPIN_ACQUIRE,
        RELEASE,
        MUTEX_ACQUIRE,
        GRACE_BEGIN,
        GRACE_END,
        STOP,
        ALLOCATE,
        FREE,
        SPIN_UNTIL,
        SLEEP_UNTIL,
        CHOOSE,
        NEXT_CPU,
        INTERRUPTED,
        ONLINE_MASK,
        COMPUTE,
        BRANCH,
        SOMETIMES,
        FAIL,
        END
    }

    /// How a place is found.
    enum Which {
        ONLY,
        OBJECT,
        MINE,
        OF_CPU
    }

    private final Compiled compiled;
    private final Layout layout;
    private final Task inline;
    private final Heap heap;
    private final Waits waits;
    private final Online online;
    private final Predicate<Hit> passedOver;
    private final boolean watching;
    private final List<Engine.Taken> trail = new ArrayList<>();
    private final boolean[] occurred;
    private final long[] now;
    private Engine.Sink sink = Engine.Sink.NOWHERE;

    // `outer` is the caller of a stop whose callback runs inside this transition.
    private Task task;
    private int[] registers = {};
    private Task outer;
    private int[] outerRegisters = {};
    private Instr outerNext;
    private int alternative;
    private boolean moved;
    private boolean required;

    /// @param passedOver faults that end a task and nothing more
    /// @param watching whether [#trail] is kept
    Transition(Compiled compiled, Predicate<Hit> passedOver, boolean watching) {
        this.compiled = compiled;
        this.layout = compiled.layout;
        this.inline = compiled.inline;
        this.heap = new Heap(compiled);
        this.waits = new Waits(compiled);
        this.online = new Online(compiled);
        this.passedOver = passedOver;
        this.watching = watching;
        this.occurred = new boolean[compiled.model.sometimes().size()];
        this.now = new long[layout.words];
        this.task = inline;
        this.outer = inline;
        this.outerNext = compiled.tasks[0].code[0];
    }

    /// Those that follow are reported to `into`.
    void report(Engine.Sink into) {
        sink = into;
        moved = false;
        required = false;
    }

    /// Those that follow are of a task that has had no way yet.
    void next() {
        alternative = 0;
    }

    /// Whether any was taken since [#report].
    boolean moved() {
        return moved;
    }

    /// Whether any of them was of a task that has to go on.
    boolean required() {
        return required;
    }

    /// Whether the `sometimes` condition with this number has been reached so far.
    boolean occurred(int label) {
        return occurred[label];
    }

    /// The instructions of the transition that is being reported.
    List<Engine.Taken> trail() {
        return List.copyOf(trail);
    }

    // ---- the step

    /// Takes a task on from where it rests in a state.
    void take(long[] state, Task running, Instr from) {
        for (int w = 0; w < now.length; w++) now[w] = state[w];
        go(running, from);
    }

    /// The same behind a move to another CPU, if it may run there. The move comes right before the
    /// step, which nobody can tell from a move that comes earlier.
    void take(long[] state, Task running, Instr from, int cpu) {
        System.arraycopy(state, 0, now, 0, now.length);
        running.migrate(now, cpu);
        if (running.mayRun(now)) go(running, from);
    }

    /// No callback of a stop can go on, and all else stands still.
    void stuck(long[] state, Task stopper) {
        task = stopper;
        alternative = 0;
        trail.clear();
        System.arraycopy(state, 0, now, 0, now.length);
        fail(Hit.blockedCallback(stopper.node(state).node));
    }

    private void go(Task running, Instr from) {
        task = running;
        registers = running.buffer;
        running.load(now, from, registers);
        outer = inline;
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
            if (steps > 0 && i.visible && outer == inline) {
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
                        fail(i, Hit.unlockOfFreeLock(i.node));
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
                        startStoppers(i, on);
                        steps = STOPPED;
                    } else if (i.detail >= 0) {
                        i = enterCallback(i);
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
                    int value = i.op == Op.ONLINE_MASK ? online.cpus(now) : interrupted();
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
                        run(i.next, open, true, steps);
                        saved.restore();
                        i = i.otherwise;
                        acquired = true;
                    } else
                        i = Question.holds(relation, left, right) ? i.next : i.otherwise;
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
                    if (outer == inline) {
                        rest(i);
                        return;
                    }
                    task = outer;
                    registers = outerRegisters;
                    outer = inline;
                    i = outerNext;
                    continue;
                }
            }
            i = i.next;
        }
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
        if (task.stopper && at.op == Op.END) task.stop(now);
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
        Task whose = outer == inline ? task : outer;
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
            if (outer != inline) task = outer;
            outer = inline;
            task.stop(now);
            if (!task.stopper) waits.quiescent(now, task.id, Waits.ALL);
            report();
        } else sink.failed(now, moving().id, alternative++, hit);
    }

    /// A step that cannot be taken now: the whole transition waits, unless nobody is left to wait
    /// for.
    private void wait(Instr i) {
        if (outer != inline) fail(i, Hit.blockedCallback(i.node));
    }

    // ---- callbacks of a stop

    /// They come next, on these CPUs, one bit each.
    private void startStoppers(Instr stop, int on) {
        for (Task stopper : compiled.stoppers)
            if ((on >>> stopper.cpu & 1) != 0)
                stopper.rest(
                        now,
                        stopper.code[compiled.callbackEntries[stop.detail]],
                        new int[stopper.registers()]);
    }

    /// The only one runs inside this transition; gives its first step.
    private Instr enterCallback(Instr stop) {
        outer = task;
        outerRegisters = registers;
        outerNext = stop.next;
        task = inline;
        registers = new int[task.registers()];
        return task.code[compiled.callbackEntries[stop.detail]];
    }

    /// The set of CPUs that the callback of a stop runs on; -1 after a fault.
    private int callbackOn(Instr stop) {
        int cpus = online.cpus(now);
        if (!stop.copied)
            return stop.bits == CpuMask.ONLINE.ordinal() ? cpus : Integer.lowestOneBit(cpus);
        int copied = value(stop.leftKind, stop.leftValue);
        int off = copied & ~cpus;
        if (off == 0) return copied;
        fail(stop, Hit.offline(stop.node, Integer.numberOfTrailingZeros(off)));
        return -1;
    }

    // ---- several ways

    /// What has to be as it was before the second way is gone.
    private final class Saved {
        private final long[] state = now.clone();
        private final int[] kept = registers.clone();
        private final Task of = task;
        private final Task caller = outer;
        private final int[] callersRegisters = outerRegisters.clone();
        private final Instr next = outerNext;
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
        run(i.next, open, true, steps);
        saved.restore();
    }

    private void nextCpu(Instr i, boolean open, int steps) {
        int visited = registers[i.detail];
        int cpus = compiled.cpus();
        int left = online.cpus(now) & ~visited;
        if (left == 0) {
            put(i, cpus);
            run(i.next, open, true, steps);
            return;
        }
        var saved = new Saved();
        for (int cpu = 0; cpu < cpus; cpu++) {
            if ((left >>> cpu & 1) == 0) continue;
            saved.restore();
            registers[i.detail] = visited | 1 << cpu;
            put(i, cpu);
            watch(i, -1, 0, cpu);
            run(i.next, open, true, steps);
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
        watch(i, at, before, layout.kept(at, value));
    }

    private void watch(Instr i) {
        watch(i, -1, 0, 0);
    }

    private void watch(Instr i, int location, int before, int after) {
        if (watching) trail.add(new Engine.Taken(task, i, location, before, after));
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
                    fail(i, Hit.dereference(i.node, Fault.NULL_DEREFERENCE));
                    yield -1;
                }
                if (object == i.dangling) {
                    fail(i, Hit.dereference(i.node, Fault.USE_AFTER_FREE));
                    yield -1;
                }
                yield i.location + object - 1;
            }
        };
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
            fail(i, Hit.outOfSlots(i.node, heap.kind(i.detail)));
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
            fail(Hit.doubleFree(i.node, kind));
            return false;
        }
        heap.free(now, i.detail, object);
        heap.free(task, registers, i.detail, object);
        if (outer != inline) heap.free(outer, outerRegisters, i.detail, object);
        return true;
    }
}
