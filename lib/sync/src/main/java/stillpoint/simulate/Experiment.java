package stillpoint.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import stillpoint.statistics.Key;
import stillpoint.statistics.Replications;
import stillpoint.statistics.StoppingRule;

/// Replications of one scene, until a rule says that there are enough. Which they are does not
/// depend on how many threads work on it.
///
/// @param simulators gives a simulator for each thread
/// @param key the random numbers: their source in words, and the seed
/// @param rule when there are enough
/// @param watched the measure that the rule looks at
/// @param workers threads, 1 to 64
public record Experiment(
        Supplier<Simulator> simulators, Key key, StoppingRule rule, Measure watched, int workers) {
    public Experiment {
        if (workers < 1 || workers > 64)
            throw new IllegalArgumentException(
                    "workers = "
                            + workers
                            + ": an experiment has 1 to 64; this machine has "
                            + Runtime.getRuntime().availableProcessors()
                            + " processors");
    }

    /// Runs it. An interruption ends it early; what is complete then is kept, and [Runs#complete]
    /// says so.
    public Runs run() {
        var replications = new Replications<Outcome>(rule, watched::of);
        if (workers == 1) work(replications);
        else together(replications);
        return new Runs(key, replications.results(), replications.stop());
    }

    private void work(Replications<Outcome> replications) {
        Simulator simulator = simulators.get();
        while (!Thread.currentThread().isInterrupted()) {
            OptionalInt next = replications.next();
            if (next.isEmpty()) return;
            replications.put(next.getAsInt(), simulator.run(key.seed(), next.getAsInt()));
        }
    }

    private void together(Replications<Outcome> replications) {
        var failed = new AtomicReference<RuntimeException>();
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < workers; w++)
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("replications " + w)
                            .start(() -> {
                                try {
                                    work(replications);
                                } catch (RuntimeException e) {
                                    failed.compareAndSet(null, e);
                                }
                            }));
        for (Thread thread : threads) join(thread, threads);
        RuntimeException e = failed.get();
        if (e != null) throw e;
    }

    /// Waits to the end even if interrupted: the threads are told, and end after their runs.
    private static void join(Thread thread, List<Thread> all) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                for (Thread each : all) each.interrupt();
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
