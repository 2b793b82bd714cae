package stillpoint.check;

import stillpoint.program.GracePeriod;

/// What a grace period and a stop wait for in a packed state: the promises of `synchronize_rcu()`
/// and `stop_machine()`, as one rule each.
///
/// A grace period is a set of marks, one on each task that was not in a quiescent state at the
/// call; a task loses its marks when it comes to rest in one. A stop waits until every other CPU
/// can be stopped.
final class Waits {
    /// Every kind of grace period at once: a task that is no more.
    static final int ALL = (1 << GracePeriod.values().length) - 1;

    /// A task that waits for grace periods of one kind; each has a set of marks.
    record Waiter(int task, int kind) {}

    private final Compiled compiled;
    private final Layout layout;

    /// For each waiter the location of its marks, its task and its kind of grace period.
    private final int[] marks;

    private final int[] tasks;
    private final int[] kinds;

    Waits(Compiled compiled) {
        this.compiled = compiled;
        this.layout = compiled.layout;
        this.marks = layout.markLocation;
        this.tasks = compiled.waiters.stream().mapToInt(Waiter::task).toArray();
        this.kinds = compiled.waiters.stream().mapToInt(Waiter::kind).toArray();
    }

    /// A grace period of `caller` begins with an instruction. Who waits in a section where sleeping
    /// is allowed waits for itself.
    void begin(long[] state, int caller, Instr call) {
        int kind = call.detail;
        int own = marks(caller, kind);
        boolean itself = kind == GracePeriod.SRCU.ordinal() && !quiet(call, kind);
        for (Task each : compiled.tasks) {
            boolean pending =
                    each.id == caller
                            ? itself
                            : each.active(state) && !quiet(each.node(state), kind);
            if (pending) layout.set(state, own + each.id, 1);
        }
    }

    private static boolean quiet(Instr at, int kind) {
        return (at.quiescent >>> kind & 1) != 0;
    }

    /// Whether a task does not hold off a grace period of this kind.
    boolean quiet(long[] state, Task task, GracePeriod kind) {
        return !task.active(state) || quiet(task.node(state), kind.ordinal());
    }

    private int marks(int caller, int kind) {
        int w = 0;
        while (tasks[w] != caller || kinds[w] != kind) w++;
        return marks[w];
    }

    /// Whether the grace period of `caller` has not ended.
    boolean pending(long[] state, int caller, int kind) {
        int own = marks(caller, kind);
        for (int task = 0; task < compiled.tasks.length; task++)
            if (layout.get(state, own + task) != 0) return true;
        return false;
    }

    /// A task is in a quiescent state `of` these kinds, one bit each.
    void quiescent(long[] state, int task, int of) {
        for (int w = 0; w < marks.length; w++)
            if ((of >>> kinds[w] & 1) != 0) layout.set(state, marks[w] + task, 0);
    }

    /// Whether the stopper can run on every CPU: that of `caller`, which sleeps, included.
    boolean stoppable(long[] state, int caller) {
        for (Task each : compiled.tasks)
            if (each.id != caller && each.holdsOffStop(state)) return false;
        return true;
    }
}
