package stillpoint.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import stillpoint.evidence.Plot;
import stillpoint.evidence.Table;

/// A plot without its picture: a sentence for who does not see it, and its numbers as a table.
final class PlotWords {
    private static final double EVEN = 1e-3;
    private static final MathContext TWO_FIGURES = new MathContext(2);

    private PlotWords() {}

    /// What is drawn, over which range, and where each series starts, ends, and is highest.
    static String sentence(Plot plot) {
        var out = new StringBuilder();
        out.append(
                switch (plot.form()) {
                    case LINES -> "Line chart";
                    case BARS -> "Bar chart";
                });
        out.append(" (")
                .append(plot.basis().words())
                .append("), ")
                .append(axis(plot.y()))
                .append(" over ")
                .append(axis(plot.x()))
                .append('.');
        for (Plot.Series series : plot.series()) out.append(' ').append(series(series));
        return out.toString();
    }

    private static String axis(Plot.Axis axis) {
        return axis.name() + (axis.logarithmic() ? " (logarithmic)" : "");
    }

    private static String series(Plot.Series series) {
        var drawn = new ArrayList<Integer>();
        for (int i = 0; i < series.y().size(); i++) if (!series.y().get(i).isNaN()) drawn.add(i);
        if (drawn.isEmpty()) return series.name() + ": no values.";
        int first = drawn.getFirst();
        int last = drawn.getLast();
        int top = first;
        for (int i : drawn) if (series.y().get(i) > series.y().get(top)) top = i;
        String words = series.name() + ": " + at(series, first);
        if (last != first) words += " to " + at(series, last);
        if (top != first && top != last) words += ", highest " + at(series, top);
        return words + ".";
    }

    private static String at(Plot.Series series, int i) {
        return Figures.of(series.y().get(i)) + " at " + series.labels().get(i);
    }

    /// One row a position, one column a series; where a series has no value there is a dash.
    static Table table(Plot plot) {
        var columns = new ArrayList<Table.Column>();
        columns.add(numeric(plot) ? Table.numbers(plot.x().name()) : Table.words(plot.x().name()));
        for (Plot.Series series : plot.series()) {
            columns.add(Table.numbers(series.name()));
            if (ranged(series)) columns.add(Table.numbers("+-"));
        }
        Set<String> labels = new LinkedHashSet<>();
        plot.series().forEach(s -> labels.addAll(s.labels()));
        var rows = new ArrayList<List<String>>();
        for (String label : labels) {
            var row = new ArrayList<String>(List.of(label));
            for (Plot.Series series : plot.series()) {
                int at = series.labels().indexOf(label);
                row.add(at < 0 ? "-" : Figures.of(series.y().get(at)));
                if (ranged(series))
                    row.add(at < 0 ? "-" : range(series.y().get(at), series.range(at)));
            }
            rows.add(row);
        }
        return new Table(plot.y().name() + " (" + plot.basis().words() + ")", columns, rows);
    }

    private static boolean ranged(Plot.Series series) {
        return series.ranges().stream().anyMatch(Plot.Range::isGiven);
    }

    /// Half its width where it lies evenly about the height, as that of a mean does; else both
    /// ends.
    private static String range(double y, Plot.Range range) {
        if (!range.isGiven()) return "-";
        double half = (range.high() - range.low()) / 2;
        boolean even = Math.abs(range.low() + half - y) <= EVEN * Math.abs(y);
        return even
                ? Figures.of(new BigDecimal(half).round(TWO_FIGURES).doubleValue())
                : Figures.of(range.low()) + " .. " + Figures.of(range.high());
    }

    /// Whether every position is a number.
    static boolean numeric(Plot plot) {
        return plot.series().stream()
                .flatMap(s -> s.labels().stream())
                .allMatch(PlotWords::isNumber);
    }

    private static boolean isNumber(String label) {
        return label.matches("[+-]?(\\d[\\d,]*)(\\.\\d+)?([eE][+-]?\\d+)?");
    }

    static double number(String label) {
        return Double.parseDouble(label.replace(",", ""));
    }
}
