package stillpoint.validate;

import java.util.List;
import java.util.function.Supplier;
import stillpoint.statistics.Sample;

/// One experiment with the simulator, and what is known about its outcome without it.
///
/// @param family what is checked
/// @param cpus how many the scene has
/// @param parameters in words, with units
/// @param quick whether every build runs it; the others take seconds each
/// @param runs the experiment: one value of each replication
/// @param expected at least one
public record Check(
        Family family,
        int cpus,
        String parameters,
        boolean quick,
        Supplier<Sample> runs,
        List<Expectation> expected) {
    public Check {
        expected = List.copyOf(expected);
        if (expected.isEmpty())
            throw new IllegalArgumentException(
                    parameters + ": an experiment of which nothing is known checks nothing");
    }

    /// Runs it.
    public List<Finding> run() {
        Sample sample = runs.get();
        return expected.stream().map(e -> e.finding(this, sample)).toList();
    }
}
