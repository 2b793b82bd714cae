package stillpoint.notebook;

import java.nio.file.Path;
import java.util.List;

/// Runs notebooks on the real kernel through the real protocol, each on a fresh kernel.
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
        throw new UnsupportedOperationException(
                kernel + " " + options + " " + jobs + " " + progress);
    }
}
