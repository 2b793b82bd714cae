package stillpoint.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.swap.Golden;

/// Streams: the same numbers for the same name, and numbers that look random where this can be
/// seen.
class StreamTest {
    private static final int MANY = 1 << 20;

    private static Stream stream(long entity) {
        return Stream.of(20190213, "test", 0, entity);
    }

    /// From `splitmix64.c` by Sebastiano Vigna, for the seed 0.
    @Test
    void theWordsAreThoseOfSplitMix64() {
        Stream zero = new Stream(0);
        assertThat(zero.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(zero.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(zero.nextLong()).isEqualTo(0x06C45D188009454FL);
    }

    @Test
    void theJdkHasTheSameWords() {
        for (long seed = -100; seed < 100; seed++) {
            Stream ours = new Stream(seed);
            SplittableRandom theirs = new SplittableRandom(seed);
            for (int i = 0; i < 100; i++) assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
        }
    }

    @Test
    void everyDrawIsAsRecorded() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String purpose : List.of("read section", "page fault"))
            for (long entity : new long[] {0, 1, 8191}) {
                Stream stream = Stream.of(42, purpose, 7, entity);
                lines.add(
                        "%s %d: long %016x double %s int %d exponential %s gaussian %s"
                                .formatted(
                                        purpose,
                                        entity,
                                        stream.nextLong(),
                                        Double.toHexString(stream.nextDouble()),
                                        stream.nextInt(1000),
                                        Double.toHexString(stream.nextExponential()),
                                        Double.toHexString(stream.nextGaussian())));
            }
        Stream stream = stream(0);
        long all = 0;
        for (int i = 0; i < MANY; i++)
            all = 31 * all + Double.doubleToLongBits(stream.nextExponential());
        lines.add("%d exponential numbers: %016x".formatted(MANY, all));
        Golden.matches("random-streams.txt", lines);
    }

    @Test
    void aStreamGoesOnFromAStateThatWasKept() {
        Stream whole = stream(3);
        Stream walking = stream(4);
        walking.state(Stream.start(20190213, "test", 0, 3));
        assertThat(walking.nextLong()).isEqualTo(whole.nextLong());
        long kept = walking.state();
        walking.nextLong();
        walking.state(kept);
        assertThat(walking.nextLong()).isEqualTo(whole.nextLong());
    }

    @Test
    void aPurposeThatIsHashedOnceStartsTheSameStreams() {
        Streams streams = Streams.of(5, "test", 2);
        for (int cpu = 0; cpu < 100; cpu++) {
            assertThat(streams.start(cpu)).isEqualTo(Stream.start(5, "test", 2, cpu));
            assertThat(streams.stream(cpu).nextLong())
                    .isEqualTo(Stream.of(5, "test", 2, cpu).nextLong());
        }
    }

    @Test
    void everyPartOfTheNameMatters() {
        List<Long> starts =
                List.of(
                        Stream.start(1, "a", 1, 1),
                        Stream.start(2, "a", 1, 1),
                        Stream.start(1, "b", 1, 1),
                        Stream.start(1, "aa", 1, 1),
                        Stream.start(1, "a", 2, 1),
                        Stream.start(1, "a", 1, 2),
                        Stream.start(1, "a", 2, 2));
        assertThat(starts).doesNotHaveDuplicates();
    }

    /// Positions on the circle, from the starts: the step is odd, so it can be divided by.
    @ParameterizedTest
    @CsvSource({"1, 1000000", "200, 10000"})
    void noTwoStreamsOfAnExperimentMeet(int replications, long draws) {
        long inverse = Mixer.GOLDEN;
        for (int i = 0; i < 6; i++) inverse *= 2 - Mixer.GOLDEN * inverse;
        long[] places = new long[replications * 4 * 8192];
        int at = 0;
        for (int replication = 0; replication < replications; replication++)
            for (String purpose : List.of("section", "fault", "tick", "line")) {
                Streams streams = Streams.of(20190213, purpose, replication);
                for (int cpu = 0; cpu < 8192; cpu++) places[at++] = streams.start(cpu) * inverse;
            }
        Arrays.sort(places);
        long smallest = places[0] - places[places.length - 1];
        for (int i = 1; i < places.length; i++)
            if (Long.compareUnsigned(places[i] - places[i - 1], smallest) < 0)
                smallest = places[i] - places[i - 1];
        assertThat(smallest).isGreaterThan(draws);
    }

    @Test
    void everyBitIsSetHalfOfTheTime() {
        int[] set = new int[64];
        Stream stream = stream(0);
        for (int i = 0; i < MANY; i++) {
            long word = stream.nextLong();
            for (int bit = 0; bit < 64; bit++) set[bit] += (int) (word >>> bit & 1);
        }
        for (int ones : set) assertThat(ones).isCloseTo(MANY / 2, within(5 * 512));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10, 100, 1000, 4097})
    void everyNumberUnderABoundIsAsLikely(int bound) {
        Stream stream = stream(1);
        int[] counts = new int[bound];
        for (int i = 0; i < MANY; i++) counts[stream.nextInt(bound)]++;
        Fit.even(counts);
    }

    /// With a bound of 3·2^29 a plain product would give every third number twice as often.
    @Test
    void aLargeBoundIsEvenToo() {
        int[] counts = new int[3];
        Stream stream = stream(2);
        for (int i = 0; i < MANY; i++) counts[stream.nextInt(3 << 29) % 3]++;
        Fit.even(counts);
    }

    @Test
    void pairsOfDrawsFillTheSquare() {
        Stream stream = stream(3);
        int[] counts = new int[64 * 64];
        for (int i = 0; i < MANY; i++)
            counts[(int) (stream.nextDouble() * 64) * 64 + (int) (stream.nextDouble() * 64)]++;
        Fit.even(counts);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void drawsAreNotCorrelatedWithLaterOnes(int lag) {
        Stream stream = stream(4);
        double[] draws = new double[MANY];
        for (int i = 0; i < MANY; i++) draws[i] = stream.nextDouble();
        uncorrelated(MANY - lag, i -> draws[i], i -> draws[i + lag]);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 64, 4096})
    void streamsOfNeighboursAreNotCorrelated(long distance) {
        Stream one = stream(100);
        Stream other = stream(100 + distance);
        uncorrelated(MANY, i -> one.nextDouble(), i -> other.nextDouble());
    }

    @Test
    void streamsOfTheNextReplicationOrPurposeOrSeedAreNotCorrelated() {
        Stream one = Stream.of(5, "test", 0, 9);
        List<Stream> others =
                List.of(
                        Stream.of(5, "test", 1, 9),
                        Stream.of(5, "tesu", 0, 9),
                        Stream.of(6, "test", 0, 9));
        for (Stream other : others)
            uncorrelated(MANY, i -> one.nextDouble(), i -> other.nextDouble());
    }

    /// As if they were one stream: what a simulator draws when it asks every CPU once.
    @Test
    void theFirstDrawsOfAllCpusAreEvenAndNotCorrelated() {
        double[] first = new double[MANY];
        for (int cpu = 0; cpu < MANY; cpu++) first[cpu] = stream(cpu).nextDouble();
        int[] counts = new int[256];
        for (double draw : first) counts[(int) (draw * 256)]++;
        Fit.even(counts);
        uncorrelated(MANY - 1, i -> first[i], i -> first[i + 1]);
    }

    /// That the check can fail: a stream beside itself.
    @Test
    void aStreamIsCorrelatedWithItself() {
        assertThat(correlation(1000, i -> i % 7, i -> i % 7)).isCloseTo(1, within(1e-9));
    }

    private static void uncorrelated(int n, IntToDoubleFunction x, IntToDoubleFunction y) {
        assertThat(correlation(n, x, y)).isCloseTo(0, within(4 / Math.sqrt(n)));
    }

    private static double correlation(int n, IntToDoubleFunction x, IntToDoubleFunction y) {
        double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
        for (int i = 0; i < n; i++) {
            double a = x.applyAsDouble(i);
            double b = y.applyAsDouble(i);
            sx += a;
            sy += b;
            sxx += a * a;
            syy += b * b;
            sxy += a * b;
        }
        return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
    }

    @Test
    void probabilitiesAreKept() {
        for (double p : new double[] {0, 1e-3, 0.3, 0.999, 1}) {
            Stream stream = stream(5);
            int hits = 0;
            for (int i = 0; i < MANY; i++) if (stream.nextBoolean(p)) hits++;
            assertThat(hits)
                    .isCloseTo(
                            (int) (p * MANY),
                            within((int) (5 * Math.sqrt(p * (1 - p) * MANY)) + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aBoundThatIsNotPositiveIsRefused(int bound) {
        assertThatThrownBy(() -> stream(0).nextInt(bound))
                .hasMessage(
                        "bound = "
                                + bound
                                + ": numbers from 0 to under a bound need one of 1 or more");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aProbabilityThatIsNoneIsRefused(double probability) {
        assertThatThrownBy(() -> stream(0).nextBoolean(probability))
                .hasMessage("probability = " + probability + ": a probability is from 0 to 1");
    }

    @Test
    void aNameWithoutAPurposeOrWithANegativeNumberIsRefused() {
        assertThatThrownBy(() -> Stream.of(1, " ", 0, 0)).hasMessageContaining("purpose = \" \"");
        assertThatThrownBy(() -> Stream.of(1, "x", -1, 0)).hasMessageContaining("replication = -1");
        assertThatThrownBy(() -> Stream.of(1, "x", 0, -1)).hasMessageContaining("entity = -1");
    }
}
