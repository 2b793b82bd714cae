package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static stillpoint.statistics.EstimatesTest.assertBetween;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Two samples that are independent of each other.
class UnpairedTest {
    private static final Key ONE = Draws.key(1);
    private static final Key OTHER = Draws.key(2);

    /// Permeability of a membrane at two ages, in hundredths: Hollander and Wolfe 1973, as in R's
    /// wilcox.test.
    private static final Unpaired PERMEABILITY =
            new Unpaired(
                    Sample.of(ONE, 80, 83, 189, 104, 145, 138, 191, 164, 73, 146),
                    Sample.of(OTHER, 115, 88, 90, 74, 121));

    /// Two soporifics, in tenths of an hour: Student 1908, taken as independent as in R's t.test.
    private static final Unpaired SLEEP =
            new Unpaired(
                    Sample.of(ONE, 7, -16, -2, -12, -1, 34, 37, 8, 0, 20),
                    Sample.of(OTHER, 19, 8, 11, 1, -1, 44, 55, 16, 46, 34));

    @Test
    void theDifferenceOfMeansHasWelchsInterval() {
        Estimate difference = SLEEP.meanDifference(0.95);
        assertThat(difference.value()).isCloseTo(-15.8, within(1e-9));
        assertBetween(difference, -33.654832, 2.054832, 1e-6);
    }

    @Test
    void constantsDifferByAConstant() {
        Unpaired constants = new Unpaired(Sample.of(ONE, 5, 5), Sample.of(OTHER, 3, 3, 3));
        assertBetween(constants.meanDifference(0.95), 2, 2, 0);
    }

    @Test
    void oneValueAgainstManyHasNoInterval() {
        assertThat(new Unpaired(Sample.of(ONE, 5), SLEEP.second()).meanDifference(0.95).method())
                .isEqualTo("no interval: Welch's t takes 2 values of each");
    }

    @Test
    void rankSumsAgreeWithThePublishedExample() {
        PValue p = PERMEABILITY.mannWhitney();
        assertThat(p.statistic()).isEqualTo(35.0);
        assertThat(p.p()).isCloseTo(0.2544, within(5e-5));
        assertThat(p.method()).isEqualTo("exact");
    }

    @Test
    void rankSumsOfSmallSamplesAgreeWithEveryOutcome() {
        for (int n = 1; n <= 6; n++)
            for (int m = 1; m <= 6; m++) {
                long[] all = withoutTies(n + m, 100L * n + m);
                long[] first = Arrays.copyOf(all, n);
                long[] second = Arrays.copyOfRange(all, n, n + m);
                assertThat(unpaired(first, second).mannWhitney().p())
                        .as("%d against %d", n, m)
                        .isCloseTo(Enumerated.mannWhitney(first, second), within(1e-12));
            }
    }

    @Test
    void distancesOfSmallSamplesAgreeWithEveryOutcome() {
        for (int n = 2; n <= 6; n++)
            for (int m = 2; m <= 6; m++) {
                long[] all = withoutTies(n + m, 300L * n + m);
                long[] first = Arrays.copyOf(all, n);
                long[] second = Arrays.copyOfRange(all, n, n + m);
                PValue p = unpaired(first, second).kolmogorovSmirnov();
                assertThat(p.p())
                        .as("%d against %d", n, m)
                        .isCloseTo(Enumerated.kolmogorovSmirnov(first, second), within(1e-12));
                assertThat(p.statistic())
                        .isCloseTo(Enumerated.distance(first, second), within(1e-12));
            }
    }

    @Test
    void theShiftIsTheMedianOfAllDifferences() {
        assertThat(PERMEABILITY.shift(0.95).value()).isEqualTo(30.5);
    }

    @Test
    void everyRankOfAllDifferencesIsFound() {
        long[] first = values(ONE);
        long[] second = values(OTHER);
        long[] all =
                LongStream.of(first)
                        .flatMap(a -> LongStream.of(second).map(b -> a - b))
                        .sorted()
                        .toArray();
        var differences = new Differences(Sample.of(ONE, first), Sample.of(OTHER, second));
        for (int rank = 1; rank <= all.length; rank++)
            assertThat(differences.ordered(rank)).as("rank %d", rank).isEqualTo(all[rank - 1]);
    }

    @Test
    void aShiftOfFewValuesHasNoInterval() {
        assertThat(PERMEABILITY.shift(0.95).method())
                .isEqualTo(
                        "no interval: the shift's normal approximation takes 8 values of each"
                                + " (more at a high level), here are 10 and 5");
    }

    @Test
    void aShiftThatIsThereIsFound() {
        Sample late = Draws.sample(1, 500, r -> 0.5 + Draws.exponential(r));
        Sample early = Draws.sample(2, 400, Draws::exponential);
        Estimate shift = new Unpaired(late, early).shift(0.95);
        assertThat(shift.covers(0.5 * Draws.SCALE)).isTrue();
        assertThat(shift.covers(0)).isFalse();
    }

    @Test
    void theShiftOfTheOtherAgainstTheOneIsItsMirrorImage() {
        Sample one = Draws.sample(1, 30, Draws::exponential);
        Sample other = Draws.sample(2, 21, Draws::exponential);
        Estimate there = new Unpaired(one, other).shift(0.95);
        Interval back = new Unpaired(other, one).shift(0.95).interval().orElseThrow();
        assertBetween(there, -back.high(), -back.low(), 0);
    }

    @Test
    void distributionsThatDifferAreToldApart() {
        Sample flat = Draws.sample(1, 1000, r -> 2 * r.nextDouble());
        Sample skewed = Draws.sample(2, 1000, Draws::exponential);
        assertThat(new Unpaired(flat, skewed).kolmogorovSmirnov().p()).isLessThan(1e-6);
    }

    @Test
    void rankSumsWithTiesAgreeWithEveryOutcome() {
        for (int n = 1; n <= 6; n++)
            for (int m = 1; m <= 6; m++) {
                long[] first = Draws.random(7L * n + m).longs(n, 0, 4).toArray();
                long[] second = Draws.random(n + 9L * m).longs(m, 0, 5).toArray();
                assertThat(TiedRanks.ofChoices(first, second))
                        .as("%d against %d", n, m)
                        .isCloseTo(Enumerated.mannWhitneyWithTies(first, second), within(1e-12));
            }
    }

    /// Two ways to the same: the count for ties, and the one that needs none.
    @Test
    void countingForTiesAgreesWhereThereAreNone() {
        long[] all = withoutTies(35, 1);
        long[] first = Arrays.copyOf(all, 20);
        long[] second = Arrays.copyOfRange(all, 20, 35);
        assertThat(TiedRanks.ofChoices(first, second))
                .isCloseTo(unpaired(first, second).mannWhitney().p(), within(1e-12));
    }

    @Test
    void manyRankSumsWithTiesAreNearlyThoseCountedOut() {
        for (long seed = 0; seed < 20; seed++) {
            long[] first = Draws.random(seed).longs(30, 0, 10).toArray();
            long[] second = Draws.random(seed + 100).longs(25, 0, 12).toArray();
            assertThat(unpaired(first, second).mannWhitney().p())
                    .as("seed %d", seed)
                    .isCloseTo(TiedRanks.ofChoices(first, second), within(0.01));
        }
    }

    @Test
    void threeAgainstThreeAreNoEvidence() {
        PValue p = unpaired(new long[] {1, 1, 1}, new long[] {2, 2, 2}).mannWhitney();
        assertThat(p.p()).isCloseTo(2.0 / 20, within(1e-12));
        assertThat(p.method()).isEqualTo("exact, ties by average ranks");
    }

    @Test
    void manyValuesWithTiesAreApproximated() {
        long[] many = Draws.random(1).longs(21, 0, 5).toArray();
        assertThat(unpaired(many, new long[] {1, 2}).mannWhitney().method())
                .isEqualTo("normal approximation, ties by average ranks");
    }

    @Test
    void equalConstantsSpeakForNothing() {
        for (int n : new int[] {3, 30}) {
            Unpaired same = unpaired(new long[n], new long[n + 1]);
            assertThat(same.mannWhitney().p()).isEqualTo(1.0);
            assertThat(same.kolmogorovSmirnov().p()).isEqualTo(1.0);
        }
    }

    @Test
    void samplesOfOneSeedAreNotIndependent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Unpaired(Sample.of(ONE, 1, 2), Sample.of(ONE, 3, 4)))
                .withMessage(
                        "draws of a test, seed 1: both samples were drawn with these random"
                                + " numbers, so they are not independent; compare them with Paired,"
                                + " or draw one with another seed");
    }

    @Test
    void oneValueHasNoDistribution() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpaired(new long[] {1}, new long[] {2, 3}).kolmogorovSmirnov())
                .withMessage("values of a sample = 1: at least 2; run more replications");
    }

    private static Unpaired unpaired(long[] first, long[] second) {
        return new Unpaired(Sample.of(ONE, first), Sample.of(OTHER, second));
    }

    private static long[] values(Key key) {
        RandomGenerator random = Draws.random(key.seed());
        return random.longs(key.equals(ONE) ? 23 : 14, -50, 50).toArray();
    }

    private static long[] withoutTies(int n, long seed) {
        return Draws.random(seed).longs(0, 1_000_000).distinct().limit(n).toArray();
    }
}
