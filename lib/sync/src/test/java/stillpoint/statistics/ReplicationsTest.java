package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When there are enough replications, however many workers run them.
class ReplicationsTest {
    private static final Sample RESULTS = Draws.sample(5, 2000, Draws::exponential);
    private static final Key KEY = RESULTS.key();
    private static final StoppingRule RULE = new StoppingRule(0.1, 0.95, 30, 2000);
    private static final int STOP = inOrder().stop().orElseThrow().n();

    @Test
    void itStopsAtTheFirstPrefixThatIsPrecise() {
        for (int n = RULE.minimum(); n <= STOP; n++) {
            Estimate mean = Estimates.mean(prefix(n), RULE.level());
            double reached = mean.interval().orElseThrow().halfWidth() / mean.value();
            assertThat(reached <= RULE.relativeHalfWidth()).as("n = %d", n).isEqualTo(n == STOP);
        }
    }

    @Test
    void theStopSaysWhatWasReached() {
        StoppingRule.Stop stop = inOrder().stop().orElseThrow();
        Estimate mean = Estimates.mean(prefix(STOP), RULE.level());
        assertThat(stop.precise()).isTrue();
        assertThat(stop.relativeHalfWidth())
                .isCloseTo(mean.interval().orElseThrow().halfWidth() / mean.value(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 64, 500})
    void itStopsAtTheSameReplicationInWhateverOrderTheyComplete(int atOnce) {
        for (long seed = 0; seed < 20; seed++) {
            var replications = shuffled(atOnce, seed);
            assertThat(replications.stop()).isEqualTo(inOrder().stop());
            assertThat(replications.sample(KEY, v -> v)).isEqualTo(prefix(STOP));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void itStopsAtTheSameReplicationWithAnyNumberOfThreads(int threads) throws Exception {
        var replications = new Replications<Long>(RULE, v -> v);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int t = 0; t < threads; t++) workers.add(pool.submit(() -> work(replications)));
            for (Future<?> worker : workers) worker.get();
        }
        assertThat(replications.sample(KEY, v -> v)).isEqualTo(prefix(STOP));
    }

    @Test
    void whatCompletesBeyondTheStopIsDropped() {
        var replications = new Replications<Long>(StoppingRule.exactly(2), v -> v);
        for (int i = 0; i < 2; i++) replications.next();
        replications.put(1, 7L);
        assertThat(replications.results()).isEmpty();
        replications.put(0, 9L);
        assertThat(replications.results()).containsExactly(9L, 7L);
        assertThat(replications.next()).isEmpty();
    }

    @Test
    void anInterruptionKeepsWhatIsCompleteFromTheStart() {
        var replications = new Replications<Long>(RULE, v -> v);
        for (int i = 0; i < 5; i++) replications.next();
        for (int i : new int[] {1, 0, 4}) replications.put(i, 10L * i);
        assertThat(replications.stop()).isEmpty();
        assertThat(replications.sample(KEY, v -> v)).isEqualTo(Sample.of(KEY, 0, 10));
    }

    @Test
    void theMaximumEndsWhatIsNotPrecise() {
        var rule = new StoppingRule(0.01, 0.95, 2, 50);
        StoppingRule.Stop stop = fed(rule, RESULTS).stop().orElseThrow();
        assertThat(stop.n()).isEqualTo(50);
        assertThat(stop.precise()).isFalse();
        assertThat(stop.relativeHalfWidth()).isGreaterThan(0.01);
    }

    @Test
    void valuesWithoutVarianceStopAtTheMinimum() {
        Sample zeros = Sample.of(KEY, new long[100]);
        assertThat(fed(new StoppingRule(0.02, 0.95, 10, 100), zeros).stop())
                .contains(new StoppingRule.Stop(10, true, 0));
    }

    @Test
    void aMeanOfZeroIsNeverPrecise() {
        Sample around0 = Sample.of(KEY, 5, -5, 5, -5, 5, -5);
        assertThat(fed(new StoppingRule(0.02, 0.95, 2, 6), around0).stop())
                .contains(new StoppingRule.Stop(6, false, Double.POSITIVE_INFINITY));
    }

    @Test
    void aResultIsPutOnce() {
        var replications = new Replications<Long>(RULE, v -> v);
        replications.next();
        replications.put(0, 1L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replications.put(0, 1L))
                .withMessage("replication = 0: its result is here already; put it once");
    }

    @Test
    void aResultThatNobodyAskedForIsRefused() {
        var replications = new Replications<Long>(RULE, v -> v);
        for (int i : new int[] {-1, 0})
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> replications.put(i, 1L))
                    .withMessageContaining(
                            i + ": 0 were handed out, counted from 0; ask next() for each");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0    | 0.95 | 30 | 100 | relative half-width = 0.0: a part of the mean",
                "-0.1 | 0.95 | 30 | 100 | relative half-width = -0.1: a part of the mean",
                "NaN  | 0.95 | 30 | 100 | relative half-width = NaN: a part of the mean",
                "2    | 0.95 | 30 | 100 | relative half-width = 2.0: a part of the mean",
                "0.02 | 1    | 30 | 100 | level = 1.0: a confidence level",
                "0.02 | 0.95 | 1  | 100 | minimum of replications = 1: at least 2",
                "0.02 | 0.95 | 30 | 29  | maximum of replications = 29: under the minimum, 30"
            })
    void aRuleThatCannotBeIsRefused(
            double width, double level, int minimum, int maximum, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoppingRule(width, level, minimum, maximum))
                .withMessageStartingWith(message);
    }

    private static Replications<Long> inOrder() {
        return fed(RULE, RESULTS);
    }

    private static Replications<Long> fed(StoppingRule rule, Sample results) {
        var replications = new Replications<Long>(rule, v -> v);
        for (var next = replications.next(); next.isPresent(); next = replications.next())
            replications.put(next.getAsInt(), results.at(next.getAsInt()));
        return replications;
    }

    /// So many are running at any time, and a random one of them completes.
    private static Replications<Long> shuffled(int atOnce, long seed) {
        var random = new Random(seed);
        var replications = new Replications<Long>(RULE, v -> v);
        List<Integer> running = new ArrayList<>();
        while (true) {
            while (running.size() < atOnce) {
                var next = replications.next();
                if (next.isEmpty()) break;
                running.add(next.getAsInt());
            }
            if (running.isEmpty()) return replications;
            Collections.swap(running, random.nextInt(running.size()), running.size() - 1);
            int done = running.removeLast();
            replications.put(done, RESULTS.at(done));
        }
    }

    private static void work(Replications<Long> replications) {
        for (var next = replications.next(); next.isPresent(); next = replications.next()) {
            if (next.getAsInt() % 7 == 0) Thread.yield();
            replications.put(next.getAsInt(), RESULTS.at(next.getAsInt()));
        }
    }

    private static Sample prefix(int n) {
        var values = new Values();
        for (int i = 0; i < n; i++) values.add(RESULTS.at(i));
        return values.sample(KEY);
    }
}
