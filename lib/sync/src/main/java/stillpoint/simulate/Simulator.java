package stillpoint.simulate;

/// Runs a scene again and again, each time with random numbers of its own. For one thread.
public final class Simulator {
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

    /// Mean time of a fault that nobody disturbs, from its first step to its last, ns.
    public double fault() {
        return simulation.cycle().mean();
    }

    /// Mean time that such a fault has its CPU, ns.
    public double faultOnCpu() {
        return simulation.cycle().onCpu();
    }
}
