package stillpoint.validate;

import java.util.function.Function;
import stillpoint.statistics.Estimate;
import stillpoint.statistics.Estimates;
import stillpoint.statistics.Interval;
import stillpoint.statistics.Sample;

/// What a formula or a publication says about one number of an experiment.
///
/// @param name the number in words
/// @param form the formula, or who published it
/// @param unit what both are in
/// @param theory what the formula says
/// @param estimate the same from the replications, in the same unit
/// @param holds when the two agree
public record Expectation(
        String name,
        String form,
        Unit unit,
        double theory,
        Function<Sample, Estimate> estimate,
        Holds holds) {
    /// What numbers are in.
    public enum Unit {
        /// Nanoseconds, or nanoseconds of CPU time.
        NS,
        /// A part of one.
        PART,
        /// A number of things.
        COUNT
    }

    /// Level of every interval here: with some ninety of them, all hold together in nine of ten
    /// suites whose seeds are drawn anew.
    public static final double LEVEL = 0.999;

    /// A mean.
    static Expectation mean(String form, double theory, Holds holds) {
        return mean("mean", form, theory, holds);
    }

    /// A mean that has a name.
    static Expectation mean(String name, String form, double theory, Holds holds) {
        return new Expectation(name, form, Unit.NS, theory, s -> Estimates.mean(s, LEVEL), holds);
    }

    /// A count, as a mean.
    static Expectation count(String name, String form, double theory) {
        return new Expectation(
                name, form, Unit.COUNT, theory, s -> Estimates.mean(s, LEVEL), Holds.IN_INTERVAL);
    }

    /// A quantile.
    static Expectation quantile(double p, String form, double theory) {
        return new Expectation(
                p == 0.5 ? "median" : p + "-quantile",
                form,
                Unit.NS,
                theory,
                s -> Estimates.quantile(s, p, LEVEL),
                Holds.IN_INTERVAL);
    }

    /// How often a value over 0 comes, as a part.
    static Expectation part(String name, String form, double theory) {
        return new Expectation(
                name,
                form,
                Unit.PART,
                theory,
                s -> Estimates.proportion(positive(s), s.size(), LEVEL),
                Holds.IN_INTERVAL);
    }

    private static int positive(Sample sample) {
        int count = 0;
        for (int r = 0; r < sample.size(); r++) if (sample.at(r) > 0) count++;
        return count;
    }

    Finding finding(Check check, Sample sample) {
        Estimate found = estimate.apply(sample);
        Interval interval =
                found.interval()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        check.family()
                                                + ", "
                                                + check.parameters()
                                                + ": "
                                                + found.method()
                                                + "; give the check more replications"));
        return new Finding(
                check.family(),
                check.cpus(),
                name,
                check.parameters(),
                form,
                unit,
                theory,
                found.value(),
                interval.low(),
                interval.high(),
                sample.size(),
                holds);
    }
}
