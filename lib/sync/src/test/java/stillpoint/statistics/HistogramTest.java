package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.stream.LongStream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Counts of values, merged and written down.
class HistogramTest {
    private static final Sample MANY = Draws.sample(1, 5000, Draws::exponential);
    private static final Histogram COUNTS = Histogram.of(MANY);

    @Test
    void whatItSaysOfAValueIsAtMostAThousandthTooLarge() {
        for (long value = 1; value > 0 && value <= Values.LARGEST; value += 1 + value / 7) {
            Histogram one = Histogram.of(Sample.of(MANY.key(), value));
            assertThat(one.max()).isBetween(value, value + value / 1000);
            assertThat(one.min()).isBetween(value - value / 1000, value);
            assertThat(one.quantile(0.5)).isEqualTo(one.max());
        }
    }

    @Test
    void quantilesAreThoseOfTheSampleWithinAThousandth() {
        for (double p : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 0.999}) {
            long exact = MANY.quantile(p);
            assertThat(COUNTS.quantile(p)).as("p = %s", p).isBetween(exact, exact + exact / 1000);
        }
    }

    @Test
    void mergedPartsAreTheWholeBitForBit() {
        Histogram odd = part(1);
        Histogram even = part(0);
        assertThat(odd.merge(even).text()).isEqualTo(COUNTS.text());
        assertThat(even.merge(odd)).isEqualTo(COUNTS).hasSameHashCodeAs(COUNTS);
        assertThat(odd.count() + even.count()).isEqualTo(COUNTS.count());
    }

    @Test
    void mergingChangesNeitherPart() {
        Histogram odd = part(1);
        odd.merge(part(0));
        assertThat(odd).isEqualTo(part(1));
    }

    @Test
    void theOrderOfValuesChangesNoByte() {
        long[] values = LongStream.range(0, MANY.size()).map(i -> MANY.at((int) i)).toArray();
        long[] ascending = LongStream.of(values).sorted().toArray();
        assertThat(Histogram.of(Sample.of(MANY.key(), ascending)).text()).isEqualTo(COUNTS.text());
    }

    @Test
    void itsTextIsReadBack() {
        Histogram read = Histogram.parse(COUNTS.text());
        assertThat(read).isEqualTo(COUNTS).hasToString(COUNTS.toString());
        assertThat(read.buckets()).isEqualTo(COUNTS.buckets());
        assertThat(COUNTS.text()).matches("[A-Za-z0-9+/=]+");
    }

    @Test
    void itsTextIsTheSameOnEveryMachine() {
        assertThat(Histogram.of(Sample.of(MANY.key(), 0, 1, 1, 1000, 5_000_000)).text())
                .isEqualTo("HISTEwAAAAkAAAAAAAAAAwAAAAAAAAABAAAAAABMT/8/8AAAAAAAAAIEyw8CtcMBAg==");
    }

    @Test
    void bucketsHoldEveryValue() {
        assertThat(COUNTS.buckets()).extracting(Histogram.Bucket::count).doesNotContain(0L);
        assertThat(COUNTS.buckets().stream().mapToLong(Histogram.Bucket::count).sum())
                .isEqualTo(MANY.size());
        assertThat(Histogram.of(Sample.of(MANY.key(), 7, 7, 4096)).buckets())
                .containsExactly(
                        new Histogram.Bucket(7, 7, 2), new Histogram.Bucket(4096, 4099, 1));
    }

    @Test
    void laterValuesDoNotReachAHistogram() {
        var recorder = new Histogram.Recorder();
        recorder.record(5);
        Histogram before = recorder.histogram();
        recorder.record(500_000);
        assertThat(before).hasToString("1 values from 5 to 5");
        assertThat(recorder.histogram().count()).isEqualTo(2);
    }

    @Test
    void noValuesAreNoHistogram() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram.Recorder().histogram())
                .withMessage("0 values: a histogram has at least one; record some first");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Values.LARGEST + 1, Long.MIN_VALUE})
    void aValueOutOfRangeIsRefused(long value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram.Recorder().record(value))
                .withMessageStartingWith(value + ": a histogram counts values of 0 to 2^53");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no Base64!", "AAAA", "SElTVEZBQVM="})
    void aTextThatIsNoneIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Histogram.parse(text))
                .withMessage(
                        "\""
                                + text
                                + "\": no text of a histogram; the cell was changed or cut, make it"
                                + " again");
    }

    @Test
    void aTextOfLessPrecisionIsRefused() {
        var coarse = new org.HdrHistogram.Histogram(1000, 2);
        coarse.recordValue(700);
        var bytes = ByteBuffer.allocate(coarse.getNeededByteBufferCapacity());
        coarse.encodeIntoByteBuffer(bytes);
        String text = Base64.getEncoder().encodeToString(bytes.array());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Histogram.parse(text))
                .withRootCauseInstanceOf(DataFormatException.class);
    }

    @Test
    void aTextThatWasCutIsRefused() {
        String text = COUNTS.text();
        for (int length = 0; length < text.length(); length += 256) {
            String cut = text.substring(0, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Histogram.parse(cut));
        }
    }

    private static Histogram part(int remainder) {
        var recorder = new Histogram.Recorder();
        for (int i = remainder; i < MANY.size(); i += 2) recorder.record(MANY.at(i));
        return recorder.histogram();
    }
}
