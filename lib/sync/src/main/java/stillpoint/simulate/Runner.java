package stillpoint.simulate;

/// Runs a scene, again and again.
public final class Runner {
    private final Simulation simulation;

    public Runner(
            Scene scene,
            Hardware hardware,
            Kernel kernel,
            Load load,
            Spinning spinning,
            boolean full) {
        simulation = new Simulation(scene, hardware, kernel, load, spinning, full);
    }

    /// One run.
    public Outcome run(long seed, long replication) {
        return simulation.run(seed, replication);
    }

    /// Mean time of a fault that nobody disturbs, ns.
    public double fault() {
        return simulation.cycle().mean();
    }
}
