package stillpoint.check;

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
    private static final Step.Arithmetic[] ARITHMETIC = Step.Arithmetic.values();

    /// What a step is. It stands in this class, where a `switch` over it costs one load and no
    /// table.
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

    private final Compiled compiled;
    private final Way way;
    private final Layout layout;
    private final long[] now;
    private final Heap heap;
    private final Waits waits;
    private final Online online;
    private final Predicate<Hit> passedOver;
    private final boolean[] occurred;
    private Engine.Sink sink = Engine.Sink.NOWHERE;
    private int alternative;
    private boolean moved;
    private boolean required;

    /// @param passedOver faults that end a task and nothing more
    /// @param watching whether [#trail] is kept
    Transition(Compiled compiled, Predicate<Hit> passedOver, boolean watching) {
        this.compiled = compiled;
        this.way = new Way(compiled, watching);
        this.layout = compiled.layout;
        this.now = way.state;
        this.heap = new Heap(compiled);
        this.waits = new Waits(compiled);
        this.online = new Online(compiled);
        this.passedOver = passedOver;
        this.occurred = new boolean[compiled.model.sometimes().size()];
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
        return way.trail();
    }

    // ---- the step

    /// Takes a task on from where it rests in a state.
    void take(long[] state, Task running, Instr from) {
        way.from(state);
        go(running, from);
    }

    /// The same behind a move to another CPU, if it may run there. The move comes right before the
    /// step, which nobody can tell from a move that comes earlier.
    void take(long[] state, Task running, Instr from, int cpu) {
        way.from(state);
        running.migrate(now, cpu);
        if (running.mayRun(now)) go(running, from);
    }

    /// No callback of a stop can go on, and all else stands still.
    void stuck(long[] state, Task stopper) {
        alternative = 0;
        way.from(state);
        way.of(stopper);
        fail(Hit.blockedCallback(stopper.node(state).node));
    }

    private void go(Task running, Instr from) {
        way.of(running);
        running.load(now, from, way.registers);
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
            if (steps > 0 && i.visible && !way.inside()) {
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
                case FENCE, ENTER, LEAVE -> way.watch(i);
                case READ -> {
                    int at = locate(i);
                    if (at < 0) return;
                    int value = layout.get(now, at);
                    way.put(i, value);
                    way.watch(i, at, value, value);
                }
                case WRITE -> {
                    int at = locate(i);
                    if (at < 0) return;
                    way.set(i, at, way.value(i.leftKind, i.leftValue));
                }
                case MODIFY -> {
                    int at = locate(i);
                    if (at < 0) return;
                    int old = layout.get(now, at);
                    way.put(i, old);
                    way.set(i, at, way.updated(i, old));
                }
                case SPIN_ACQUIRE, MUTEX_ACQUIRE -> {
                    int at = locate(i);
                    if (at < 0) return;
                    if (layout.get(now, at) != 0) {
                        wait(i);
                        return;
                    }
                    way.set(i, at, 1);
                }
                case RELEASE -> {
                    int at = locate(i);
                    if (at < 0) return;
                    if (layout.get(now, at) == 0) {
                        fail(i, Hit.unlockOfFreeLock(i.node));
                        return;
                    }
                    way.set(i, at, 0);
                }
                case SPIN_UNTIL, SLEEP_UNTIL -> {
                    int at = locate(i);
                    if (at < 0) return;
                    int value = layout.get(now, at);
                    if ((i.values >>> value & 1) == 0) {
                        wait(i);
                        return;
                    }
                    way.put(i, value);
                    way.watch(i, at, value, value);
                }
                case GRACE_BEGIN -> {
                    waits.begin(now, way.task.id, i);
                    way.watch(i);
                }
                case GRACE_END -> {
                    if (waits.pending(now, way.task.id, i.detail)) return;
                    way.watch(i);
                }
                case STOP -> {
                    if (!waits.stoppable(now, way.task.id) || online.locked(now)) return;
                    int on = callbackOn(i);
                    if (on < 0) return;
                    way.watch(i);
                    if (i.detail >= 0
                            && (compiled.stepwise || i.bits == CpuMask.ONLINE.ordinal())) {
                        startStoppers(i, on);
                        steps = STOPPED;
                    } else if (i.detail >= 0) {
                        i = way.enterCallback(i);
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
                    way.put(i, 0);
                    way.watch(i, -1, 0, 0);
                    acquired = true;
                }
                case INTERRUPTED, ONLINE_MASK -> {
                    int value = i.op == Op.ONLINE_MASK ? online.cpus(now) : interrupted();
                    way.put(i, value);
                    way.watch(i, -1, 0, value);
                }
                case NEXT_CPU -> {
                    nextCpu(i, open, steps);
                    return;
                }
                case COMPUTE -> {
                    int left = way.value(i.leftKind, i.leftValue);
                    way.put(
                            i,
                            Val.apply(
                                    ARITHMETIC[i.detail],
                                    left,
                                    way.value(i.rightKind, i.rightValue),
                                    i.bits));
                }
                case BRANCH -> {
                    int left = way.value(i.leftKind, i.leftValue);
                    int right = way.value(i.rightKind, i.rightValue);
                    Question.Relation relation = RELATIONS[i.detail];
                    if (relation == Question.Relation.SAME_OBJECT && reused(i, left, right)) {
                        Way.Saved saved = way.save();
                        run(i.next, open, true, steps);
                        way.restore(saved);
                        i = i.otherwise;
                        acquired = true;
                    } else i = Question.holds(relation, left, right) ? i.next : i.otherwise;
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
                    if (!way.inside()) {
                        rest(i);
                        return;
                    }
                    i = way.leaveCallback();
                    continue;
                }
            }
            i = i.next;
        }
    }

    /// Where the instruction reads or writes; -1 after a fault.
    private int locate(Instr i) {
        int at = way.locate(i);
        if (at >= 0) return at;
        Fault fault = at == Way.NOTHING ? Fault.NULL_DEREFERENCE : Fault.USE_AFTER_FREE;
        fail(i, Hit.dereference(i.node, fault));
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
        Instr at = way.task.restingAt(i);
        if (way.task.stopper && at.op == Op.END) way.task.stop(now);
        else way.task.rest(now, at, way.registers);
        if (!way.task.stopper) waits.quiescent(now, way.task.id, at.quiescent);
        report();
    }

    private void report() {
        Task whose = moving();
        sink.reached(now, whose.id, alternative++);
    }

    /// Whose transition it is: a callback inside it belongs to the caller of the stop.
    private Task moving() {
        Task whose = way.whose();
        moved = true;
        required |= whose.required();
        return whose;
    }

    private void fail(Instr i, Hit hit) {
        way.watch(i);
        fail(hit);
    }

    private void fail(Hit hit) {
        if (passedOver.test(hit)) {
            if (way.inside()) way.leaveCallback();
            way.task.stop(now);
            if (!way.task.stopper) waits.quiescent(now, way.task.id, Waits.ALL);
            report();
        } else sink.failed(now, moving().id, alternative++, hit);
    }

    /// A step that cannot be taken now: the whole transition waits, unless nobody is left to wait
    /// for.
    private void wait(Instr i) {
        if (way.inside()) fail(i, Hit.blockedCallback(i.node));
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

    /// The set of CPUs that the callback of a stop runs on; -1 after a fault.
    private int callbackOn(Instr stop) {
        int cpus = online.cpus(now);
        if (!stop.copied)
            return stop.bits == CpuMask.ONLINE.ordinal() ? cpus : Integer.lowestOneBit(cpus);
        int copied = way.value(stop.leftKind, stop.leftValue);
        int off = copied & ~cpus;
        if (off == 0) return copied;
        fail(stop, Hit.offline(stop.node, Integer.numberOfTrailingZeros(off)));
        return -1;
    }

    // ---- several ways

    private void fork(Instr i, int value, boolean open, int steps) {
        Way.Saved saved = way.save();
        way.put(i, value);
        way.watch(i, -1, 0, value);
        run(i.next, open, true, steps);
        way.restore(saved);
    }

    private void nextCpu(Instr i, boolean open, int steps) {
        int visited = way.registers[i.detail];
        int cpus = compiled.cpus();
        int left = online.cpus(now) & ~visited;
        if (left == 0) {
            way.put(i, cpus);
            way.watch(i, -1, 0, cpus);
            run(i.next, open, true, steps);
            return;
        }
        Way.Saved saved = way.save();
        for (int cpu = 0; cpu < cpus; cpu++) {
            if ((left >>> cpu & 1) == 0) continue;
            way.restore(saved);
            way.registers[i.detail] = visited | 1 << cpu;
            way.put(i, cpu);
            way.watch(i, -1, 0, cpu);
            run(i.next, open, true, steps);
        }
    }

    /// 1 if the tasks that a handler interrupted are in a quiescent state of RCU.
    private int interrupted() {
        for (Task below : way.task.neighbours)
            if (below.level.compareTo(way.task.level) < 0
                    && way.task.beside(now, below)
                    && !waits.quiet(now, below, GracePeriod.RCU)) return 0;
        return 1;
    }

    /// Whether a pointer dangles, so that its address may be in use again.
    private boolean reused(Instr i, int left, int right) {
        if (left == Kind.NULL || right == Kind.NULL) return false;
        int dangling = heap.kind(way.kind(i)).dangling();
        return left == dangling || right == dangling;
    }

    // ---- objects

    private boolean allocate(Instr i) {
        int object = heap.allocate(now, i.detail);
        if (object == Kind.NULL) {
            fail(i, Hit.outOfSlots(i.node, heap.kind(i.detail)));
            return false;
        }
        way.put(i, object);
        way.watch(i, -1, 0, object);
        return true;
    }

    private boolean free(Instr i) {
        int object = way.value(i.leftKind, i.leftValue);
        Kind kind = heap.kind(i.detail);
        way.watch(i, -1, object, object);
        if (object == Kind.NULL) return true;
        if (object == kind.dangling()) {
            fail(Hit.doubleFree(i.node, kind));
            return false;
        }
        heap.free(way, i.detail, object);
        return true;
    }
}
