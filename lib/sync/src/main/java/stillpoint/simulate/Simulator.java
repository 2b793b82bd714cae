package stillpoint.simulate;

import java.util.List;

/// Runs a scene again and again, each time with random numbers of its own. For one thread.
public final class Simulator {
    private static final int MOST_TURNS = 1000;

    private final Simulation simulation;

    /// @throws IllegalArgumentException if the scene cannot be run: a call without an
    ///   implementation, or readers that leave their CPUs no time
    public Simulator(Scene scene, Setup setup) {
        simulation = new Simulation(scene, setup);
    }

    /// One run.
    ///
    /// @param seed of the experiment; designs that share it see the same readers
    /// @param replication from 0
    /// @throws Broken if a task does what the design should rule out
    public Outcome run(long seed, long replication) {
        return simulation.run(seed, replication);
    }

    /// One run in which the writer has several turns, one after another, each with a device of its
    /// own: `swapoff -a`.
    ///
    /// @param turns how many, 1 to 1000
    /// @return what each came to
    /// @throws IllegalArgumentException if it is another number
    public List<Outcome> series(long seed, long replication, int turns) {
        if (turns < 1 || turns > MOST_TURNS)
            throw new IllegalArgumentException(
                    "turns = " + turns + ": a run has 1 to " + MOST_TURNS + " swapoffs");
        return simulation.series(seed, replication, turns);
    }

    /// What one CPU does in that run, step by step.
    ///
    /// @param cpu from 0
    public List<Trace.Moment> trace(long seed, long replication, int cpu) {
        simulation.trace().of(cpu);
        try {
            simulation.run(seed, replication);
        } finally {
            simulation.trace().end();
        }
        return simulation.trace().moments();
    }

    /// Mean time of a fault that nobody disturbs, from its first step to its last, ns.
    public double fault() {
        return simulation.cycle().mean();
    }

    /// Mean time that such a fault has its CPU, ns.
    public double faultOnCpu() {
        return simulation.cycle().onCpu();
    }
}
