package stillpoint.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.notebook.Progress.Event;

/// The runner against a kernel that behaves.
class RunnerTest {
    @TempDir Path folder;

    private final List<Event> events = new ArrayList<>();

    private RunResult run(Notebook notebook, String... habits) throws Exception {
        return new Runner(Fakes.kernel(folder, habits), Fakes.SHORT)
                .run(folder.resolve("n.ipynb"), notebook, events::add);
    }

    private static List<Outcome> outcomes(RunResult result) {
        return result.cells().stream().map(CellResult::outcome).toList();
    }

    @AfterEach
    void noConnectionFileAndNoKernelStaysBehind() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aNotebookRunsTopToBottomAndShowsWhatItsCellsShow() throws Exception {
        var result = run(Fakes.notebook("print hello\nstderr careful\nresult 42", "", "cellId"));
        assertThat(result.ok()).as(result.message()).isTrue();
        assertThat(result.notebook().codeCells().get(0).outputs())
                .extracting(output -> NotebookWriter.output(output).path("output_type").asText())
                .containsExactly("stream", "stream", "execute_result");
        assertThat(result.notebook().codeCells())
                .extracting(cell -> cell.executionCount().orElse(0))
                .containsExactly(1, 0, 2);
        assertThat(result.cells().get(2).outputs())
                .containsExactly(new Output.Stream("stdout", "c3"));
        assertThat(result.cells().get(0).outputs().get(2))
                .isInstanceOfSatisfying(
                        Output.Result.class,
                        shown -> assertThat(shown.executionCount()).isEqualTo(1));
    }

    @Test
    void aFailingCellStopsTheNotebookAndThePartialResultStays() throws Exception {
        var result =
                run(Fakes.notebook("print one", "print two\nraise Oops / by zero", "print three"));
        assertThat(outcomes(result)).containsExactly(Outcome.OK, Outcome.FAILED, Outcome.NOT_RUN);
        assertThat(result.message())
                .contains(
                        "n.ipynb",
                        "cell 2",
                        "(c2)",
                        "Oops: / by zero",
                        "at line 2",
                        "1 cell after it not run");
        assertThat(result.message()).doesNotContain("\u001B");
        assertThat(result.notebook().codeCells().get(1).outputs()).hasSize(2);
    }

    @Test
    void anExpectedFailureThatDoesNotFailIsAFailure() throws Exception {
        var good =
                new Notebook(
                        List.of(
                                Fakes.code("a", "raise Right so", Fakes.tagged("raises-exception")),
                                Fakes.code("b", "print on")),
                        Fakes.metadata());
        assertThat(outcomes(run(good))).containsExactly(Outcome.EXPECTED_FAILURE, Outcome.OK);
        var bad =
                new Notebook(
                        List.of(
                                Fakes.code("a", "print fine", Fakes.tagged("raises-exception")),
                                Fakes.code("b", "")),
                        Fakes.metadata());
        assertThat(outcomes(run(bad))).containsExactly(Outcome.UNEXPECTED_SUCCESS, Outcome.NOT_RUN);
    }

    @Test
    void aDisplayOfAnEarlierCellCanBeUpdatedByALaterOne() throws Exception {
        var result = run(Fakes.notebook("display d working", "update d done", "update nobody x"));
        assertThat(result.cells().get(0).outputs().getFirst().text("text/plain")).hasValue("done");
        assertThat(result.cells().get(1).outputs()).isEmpty();
        assertThat(result.notes())
                .singleElement()
                .asString()
                .contains("\"nobody\", which was never shown");
    }

    @Test
    void clearingWipesAtOnceOrWhenTheNextOutputComes() throws Exception {
        var result =
                run(
                        Fakes.notebook(
                                "print a\nclear\nprint b",
                                "print a\nclear wait\nprint b",
                                "print a\nclear wait"));
        assertThat(result.cells())
                .extracting(CellResult::outputs)
                .containsExactly(
                        List.of(new Output.Stream("stdout", "b\n")),
                        List.of(new Output.Stream("stdout", "b\n")),
                        List.of(new Output.Stream("stdout", "a\n")));
    }

    @Test
    void progressNamesNotebookCellTitleAndTime() throws Exception {
        run(Fakes.notebook("result 42", "raise A b"));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "NotebookStarted",
                        "CellStarted",
                        "CellEnded",
                        "CellStarted",
                        "CellEnded",
                        "NotebookEnded");
    }

    @Test
    void severalNotebooksRunOneAfterAnotherOrSideBySide() throws Exception {
        var jobs =
                List.of(
                        new Runner.Job(folder.resolve("a.ipynb"), Fakes.notebook("print a")),
                        new Runner.Job(folder.resolve("b.ipynb"), Fakes.notebook("print b")));
        for (int workers : List.of(1, 2)) {
            var results =
                    new Runner(Fakes.kernel(folder), Fakes.SHORT.withWorkers(workers))
                            .run(jobs, Progress.none());
            assertThat(results)
                    .extracting(result -> result.path().getFileName().toString())
                    .containsExactly("a.ipynb", "b.ipynb");
            assertThat(results).allMatch(RunResult::ok);
        }
    }

    @Test
    void twoRunsGiveTheSameBytesMeasurementsAside() throws Exception {
        var notebook = Fakes.notebook("spam 200\nresult 1", "measured 3 states");
        var first = notebook.withOutputs(run(notebook));
        var second = first.withOutputs(run(first));
        assertThat(Comparison.of(first, second)).isEmpty();
        assertThat(NotebookFile.format(second)).isEqualTo(NotebookFile.format(first));
    }

    @Test
    void aKernelThatIsNotThereIsNamed() throws Exception {
        var spec = Fakes.kernel(folder);
        var gone =
                new KernelSpec(
                        spec.name(),
                        spec.folder(),
                        "",
                        "",
                        List.of("/no/such/java", "{connection_file}"),
                        spec.interrupt(),
                        spec.environment(),
                        spec.metadata());
        var result =
                new Runner(gone, Fakes.SHORT)
                        .run(folder.resolve("n.ipynb"), Fakes.notebook("print a"), Progress.none());
        assertThat(result.ok()).isFalse();
        assertThat(outcomes(result)).containsExactly(Outcome.NOT_RUN);
        assertThat(result.message())
                .contains("n.ipynb", "/no/such/java", "./stillpoint kernel install");
    }

    @Test
    void aBudgetThatIsNoNumberIsNamedBeforeAnythingRuns() throws Exception {
        var metadata = Fakes.metadata();
        metadata.putObject("stillpoint").put("budgetSeconds", -3);
        var result =
                run(new Notebook(List.of(Fakes.code("c", "print a", metadata)), Fakes.metadata()));
        assertThat(result.message()).contains("budgetSeconds = -3", "above 0");
    }

    @Test
    void theConnectionFileIsForItsOwnerOnlyAndHasFivePorts() throws Exception {
        try (var file = ConnectionFile.create()) {
            assertThat(Files.getPosixFilePermissions(file.path()))
                    .hasToString("[OWNER_READ, OWNER_WRITE]");
            assertThat(file.ports()).hasSize(5).doesNotHaveDuplicates();
        }
    }

    @Test
    void optionsOutOfRangeSayTheRange() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> RunOptions.usual().withWorkers(0))
                .hasMessageContaining("1 to 64");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> RunOptions.usual().withCellBudget(Duration.ZERO))
                .hasMessageContaining("above 0");
    }
}
