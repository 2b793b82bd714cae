package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.evidence.Basis;
import stillpoint.evidence.Plot;

/// Charts: a drawing for who sees it, a sentence and a table for who does not.
class ChartsTest {
    private static final Map<String, Object> CHARTS = new TreeMap<>();

    static {
        for (int series : new int[] {1, 2, 5, 8}) {
            CHARTS.put("lines " + series, Samples.lines(series, false));
            CHARTS.put("lines, logarithmic " + series, Samples.lines(series, true));
            CHARTS.put("bars " + series, Samples.bars(series));
        }
        CHARTS.put("lines over words", Samples.overWords());
        CHARTS.put("ranges", Samples.ranged(false));
        CHARTS.put("ranges, logarithmic", Samples.ranged(true));
        CHARTS.put("long labels", Samples.longLabels());
        CHARTS.put("a reader's own", Samples.foreignChart());
        CHARTS.put("a reader's own pie", Samples.pie());
    }

    static Stream<Arguments> charts() {
        return CHARTS.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    private static final Map<Object, Bundle> DRAWN = new IdentityHashMap<>();

    private static Bundle bundle(Object chart) {
        return Pictures.of(chart, "cell-7").orElseThrow();
    }

    /// The picture of a chart that several tests look at.
    private static Bundle drawn(Object chart) {
        return DRAWN.computeIfAbsent(chart, ChartsTest::bundle);
    }

    private static String svg(Bundle bundle) {
        return bundle.data().getOrDefault(Bundle.SVG, "");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void aChartIsAtMostFifteenKilobytes(String name, Object chart) {
        assertThat(svg(drawn(chart)).getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(1000, 15 * 1024);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void aChartHasANameADescriptionAndARole(String name, Object chart) {
        Drawing drawing = Drawing.of(drawn(chart));
        var root = drawing.document().getDocumentElement();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getAttribute("aria-labelledby")).isEqualTo("cell-7-t cell-7-d");
        assertThat(drawing.all("title").getFirst().getTextContent()).isNotBlank();
        assertThat(drawing.all("desc").getFirst().getTextContent()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void everyIdStartsWithTheCellsNameAndStandsOnce(String name, Object chart) {
        assertThat(Drawing.of(drawn(chart)).ids())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("cell-7-"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void theSameDataHaveTheSameBytes(String name, Object chart) {
        assertThat(bundle(chart)).isEqualTo(drawn(chart));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void noTextStandsOnAnother(String name, Object chart) {
        var boxes = Drawing.of(drawn(chart)).boxes();
        for (int i = 0; i < boxes.size(); i++)
            for (int j = 0; j < i; j++)
                assertThat(boxes.get(i).overlaps(boxes.get(j)))
                        .as(boxes.get(i) + " on " + boxes.get(j))
                        .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void noTextLeavesTheSheet(String name, Object chart) {
        Drawing drawing = Drawing.of(drawn(chart));
        double width =
                Double.parseDouble(drawing.document().getDocumentElement().getAttribute("width"));
        double height =
                Double.parseDouble(drawing.document().getDocumentElement().getAttribute("height"));
        assertThat(drawing.boxes())
                .allSatisfy(box -> {
                    assertThat(box.area().getMinX()).isGreaterThanOrEqualTo(0);
                    assertThat(box.area().getMaxX()).isLessThanOrEqualTo(width);
                    assertThat(box.area().getMinY()).isGreaterThanOrEqualTo(0);
                    assertThat(box.area().getMaxY()).isLessThanOrEqualTo(height);
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void coordinatesHaveAtMostOneDecimal(String name, Object chart) {
        assertThat(Drawing.of(drawn(chart)).values("path", "d"))
                .noneMatch(d -> d.matches("(?s).*\\.\\d\\d.*"));
        assertThat(Drawing.of(drawn(chart)).values("text", "x"))
                .noneMatch(x -> x.matches(".*\\.\\d\\d.*"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void theWordsAreAsciiAndFitAMail(String name, Object chart) {
        assertThat(drawn(chart).plain())
                .matches(text -> text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 127));
        assertThat(drawn(chart).plain().lines()).allMatch(line -> line.length() <= 79);
    }

    @Test
    void textIsText() {
        assertThat(Drawing.of(bundle(Samples.lines(2, true))).words())
                .contains(
                        "CPUs",
                        "swapoff latency us",
                        "stop_machine",
                        "synchronize_rcu",
                        "8192",
                        "1,000",
                        "simulated");
    }

    @Test
    void textIsTextInAReadersOwnChartToo() {
        assertThat(Drawing.of(bundle(Samples.foreignChart())).words())
                .contains(
                        "Reader's own chart",
                        "CPUs",
                        "latency us",
                        "stop_machine",
                        "expedited",
                        "8",
                        "50");
    }

    @Test
    void aReadersOwnChartIsLeftAsItWas() {
        var chart = Samples.foreignChart();
        var font = chart.getStyler().getLegendFont();
        var ground = chart.getStyler().getChartBackgroundColor();
        var grid = chart.getStyler().getPlotGridLinesStroke();
        bundle(chart);
        assertThat(chart.getStyler().getLegendFont()).isSameAs(font);
        assertThat(chart.getStyler().getChartBackgroundColor()).isSameAs(ground);
        assertThat(chart.getStyler().getPlotGridLinesStroke()).isSameAs(grid);
    }

    @Test
    void numbersOfCpusOnALogarithmicAxisArePowersOfTwo() {
        assertThat(Drawing.of(bundle(Samples.lines(1, true))).words()).contains("2", "64", "4096");
    }

    @Test
    void everyCurveHasItsNameInItsColour() {
        String svg = svg(bundle(Samples.lines(3, false)));
        for (int s = 0; s < 3; s++)
            assertThat(svg)
                    .contains("<g fill=\"" + Ink.series(s).paint() + "\" font-size=\"11\">\n<text");
    }

    @Test
    void theNamesOfCurvesThatEndTogetherStandApart() {
        double[] y = PlotChart.spread(new double[] {100, 100, 101, 300}, 8, 310);
        assertThat(y[1] - y[0]).isGreaterThanOrEqualTo(13.9);
        assertThat(y[2] - y[1]).isGreaterThanOrEqualTo(13.9);
        assertThat(y[3]).isEqualTo(300);
    }

    @Test
    void everyCategoryHasItsNameHoweverLong() {
        for (Plot plot : List.of(Samples.longLabels(), Samples.aslant(), Samples.bars(8)))
            assertThat(Drawing.of(bundle(plot)).words())
                    .containsAll(plot.series().getFirst().labels());
    }

    @Test
    void aBarsHeightStartsAtZero() {
        assertThat(Drawing.of(bundle(Samples.bars(1))).words()).contains("0");
    }

    @Test
    void aRangeIsDrawnAndWrittenWhereThereIsOne() {
        assertThat(svg(bundle(Samples.ranged(true))).length())
                .isGreaterThan(svg(bundle(withoutRanges(Samples.ranged(true)))).length());
        assertThat(bundle(Samples.ranged(true)).plain())
                .contains("stop_machine        +-  closed form", "300       100", "20  -1 .. 45");
        assertThat(bundle(withoutRanges(Samples.ranged(true))).plain()).doesNotContain("+-");
    }

    private static Plot withoutRanges(Plot plot) {
        return new Plot(
                plot.title(),
                plot.x(),
                plot.y(),
                plot.basis(),
                plot.form(),
                plot.series().stream()
                        .map(s -> new Plot.Series(s.name(), s.labels(), s.y()))
                        .toList());
    }

    @Test
    void theColoursOfDarkPaperComeWithTheDrawing() {
        assertThat(svg(bundle(Samples.lines(1, false))))
                .contains("prefers-color-scheme:dark){:root{--sp-paper:" + Ink.PAPER.dark())
                .contains("--sp-s1:" + Ink.S1.dark());
    }

    @Test
    void theNumbersStandBesideTheDrawing() {
        assertThat(bundle(Samples.bars(2)).data().getOrDefault(Bundle.HTML, ""))
                .contains(
                        "<svg ",
                        "<details><summary>Data</summary>\n<table",
                        "<th scope=\"col\" style=\"text-align:right\">PREEMPT=y</th>",
                        "4,200");
    }

    @Test
    void theWordsHoldASentenceAndTheNumbers() {
        assertThat(bundle(Samples.overWords()).plain())
                .isEqualTo(
                        """
                        What a preemption model does to the two ways

                        Line chart (measured), latency ms over kernel configuration. stop_machine:
                        1.5 at PREEMPT=n to 0.75 at PREEMPT=y. synchronize_rcu: 12 at PREEMPT=n to
                        21.5 at PREEMPT=y.

                        latency ms (measured)

                          kernel configuration  stop_machine  synchronize_rcu
                          --------------------  ------------  ---------------
                          PREEMPT=n                      1.5               12
                          PREEMPT=voluntary             1.25                -
                          PREEMPT=y                     0.75             21.5\
                        """);
    }

    @Test
    void whatFifteenKilobytesDoNotHoldIsABitmapWithTheSameWords() {
        var labels = IntStream.range(0, 9000).mapToObj(Integer::toString).toList();
        var heights = IntStream.range(0, 9000).mapToObj(i -> 2 + Math.sin(i * i)).toList();
        var plot =
                new Plot(
                        "Noise",
                        new Plot.Axis("n", false),
                        new Plot.Axis("value", false),
                        Basis.SIMULATED,
                        Plot.Form.LINES,
                        List.of(new Plot.Series("a", labels, heights)));
        Bundle bundle = bundle(plot);
        assertThat(bundle.data())
                .containsKeys(Bundle.PNG, Bundle.HTML, Bundle.PLAIN)
                .doesNotContainKey(Bundle.SVG);
        assertThat(bundle.data().getOrDefault(Bundle.PNG, ""))
                .startsWith("iVBOR")
                .isEqualTo(bundle(plot).data().get(Bundle.PNG));
        assertThat(bundle.plain()).endsWith("... 8,950 more rows");
    }

    @Test
    void zeroOnALogarithmicAxisIsNamedWithTheWayOn() {
        var plot = plot(true, 1.0, 0.0);
        assertThatThrownBy(() -> bundle(plot))
                .hasMessage(
                        "s = 0.0 at 2: a logarithmic axis shows values above 0; leave the point out, or make the axis linear");
    }

    @Test
    void infinityIsNamedWithTheWayOn() {
        var plot = plot(false, 1.0, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> bundle(plot))
                .hasMessageContaining("s = Infinity at 2: ")
                .hasMessageContaining("NaN for a gap");
    }

    @Test
    void onePointNoPointAndOnlyGapsAreCharts() {
        for (Plot plot :
                List.of(
                        plot(false, 3.0),
                        plot(true, 3.0),
                        plot(false),
                        plot(false, Double.NaN, Double.NaN),
                        plot(false, 0.0, 0.0)))
            assertThat(Drawing.of(bundle(plot)).words()).contains("x", "y");
    }

    @Test
    void theMachinesLanguageChangesNothing() {
        Bundle before = bundle(Samples.bars(2));
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(bundle(Samples.bars(2))).isEqualTo(before);
        } finally {
            Locale.setDefault(locale);
        }
    }

    private static Plot plot(boolean log, Double... y) {
        var labels = IntStream.rangeClosed(1, y.length).mapToObj(Integer::toString).toList();
        return new Plot(
                "t",
                new Plot.Axis("x", false),
                new Plot.Axis("y", log),
                Basis.MEASURED,
                Plot.Form.LINES,
                List.of(new Plot.Series("s", labels, List.of(y))));
    }

    @Test
    void everyBasisIsSaidOnThePicture() {
        for (Basis basis : Basis.values()) {
            Plot bars = Samples.bars(1);
            var plot =
                    new Plot(bars.title(), bars.x(), bars.y(), basis, bars.form(), bars.series());
            assertThat(Drawing.of(bundle(plot)).words()).contains(basis.words());
        }
        assertThat(
                        Collections.frequency(
                                Drawing.of(bundle(Samples.bars(1))).words(),
                                "exhaustive within bounds"))
                .isOne();
    }
}
