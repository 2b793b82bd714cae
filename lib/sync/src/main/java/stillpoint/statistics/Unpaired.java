package stillpoint.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/// Two samples that are independent of each other: two recordings, or what was simulated against
/// what was measured.
///
/// Samples that share random numbers are [Paired]: here they would seem more alike than they are,
/// or less.
///
/// @param first one sample
/// @param second one of another key
public record Unpaired(Sample first, Sample second) {
    public Unpaired {
        if (first.key().equals(second.key()))
            throw new IllegalArgumentException(
                    first.key()
                            + ": both samples were drawn with these random numbers, so they are"
                            + " not independent; compare them with Paired, or draw one with another"
                            + " seed");
    }

    /// How much the first is over the second in the mean (Welch 1947).
    public Estimate meanDifference(double level) {
        Demand.level(level);
        double difference = first.mean() - second.mean();
        int n = first.size() + second.size();
        if (first.size() < 2 || second.size() < 2)
            return Estimate.alone(difference, n, "Welch's t takes 2 values of each");
        double a = square(first.standardDeviation()) / first.size();
        double b = square(second.standardDeviation()) / second.size();
        if (a + b == 0)
            return Estimate.of(difference, 0, level, n, "difference of means, Welch: no variance");
        double freedom =
                square(a + b) / (square(a) / (first.size() - 1) + square(b) / (second.size() - 1));
        return Estimate.of(
                difference,
                Estimates.studentT(level, freedom) * Math.sqrt(a + b),
                level,
                n,
                "difference of means, Welch");
    }

    /// By how much the first is shifted against the second: the median of all differences of one of
    /// the first and one of the second (Hodges and Lehmann 1963), with the interval that belongs to
    /// [#mannWhitney] (Hollander and Wolfe 1999, 4.3; normal approximation).
    public Estimate shift(double level) {
        Demand.level(level);
        double n = first.size();
        double m = second.size();
        var differences = new Differences(first, second);
        long pairs = differences.count();
        double median =
                (differences.ordered((pairs + 1) / 2) + differences.ordered(pairs / 2 + 1)) / 2.0;
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        long rank = (long) Math.floor(pairs / 2.0 - z * Math.sqrt(n * m * (n + m + 1) / 12));
        int size = first.size() + second.size();
        if (Math.min(n, m) < 8 || rank < 1)
            return Estimate.alone(
                    median,
                    size,
                    "the shift's normal approximation takes 8 values of each (more at a high"
                            + " level), here are "
                            + first.size()
                            + " and "
                            + second.size());
        return Estimate.between(
                differences.ordered(rank),
                median,
                differences.ordered(pairs + 1 - rank),
                level,
                size,
                "shift, Hodges and Lehmann");
    }

    /// The test that neither sample tends to larger values (Mann and Whitney 1947), ties by average
    /// ranks. Exact where both have fewer than 50 values and none repeats, or both have at most 20;
    /// otherwise the normal approximation with corrections for ties and continuity, which is too
    /// eager where all but a handful of values are equal.
    public PValue mannWhitney() {
        var result = MannWhitneyUTest.withDefaults().test(first.toDoubles(), second.toDoubles());
        int larger = Math.max(first.size(), second.size());
        boolean tied = result.hasTiedValues();
        String method =
                (larger <= 20 || larger < 50 && !tied ? "exact" : "normal approximation")
                        + (tied ? ", ties by average ranks" : "");
        double p =
                tied && larger <= 20
                        ? TiedRanks.ofChoices(first.toLongs(), second.toLongs())
                        : result.getPValue();
        // Without any variance the approximation is 0 / 0; equal values speak for nothing.
        boolean same = first.min() == second.max() && first.max() == second.min();
        return new PValue("Mann-Whitney U", result.getStatistic(), same ? 1 : p, method);
    }

    /// The test that both come from one distribution (Smirnov 1939): the greatest distance of the
    /// two empirical distribution functions. Exact where both have fewer than 10,000 values. Values
    /// that repeat make `p` larger than it need be, never smaller.
    ///
    /// @throws IllegalArgumentException if one has fewer than 2 values
    public PValue kolmogorovSmirnov() {
        int n = Math.min(first.size(), second.size());
        Demand.atLeast(2, n, "values of a sample", "run more replications");
        var result =
                KolmogorovSmirnovTest.withDefaults().test(first.toDoubles(), second.toDoubles());
        return new PValue(
                "Kolmogorov-Smirnov",
                result.getStatistic(),
                result.getPValue(),
                Math.max(first.size(), second.size()) < 10_000 ? "exact" : "asymptotic");
    }

    private static double square(double x) {
        return x * x;
    }
}
