package stillpoint.statistics;

import java.util.Arrays;

/// Independent replications: one whole number of each (nanoseconds, unless a caller says
/// otherwise), in replication order, with the random numbers they were drawn with. Never empty,
/// never changed.
///
/// Values that depend on each other, as those of one run, are a [Series].
public final class Sample {
    private final Key key;
    private final long[] values;

    /// The same, ascending.
    private final long[] ordered;

    /// @param values not empty, within the range of [Values]; owned from now on
    Sample(Key key, long[] values) {
        this.key = key;
        this.values = values;
        ordered = values.clone();
        Arrays.sort(ordered);
    }

    /// A sample of what stands there, in replication order.
    ///
    /// @throws IllegalArgumentException if there are none, or one is out of the range of [Values]
    public static Sample of(Key key, long... values) {
        var collected = new Values();
        for (long value : values) collected.add(value);
        return collected.sample(key);
    }

    /// The random numbers behind it.
    public Key key() {
        return key;
    }

    /// How many replications.
    public int size() {
        return values.length;
    }

    /// The value of one replication, counted from 0.
    public long at(int replication) {
        return values[replication];
    }

    /// The `rank`-th smallest value, counted from 1.
    ///
    /// @throws IllegalArgumentException if there is no such rank
    public long ordered(int rank) {
        if (rank < 1 || rank > ordered.length)
            throw new IllegalArgumentException(
                    "rank = " + rank + ": this sample has ranks 1 to " + ordered.length);
        return ordered[rank - 1];
    }

    public long min() {
        return ordered[0];
    }

    public long max() {
        return ordered[ordered.length - 1];
    }

    /// The arithmetic mean, from an exact sum: the order of the values does not matter.
    public double mean() {
        return mean(values);
    }

    /// The standard deviation with `n - 1`, from deviations in ascending order.
    ///
    /// @throws IllegalArgumentException if there is one value only
    public double standardDeviation() {
        if (ordered.length < 2)
            throw new IllegalArgumentException(
                    "1 value: a standard deviation takes 2; run more replications");
        double mean = mean();
        double squares = 0;
        for (long value : ordered) squares += (value - mean) * (value - mean);
        return Math.sqrt(squares / (ordered.length - 1));
    }

    /// The smallest value that at least the part `p` of the sample is not over.
    ///
    /// @param p over 0 and under 1
    public long quantile(double p) {
        Demand.part(p);
        double at = p * ordered.length;
        // 0.29 * 100 is 28.999999999999996, and 0.07 * 100 is 7.000000000000001: both mean a rank.
        double near = Math.rint(at);
        double rank = Math.abs(at - near) <= 2 * Math.ulp(at) ? near : Math.ceil(at);
        return ordered[Math.max(1, (int) rank) - 1];
    }

    /// The middle value, or the mean of the two in the middle.
    public double median() {
        int n = ordered.length;
        return (ordered[(n - 1) / 2] + ordered[n / 2]) / 2.0;
    }

    /// What this sample has more than `other`, replication by replication.
    Sample minus(Sample other) {
        long[] differences = new long[values.length];
        for (int i = 0; i < differences.length; i++) differences[i] = values[i] - other.values[i];
        return new Sample(key, differences);
    }

    /// A copy, in replication order.
    long[] toLongs() {
        return values.clone();
    }

    double[] toDoubles() {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    /// Sums halves of 32 bits, neither of which can overflow.
    static double mean(long[] values) {
        long high = 0;
        long low = 0;
        for (long value : values) {
            high += value >> 32;
            low += value & 0xffff_ffffL;
        }
        return (high * 0x1p32 + low) / values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample that
                && key.equals(that.key)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length + " values of " + key;
    }
}
