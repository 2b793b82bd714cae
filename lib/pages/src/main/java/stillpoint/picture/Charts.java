package stillpoint.picture;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.knowm.xchart.internal.chartpart.Chart;
import stillpoint.evidence.Plot;
import stillpoint.evidence.Table;

/// Charts as drawings with their numbers beside them.
///
/// The drawing is SVG up to [Svg#BUDGET_BYTES]. A chart that needs more (ten thousand points) is a
/// bitmap instead; its letters are then the machine's, so that only a drawing has the same bytes
/// everywhere.
public final class Charts {
    private static final int PIXELS_A_UNIT = 2;
    private static final int ROWS = 50;
    private static final BasicStroke HAIRLINE = new BasicStroke(1);

    private Charts() {}

    /// A plot: its claim as the title, its basis below, the chart, and the numbers.
    public static Bundle of(Plot plot, String idPrefix) {
        String id = Markup.id(idPrefix);
        var chart = new PlotChart(plot);
        List<String> title = title(plot, chart.width());
        int top = 20 + 18 * title.size() + 10;
        var g = new SvgGraphics2D(id);
        g.translate(0, top);
        chart.paint(g, Lettering.font(12), new Dress.Hairline(HAIRLINE));
        String svg =
                Svg.document(
                        id,
                        chart.width(),
                        top + chart.height(),
                        plot.title(),
                        PlotWords.sentence(plot),
                        "",
                        heading(title, plot, top) + g.markup() + "</g>\n");
        Supplier<BufferedImage> bitmap =
                () ->
                        bitmap(
                                chart.width(),
                                chart.height(),
                                p ->
                                        chart.paint(
                                                p,
                                                new Font(Font.SANS_SERIF, Font.PLAIN, 12),
                                                HAIRLINE));
        return bundle(
                plot.title(),
                PlotWords.sentence(plot),
                Optional.of(PlotWords.table(plot)),
                svg,
                bitmap);
    }

    /// A chart made with XChart, in its own size; the chart is left as it was.
    public static Bundle of(Chart<?, ?> chart, String idPrefix) {
        String id = Markup.id(idPrefix);
        int width = chart.getWidth();
        int height = chart.getHeight();
        var g = new SvgGraphics2D(id);
        Dress.borrowed(chart, () -> chart.paint(g, width, height));
        String title = ForeignChart.title(chart);
        String sentence = ForeignChart.sentence(chart);
        String svg =
                Svg.document(
                        id,
                        width,
                        height,
                        title,
                        sentence,
                        "",
                        "<g font-family=\"" + Svg.SANS + "\">\n" + g.markup() + "</g>\n");
        return bundle(
                title,
                sentence,
                ForeignChart.table(chart),
                svg,
                () -> bitmap(width, height, p -> chart.paint(p, width, height)));
    }

    private static List<String> title(Plot plot, int width) {
        return Wrap.lines(plot.title(), (int) ((width - 24) / 7.4), "");
    }

    private static String heading(List<String> title, Plot plot, int top) {
        var out =
                new StringBuilder(
                        "<g font-family=\""
                                + Svg.SANS
                                + "\">\n<g font-size=\"14\" font-weight=\"bold\">\n");
        for (int i = 0; i < title.size(); i++)
            out.append("<text x=\"12\" y=\"")
                    .append(24 + 18 * i)
                    .append("\">")
                    .append(Markup.escape(title.get(i)))
                    .append("</text>\n");
        return out.append("</g>\n<g font-size=\"11\" fill=\"")
                .append(Ink.INK2.paint())
                .append("\"><text x=\"12\" y=\"")
                .append(top - 6)
                .append("\">")
                .append(Markup.escape(plot.basis().words()))
                .append("</text></g>\n")
                .toString();
    }

    private static Bundle bundle(
            String title,
            String sentence,
            Optional<Table> table,
            String svg,
            Supplier<BufferedImage> bitmap) {
        Bundle words =
                Bundle.of(
                        Bundle.PLAIN,
                        String.join("\n", Wrap.lines(Ascii.of(title), 75, ""))
                                + "\n\n"
                                + String.join("\n", Wrap.lines(Ascii.of(sentence), 75, ""))
                                + table.map(t -> "\n\n" + TablePicture.text(t, ROWS)).orElse(""));
        boolean small = svg.getBytes(StandardCharsets.UTF_8).length <= Svg.BUDGET_BYTES;
        String png = small ? "" : Pixels.png(bitmap.get());
        String drawing =
                small
                        ? svg
                        : "<img alt=\""
                                + Markup.escape(title + ". " + sentence)
                                + "\" style=\"max-width:100%\" src=\"data:image/png;base64,"
                                + png
                                + "\">";
        String html =
                "<div class=\"sp-chart\">"
                        + drawing
                        + table.map(t ->
                                        "\n<details><summary>Data</summary>\n"
                                                + TablePicture.html(t, ROWS)
                                                + "\n</details>")
                                .orElse("")
                        + "</div>";
        return words.with(Bundle.HTML, html)
                .with(small ? Bundle.SVG : Bundle.PNG, small ? svg : png);
    }

    /// The drawing and the data table by themselves, of a bundle that this class made.
    static List<Bundle> parts(Bundle whole, Optional<Table> table) {
        Bundle drawing = whole.without(Bundle.HTML);
        if (table.isEmpty()) return List.of(drawing);
        String words = TablePicture.text(table.get(), ROWS);
        String title = whole.plain().replace("\n\n" + words, "");
        String details =
                "<details><summary>Data</summary>\n"
                        + TablePicture.html(table.get(), ROWS)
                        + "\n</details>";
        return List.of(
                drawing.with(Bundle.PLAIN, title),
                Bundle.of(Bundle.PLAIN, words, Bundle.HTML, details));
    }

    /// A plot in its parts, see [#parts(Bundle, Optional)].
    static List<Bundle> parts(Plot plot, String idPrefix) {
        return parts(of(plot, idPrefix), Optional.of(PlotWords.table(plot)));
    }

    /// A chart in its parts, see [#parts(Bundle, Optional)].
    static List<Bundle> parts(Chart<?, ?> chart, String idPrefix) {
        return parts(of(chart, idPrefix), ForeignChart.table(chart));
    }

    private static BufferedImage bitmap(
            int width, int height, java.util.function.Consumer<Graphics2D> painting) {
        var image =
                new BufferedImage(
                        width * PIXELS_A_UNIT, height * PIXELS_A_UNIT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(PIXELS_A_UNIT, PIXELS_A_UNIT);
        painting.accept(g);
        g.dispose();
        return image;
    }
}
