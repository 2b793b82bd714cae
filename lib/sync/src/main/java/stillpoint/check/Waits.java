package stillpoint.check;

/// What a grace period and a stop wait for in a packed state: the promises of `synchronize_rcu()`
/// and `stop_machine()`, as one rule each.
///
/// A grace period is a set of marks, one on each CPU that was not in a quiescent state at the call;
/// a CPU loses its marks when it comes to rest in one. A stop waits until every other CPU can be
/// stopped.
final class Waits {
    private final Compiled compiled;
    private final Layout layout;

    Waits(Compiled compiled) {
        this.compiled = compiled;
        this.layout = compiled.layout;
    }

    /// The grace period of `caller` begins.
    void begin(long[] state, int caller) {
        int marks = layout.markLocation[compiled.waiter[caller]];
        for (Task each : compiled.tasks) {
            boolean pending =
                    each.cpu != caller && each.active(state) && !each.node(state).quiescent;
            if (pending) layout.set(state, marks + each.cpu, 1);
        }
    }

    /// Whether the grace period of `caller` has not ended.
    boolean pending(long[] state, int caller) {
        int marks = layout.markLocation[compiled.waiter[caller]];
        for (int cpu = 0; cpu < compiled.cpus(); cpu++)
            if (layout.get(state, marks + cpu) != 0) return true;
        return false;
    }

    /// A CPU is in a quiescent state.
    void quiescent(long[] state, int cpu) {
        for (int marks : layout.markLocation) layout.set(state, marks + cpu, 0);
    }

    /// Whether the stopper can run on every CPU but that of `caller`, which sleeps.
    boolean stoppable(long[] state, int caller) {
        for (Task each : compiled.tasks)
            if (each.cpu != caller && each.active(state) && !each.node(state).stoppable)
                return false;
        return true;
    }
}
