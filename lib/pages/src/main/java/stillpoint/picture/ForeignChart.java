package stillpoint.picture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knowm.xchart.PieChart;
import org.knowm.xchart.PieSeries;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.AxesChartSeriesCategory;
import org.knowm.xchart.internal.series.AxesChartSeriesNumerical;
import org.knowm.xchart.internal.series.Series;
import stillpoint.evidence.Table;

/// A chart that a notebook made with XChart itself: its words and its numbers.
final class ForeignChart {
    private ForeignChart() {}

    static String title(Chart<?, ?> chart) {
        String title = chart.getTitle();
        return title == null || title.isBlank() ? "Chart" : title;
    }

    static String sentence(Chart<?, ?> chart) {
        Collection<? extends Series> series = chart.getSeriesCollection();
        String kind = chart.getClass().getSimpleName().replaceFirst("Chart$", " chart");
        String axes =
                chart instanceof AxesChart<?, ?> a && a.getYAxisTitle() != null && a.getXAxisTitle() != null && !a.getYAxisTitle().isBlank()
                        ? ", " + a.getYAxisTitle() + " over " + a.getXAxisTitle()
                        : "";
        return kind + axes + ". " + series.size() + (series.size() == 1 ? " series: " : " series: ")
                + series.stream().map(Series::getName).collect(Collectors.joining(", ")) + ".";
    }

    /// The numbers, one row a position and one column a series; nothing for kinds of charts that have
    /// no positions.
    static Optional<Table> table(Chart<?, ?> chart) {
        Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
        boolean numbers = true;
        for (Series series : chart.getSeriesCollection())
            switch (series) {
                case AxesChartSeriesNumerical s -> {
                    for (int i = 0; i < s.getXData().length; i++)
                        put(rows, Figures.of(s.getXData()[i]), s.getName(), s.getYData()[i]);
                }
                case AxesChartSeriesCategory s -> {
                    int i = 0;
                    for (Object x : s.getXData()) {
                        numbers &= x instanceof Number;
                        put(rows, x instanceof Number n ? Figures.of(n.doubleValue()) : String.valueOf(x), s.getName(), s.getYData()[i++]);
                    }
                }
                case PieSeries s -> {
                    if (s.getValue() != null) put(rows, s.getName(), "value", s.getValue().doubleValue());
                }
                default -> {
                    return Optional.empty();
                }
            }
        if (rows.isEmpty()) return Optional.empty();
        String x = chart instanceof AxesChart<?, ?> a && a.getXAxisTitle() != null && !a.getXAxisTitle().isBlank() ? a.getXAxisTitle() : "x";
        boolean shares = chart instanceof PieChart;
        List<String> names = shares ? List.of("value") : chart.getSeriesCollection().stream().map(Series::getName).toList();
        var columns = new ArrayList<Table.Column>(List.of(numbers && !shares ? Table.numbers(x) : Table.words(shares ? "share" : x)));
        for (String name : names) columns.add(Table.numbers(name));
        var cells = new ArrayList<List<String>>();
        rows.forEach((label, values) -> {
            var row = new ArrayList<String>(List.of(label));
            for (String name : names) row.add(Figures.of(values.getOrDefault(name, Double.NaN)));
            cells.add(row);
        });
        return Optional.of(new Table("", columns, cells));
    }

    private static void put(Map<String, Map<String, Double>> rows, String x, String series, double y) {
        rows.computeIfAbsent(x, _ -> new LinkedHashMap<>()).put(series, y);
    }
}
