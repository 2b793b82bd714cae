package stillpoint.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import stillpoint.evidence.Plot;

/// A plot as a chart: horizontal hairlines, no box, and each curve's name at its end in its colour.
final class PlotChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 340;
    private static final int LETTER = 11;
    private static final int LEADING = 14;
    private static final int NAMES_MAX = 200;
    private static final int MARK = 6;
    private static final int CAP = 3;

    private final Plot plot;
    private final Scale across;
    private final Scale up;

    PlotChart(Plot plot) {
        this.plot = plot;
        check();
        this.across =
                PlotWords.numeric(plot)
                        ? Scale.of(plot.x().logarithmic(), positions())
                        : Scale.LINEAR;
        Scale heights = Scale.of(plot.y().logarithmic(), heights());
        this.up = plot.form() == Plot.Form.BARS ? heights.below() : heights;
    }

    private void check() {
        for (Plot.Series series : plot.series())
            for (int i = 0; i < series.y().size(); i++) {
                double y = series.y().get(i);
                if (Double.isInfinite(y) || Double.isInfinite(width(series.range(i))))
                    throw new IllegalArgumentException(
                            at(series, i, y)
                                    + "a plot shows finite values; leave the point out, or use NaN for a gap");
                if (plot.y().logarithmic() && y <= 0)
                    throw new IllegalArgumentException(
                            at(series, i, y)
                                    + "a logarithmic axis shows values above 0; leave the point out, or make the axis linear");
                String label = series.labels().get(i);
                if (plot.x().logarithmic()
                        && PlotWords.numeric(plot)
                        && PlotWords.number(label) <= 0)
                    throw new IllegalArgumentException(
                            "x = "
                                    + label
                                    + " in "
                                    + series.name()
                                    + ": a logarithmic axis shows values above 0; leave the point out, or make the axis linear");
            }
    }

    private double[] positions() {
        return plot.series().stream()
                .flatMap(s -> s.labels().stream())
                .mapToDouble(PlotWords::number)
                .toArray();
    }

    private static double width(Plot.Range range) {
        return range.isGiven() ? range.high() - range.low() : 0;
    }

    /// All heights, and the ends of their ranges as far as the axis can show them.
    private double[] heights() {
        return plot.series().stream()
                .flatMapToDouble(s ->
                        DoubleStream.concat(
                                s.y().stream().mapToDouble(Double::doubleValue),
                                s.ranges().stream()
                                        .flatMapToDouble(r -> DoubleStream.of(r.low(), r.high()))))
                .filter(y -> !Double.isNaN(y) && (y > 0 || !plot.y().logarithmic()))
                .toArray();
    }

    private static String at(Plot.Series series, int i, double y) {
        return series.name() + " = " + y + " at " + series.labels().get(i) + ": ";
    }

    int width() {
        return WIDTH;
    }

    int height() {
        return Math.max(HEIGHT, plot.series().size() * LEADING + 90);
    }

    /// Paints the chart without its title.
    ///
    /// @param font the typeface
    /// @param hairline the pen of the grid
    void paint(Graphics2D g, Font font, BasicStroke hairline) {
        if (plot.form() == Plot.Form.LINES && PlotWords.numeric(plot)) curves(g, font, hairline);
        else categories(g, font, hairline);
    }

    private void curves(Graphics2D g, Font font, BasicStroke hairline) {
        XYChart chart =
                new XYChartBuilder()
                        .xAxisTitle(plot.x().name())
                        .yAxisTitle(plot.y().name())
                        .build();
        dress(chart.getStyler(), font, hairline);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(across::label);
        for (int s = 0; s < plot.series().size(); s++) {
            Plot.Series series = plot.series().get(s);
            if (series.y().isEmpty()) continue;
            double[] x =
                    series.labels().stream()
                            .mapToDouble(l -> across.place(PlotWords.number(l)))
                            .toArray();
            double[] y = series.y().stream().mapToDouble(up::place).toArray();
            var drawn = chart.addSeries((s + 1) + ". " + series.name(), x, y);
            drawn.setLineColor(color(s));
            drawn.setMarkerColor(color(s));
            drawn.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            drawn.setMarker(y.length <= 40 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        }
        double names =
                plot.series().stream()
                        .mapToDouble(s -> Lettering.width(name(s), LETTER))
                        .max()
                        .orElse(0);
        int room = (int) Math.ceil(names) + 16;
        chart.paint(g, WIDTH - room, height());
        for (int s = 0; s < plot.series().size(); s++) ranges(g, chart, s);
        names(g, font, chart, WIDTH - room);
    }

    /// A thin upright line from end to end of each range; one shorter than the dot is not seen.
    private void ranges(Graphics2D g, XYChart chart, int s) {
        Plot.Series series = plot.series().get(s);
        g.setColor(color(s));
        g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        for (int i = 0; i < series.ranges().size(); i++) {
            Plot.Range range = series.range(i);
            if (!range.isGiven() || series.y().get(i).isNaN()) continue;
            double x =
                    chart.getScreenXFromChart(
                            across.place(PlotWords.number(series.labels().get(i))));
            double low = chart.getScreenYFromChart(up.placeOrStart(range.low()));
            double high = chart.getScreenYFromChart(up.placeOrStart(range.high()));
            if (low - high <= MARK) continue;
            g.draw(new Line2D.Double(x, low, x, high));
            g.draw(new Line2D.Double(x - CAP, low, x + CAP, low));
            g.draw(new Line2D.Double(x - CAP, high, x + CAP, high));
        }
    }

    /// A curve's name beside its last point, moved up or down where two would overlap.
    private record Name(int series, double x, double y) {}

    private void names(Graphics2D g, Font font, XYChart chart, double left) {
        var names = new ArrayList<Name>();
        for (int s = 0; s < plot.series().size(); s++) {
            Plot.Series series = plot.series().get(s);
            int last =
                    IntStream.range(0, series.y().size())
                            .filter(i -> !series.y().get(i).isNaN())
                            .max()
                            .orElse(-1);
            if (last < 0) continue;
            names.add(
                    new Name(
                            s,
                            chart.getScreenXFromChart(
                                    across.place(PlotWords.number(series.labels().get(last)))),
                            chart.getScreenYFromChart(up.place(series.y().get(last)))));
        }
        names.sort(Comparator.comparingDouble(Name::y));
        double[] y = spread(names.stream().mapToDouble(Name::y).toArray(), 8, height() - 60);
        g.setFont(font.deriveFont((float) LETTER));
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            g.setColor(color(name.series()));
            if (Math.abs(y[i] - name.y()) > 3 || name.x() < left - 40) {
                g.setStroke(new BasicStroke(0.75f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                g.draw(new Line2D.Double(name.x() + 6, name.y(), left - 1, y[i]));
            }
            g.drawString(
                    name(plot.series().get(name.series())), (float) left + 2, (float) y[i] + 4);
        }
    }

    /// Sorted heights at least a line apart: neighbours that touch share the move.
    static double[] spread(double[] wanted, double top, double bottom) {
        double[] y = wanted.clone();
        for (int round = 0; round < 200; round++) {
            boolean moved = false;
            for (int i = 1; i < y.length; i++) {
                double lack = LEADING - (y[i] - y[i - 1]);
                if (lack <= 0.01) continue;
                y[i - 1] -= lack / 2;
                y[i] += lack / 2;
                moved = true;
            }
            if (y.length > 0 && y[0] < top) y[0] = top;
            if (y.length > 0 && y[y.length - 1] > bottom) y[y.length - 1] = bottom;
            if (!moved) break;
        }
        return y;
    }

    private void categories(Graphics2D g, Font font, BasicStroke hairline) {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .xAxisTitle(plot.x().name())
                        .yAxisTitle(plot.y().name())
                        .build();
        dress(chart.getStyler(), font, hairline);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setAvailableSpaceFill(plot.series().size() > 1 ? 0.8 : 0.55);
        chart.getStyler().setLegendVisible(plot.series().size() > 1);
        chart.getStyler().setOverlapped(plot.form() == Plot.Form.LINES);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setLegendLayout(LegendLayout.Vertical);
        chart.getStyler()
                .setDefaultSeriesRenderStyle(
                        switch (plot.form()) {
                            case BARS -> CategorySeriesRenderStyle.Bar;
                            case LINES -> CategorySeriesRenderStyle.Line;
                        });
        List<String> labels =
                plot.series().stream().flatMap(s -> s.labels().stream()).distinct().toList();
        for (int s = 0; s < plot.series().size(); s++) {
            Plot.Series series = plot.series().get(s);
            var y = new ArrayList<Double>();
            for (String label : labels) {
                int at = series.labels().indexOf(label);
                y.add(at < 0 ? Double.NaN : up.place(series.y().get(at)));
            }
            var drawn = chart.addSeries((s + 1) + ". " + series.name(), labels, y);
            drawn.setLabel(name(series));
            drawn.setFillColor(color(s));
            drawn.setLineColor(color(s));
            drawn.setMarkerColor(color(s));
            drawn.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            drawn.setMarker(SeriesMarkers.CIRCLE);
        }
        double widest =
                labels.stream().mapToDouble(l -> Lettering.width(l, LETTER)).max().orElse(0);
        double slot = (WIDTH - 90 - legend()) / Math.max(1, labels.size());
        boolean turned = widest + 6 > slot;
        if (turned) {
            // Aslant where the first name does not leave the sheet, else upright.
            boolean aslant = widest * 0.71 < 60 + slot / 2;
            chart.getStyler().setXAxisLabelRotation(aslant ? 45 : 90);
            if (aslant)
                chart.getStyler().setXAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        }
        // A category without its name is worse than a crowded axis: the library leaves out names
        // that are closer than this.
        chart.getStyler().setXAxisTickMarkSpacingHint(turned ? LEADING : 1);
        chart.paint(g, WIDTH, height());
    }

    private double legend() {
        if (plot.series().size() == 1) return 0;
        return 60
                + plot.series().stream()
                        .mapToDouble(s -> Lettering.width(name(s), LETTER))
                        .max()
                        .orElse(0);
    }

    private static Color color(int series) {
        return Tint.color(Ink.series(series));
    }

    private static String name(Plot.Series series) {
        String name = series.name();
        if (Lettering.width(name, LETTER) <= NAMES_MAX) return name;
        while (Lettering.width(name + "\u2026", LETTER) > NAMES_MAX)
            name = name.substring(0, name.length() - 1);
        return name.strip() + "\u2026";
    }

    private void dress(AxesChartStyler styler, Font font, BasicStroke hairline) {
        Dress.plain(styler, font, hairline, LETTER);
        styler.setYAxisTickLabelsFormattingFunction(up::label);
        if (up.logarithmic()) {
            styler.setYAxisMin(0.0);
            styler.setYAxisMax((double) up.steps());
            // A little less than a decade, so that no tick falls between two.
            styler.setYAxisTickMarkSpacingHint((height() - 70) * 9 / 10 / up.steps());
            return;
        }
        double least = DoubleStream.of(heights()).min().orElse(0);
        double most = DoubleStream.of(heights()).max().orElse(1);
        if (least >= 0 && (least < most / 2 || plot.form() == Plot.Form.BARS))
            styler.setYAxisMin(0.0);
        // Room above the highest point; and a range that the data do not divide evenly, since then
        // the
        // library marks the data instead of round numbers.
        if (most > least) styler.setYAxisMax(most + 0.031 * (most - Math.min(least, 0)));
    }
}
