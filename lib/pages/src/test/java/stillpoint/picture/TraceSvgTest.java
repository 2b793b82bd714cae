package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.evidence.Trace;

/// A race as a drawing.
class TraceSvgTest {
    static Stream<Trace> traces() {
        return TraceTextTest.traces();
    }

    private static Drawing drawing(Trace trace) {
        return Drawing.of(TraceSvg.of(trace, "cell"));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void itSaysInWordsWhatItShows(Trace trace) {
        assertThat(drawing(trace).document().getDocumentElement().getAttribute("role"))
                .isEqualTo("img");
        assertThat(drawing(trace).all("title").getFirst().getTextContent())
                .isEqualTo(trace.title());
        assertThat(drawing(trace).all("desc").getFirst().getTextContent())
                .isEqualTo(TraceText.sentence(trace));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void everyIdStartsWithTheCellsName(Trace trace) {
        assertThat(drawing(trace).ids())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("cell-"));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void everyStepIsThereAsText(Trace trace) {
        String squeezed =
                drawing(trace).all("text").stream()
                        .map(t -> t.getFirstChild().getTextContent())
                        .reduce("", String::concat)
                        .replaceAll("\\s+", "");
        assertThat(trace.rows())
                .allMatch(row ->
                        squeezed.contains(
                                row.text().replace(" -> ", " \u2192 ").replaceAll("\\s+", "")));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void aDrawingIsAtMostFifteenKilobytesAndHasTheSameBytesTwice(Trace trace) {
        String svg = TraceSvg.of(trace, "cell");
        assertThat(svg.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Svg.BUDGET_BYTES);
        assertThat(TraceSvg.of(trace, "cell")).isEqualTo(svg);
    }

    @Test
    void theBrokenStepIsFramedAndCrossedNotOnlyRed() {
        assertThat(TraceSvg.of(Samples.small(), "cell"))
                .contains("stroke-width=\"1.5\"", "l7 7m0-7l-7 7");
    }

    @Test
    void theBarOfAReadSectionSpansItsSteps() {
        var bars =
                drawing(Samples.large()).all("g").stream()
                        .filter(g -> g.getAttribute("fill").equals(Ink.ACCENT.paint()))
                        .toList();
        assertThat(bars)
                .singleElement()
                .satisfies(
                        g -> assertThat(g.getElementsByTagName("rect").getLength()).isEqualTo(2));
    }

    @Test
    void darkPaperIsPartOfTheDrawing() {
        assertThat(TraceSvg.of(Samples.small(), "cell"))
                .contains(
                        "prefers-color-scheme:dark", "[data-jp-theme-light=false]", Ink.BAD.dark());
    }
}
