package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static stillpoint.statistics.Draws.SCALE;
import static stillpoint.statistics.EstimatesTest.assertRefused;

import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every interval holds the truth as often as it promises, and no test finds differences where
/// there are none more often than it may; each on distributions whose truth is known.
class CalibrationTest {
    private static final int TRIALS = 1000;

    @Test
    void theBandOfAThousandTrialsIsThatOfTheBinomial() {
        var coverage = new Calibration("", 950, 1000, 0.95);
        assertThat(coverage.least()).isEqualTo(936);
        assertThat(coverage.most()).isEqualTo(963);
        assertThat(coverage).hasToString(": 950 of 1000, expected 936 to 963");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5, 0.95})
    void bothEndsOfTheBandAreTheLastThatAreNoSurprise(double promised) {
        for (int trials = 1; trials <= 100; trials++) {
            var any = new Calibration("", 0, trials, promised);
            assertThat(chance(trials, promised, 0, any.least() - 1)).isLessThan(0.025);
            assertThat(chance(trials, promised, 0, any.least())).isGreaterThanOrEqualTo(0.025);
            assertThat(chance(trials, promised, any.most() + 1, trials)).isLessThanOrEqualTo(0.025);
            assertThat(chance(trials, promised, any.most(), trials)).isGreaterThan(0.025);
        }
    }

    @Test
    void aMeanOfUniformValuesIsCovered() {
        assertMeanIsCovered("uniform", 0.5, 50, RandomGenerator::nextDouble);
    }

    /// M/M/1 with service rate 5 and arrival rate 4, in stationary state.
    @Test
    void aMeanSojournTimeIsCovered() {
        assertMeanIsCovered("M/M/1 sojourn", 1, 1000, r -> Draws.exponential(r) / (5 - 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 64})
    void aMeanMaximumOfExponentialsIsCovered(int n) {
        assertMeanIsCovered("maximum of " + n, Draws.harmonic(n), 200, r -> Draws.maximum(r, n));
    }

    @Test
    void aSampleTooSmallForItsSkewIsFoundOut() {
        Calibration small = meanCoverage("exponential", 1, 5, Draws::exponential);
        assertThat(small.agrees()).as("%s", small).isFalse();
        assertThat(small.hits()).isLessThan(small.least());
    }

    @ParameterizedTest
    @CsvSource({"0.5, 25", "0.5, 200", "0.9, 100", "0.99, 500", "0.999, 2995"})
    void aQuantileIsCoveredAsOftenAsItsRanksPromise(double p, int n) {
        double promised = OrderStatistics.enclosing(p, n, 0.95).orElseThrow().coverage();
        double truth = -Math.log1p(-p) * SCALE;
        int covered = 0;
        for (int trial = 0; trial < TRIALS; trial++)
            if (Estimates.quantile(exponentials(trial, n), p, 0.95).covers(truth)) covered++;
        var ranks = new Calibration("p " + p, covered, TRIALS, promised);
        assertThat(ranks.agrees()).as("%s", ranks).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0.1, 40", "0.5, 30", "0.02, 100"})
    void aProportionIsCoveredAtLeastAsOftenAsPromised(double truth, int n) {
        Calibration proportion =
                Calibration.coverage(
                        "proportion",
                        truth,
                        TRIALS,
                        trial -> Estimates.proportion(successes(trial, n, truth), n, 0.95));
        assertThat(proportion.hits()).as("%s", proportion).isGreaterThan(proportion.least());
    }

    @Test
    void aPairedDifferenceIsCovered() {
        assertCovered("paired mean", 0.25, trial -> pair(trial, 100, 0.25).meanDifference(0.95));
    }

    /// Uniform service of the second with mean 1/2, and the first always 1/4 over it.
    @Test
    void aRatioOfMeansIsCovered() {
        Calibration ratio =
                Calibration.coverage(
                        "ratio", 1.5, TRIALS, trial -> pair(trial, 100, 0.25).ratioOfMeans(0.95));
        assertThat(ratio.agrees()).as("%s", ratio).isTrue();
    }

    @Test
    void aDifferenceOfIndependentMeansIsCovered() {
        assertCovered("Welch", 0.5, trial -> independent(trial, 40, 60, 0.5).meanDifference(0.95));
    }

    @Test
    void aShiftIsCovered() {
        assertCovered("shift", 0.5, trial -> independent(trial, 30, 20, 0.5).shift(0.95));
    }

    @Test
    void aMeanIsCoveredWhereItStoppedByItsOwnWidth() {
        Calibration stopped = stopped(new StoppingRule(0.1, 0.95, 30, 10_000));
        assertThat(stopped.agrees()).as("%s", stopped).isTrue();
    }

    @Test
    void aRuleThatTrustsALuckyStartIsFoundOut() {
        Calibration lucky = stopped(new StoppingRule(0.2, 0.95, 2, 10_000));
        assertThat(lucky.hits()).as("%s", lucky).isLessThan(lucky.least());
    }

    @Test
    void rankSumsSeldomFindWhatIsNotThere() {
        assertSound("Mann-Whitney", trial -> independent(trial, 100, 100, 0).mannWhitney());
    }

    @Test
    void distancesSeldomFindWhatIsNotThere() {
        assertSound(
                "Kolmogorov-Smirnov", trial -> independent(trial, 200, 150, 0).kolmogorovSmirnov());
    }

    @Test
    void signedRanksSeldomFindWhatIsNotThere() {
        assertSound("Wilcoxon", trial -> twoSeeds(trial, 100, 0).wilcoxon());
    }

    @Test
    void aTestThatSeesADifferenceInAnAARunIsFoundOut() {
        Calibration crooked =
                Calibration.falsePositives(
                        "crooked", 0.05, 200, trial -> twoSeeds(trial, 100, 0.2).wilcoxon());
        assertThat(crooked.agrees()).as("%s", crooked).isFalse();
    }

    @Test
    void fewPairsSayTooLittle() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Calibration.falsePositives("few", 0.05, 199, t -> new PValue("", 0, 1, "")))
                .withMessage("pairs = 199: at least 200; fewer cannot tell 5 % from 1 % or 10 %");
    }

    @Test
    void anEstimateWithoutAnIntervalNeitherHoldsNorMisses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Calibration.coverage(
                                "mean of one", 1, 1, t -> Estimates.mean(exponentials(t, 1), 0.95)))
                .withMessage("mean of one, no interval: Student's t takes 2 values, here is 1");
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertRefused(() -> new Calibration("", 11, 10, 0.5), "hits = 11: of 10 trials, 0 to 10");
        assertRefused(() -> new Calibration("", 0, 0, 0.5), "trials = 0: at least 1; try 1000");
    }

    private static void assertMeanIsCovered(
            String what, double truth, int n, ToDoubleFunction<RandomGenerator> draw) {
        Calibration coverage = meanCoverage(what, truth, n, draw);
        assertThat(coverage.agrees()).as("%s", coverage).isTrue();
    }

    private static Calibration meanCoverage(
            String what, double truth, int n, ToDoubleFunction<RandomGenerator> draw) {
        return Calibration.coverage(
                what,
                truth * SCALE,
                TRIALS,
                trial -> Estimates.mean(Draws.sample(trial, n, draw), 0.95));
    }

    private static Calibration stopped(StoppingRule rule) {
        return Calibration.coverage(
                "stopped", SCALE, TRIALS, trial -> Estimates.mean(stopped(trial, rule), 0.95));
    }

    private static Sample stopped(long seed, StoppingRule rule) {
        RandomGenerator random = Draws.random(seed);
        var replications = new Replications<Long>(rule, v -> v);
        for (var next = replications.next(); next.isPresent(); next = replications.next())
            replications.put(next.getAsInt(), Math.round(SCALE * Draws.exponential(random)));
        return replications.sample(Draws.key(seed), v -> v);
    }

    private static void assertCovered(String what, double truth, IntFunction<Estimate> estimate) {
        Calibration coverage = Calibration.coverage(what, truth * SCALE, TRIALS, estimate);
        assertThat(coverage.agrees()).as("%s", coverage).isTrue();
    }

    private static void assertSound(String what, IntFunction<PValue> test) {
        Calibration rate = Calibration.falsePositives(what, 0.05, TRIALS, test);
        assertThat(rate.agrees()).as("%s", rate).isTrue();
    }

    private static Sample exponentials(long seed, int n) {
        return Draws.sample(seed, n, Draws::exponential);
    }

    /// Uniform values, and the same with noise of mean `more`.
    private static Paired pair(int trial, int n, double more) {
        return Paired.of(
                Draws.sample(trial, n, r -> r.nextDouble() + more * 2 * r.nextDouble()),
                Draws.sample(trial, n, r -> r.nextDouble() + 0 * r.nextDouble()));
    }

    private static Unpaired independent(int trial, int n, int m, double more) {
        return new Unpaired(
                Draws.sample(2L * trial, n, r -> more + Draws.exponential(r)),
                Draws.sample(2L * trial + 1, m, Draws::exponential));
    }

    private static Paired twoSeeds(int trial, int n, double more) {
        return Paired.ofOneDesign(
                Draws.sample(2L * trial, n, r -> more + r.nextDouble()),
                Draws.sample(2L * trial + 1, n, RandomGenerator::nextDouble));
    }

    private static int successes(int trial, int n, double p) {
        return (int) Draws.random(trial).doubles(n).filter(x -> x < p).count();
    }

    /// Probability of `from..to` successes, by repeated trials.
    private static double chance(int trials, double p, int from, int to) {
        var terms = new double[trials + 1];
        terms[0] = 1;
        for (int trial = 1; trial <= trials; trial++)
            for (int k = trial; k >= 0; k--)
                terms[k] = terms[k] * (1 - p) + (k > 0 ? terms[k - 1] * p : 0);
        double sum = 0;
        for (int k = from; k <= to; k++) sum += terms[k];
        return sum;
    }
}
