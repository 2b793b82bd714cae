package stillpoint.evidence;

import java.util.List;

/// A line or bar chart's data: what is drawn, in which units, and on what basis.
///
/// @param title the claim of the picture in one sentence
/// @param x the horizontal axis with its unit
/// @param y the vertical axis with its unit
/// @param basis exhaustive, simulated or measured
/// @param form lines over numbers or bars over categories
/// @param series at least one
public record Plot(String title, Axis x, Axis y, Basis basis, Form form, List<Series> series) {
    /// An axis. `name` carries the unit: `readers`, `swapoff latency us`.
    public record Axis(String name, boolean logarithmic) {}

    /// What is drawn.
    public enum Form {
        LINES,
        BARS
    }

    /// One curve or one set of bars. `labels` are the horizontal positions in words, `y` their
    /// heights.
    public record Series(String name, List<String> labels, List<Double> y) {
        public Series {
            labels = List.copyOf(labels);
            y = List.copyOf(y);
            if (labels.size() != y.size())
                throw new IllegalArgumentException(
                        labels.size()
                                + " labels for "
                                + y.size()
                                + " values: each value has one label");
        }
    }

    public Plot {
        series = List.copyOf(series);
        if (series.isEmpty())
            throw new IllegalArgumentException("0 series: a plot has at least one");
    }
}
