package stillpoint.simulate;

import java.util.List;
import java.util.Optional;
import stillpoint.statistics.Key;
import stillpoint.statistics.Sample;
import stillpoint.statistics.StoppingRule;

/// What the replications of an experiment gave.
///
/// @param key the random numbers they saw
/// @param outcomes in replication order
/// @param stop why there are so many; empty if it was interrupted
public record Runs(Key key, List<Outcome> outcomes, Optional<StoppingRule.Stop> stop) {
    public Runs {
        outcomes = List.copyOf(outcomes);
    }

    /// Whether the rule, and not an interruption, ended it.
    public boolean complete() {
        return stop.isPresent();
    }

    /// The values of a measure, ns.
    ///
    /// @throws IllegalArgumentException if there are none
    public Sample sample(Measure measure) {
        return Sample.of(key, outcomes.stream().mapToLong(measure::of).toArray());
    }
}
