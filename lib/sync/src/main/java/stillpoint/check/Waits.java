package stillpoint.check;

import stillpoint.program.GracePeriod;

/// What a grace period and a stop wait for in a packed state: the promises of `synchronize_rcu()`
/// and `stop_machine()`, as one rule each.
///
/// A grace period is a set of marks, one on each CPU that was not in a quiescent state at the call;
/// a CPU loses its marks when it comes to rest in one. A stop waits until every other CPU can be
/// stopped.
final class Waits {
    /// Every kind of grace period at once: a task that is no more.
    static final int ALL = (1 << GracePeriod.values().length) - 1;

    /// A CPU that waits for grace periods of one kind; each has a set of marks.
    record Waiter(int cpu, int kind) {}

    private final Compiled compiled;
    private final Layout layout;

    Waits(Compiled compiled) {
        this.compiled = compiled;
        this.layout = compiled.layout;
    }

    /// A grace period of `caller` begins with an instruction. Who waits in a section where sleeping
    /// is allowed waits for itself.
    void begin(long[] state, int caller, Instr call) {
        int kind = call.detail;
        int marks = marks(caller, kind);
        boolean itself = kind == GracePeriod.SRCU.ordinal() && !quiet(call, kind);
        for (Task each : compiled.tasks) {
            boolean pending =
                    each.cpu == caller
                            ? itself
                            : each.active(state) && !quiet(each.node(state), kind);
            if (pending) layout.set(state, marks + each.cpu, 1);
        }
    }

    private static boolean quiet(Instr at, int kind) {
        return (at.quiescent >>> kind & 1) != 0;
    }

    private int marks(int caller, int kind) {
        return layout.markLocation[compiled.waiters.indexOf(new Waiter(caller, kind))];
    }

    /// Whether the grace period of `caller` has not ended.
    boolean pending(long[] state, int caller, int kind) {
        int marks = marks(caller, kind);
        for (int cpu = 0; cpu < compiled.cpus(); cpu++)
            if (layout.get(state, marks + cpu) != 0) return true;
        return false;
    }

    /// A CPU is in a quiescent state of these kinds, one bit each.
    void quiescent(long[] state, int cpu, int kinds) {
        for (int w = 0; w < layout.markLocation.length; w++)
            if ((kinds >>> compiled.waiters.get(w).kind() & 1) != 0)
                layout.set(state, layout.markLocation[w] + cpu, 0);
    }

    /// Whether the stopper can run on every CPU but that of `caller`, which sleeps.
    boolean stoppable(long[] state, int caller) {
        for (Task each : compiled.tasks)
            if (each.cpu != caller && each.active(state) && !each.node(state).stoppable)
                return false;
        return true;
    }
}
