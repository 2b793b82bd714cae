package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static stillpoint.statistics.EstimatesTest.assertBetween;

import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two samples that share random numbers.
class PairedTest {
    private static final Key KEY = Draws.key(1);

    /// Depression before and after, in thousandths: Hollander and Wolfe 1973, as in R's
    /// wilcox.test.
    private static final Sample BEFORE =
            Sample.of(KEY, 1830, 500, 1620, 2480, 1680, 1880, 1550, 3060, 1300);

    private static final Sample AFTER =
            Sample.of(KEY, 878, 647, 598, 2050, 1060, 1290, 1060, 3140, 1290);
    private static final Paired DEPRESSION = Paired.of(BEFORE, AFTER);

    @Test
    void differencesGoReplicationByReplication() {
        assertThat(DEPRESSION.differences())
                .isEqualTo(Sample.of(KEY, 952, -147, 1022, 430, 620, 590, 490, -80, 10));
    }

    @Test
    void theMeanOfDifferencesHasStudentsInterval() {
        assertThat(DEPRESSION.meanDifference(0.95))
                .isEqualTo(Estimates.mean(DEPRESSION.differences(), 0.95));
    }

    @Test
    void theMedianOfDifferencesHasOrderStatistics() {
        Estimate median = DEPRESSION.medianDifference(0.95);
        assertThat(median.value()).isEqualTo(490.0);
        assertBetween(median, -80, 952, 0);
    }

    @Test
    void signedRanksAgreeWithThePublishedExample() {
        PValue p = DEPRESSION.wilcoxon();
        assertThat(p.statistic()).isEqualTo(40.0);
        assertThat(p.p()).isCloseTo(0.0390625, within(1e-12));
        assertThat(p.method()).isEqualTo("exact");
    }

    @Test
    void signedRanksOfUpToTenPairsAgreeWithEveryOutcome() {
        for (int n = 1; n <= 10; n++)
            for (long seed = 0; seed < 20; seed++) {
                long[] differences = differencesWithoutTies(n, seed);
                assertThat(against0(differences).wilcoxon().p())
                        .as("n = %d, seed %d", n, seed)
                        .isCloseTo(Enumerated.wilcoxon(differences), within(1e-12));
            }
    }

    @Test
    void signedRanksWithTiesAndZerosAgreeWithEveryOutcome() {
        for (int n = 2; n <= 10; n++)
            for (long seed = 0; seed < 20; seed++) {
                long[] differences = Draws.random(seed).longs(n, -2, 4).toArray();
                differences[0] = 1;
                assertThat(TiedRanks.ofSigns(differences))
                        .as("n = %d, seed %d", n, seed)
                        .isCloseTo(Enumerated.wilcoxonWithTies(differences), within(1e-12));
            }
    }

    /// Two ways to the same: the count for ties, and the one that needs none.
    @Test
    void countingForTiesAgreesWhereThereAreNone() {
        for (int n : new int[] {3, 20, 50}) {
            long[] differences = differencesWithoutTies(n, n);
            assertThat(TiedRanks.ofSigns(differences))
                    .isCloseTo(against0(differences).wilcoxon().p(), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 80, 150})
    void manySignedRanksWithTiesAndZerosAreNearlyThoseCountedOut(int n) {
        for (long seed = 0; seed < 20; seed++) {
            long[] differences = Draws.random(seed).longs(n, -4, 6).toArray();
            assertThat(TiedRanks.ofManySigns(differences))
                    .as("seed %d", seed)
                    .isCloseTo(TiedRanks.ofSigns(differences), within(0.01));
        }
    }

    @Test
    void manySignedRanksWithoutTiesAreThoseOfTheLibrary() {
        long[] differences = differencesWithoutTies(200, 1);
        assertThat(TiedRanks.ofManySigns(differences))
                .isCloseTo(against0(differences).wilcoxon().p(), within(1e-12));
    }

    @Test
    void fewDifferencesAmongManyZerosAreNoEvidence() {
        assertThat(against0(new long[500], 3, 3).wilcoxon().p()).isEqualTo(2.0 / 4);
    }

    @Test
    void fiveEqualDifferencesAreNoEvidence() {
        assertThat(against0(7, 7, 7, 7, 7).wilcoxon().p()).isEqualTo(2.0 / 32);
    }

    @Test
    void tiesAndZerosAreNamed() {
        String both = ", ties by average ranks, zeros by Pratt's procedure";
        assertThat(against0(3, 3, -3, 5, 0, 7).wilcoxon().method()).isEqualTo("exact" + both);
        assertThat(against0(Draws.random(1).longs(100, -2, 4).toArray()).wilcoxon().method())
                .isEqualTo("normal approximation" + both);
    }

    @Test
    void zerosAreRankedAndThenDropped() {
        // Pratt: ranks of 1 2 3 4 are 2 3 4 5 beside one zero, and all four are positive.
        assertThat(against0(0, 1, 2, 3, 4).wilcoxon().statistic()).isEqualTo(14.0);
    }

    @Test
    void noDifferenceAtAllSpeaksForNothing() {
        PValue p = Paired.of(BEFORE, BEFORE).wilcoxon();
        assertThat(p.p()).isEqualTo(1.0);
        assertThat(p.method()).isEqualTo("all 9 differences are 0");
    }

    @Test
    void sharedLuckLeavesTheDifferenceAlone() {
        Sample slow = Draws.sample(1, 100, r -> 1.01 + Draws.exponential(r));
        Sample fast = Draws.sample(1, 100, r -> 1 + Draws.exponential(r));
        Estimate difference = Paired.of(slow, fast).meanDifference(0.95);
        assertThat(difference.value()).isCloseTo(0.01 * Draws.SCALE, within(1.0));
        assertThat(difference.interval().orElseThrow().halfWidth()).isLessThan(1);
    }

    /// Fieller: the ends are the ratios at which `first - ratio * second` is just told from 0.
    @Test
    void theEndsOfARatioAreJustToldFromIt() {
        Estimate ratio = DEPRESSION.ratioOfMeans(0.95);
        assertThat(ratio.value()).isEqualTo(BEFORE.mean() / AFTER.mean());
        Interval interval = ratio.interval().orElseThrow();
        double t = Estimates.studentT(0.95, 8);
        assertThat(tOf(interval.low())).isCloseTo(t, within(1e-9));
        assertThat(tOf(interval.high())).isCloseTo(-t, within(1e-9));
        assertThat(interval.contains(ratio.value())).isTrue();
    }

    @Test
    void aRatioToNearlyNothingHasNoInterval() {
        Sample around0 = Sample.of(KEY, 900, -900, 10, -5, 3, 8, -4, 2, -6);
        assertThat(Paired.of(BEFORE, around0).ratioOfMeans(0.95).method())
                .contains("cannot be told from 0");
    }

    @Test
    void proportionalSamplesHaveARatioOfOnePoint() {
        Sample twice = Sample.of(KEY, 200, 220, 240);
        assertBetween(
                Paired.of(twice, Sample.of(KEY, 100, 110, 120)).ratioOfMeans(0.95), 2, 2, 1e-6);
    }

    @Test
    void samplesOfTwoSeedsAreNoPairs() {
        Sample other = Sample.of(Draws.key(2), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Paired.of(BEFORE, other))
                .withMessage(
                        "draws of a test, seed 1 and draws of a test, seed 2: pairs share their"
                                + " random numbers, these do not; run both with one seed, or"
                                + " compare them with Unpaired");
    }

    @Test
    void unequalNumbersAreNoPairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Paired.of(BEFORE, Sample.of(KEY, 1)))
                .withMessageStartingWith("9 and 1 replications: pairs need as many of each");
    }

    @Test
    void anARunAgainstItselfIsNoAARun() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Paired.ofOneDesign(BEFORE, BEFORE))
                .withMessageContaining("the two sides of an A/A run need different seeds");
    }

    private static Paired against0(long... differences) {
        return Paired.of(Sample.of(KEY, differences), Sample.of(KEY, new long[differences.length]));
    }

    private static Paired against0(long[] some, long... others) {
        return against0(LongStream.concat(LongStream.of(some), LongStream.of(others)).toArray());
    }

    /// Sizes that grow in random steps, with random signs.
    private static long[] differencesWithoutTies(int n, long seed) {
        RandomGenerator random = Draws.random(seed);
        long size = 0;
        var differences = new long[n];
        for (int i = 0; i < n; i++) {
            size += 1 + random.nextInt(100);
            differences[i] = random.nextInt(3) == 0 ? -size : size;
        }
        return differences;
    }

    private static double tOf(double ratio) {
        int n = BEFORE.size();
        var d = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) mean += (d[i] = BEFORE.at(i) - ratio * AFTER.at(i)) / n;
        double squares = 0;
        for (double each : d) squares += (each - mean) * (each - mean);
        return mean / Math.sqrt(squares / (n - 1) / n);
    }
}
