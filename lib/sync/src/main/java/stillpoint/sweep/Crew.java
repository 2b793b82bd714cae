package stillpoint.sweep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import stillpoint.simulate.Outcome;
import stillpoint.simulate.Runs;
import stillpoint.simulate.Simulator;
import stillpoint.statistics.Replications;
import stillpoint.swap.SwapTiming;

/// Threads that finish points, dearest first: each takes a point of its own, and when there is none
/// left, joins another's. What a point comes to does not depend on who worked on it, since its
/// replications count in their order ([Replications]).
final class Crew {
    private static final int LOOK_MILLIS = 100;

    private final Plan plan;
    private final Function<Point, SwapTiming> questions;
    private final int workers;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final List<Job> open = new ArrayList<>();
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
    private volatile boolean stopping;
    private volatile Optional<Throwable> failed = Optional.empty();

    /// @param points dearest first
    Crew(Plan plan, List<Point> points, Function<Point, SwapTiming> questions, int workers) {
        this.plan = plan;
        this.questions = questions;
        this.workers = workers;
        for (Point point : points) waiting.add(new Job(point));
    }

    /// A point that is worked on.
    private final class Job {
        final Point point;
        final Replications<Outcome> replications =
                new Replications<>(plan.rule(), plan.watched()::of);
        private boolean told;

        Job(Point point) {
            this.point = point;
        }

        /// True for the one who brought the last replication.
        synchronized boolean isOver() {
            if (told || replications.stop().isEmpty()) return false;
            told = true;
            return true;
        }
    }

    /// Runs until all points are finished, or the calling thread is interrupted, which stays so.
    ///
    /// @param each is told every finished point, on the calling thread
    /// @param now and then, a sign that time passes
    void run(Consumer<Finished> each, Runnable now) {
        int left = waiting.size();
        var threads = new ArrayList<Thread>();
        for (int w = 0; w < workers; w++)
            threads.add(Thread.ofPlatform().daemon().name("sweep " + w).start(this::work));
        boolean interrupted = false;
        try {
            while (left > 0 && failed.isEmpty()) {
                Finished next = finished.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    now.run();
                    continue;
                }
                each.accept(next);
                left--;
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            stopping = true;
        }
        // Each ends behind its replication.
        for (Thread thread : threads) interrupted |= joined(thread);
        for (Finished next = finished.poll(); next != null; next = finished.poll())
            each.accept(next);
        if (interrupted) Thread.currentThread().interrupt();
        if (failed.isPresent()) throw rethrown(failed.get());
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) throw error;
        return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
    }

    private static boolean joined(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private void work() {
        try {
            for (Optional<Job> job = next(); job.isPresent(); job = next()) work(job.get());
        } catch (RuntimeException | Error e) {
            failed = Optional.of(e);
        }
    }

    private synchronized Optional<Job> next() {
        if (stopping || failed.isPresent()) return Optional.empty();
        Job job = waiting.poll();
        if (job == null) return open.isEmpty() ? Optional.empty() : Optional.of(open.getFirst());
        open.add(job);
        return Optional.of(job);
    }

    private synchronized void close(Job job) {
        open.remove(job);
    }

    private void work(Job job) {
        SwapTiming question = questions.apply(job.point);
        Simulator simulator = Sweep.simulator(job.point, question);
        while (!stopping) {
            OptionalInt next = job.replications.next();
            if (next.isEmpty()) {
                close(job);
                return;
            }
            job.replications.put(next.getAsInt(), simulator.run(plan.seed(), next.getAsInt()));
            if (job.isOver()) {
                Runs runs =
                        new Runs(
                                question.key(),
                                job.replications.results(),
                                job.replications.stop());
                finished.add(Finished.of(job.point, runs, plan.rule()));
            }
        }
    }
}
