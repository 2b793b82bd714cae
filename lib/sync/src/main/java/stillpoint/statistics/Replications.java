package stillpoint.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Results of replications that several workers complete in any order, taken into account strictly
/// in replication order: where it stops depends on the results, never on who was first.
///
/// Each worker repeats `next()` and `put(replication, result)` until there is no next one. A result
/// that comes early waits; one beyond the stop is dropped. After an interruption [#results] are
/// what is complete from the start on.
///
/// @param <R> all that one replication gives
public final class Replications<R> {
    private final StoppingRule rule;
    private final ToLongFunction<? super R> watched;
    private final double z;
    private final List<R> results = new ArrayList<>();
    private final Map<Integer, R> early = new HashMap<>();
    private int handedOut;
    private Optional<StoppingRule.Stop> stop = Optional.empty();

    /// Running mean and sum of squared deviations of the watched value (Welford 1962).
    private double mean;

    private double squares;

    /// @param watched the value whose mean the rule looks at
    public Replications(StoppingRule rule, ToLongFunction<? super R> watched) {
        this.rule = rule;
        this.watched = watched;
        z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - rule.level()) / 2);
    }

    /// The next replication to run, counted from 0; none once enough are complete, or all that may
    /// be run are handed out.
    public synchronized OptionalInt next() {
        return stop.isPresent() || handedOut == rule.maximum()
                ? OptionalInt.empty()
                : OptionalInt.of(handedOut++);
    }

    /// Takes the result of one replication that [#next] gave.
    ///
    /// @throws IllegalArgumentException if `next` did not give it, or its result is here already
    public synchronized void put(int replication, R result) {
        if (replication < 0 || replication >= handedOut)
            throw new IllegalArgumentException(
                    "replication = "
                            + replication
                            + ": "
                            + handedOut
                            + " were handed out, counted from 0; ask next() for each");
        if (replication < results.size() || early.putIfAbsent(replication, result) != null)
            throw new IllegalArgumentException(
                    "replication = " + replication + ": its result is here already; put it once");
        while (stop.isEmpty()) {
            R ready = early.remove(results.size());
            if (ready == null) return;
            take(ready);
        }
        // Nothing beyond the stop counts.
        early.clear();
    }

    private void take(R result) {
        results.add(result);
        int n = results.size();
        double value = watched.applyAsLong(result);
        double before = value - mean;
        mean += before / n;
        squares += before * (value - mean);
        if (n < rule.minimum()) return;
        // The normal quantile is under Student's, which is dear: most calls end here.
        if (n < rule.maximum() && relative(z) > rule.relativeHalfWidth()) return;
        double reached = relative(Estimates.studentT(rule.level(), n - 1));
        boolean precise = reached <= rule.relativeHalfWidth();
        if (precise || n == rule.maximum())
            stop = Optional.of(new StoppingRule.Stop(n, precise, reached));
    }

    /// Half-width by mean. Values without variance are precise whatever their mean.
    private double relative(double quantile) {
        if (squares == 0) return 0;
        int n = results.size();
        return quantile * Math.sqrt(squares / (n - 1) / n) / Math.abs(mean);
    }

    /// Where it stopped; none while it goes on, or if it was interrupted.
    public synchronized Optional<StoppingRule.Stop> stop() {
        return stop;
    }

    /// What is complete from replication 0 on without a gap, in replication order.
    public synchronized List<R> results() {
        return List.copyOf(results);
    }

    /// One value of each of [#results].
    ///
    /// @throws IllegalArgumentException if none is complete
    public synchronized Sample sample(Key key, ToLongFunction<? super R> value) {
        var values = new Values();
        for (R result : results) values.add(value.applyAsLong(result));
        return values.sample(key);
    }
}
