package stillpoint.check;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import stillpoint.evidence.Counts;

/// Every reachable state, level by level, until a fault, the end, or a limit; it remembers no ways.
///
/// Several threads take turns at two things: each expands some of its states, then each takes in,
/// in a fixed order, what was found of those whose hashes it owns. So nothing is locked, and
/// states, transitions and levels do not depend on who was quicker.
final class Sweep {
    private final Sweeper[] sweepers;
    private final Limits limits;
    private final long start = System.nanoTime();
    private volatile boolean interrupted;
    private int depth;
    private Optional<Result> result = Optional.empty();

    /// How a sweep ended.
    sealed interface Result {}

    /// Every reachable state was visited, and nothing was wrong.
    record Exhausted() implements Result {}

    /// A limit was reached.
    record Stopped(String reason) implements Result {}

    /// A fault can be reached; this one is not always the nearest.
    record Failed(Hit hit) implements Result {}

    /// @param models gives the model, each time with buffers of its own
    /// @param passedOver faults that do not count; several threads ask it
    Sweep(Supplier<Compiled> models, Predicate<Hit> passedOver, Limits limits, Means means) {
        this.limits = limits;
        this.sweepers =
                Stream.generate(() -> new Sweeper(models.get(), passedOver, means))
                        .limit(means.workers())
                        .toArray(Sweeper[]::new);
    }

    Result run() {
        sweepers[0].start();
        for (int s = 0; s < sweepers.length; s++) absorb(s);
        for (Sweeper each : sweepers) each.nextLevel();
        if (sweepers.length == 1) alone();
        else together();
        return result.orElseThrow();
    }

    Counts counts() {
        long states = states();
        return new Counts(
                states,
                Arrays.stream(sweepers).mapToLong(Sweeper::transitions).sum(),
                depth,
                sweepers[0].bits(),
                (double) bytes() / states,
                (System.nanoTime() - start) / 1e9);
    }

    /// Whether the `sometimes` condition with this number was reached by any transition.
    boolean occurred(int label) {
        return Arrays.stream(sweepers).anyMatch(s -> s.occurred(label));
    }

    /// Whether hashes were kept in place of states.
    boolean fingerprints() {
        return sweepers[0].fingerprints();
    }

    private void alone() {
        while (result.isEmpty()) {
            sweepers[0].expand();
            absorb(0);
            interrupted = Thread.currentThread().isInterrupted();
            result = decide();
        }
    }

    private void together() {
        var thrown = new AtomicReference<Throwable>();
        var found = new CyclicBarrier(sweepers.length);
        var taken = new CyclicBarrier(sweepers.length, () -> result = decide());
        var threads = new Thread[sweepers.length];
        for (int s = 0; s < threads.length; s++) {
            int self = s;
            threads[s] =
                    Thread.ofPlatform()
                            .name("sweep " + s)
                            .daemon()
                            .start(() -> work(self, found, taken, thrown));
        }
        for (Thread thread : threads) join(thread);
        if (interrupted) Thread.currentThread().interrupt();
        if (thrown.get() != null)
            throw new IllegalStateException("a thread of the search has failed", thrown.get());
    }

    private void work(
            int self, CyclicBarrier found, CyclicBarrier taken, AtomicReference<Throwable> thrown) {
        try {
            while (result.isEmpty()) {
                sweepers[self].expand();
                found.await();
                absorb(self);
                taken.await();
            }
        } catch (BrokenBarrierException | InterruptedException e) {
            thrown.compareAndSet(null, e);
        } catch (RuntimeException | Error e) {
            thrown.set(e);
            found.reset();
            taken.reset();
        }
    }

    /// Waits to the end even if interrupted: the threads then end by themselves.
    private void join(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private void absorb(int self) {
        sweepers[self].absorb(sweepers, self, limits.states() + 1);
    }

    /// Between two rounds, by one thread. No streams: it is called thousands of times, and they
    /// would take longer to compile than the search of a small model.
    private Optional<Result> decide() {
        long left = 0;
        long waiting = 0;
        for (Sweeper each : sweepers) {
            if (each.failure().isPresent()) return each.failure().map(Failed::new);
            left += each.left();
            waiting += each.waiting();
        }
        if (interrupted) return Optional.of(new Stopped(Search.INTERRUPTED));
        Optional<String> limit = limits.reached(states(), bytes(), start);
        if (limit.isPresent()) return limit.map(Stopped::new);
        if (left > 0) return Optional.empty();
        if (waiting == 0) return Optional.of(new Exhausted());
        for (Sweeper each : sweepers) each.nextLevel();
        depth++;
        return Optional.empty();
    }

    private long states() {
        long sum = 0;
        for (Sweeper each : sweepers) sum += each.states();
        return sum;
    }

    private long bytes() {
        long sum = 0;
        for (Sweeper each : sweepers) sum += each.bytes();
        return sum;
    }
}
