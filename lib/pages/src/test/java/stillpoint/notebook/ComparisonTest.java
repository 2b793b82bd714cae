package stillpoint.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What counts as a difference from the committed outputs, and how it is named.
class ComparisonTest {
    private static Notebook showing(Output... outputs) {
        return showing(Fakes.code("c1", "// Search it\nrun()"), outputs);
    }

    private static Notebook showing(Cell.Code cell, Output... outputs) {
        return new Notebook(
                List.of(
                        Fakes.code("c0", ""),
                        new Cell.Code(cell.id(), cell.source(), cell.metadata(), OptionalInt.of(1), List.of(outputs))),
                Fakes.metadata());
    }

    private static Output display(String... mimesAndContents) {
        var data = new TreeMap<String, JsonNode>();
        for (int i = 0; i < mimesAndContents.length; i += 2)
            data.put(mimesAndContents[i], TextNode.valueOf(mimesAndContents[i + 1]));
        return new Output.Display(data, Fakes.metadata());
    }

    private static Output out(String text) {
        return new Output.Stream("stdout", text);
    }

    private static String message(Notebook committed, Notebook fresh) {
        var differences = Comparison.of(committed, fresh);
        assertThat(differences).hasSize(1);
        return differences.getFirst().message(Path.of("notebooks/01-one.ipynb"));
    }

    @Test
    void theSameOutputsAreNoDifference() {
        assertThat(Comparison.of(showing(out("a\n")), showing(out("a\n")))).isEmpty();
    }

    @Test
    void oneChangedDigitIsNamedWithNotebookCellAndFirstDifferingLine() {
        String message = message(showing(out("states\n48210\nend\n")), showing(out("states\n48211\nend\n")));
        assertThat(message)
                .startsWith("notebooks/01-one.ipynb: cell 2 \"Search it\" (c1), output 1, stdout, line 2 differs:")
                .contains("committed: 48210", "now:       48211", "-48210", "+48211");
    }

    @Test
    void theWordsAreNamedBeforeTheDrawing() {
        assertThat(
                        message(
                                showing(display("image/svg+xml", "<svg>1</svg>", "text/plain", "one")),
                                showing(display("image/svg+xml", "<svg>2</svg>", "text/plain", "two"))))
                .contains("output 1, text/plain, line 1 differs", "committed: one");
    }

    @Test
    void aDrawingAloneIsComparedToo() {
        assertThat(
                        message(
                                showing(display("image/svg+xml", "<svg>\n1</svg>", "text/plain", "one")),
                                showing(display("image/svg+xml", "<svg>\n2</svg>", "text/plain", "one"))))
                .contains("image/svg+xml, line 2 differs");
    }

    @Test
    void whatIsMeasuredIsNeverCompared() {
        var cell = Fakes.code("c1", "time()", Fakes.tagged("measured"));
        assertThat(Comparison.of(showing(cell, out("1 s\n")), showing(cell, out("2 s\n")))).isEmpty();
        assertThat(
                        Comparison.of(
                                showing(display("text/plain", "x", Output.MEASURED, "1")),
                                showing(display("text/plain", "x", Output.MEASURED, "2"))))
                .isEmpty();
    }

    @Test
    void textBesideAMeasurementIsComparedAllTheSame() {
        assertThat(
                        message(
                                showing(display("text/plain", "7 steps", Output.MEASURED, "1")),
                                showing(display("text/plain", "8 steps", Output.MEASURED, "2"))))
                .contains("committed: 7 steps");
    }

    @Test
    void aMissingAndAnAddedOutputAreNamed() {
        assertThat(message(showing(out("a\n"), display("text/plain", "b")), showing(out("a\n"))))
                .contains("output 2, text/plain, line 1", "committed: b", "now:       (no more output)");
        assertThat(message(showing(out("a\n")), showing(out("a\n"), display("text/plain", "b"))))
                .contains("committed: (no more output)", "now:       b");
    }

    @Test
    void aNewMimeTypeAndAnotherExecutionCountAreDifferences() {
        assertThat(Comparison.of(showing(display("text/plain", "a")), showing(display("text/plain", "a", "text/html", "a")))).hasSize(1);
        var never = new Notebook(List.of(Fakes.code("c0", ""), Fakes.code("c1", "// Search it\nrun()")), Fakes.metadata());
        assertThat(message(never, showing())).contains("execution count", "committed: none", "now:       1");
    }

    @Test
    void aLongLineIsShownAroundItsFirstDifference() {
        String before = "x".repeat(5000) + "1" + "y".repeat(5000);
        assertThat(message(showing(out(before)), showing(out(before.replace('1', '2')))))
                .contains("xxx1yyy", "xxx2yyy", "…")
                .hasSizeLessThan(2000);
    }

    @Test
    void anUpdateKeepsWhatDiffersInMeasurementsOnly() {
        var committed = showing(display("text/plain", "x", Output.MEASURED, "1"));
        var fresh = showing(display("text/plain", "x", Output.MEASURED, "2"));
        var cells =
                fresh.codeCells().stream()
                        .map(cell -> new CellResult(1, cell.id(), "", Outcome.OK, cell.executionCount(), cell.outputs(), java.time.Duration.ZERO, "", List.of()))
                        .toList();
        var result = new RunResult(Path.of("n.ipynb"), fresh, cells, java.util.Optional.empty(), java.time.Duration.ZERO);
        assertThat(committed.withOutputs(result)).isEqualTo(committed);
    }
}
