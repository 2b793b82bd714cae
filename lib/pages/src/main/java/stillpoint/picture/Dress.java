package stillpoint.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.HorizontalBarStyler;
import org.knowm.xchart.style.PieStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.colors.ChartColor;
import org.knowm.xchart.style.colors.XChartSeriesColors;

/// How a chart looks: our own from the ground up; someone else's with our typeface and, where it has
/// the library's defaults, our colours, and afterwards as it was.
final class Dress {
    private Dress() {}

    /// A pen whose lines stay lines: the library fills the outlines of its grid.
    static final class Hairline extends BasicStroke {
        Hairline(BasicStroke like) {
            super(like.getLineWidth(), like.getEndCap(), like.getLineJoin(), like.getMiterLimit(), like.getDashArray(), like.getDashPhase());
        }

        @Override
        public Shape createStrokedShape(Shape shape) {
            return shape instanceof Line2D ? shape : super.createStrokedShape(shape);
        }
    }

    /// Ours: paper, hairlines, no boxes.
    static void plain(AxesChartStyler styler, Font font, BasicStroke hairline, int size) {
        Color paper = Tint.color(Ink.PAPER);
        Color line = Tint.color(Ink.LINE);
        styler.setBaseFont(font);
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(paper);
        styler.setPlotBackgroundColor(paper);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(line);
        styler.setPlotGridLinesStroke(hairline);
        styler.setPlotContentSize(0.96);
        styler.setPlotMargin(0);
        styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        styler.setChartFontColor(Tint.color(Ink.INK));
        styler.setChartTitleVisible(false);
        styler.setChartPadding(8);
        styler.setAxisTicksLineVisible(true);
        styler.setAxisTickMarksColor(line);
        styler.setAxisTickMarksStroke(new BasicStroke(1));
        styler.setAxisTickMarkLength(4);
        styler.setAxisTickLabelsColor(Tint.color(Ink.INK));
        styler.setAxisTickLabelsFont(font.deriveFont((float) size));
        styler.setAxisTitleFont(font.deriveFont((float) size));
        styler.setAxisTitlePadding(8);
        styler.setLegendFont(font.deriveFont((float) size));
        styler.setLegendBackgroundColor(paper);
        styler.setLegendBorderColor(paper);
        styler.setMarkerSize(6);
        styler.setToolTipsAlwaysVisible(false);
    }

    /// Someone else's, for the time of `painting`.
    static void borrowed(Chart<?, ?> chart, Runnable painting) {
        Styler styler = chart.getStyler();
        var undo = new ArrayList<Runnable>();
        fonts(styler, undo);
        swap(styler::getLocale, styler::setLocale, Locale.ROOT, undo);
        if (Arrays.equals(styler.getSeriesColors(), new XChartSeriesColors().getSeriesColors()))
            swap(styler::getSeriesColors, styler::setSeriesColors, palette(), undo);
        if (ChartColor.GREY.getColor().equals(styler.getChartBackgroundColor()))
            swap(styler::getChartBackgroundColor, styler::setChartBackgroundColor, Tint.color(Ink.PAPER), undo);
        if (styler instanceof AxesChartStyler axes)
            swap(axes::getPlotGridLinesStroke, axes::setPlotGridLinesStroke, new Hairline(axes.getPlotGridLinesStroke()), undo);
        try {
            painting.run();
        } finally {
            undo.forEach(Runnable::run);
        }
    }

    private static void fonts(Styler styler, List<Runnable> undo) {
        font(styler::getBaseFont, styler::setBaseFont, undo);
        font(styler::getChartTitleFont, styler::setChartTitleFont, undo);
        font(styler::getLegendFont, styler::setLegendFont, undo);
        font(styler::getAnnotationTextFont, styler::setAnnotationTextFont, undo);
        font(styler::getAnnotationTextPanelFont, styler::setAnnotationTextPanelFont, undo);
        font(styler::getToolTipFont, styler::setToolTipFont, undo);
        if (styler instanceof AxesChartStyler axes) {
            font(axes::getAxisTitleFont, axes::setAxisTitleFont, undo);
            font(axes::getAxisTickLabelsFont, axes::setAxisTickLabelsFont, undo);
        }
        switch (styler) {
            case CategoryStyler category -> font(category::getLabelsFont, category::setLabelsFont, undo);
            case HorizontalBarStyler bars -> font(bars::getLabelsFont, bars::setLabelsFont, undo);
            case PieStyler pie -> {
                font(pie::getLabelsFont, pie::setLabelsFont, undo);
                font(pie::getSumFont, pie::setSumFont, undo);
            }
            default -> {}
        }
    }

    private static void font(Supplier<Font> get, Consumer<Font> set, List<Runnable> undo) {
        swap(get, set, Lettering.font(get.get().getSize2D()), undo);
    }

    private static <T> void swap(Supplier<T> get, Consumer<T> set, T value, List<Runnable> undo) {
        T before = get.get();
        set.accept(value);
        undo.addFirst(() -> set.accept(before));
    }

    private static Color[] palette() {
        return Stream.iterate(0, i -> i + 1).limit(8).map(i -> Tint.color(Ink.series(i))).toArray(Color[]::new);
    }
}
