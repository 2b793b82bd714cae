package stillpoint.statistics;

import java.util.Arrays;

/// One run in time order: whole numbers that depend on each other (nanoseconds, unless a caller
/// says otherwise). Student's interval of such values is far too narrow, so a series gives none: it
/// goes through [WarmUp] and [BatchMeans]. Never empty, never changed.
public final class Series {
    private final long[] values;

    /// @param values not empty, within the range of [Values]; owned from now on
    Series(long[] values) {
        this.values = values;
    }

    /// A series of what stands there, in time order.
    ///
    /// @throws IllegalArgumentException if there are none, or one is out of the range of [Values]
    public static Series of(long... values) {
        var collected = new Values();
        for (long value : values) collected.add(value);
        return collected.series();
    }

    public int size() {
        return values.length;
    }

    /// The value at one place, counted from 0.
    public long at(int place) {
        return values[place];
    }

    /// Means of consecutive batches that begin at `from`; what is over at the end is left out.
    double[] batches(int from, int size) {
        var means = new double[(values.length - from) / size];
        for (int b = 0; b < means.length; b++) {
            int start = from + b * size;
            means[b] = Sample.mean(Arrays.copyOfRange(values, start, start + size));
        }
        return means;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length + " values in time order";
    }
}
