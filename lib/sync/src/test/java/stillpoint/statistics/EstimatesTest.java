package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Estimates of one sample against published examples and sums of binomial terms.
class EstimatesTest {
    private static final Key KEY = Draws.key(1);

    /// Hours of sleep gained, in tenths, of ten patients: Student 1908.
    private static final Sample SLEEP = Sample.of(KEY, 12, 24, 13, 13, 0, 10, 18, 8, 46, 14);

    @Test
    void aMeanHasStudentsInterval() {
        Estimate mean = Estimates.mean(SLEEP, 0.95);
        assertThat(mean.value()).isEqualTo(15.8);
        assertBetween(mean, 7.001142, 24.598858, 1e-6);
        assertThat(mean.method()).isEqualTo("mean, Student's t with 9 degrees of freedom");
        assertThat(mean.n()).isEqualTo(10);
    }

    @Test
    void aMeanOfOneValueHasNoInterval() {
        Estimate mean = Estimates.mean(Sample.of(KEY, 7), 0.95);
        assertThat(mean.interval()).isEmpty();
        assertThat(mean.method()).isEqualTo("no interval: Student's t takes 2 values, here is 1");
        assertThat(mean.covers(7)).isFalse();
    }

    @Test
    void equalValuesHaveAnIntervalOfOnePoint() {
        assertBetween(Estimates.mean(Sample.of(KEY, 7, 7, 7), 0.95), 7, 7, 0);
    }

    /// Ranks and probabilities of the classical interval of a median.
    @ParameterizedTest
    @CsvSource({"6, 1, 6, 96.88", "10, 2, 9, 97.85", "20, 6, 15, 95.86", "100, 40, 61, 96.48"})
    void aMedianLiesBetweenTheRanksOfTheSignTest(int n, int low, int high, String percent) {
        Estimate median = Estimates.quantile(upTo(n), 0.5, 0.95);
        assertBetween(median, low, high, 0);
        assertThat(median.value()).isEqualTo((n + 1) / 2.0);
        assertThat(median.method())
                .isEqualTo(
                        "median, order statistics %d and %d of %d, at least %s %%",
                        low, high, n, percent);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.95, 6",
        "0.9, 0.95, 29",
        "0.99, 0.95, 299",
        "0.999, 0.95, 2995",
        "0.01, 0.95, 299",
        "0.99, 0.99, 459"
    })
    void aQuantileSaysHowManyValuesItNeeds(double p, double level, int needed) {
        assertThat(Estimates.quantileNeeds(p, level)).isEqualTo(needed);
        assertThat(Estimates.quantile(upTo(needed), p, level).interval()).isPresent();
        assertThat(Estimates.quantile(upTo(needed - 1), p, level).interval()).isEmpty();
    }

    /// `1 - (1 - 1e-12)^n >= 0.95` from `n = ln 20 * 1e12` on.
    @Test
    void anAbsurdlyRareQuantileNeedsAbsurdlyMany() {
        assertThat((double) Estimates.quantileNeeds(1e-12, 0.95))
                .isCloseTo(Math.log(20) * 1e12, within(1e6));
        assertThat(Estimates.quantileNeeds(Double.MIN_VALUE, 0.95)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tooFewValuesForATailSayHowManyItTakes() {
        Estimate tail = Estimates.quantile(upTo(200), 0.999, 0.95);
        assertThat(tail.value()).isEqualTo(200);
        assertThat(tail.method())
                .isEqualTo(
                        "no interval: 0.999-quantile at level 0.95 takes 2995 values, here are"
                                + " 200");
    }

    /// Ranks are compared with all pairs of ranks, their probabilities with sums of binomial terms.
    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.25, 0.5, 0.77, 0.9})
    void ranksReachTheLevelAndNoNearerOnesDo(double p) {
        for (int n = 2; n <= 60; n++) {
            double[] terms = binomial(n, p);
            var ranks = OrderStatistics.enclosing(p, n, 0.9);
            int nearest = nearest(terms, 0.9);
            assertThat(ranks.isPresent()).as("n = %d", n).isEqualTo(nearest < Integer.MAX_VALUE);
            if (ranks.isEmpty()) continue;
            int width = ranks.get().high() - ranks.get().low();
            // A median takes ranks in pairs, to be symmetric.
            assertThat(width).as("n = %d", n).isBetween(nearest, nearest + (p == 0.5 ? 1 : 0));
            assertThat(ranks.get().coverage())
                    .isCloseTo(sum(terms, ranks.get().low(), ranks.get().high()), within(1e-12))
                    .isGreaterThanOrEqualTo(0.9);
        }
    }

    @Test
    void theIntervalOfAMedianIsSymmetric() {
        for (int n = 6; n < 300; n++) {
            var ranks = OrderStatistics.enclosing(0.5, n, 0.95).orElseThrow();
            assertThat(ranks.low() + ranks.high()).as("n = %d", n).isEqualTo(n + 1);
        }
    }

    /// R's documentation of binom.test: Mendel's peas.
    @Test
    void aProportionHasTheIntervalOfClopperAndPearson() {
        Estimate peas = Estimates.proportion(682, 925, 0.95);
        assertThat(peas.value()).isCloseTo(0.7372973, within(1e-7));
        assertBetween(peas, 0.7076683, 0.7654066, 1e-7);
    }

    @Test
    void noneAndAllHaveClosedForms() {
        double far = Math.pow(0.025, 1.0 / 50);
        assertBetween(Estimates.proportion(0, 50, 0.95), 0, 1 - far, 1e-12);
        assertBetween(Estimates.proportion(50, 50, 0.95), far, 1, 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.95, 95, Double.NaN, Double.POSITIVE_INFINITY})
    void aLevelThatIsNoneIsRefusedEverywhere(double level) {
        String message = "level = " + level + ": a confidence level lies between 0 and 1; try 0.95";
        assertRefused(() -> Estimates.mean(SLEEP, level), message);
        assertRefused(() -> Estimates.quantile(SLEEP, 0.5, level), message);
        assertRefused(() -> Estimates.proportion(1, 2, level), message);
        assertRefused(() -> Estimates.quantileNeeds(0.5, level), message);
        assertRefused(() -> new Interval(0, 1, level), message);
    }

    @Test
    void aProportionOfNothingOrMoreThanAllIsRefused() {
        assertRefused(
                () -> Estimates.proportion(0, 0, 0.95),
                "trials = 0: at least 1; a proportion of nothing is no number");
        assertRefused(() -> Estimates.proportion(3, 2, 0.95), "successes = 3: of 2 trials, 0 to 2");
        assertRefused(
                () -> Estimates.proportion(-1, 2, 0.95), "successes = -1: of 2 trials, 0 to 2");
    }

    @Test
    void anIntervalThatIsTurnedOrNoNumberIsRefused() {
        assertRefused(
                () -> new Interval(2, 1, 0.95),
                "2.0 to 1.0: an interval goes from low to high, and both are numbers");
        assertRefused(
                () -> new Interval(Double.NaN, 1, 0.95),
                "NaN to 1.0: an interval goes from low to high, and both are numbers");
    }

    static void assertBetween(Estimate estimate, double low, double high, double error) {
        Interval interval = estimate.interval().orElseThrow();
        assertThat(interval.low()).isCloseTo(low, within(error));
        assertThat(interval.high()).isCloseTo(high, within(error));
    }

    static void assertRefused(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
    }

    private static Sample upTo(int n) {
        return Sample.of(KEY, LongStream.rangeClosed(1, n).toArray());
    }

    private static double[] binomial(int n, double p) {
        var terms = new double[n + 1];
        terms[0] = 1;
        for (int trial = 1; trial <= n; trial++)
            for (int k = trial; k >= 0; k--)
                terms[k] = terms[k] * (1 - p) + (k > 0 ? terms[k - 1] * p : 0);
        return terms;
    }

    private static double sum(double[] terms, int low, int high) {
        double sum = 0;
        for (int k = low; k < high; k++) sum += terms[k];
        return sum;
    }

    private static int nearest(double[] terms, double level) {
        int nearest = Integer.MAX_VALUE;
        for (int low = 1; low < terms.length; low++)
            for (int high = low + 1; high < terms.length; high++)
                if (sum(terms, low, high) >= level) nearest = Math.min(nearest, high - low);
        return nearest;
    }
}
