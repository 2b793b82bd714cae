package stillpoint.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
    ///
    /// @param ranges what is not known better than that, about each height; none at all, or one for
    ///   each height, [Range#NONE] where it has none
    public record Series(String name, List<String> labels, List<Double> y, List<Range> ranges) {
        public Series {
            labels = List.copyOf(labels);
            y = List.copyOf(y);
            ranges = List.copyOf(ranges);
            if (labels.size() != y.size())
                throw new IllegalArgumentException(
                        labels.size()
                                + " labels for "
                                + y.size()
                                + " values: each value has one label");
            if (!ranges.isEmpty() && ranges.size() != y.size())
                throw new IllegalArgumentException(
                        ranges.size()
                                + " ranges for "
                                + y.size()
                                + " values: each value has one, or none has");
        }

        /// Heights without ranges.
        public Series(String name, List<String> labels, List<Double> y) {
            this(name, labels, y, List.of());
        }

        /// The range about a height.
        public Range range(int place) {
            return ranges.isEmpty() ? Range.NONE : ranges.get(place);
        }
    }

    /// From where to where, in the unit of the vertical axis.
    ///
    /// @param low at most `high`
    public record Range(double low, double high) {
        /// No range.
        public static final Range NONE = new Range(Double.NaN, Double.NaN);

        public Range {
            if (low > high || Double.isNaN(low) != Double.isNaN(high))
                throw new IllegalArgumentException(
                        low + " to " + high + ": a range goes from its lower end to its higher");
        }

        /// Whether this is one.
        public boolean isGiven() {
            return !Double.isNaN(low);
        }
    }

    public Plot {
        series = List.copyOf(series);
        if (series.isEmpty())
            throw new IllegalArgumentException("0 series: a plot has at least one");
    }

    /// The same with more curves over the same axes, such as a closed form beside what was
    /// simulated.
    public Plot and(Series... others) {
        return new Plot(
                title,
                x,
                y,
                basis,
                form,
                Stream.concat(series.stream(), Arrays.stream(others)).toList());
    }
}
