package stillpoint.notebook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/// Runs notebooks on the real kernel through the real protocol, each on a fresh kernel.
///
/// What runs here is what a reader runs: nothing is simulated, and the kernel cannot tell this
/// client from another.
public final class Runner {
    private final KernelSpec kernel;
    private final RunOptions options;

    /// A runner for notebooks of one kernel.
    public Runner(KernelSpec kernel, RunOptions options) {
        this.kernel = kernel;
        this.options = options;
    }

    /// A notebook to run.
    ///
    /// @param path for messages; the kernel's working folder is the one it lies in
    public record Job(Path path, Notebook notebook) {}

    /// Runs one notebook. A failing cell, a kernel that dies or does not start are results, not
    /// exceptions.
    public RunResult run(Path path, Notebook notebook, Progress progress) {
        return run(List.of(new Job(path, notebook)), progress).getFirst();
    }

    /// Runs several, [RunOptions#workers] at a time; results are in the order of the jobs.
    public List<RunResult> run(List<Job> jobs, Progress progress) {
        Progress oneAtATime = oneAtATime(progress);
        try (var workers = Executors.newFixedThreadPool(options.workers())) {
            var running = new ArrayList<Future<RunResult>>();
            for (int i = 0; i < jobs.size(); i++) {
                var run =
                        new NotebookRun(
                                kernel, options, jobs.get(i), i + 1, jobs.size(), oneAtATime);
                running.add(workers.submit(run::result));
            }
            var results = new ArrayList<RunResult>();
            try {
                for (Future<RunResult> each : running) results.add(each.get());
            } catch (InterruptedException e) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the run was interrupted", e);
            } catch (ExecutionException e) {
                workers.shutdownNow();
                throw new IllegalStateException(
                        "a fault of the runner, not of the notebook: " + e.getCause(), e);
            }
            return results;
        }
    }

    private static Progress oneAtATime(Progress progress) {
        var lock = new ReentrantLock();
        return event -> {
            lock.lock();
            try {
                progress.tell(event);
            } finally {
                lock.unlock();
            }
        };
    }
}
