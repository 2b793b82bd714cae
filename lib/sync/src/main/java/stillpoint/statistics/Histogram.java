package stillpoint.statistics;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;

/// How often values of which size came, in buckets that are at most a thousandth of their values
/// wide (HdrHistogram, three significant digits): for tails of more values than a [Sample] should
/// hold. Merging loses nothing, and equal counts are equal bytes, whatever the order.
///
/// What it says of a value is the upper end of its bucket: at most 0.1 % too large, never too
/// small.
public final class Histogram {
    private static final int DIGITS = 3;
    private final org.HdrHistogram.Histogram counts;

    /// Copied into a histogram that is just as large as its largest value needs, so that its text
    /// does not depend on how it grew.
    private Histogram(org.HdrHistogram.AbstractHistogram recorded) {
        if (recorded.getTotalCount() == 0)
            throw new IllegalArgumentException(
                    "0 values: a histogram has at least one; record some first");
        counts = new org.HdrHistogram.Histogram(Math.max(2, recorded.getMaxValue()), DIGITS);
        counts.add(recorded);
    }

    /// One count of values in `low..high`.
    public record Bucket(long low, long high, long count) {}

    /// Counts values as they come; no garbage but when a value is larger than all before. Not for
    /// several threads at once: each has its own, and [Histogram#merge] joins them.
    public static final class Recorder {
        private final org.HdrHistogram.Histogram counts = new org.HdrHistogram.Histogram(DIGITS);

        /// Counts one value.
        ///
        /// @throws IllegalArgumentException if it is negative, or over [Values#LARGEST]
        public void record(long value) {
            if (value < 0 || value > Values.LARGEST)
                throw new IllegalArgumentException(
                        value
                                + ": a histogram counts values of 0 to 2^53 (104 days in ns); keep"
                                + " differences in a Sample");
            counts.recordValue(value);
        }

        /// What was counted so far.
        ///
        /// @throws IllegalArgumentException if nothing was
        public Histogram histogram() {
            return new Histogram(counts);
        }
    }

    /// The counts of a sample's values.
    ///
    /// @throws IllegalArgumentException if one is negative
    public static Histogram of(Sample sample) {
        var recorder = new Recorder();
        for (int i = 0; i < sample.size(); i++) recorder.record(sample.at(i));
        return recorder.histogram();
    }

    /// The counts of both.
    public Histogram merge(Histogram other) {
        var both = new org.HdrHistogram.Histogram(DIGITS);
        both.add(counts);
        both.add(other.counts);
        return new Histogram(both);
    }

    /// How many values.
    public long count() {
        return counts.getTotalCount();
    }

    /// The lower end of the smallest value's bucket.
    public long min() {
        return counts.lowestEquivalentValue(counts.getMinValue());
    }

    /// The upper end of the largest value's bucket.
    public long max() {
        return counts.getMaxValue();
    }

    /// The value that at least the part `p` is not over, as the upper end of its bucket.
    ///
    /// @param p over 0 and under 1
    public long quantile(double p) {
        return counts.getValueAtPercentile(100 * Demand.part(p));
    }

    /// The buckets that are not empty, ascending.
    public List<Bucket> buckets() {
        var buckets = new ArrayList<Bucket>();
        for (var each : counts.recordedValues())
            buckets.add(
                    new Bucket(
                            counts.lowestEquivalentValue(each.getValueIteratedTo()),
                            counts.highestEquivalentValue(each.getValueIteratedTo()),
                            each.getCountAtValueIteratedTo()));
        return List.copyOf(buckets);
    }

    /// One word for a cell of a CSV file: HdrHistogram's own V2 encoding, not compressed (zlib's
    /// bytes may differ between machines), in Base64.
    public String text() {
        var buffer = ByteBuffer.allocate(counts.getNeededByteBufferCapacity());
        int length = counts.encodeIntoByteBuffer(buffer);
        var bytes = new byte[length];
        buffer.get(0, bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// The histogram that [#text] wrote.
    ///
    /// @throws IllegalArgumentException if it did not
    public static Histogram parse(String text) {
        try {
            var read =
                    org.HdrHistogram.Histogram.decodeFromByteBuffer(
                            ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
            var histogram = new Histogram(read);
            if (histogram.text().equals(text)) return histogram;
        } catch (RuntimeException notOne) {
            throw wrong(text, notOne);
        }
        throw wrong(text, new DataFormatException("it is written otherwise"));
    }

    private static IllegalArgumentException wrong(String text, Exception why) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return new IllegalArgumentException(
                "\""
                        + shown
                        + "\": no text of a histogram; the cell was changed or cut, make it again",
                why);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return count() + " values from " + min() + " to " + max();
    }
}
