package stillpoint.simulate;

import java.util.List;
import java.util.Locale;
import stillpoint.random.Stream;
import stillpoint.random.Streams;

/// Runs a scene again and again, each time with random numbers of its own. For one thread.
public final class Simulator {
    private final Simulation simulation;
    private final Load load;
    private final Stream stream = Stream.of(0, "scratch", 0, 0);

    /// @throws IllegalArgumentException if the scene cannot be run: a call without an
    ///   implementation, or readers that leave their CPUs no time
    public Simulator(Scene scene, Setup setup) {
        simulation = new Simulation(scene, setup);
        load = setup.load();
        double interrupts = load.interrupts().map(Load.Interrupts::utilisation).orElse(0.0);
        double busy = interrupts + load.faults() * faultOnCpu() * 1e-9;
        if (interrupts > 0 && busy >= 1)
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "interrupts = %s, faults = %s a second: a fault keeps its CPU for %.0f ns"
                                    + " here, so that both keep it all the time (utilisation %.2f, and"
                                    + " it has to be under 1); take fewer of one",
                            load.interrupts().orElseThrow(),
                            load.faults(),
                            faultOnCpu(),
                            busy));
    }

    /// One run, of as many swapoffs as the load says, which count as one.
    ///
    /// @param seed of the experiment; designs that share it see the same readers
    /// @param replication from 0
    /// @throws Broken if a task does what the design should rule out
    public Outcome run(long seed, long replication) {
        Outcome all = Outcome.together(turns(seed, replication, load.straggler()));
        long calm =
                load.straggler() == 0
                        ? all.stolen()
                        : Outcome.together(turns(seed, replication, 0)).stolen();
        return all.with(fault(seed, replication), calm);
    }

    private List<Outcome> turns(long seed, long replication, long straggler) {
        return simulation.series(seed, replication, load.swapoffs(), straggler);
    }

    /// One fault for each replication: designs that share the seed are compared over the same.
    private long fault(long seed, long replication) {
        stream.state(Streams.of(seed, "one fault", replication).start(0));
        return simulation.cycle().onCpu(stream);
    }

    /// One run in which the writer has several turns, one after another, each with a device of its
    /// own: `swapoff -a`.
    ///
    /// @param turns how many, 1 to 1000
    /// @return what each came to
    /// @throws IllegalArgumentException if it is another number
    public List<Outcome> series(long seed, long replication, int turns) {
        return simulation.series(
                seed, replication, load.swapoffs(turns).swapoffs(), load.straggler());
    }

    /// What one CPU does in that run, step by step.
    ///
    /// @param cpu from 0
    public List<Trace.Moment> trace(long seed, long replication, int cpu) {
        simulation.trace().of(cpu);
        try {
            turns(seed, replication, load.straggler());
        } finally {
            simulation.trace().end();
        }
        return simulation.trace().moments();
    }

    /// Mean time of a fault that nobody disturbs, from its first step to its last, ns.
    public double fault() {
        return simulation.cycle().mean();
    }

    /// Mean time of a fault where readers meet one another and nobody switches anything off, ns.
    /// That is measured, and asks for [Setup.ReaderMode#FULL].
    ///
    /// @param time how long readers are looked at, ns
    /// @throws IllegalStateException if readers are drawn
    /// @throws IllegalArgumentException if no fault ends in that time
    public double contendedFault(long seed, long replication, long time) {
        return simulation.contended(seed, replication, time);
    }

    /// Mean time that such a fault has its CPU, ns.
    public double faultOnCpu() {
        return simulation.cycle().onCpu();
    }
}
