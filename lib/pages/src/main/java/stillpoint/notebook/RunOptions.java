package stillpoint.notebook;

import java.time.Duration;

/// Limits of a run.
///
/// @param cellBudget wall time of a cell that sets none itself in
///   `metadata.stillpoint.budgetSeconds`
/// @param startBudget from the kernel's start to its first answer
/// @param grace how long an interrupted or dismissed kernel may take before it is destroyed
/// @param outputBytes what one cell may show; the rest is cut, with a line that says so
/// @param workers notebooks that run at the same time, each on a kernel of its own
public record RunOptions(
        Duration cellBudget, Duration startBudget, Duration grace, int outputBytes, int workers) {
    public RunOptions {
        if (cellBudget.isNegative() || cellBudget.isZero())
            throw new IllegalArgumentException(
                    cellBudget + ": a cell's budget is above 0; the usual one is PT2M");
        if (outputBytes < 1000)
            throw new IllegalArgumentException(
                    outputBytes
                            + " bytes: a cell may show at least 1000; the usual limit is 2000000");
        if (workers < 1 || workers > 64)
            throw new IllegalArgumentException(
                    workers + " workers: there are 1 to 64; the usual number is 1");
    }

    /// 120 s a cell, 60 s to start, 5 s of grace, 2 MB a cell, one notebook at a time.
    public static RunOptions usual() {
        return new RunOptions(
                Duration.ofSeconds(120),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                2_000_000,
                1);
    }

    /// The same with another budget for cells.
    public RunOptions withCellBudget(Duration budget) {
        return new RunOptions(budget, startBudget, grace, outputBytes, workers);
    }

    /// The same with another number of workers.
    public RunOptions withWorkers(int count) {
        return new RunOptions(cellBudget, startBudget, grace, outputBytes, count);
    }
}
