package stillpoint.statistics;

import java.util.Arrays;

/// Values as they come in, kept in their order and without boxing, until they become a [Sample], a
/// [Series] or a [Histogram]. Not for several threads at once: see [Replications] for those.
public final class Values {
    /// The largest magnitude of a value: up to here a double holds every whole number, so that all
    /// arithmetic starts from what was recorded. In nanoseconds it is 104 days.
    public static final long LARGEST = 1L << 53;

    private long[] values = new long[64];
    private int size;

    /// Appends one value.
    ///
    /// @throws IllegalArgumentException over [#LARGEST] in magnitude
    public Values add(long value) {
        if (value > LARGEST || value < -LARGEST)
            throw new IllegalArgumentException(
                    value
                            + ": a value lies within 2^53 (104 days in ns), where doubles are exact;"
                            + " record it in a larger unit");
        if (size == values.length) values = Arrays.copyOf(values, 2 * size);
        values[size++] = value;
        return this;
    }

    /// How many came so far.
    public int size() {
        return size;
    }

    /// What came so far as independent replications.
    ///
    /// @throws IllegalArgumentException if nothing came
    public Sample sample(Key key) {
        return new Sample(key, toArray("a sample"));
    }

    /// What came so far as one run in time order.
    ///
    /// @throws IllegalArgumentException if nothing came
    public Series series() {
        return new Series(toArray("a series"));
    }

    private long[] toArray(String what) {
        if (size == 0)
            throw new IllegalArgumentException(
                    "0 values: " + what + " has at least one; record some first");
        return Arrays.copyOf(values, size);
    }
}
