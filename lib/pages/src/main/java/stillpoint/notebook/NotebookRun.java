package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import stillpoint.notebook.KernelSession.Ended;
import stillpoint.notebook.KernelSession.How;

/// One notebook on one kernel, from its start to its end.
///
/// A cell that does not end well stops the notebook; what was shown so far is kept, so that its
/// page can be written.
final class NotebookRun {
    /// A cell with this tag has to raise.
    private static final String RAISES = "raises-exception";

    private final KernelSpec kernel;
    private final RunOptions options;
    private final Runner.Job job;
    private final int place;
    private final int of;
    private final Progress progress;
    private final List<Cell.Code> cells;
    private final List<Ran> ran = new ArrayList<>();
    private final Map<String, List<CellOutputs.Shown>> displays = new HashMap<>();
    private int executed;

    NotebookRun(
            KernelSpec kernel,
            RunOptions options,
            Runner.Job job,
            int place,
            int of,
            Progress progress) {
        this.kernel = kernel;
        this.options = options;
        this.job = job;
        this.place = place;
        this.of = of;
        this.progress = progress;
        this.cells = job.notebook().codeCells();
    }

    /// A cell that was run; its outputs may still change, by later cells.
    private record Ran(
            Outcome outcome,
            OptionalInt count,
            CellOutputs outputs,
            Duration elapsed,
            String message) {}

    RunResult result() {
        long start = System.nanoTime();
        progress.tell(new Progress.Event.NotebookStarted(job.path(), place, of, cells.size()));
        Optional<String> trouble = Optional.empty();
        try {
            for (Cell.Code cell : cells) budget(cell);
            Path folder =
                    Optional.ofNullable(job.path().toAbsolutePath().getParent())
                            .orElse(Path.of("").toAbsolutePath());
            try (var session = KernelSession.start(kernel, folder, options)) {
                for (Cell.Code cell : cells) if (!run(session, cell)) break;
                session.settle();
            }
        } catch (IOException e) {
            trouble = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        var results = results();
        var result =
                new RunResult(
                        job.path(),
                        executed(results),
                        results,
                        trouble,
                        Duration.ofNanos(System.nanoTime() - start));
        progress.tell(new Progress.Event.NotebookEnded(job.path(), result));
        return result;
    }

    /// Whether the notebook goes on.
    private boolean run(KernelSession session, Cell.Code cell) throws NotebookException {
        int number = ran.size() + 1;
        String title = job.notebook().titleOf(cell.id());
        if (cell.source().isBlank()) {
            ran.add(
                    new Ran(
                            Outcome.OK,
                            OptionalInt.empty(),
                            new CellOutputs(options.outputBytes(), 0, displays),
                            Duration.ZERO,
                            ""));
            return true;
        }
        progress.tell(new Progress.Event.CellStarted(job.path(), number, cells.size(), title));
        boolean mayFail = cell.hasTag(RAISES);
        var outputs = new CellOutputs(options.outputBytes(), ++executed, displays);
        long start = System.nanoTime();
        Ended ended =
                session.execute(
                        cell.id(),
                        cell.source(),
                        mayFail,
                        budget(cell),
                        outputs,
                        elapsed ->
                                progress.tell(
                                        new Progress.Event.StillRunning(
                                                job.path(), number, cells.size(), title, elapsed)));
        Outcome outcome = outcome(ended.how(), mayFail);
        String message =
                switch (outcome) {
                    case OK, EXPECTED_FAILURE -> "";
                    case UNEXPECTED_SUCCESS ->
                            "its tag "
                                    + RAISES
                                    + " says that it raises, but it raised nothing; remove the tag or look what changed";
                    case FAILED, TIMED_OUT, KERNEL_DIED, NOT_RUN -> ended.message();
                };
        ran.add(
                new Ran(
                        outcome,
                        OptionalInt.of(executed),
                        outputs,
                        Duration.ofNanos(System.nanoTime() - start),
                        message));
        progress.tell(new Progress.Event.CellEnded(job.path(), cells.size(), result(number)));
        return outcome.good();
    }

    private static Outcome outcome(How how, boolean mayFail) {
        return switch (how) {
            case OK -> mayFail ? Outcome.UNEXPECTED_SUCCESS : Outcome.OK;
            case RAISED -> mayFail ? Outcome.EXPECTED_FAILURE : Outcome.FAILED;
            case REFUSED -> Outcome.FAILED;
            case TIMED_OUT -> Outcome.TIMED_OUT;
            case DIED -> Outcome.KERNEL_DIED;
        };
    }

    private Duration budget(Cell.Code cell) throws NotebookException {
        JsonNode seconds = cell.metadata().path("stillpoint").path("budgetSeconds");
        if (seconds.isMissingNode()) return options.cellBudget();
        if (!seconds.isNumber() || !(seconds.doubleValue() > 0 && seconds.doubleValue() <= 86_400))
            throw new NotebookException(
                    "cell "
                            + cell.id()
                            + ": stillpoint.budgetSeconds = "
                            + seconds
                            + ": a budget is a number of seconds above 0, up to 86400; correct the cell's metadata");
        return Duration.ofMillis(Math.max(1, Math.round(seconds.doubleValue() * 1000)));
    }

    private List<CellResult> results() {
        var results = new ArrayList<CellResult>();
        for (int number = 1; number <= cells.size(); number++) results.add(result(number));
        return results;
    }

    private CellResult result(int number) {
        Cell.Code cell = cells.get(number - 1);
        String title = job.notebook().titleOf(cell.id());
        if (number > ran.size())
            return new CellResult(
                    number,
                    cell.id(),
                    title,
                    Outcome.NOT_RUN,
                    OptionalInt.empty(),
                    List.of(),
                    Duration.ZERO,
                    "",
                    List.of());
        Ran run = ran.get(number - 1);
        return new CellResult(
                number,
                cell.id(),
                title,
                run.outcome(),
                run.count(),
                run.outputs().outputs(),
                run.elapsed(),
                run.message(),
                run.outputs().notes());
    }

    private Notebook executed(List<CellResult> results) {
        var byId = new HashMap<String, CellResult>();
        for (CellResult each : results) byId.put(each.id(), each);
        return job.notebook()
                .mapCode(cell -> {
                    CellResult result = byId.get(cell.id());
                    return result == null
                            ? cell
                            : new Cell.Code(
                                    cell.id(),
                                    cell.source(),
                                    cell.metadata(),
                                    result.executionCount(),
                                    result.outputs());
                });
    }
}
