package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static stillpoint.statistics.EstimatesTest.assertRefused;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One long run: its warm-up, its batches, its mean.
class SteadyStateTest {
    private static final int RUNS = 1000;

    @Test
    void aRunThatStartsHighLosesItsStart() {
        WarmUp warmUp = WarmUp.mser5(decaying(2000, 200));
        assertThat(warmUp.truncated()).isBetween(150, 400).matches(n -> n % 5 == 0);
        assertThat(warmUp.settled()).isTrue();
        assertThat(warmUp.method())
                .isEqualTo("MSER-5, %d of 2000 values left out", warmUp.truncated());
    }

    @Test
    void aRunThatIsNeverSteadyIsFoundOut() {
        Series rising = Series.of(IntStream.range(0, 500).mapToLong(i -> i * i).toArray());
        WarmUp warmUp = WarmUp.mser5(rising);
        assertThat(warmUp.settled()).isFalse();
        assertThat(BatchMeans.of(rising, warmUp, 30).estimate(0.95).method())
                .isEqualTo(
                        "no interval: the run is too short to tell its warm-up (MSER-5, 250 of 500"
                                + " values left out, and more would be better); run on");
    }

    @Test
    void equalValuesNeedNoWarmUp() {
        WarmUp warmUp = WarmUp.mser5(Series.of(new long[100]));
        assertThat(warmUp.truncated()).isZero();
    }

    @Test
    void theTruncationIsThatOfTheDefinition() {
        for (long seed = 0; seed < 50; seed++) {
            Series series = Draws.sojourns(seed, 1000, 0.8);
            assertThat(WarmUp.mser5(series).truncated()).isEqualTo(byDefinition(series));
        }
    }

    @Test
    void batchMeansAreMeansOfBatches() {
        Series upTo99 = Series.of(IntStream.range(0, 100).asLongStream().toArray());
        BatchMeans batches = BatchMeans.of(upTo99, new WarmUp(5, true, "by hand"), 30);
        assertThat(batches.size()).isEqualTo(3);
        assertThat(batches.means()).hasSize(30).startsWith(6.0, 9.0).endsWith(93.0);
    }

    @Test
    void batchesThatAlternateAreCorrelatedNegatively() {
        assertThat(batches(1, 3).lag1()).isCloseTo(-29.0 / 30, within(1e-12));
        assertThat(batches(4, 4).lag1()).isZero();
    }

    @Test
    void batchesThatDependOnEachOtherGiveNoInterval() {
        BatchMeans rising = BatchMeans.of(Draws.sojourns(1, 300, 0.9), WarmUp.none(), 30);
        assertThat(rising.lag1()).isGreaterThan(rising.lag1Bound());
        assertThat(rising.estimate(0.95).method())
                .matches(
                        "no interval: batches of 10 still depend on each other: lag-1 correlation"
                                + " 0\\.\\d\\d, over 0\\.30; run on, so that batches are longer");
    }

    @Test
    void independentBatchesSeldomLookDependent() {
        var flagged = IntStream.range(0, RUNS).filter(seed -> dependent(independent(seed))).count();
        var most = new Calibration("lag 1", (int) flagged, RUNS, 0.05).most();
        assertThat(flagged).isBetween(1L, (long) most);
    }

    /// Of the runs that give an interval, nineteen in twenty hold the mean of M/M/1 that the closed
    /// form gives, though each starts empty.
    @Test
    void theStationarySojournTimeIsCovered() {
        List<Estimate> given = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            Series series = Draws.sojourns(run, 20_000, 0.5);
            Estimate mean =
                    BatchMeans.of(series, WarmUp.mser5(series), BatchMeans.LEAST).estimate(0.95);
            if (mean.interval().isPresent()) given.add(mean);
        }
        assertThat(given).hasSizeGreaterThan(9 * RUNS / 10);
        Calibration coverage =
                Calibration.coverage("M/M/1", 2 * Draws.SCALE, given.size(), given::get);
        assertThat(coverage.agrees()).as("%s", coverage).isTrue();
    }

    @Test
    void studentsIntervalOfARunIsFarTooNarrow() {
        Calibration naive =
                Calibration.coverage(
                        "naive",
                        2 * Draws.SCALE,
                        200,
                        run -> Estimates.mean(asIfIndependent(run), 0.95));
        assertThat(naive.hits()).as("%s", naive).isLessThan(150);
    }

    @Test
    void aMovingAverageIsTheMeanAroundEachPlace() {
        Series one = Series.of(0, 4, 8, 12, 0, 0, 0, 4);
        Series two = Series.of(0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(WarmUp.movingAverage(List.of(one), 0))
                .containsExactly(0.0, 4.0, 8.0, 12.0, 0.0, 0.0, 0.0, 4.0);
        assertThat(WarmUp.movingAverage(List.of(one, two), 1))
                .containsExactly(0.0, 2.0, 4.0, 10 / 3.0, 2.0, 0.0, 2 / 3.0);
    }

    @Test
    void theFirstAveragesReachAsFarAsTheStart() {
        Series steps = Series.of(IntStream.range(0, 12).asLongStream().toArray());
        assertThat(WarmUp.movingAverage(List.of(steps), 3))
                .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
    }

    @Test
    void aRunTooShortForItsMethodIsRefused() {
        Series few = Series.of(new long[99]);
        assertRefused(
                () -> WarmUp.mser5(few),
                "values = 99: at least 100; MSER-5 takes 20 means of 5; run on");
        assertRefused(
                () -> BatchMeans.of(few, new WarmUp(70, true, ""), 30),
                "29 values after the warm-up: 30 batches take as many; run on");
        assertRefused(
                () -> BatchMeans.of(few, WarmUp.none(), 29), "batches = 29: at least 30; try 30");
        assertRefused(() -> Series.of(), "0 values: a series has at least one; record some first");
    }

    @Test
    void aMovingAverageOfUnequalOrTooFewIsRefused() {
        assertRefused(
                () -> WarmUp.movingAverage(List.of(), 1),
                "replications = 0: at least 1; the picture needs one");
        assertRefused(
                () -> WarmUp.movingAverage(List.of(Series.of(1, 2), Series.of(1)), 0),
                "2 and 1 values: replications are equally long; cut the longer ones");
        assertRefused(
                () -> WarmUp.movingAverage(List.of(Series.of(new long[8])), 3),
                "window = 3: 0 to a quarter of the length, 2; take a smaller one, or run on");
    }

    @Test
    void aNegativeWarmUpIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WarmUp(-5, true, ""))
                .withMessage("truncated = -5: at least 0; 0 leaves nothing out");
    }

    /// Noise around 0 with a start that decays over `time` values.
    private static Series decaying(int length, double time) {
        RandomGenerator random = Draws.random(1);
        var values = new Values();
        for (int i = 0; i < length; i++)
            values.add(Math.round(20_000 * Math.exp(-3 * i / time) + 1000 * random.nextDouble()));
        return values.series();
    }

    private static int byDefinition(Series series) {
        double[] means = series.batches(0, 5);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int d = 0; d <= means.length - 5; d++) {
            double mean = 0;
            int n = means.length - d;
            for (int j = d; j < means.length; j++) mean += means[j] / n;
            double squares = 0;
            for (int j = d; j < means.length; j++) squares += (means[j] - mean) * (means[j] - mean);
            if (squares / n / n < least) {
                least = squares / n / n;
                best = d;
            }
        }
        return 5 * Math.min(best, means.length / 2);
    }

    private static BatchMeans batches(double even, double odd) {
        return new BatchMeans(
                WarmUp.none(),
                1,
                Collections.nCopies(15, List.of(even, odd)).stream()
                        .flatMap(List::stream)
                        .toList());
    }

    private static boolean dependent(BatchMeans batches) {
        return batches.lag1() > batches.lag1Bound();
    }

    private static BatchMeans independent(long seed) {
        Sample sample = Draws.sample(seed, 30, RandomGenerator::nextDouble);
        var series = new Values();
        for (int i = 0; i < sample.size(); i++) series.add(sample.at(i));
        return BatchMeans.of(series.series(), WarmUp.none(), 30);
    }

    private static Sample asIfIndependent(int run) {
        Series series = Draws.sojourns(run, 2000, 0.5);
        var values = new Values();
        for (int i = 0; i < series.size(); i++) values.add(series.at(i));
        return values.sample(Draws.key(run));
    }
}
