package stillpoint.statistics;

import java.util.Locale;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// Estimates from one sample of independent replications, each with its interval.
public final class Estimates {
    private Estimates() {}

    /// The mean with Student's t: exact for normal values, and near it for others as `n` grows (a
    /// skewed distribution takes hundreds).
    public static Estimate mean(Sample sample, double level) {
        Demand.level(level);
        int n = sample.size();
        if (n < 2) return Estimate.alone(sample.mean(), n, "Student's t takes 2 values, here is 1");
        double error = sample.standardDeviation() / Math.sqrt(n);
        return Estimate.of(
                sample.mean(),
                studentT(level, n - 1) * error,
                level,
                n,
                "mean, Student's t with " + (n - 1) + " degrees of freedom");
    }

    /// A quantile with two order statistics: holds for every distribution, and at least at the
    /// level.
    ///
    /// @param p the part of the distribution at or under it, for example 0.99
    public static Estimate quantile(Sample sample, double p, double level) {
        Demand.part(p);
        Demand.level(level);
        int n = sample.size();
        double value = p == 0.5 ? sample.median() : sample.quantile(p);
        return OrderStatistics.enclosing(p, n, level)
                .map(ranks ->
                        Estimate.between(
                                sample.ordered(ranks.low()),
                                value,
                                sample.ordered(ranks.high()),
                                level,
                                n,
                                String.format(
                                        Locale.ROOT,
                                        "%s, order statistics %d and %d of %d, at least"
                                                + " %.2f %%",
                                        name(p),
                                        ranks.low(),
                                        ranks.high(),
                                        n,
                                        100 * ranks.coverage())))
                .orElseGet(() ->
                        Estimate.alone(
                                value,
                                n,
                                name(p)
                                        + " at level "
                                        + level
                                        + " takes "
                                        + quantileNeeds(p, level)
                                        + " values, here are "
                                        + n));
    }

    /// How many values [#quantile] needs for an interval: 2995 for the 0.999-quantile at 0.95.
    public static long quantileNeeds(double p, double level) {
        return OrderStatistics.needed(Demand.part(p), Demand.level(level));
    }

    /// A proportion with the interval of Clopper and Pearson: at least at the level, always.
    public static Estimate proportion(int successes, int trials, double level) {
        Demand.level(level);
        Demand.atLeast(1, trials, "trials", "a proportion of nothing is no number");
        if (successes < 0 || successes > trials)
            throw new IllegalArgumentException(
                    "successes = " + successes + ": of " + trials + " trials, 0 to " + trials);
        double tail = (1 - level) / 2;
        double low =
                successes == 0
                        ? 0
                        : BetaDistribution.of(successes, trials - successes + 1.0)
                                .inverseCumulativeProbability(tail);
        double high =
                successes == trials
                        ? 1
                        : BetaDistribution.of(successes + 1.0, trials - successes)
                                .inverseSurvivalProbability(tail);
        return Estimate.between(
                low,
                (double) successes / trials,
                high,
                level,
                trials,
                "proportion, Clopper and Pearson");
    }

    /// How many standard errors lie on each side of a mean.
    static double studentT(double level, double freedom) {
        return TDistribution.of(freedom).inverseSurvivalProbability((1 - level) / 2);
    }

    private static String name(double p) {
        return p == 0.5 ? "median" : p + "-quantile";
    }
}
