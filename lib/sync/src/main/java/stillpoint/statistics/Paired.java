package stillpoint.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest.Result;

/// Two samples whose replications belong together, one by one: two designs that saw the same random
/// numbers. What the luck of a replication adds to both is gone from their differences.
///
/// Samples that do not share random numbers are [Unpaired].
public final class Paired {
    private final Sample first;
    private final Sample second;
    private final Sample differences;

    private Paired(Sample first, Sample second) {
        if (first.size() != second.size())
            throw new IllegalArgumentException(
                    first.size()
                            + " and "
                            + second.size()
                            + " replications: pairs need as many of each; run the shorter one on,"
                            + " or stop both by one rule");
        this.first = first;
        this.second = second;
        differences = first.minus(second);
    }

    /// Pairs of two samples of one key.
    ///
    /// @throws IllegalArgumentException if their keys or their sizes differ
    public static Paired of(Sample first, Sample second) {
        if (!first.key().equals(second.key()))
            throw new IllegalArgumentException(
                    first.key()
                            + " and "
                            + second.key()
                            + ": pairs share their random numbers, these do not; run both with one"
                            + " seed, or compare them with Unpaired");
        return new Paired(first, second);
    }

    /// Pairs of two samples of *one* design under two seeds, which differ by chance only: what an
    /// A/A run feeds to the tests (see [Calibration#falsePositives]). It is no way to compare two
    /// designs.
    ///
    /// @throws IllegalArgumentException if their keys are equal, so that nothing would differ, or
    ///   their sizes are not
    public static Paired ofOneDesign(Sample first, Sample second) {
        if (first.key().equals(second.key()))
            throw new IllegalArgumentException(
                    first.key()
                            + ": the two sides of an A/A run need different seeds, or all"
                            + " differences are 0 and no test can err");
        return new Paired(first, second);
    }

    /// The first less the second, replication by replication.
    public Sample differences() {
        return differences;
    }

    /// How much the first is over the second in the mean, with Student's t on the differences.
    public Estimate meanDifference(double level) {
        return Estimates.mean(differences, level);
    }

    /// The middle of the differences, with order statistics. It is not the difference of medians.
    public Estimate medianDifference(double level) {
        return Estimates.quantile(differences, 0.5, level);
    }

    /// The first mean as a multiple of the second (Fieller 1954). No interval where the second
    /// cannot be told from 0; where it is 0 the value is no number, or infinite.
    public Estimate ratioOfMeans(double level) {
        Demand.level(level);
        int n = first.size();
        double x = first.mean();
        double y = second.mean();
        double ratio = x / y;
        if (n < 2) return Estimate.alone(ratio, n, "Fieller's takes 2 pairs, here is 1");
        double t = Estimates.studentT(level, n - 1);
        double xx = covariance(first, first) / n;
        double xy = covariance(first, second) / n;
        double yy = covariance(second, second) / n;
        double g = t * t * yy / (y * y);
        if (!(g < 1))
            return Estimate.alone(
                    ratio, n, "the second mean, " + y + ", cannot be told from 0 at this level");
        double centre = ratio - t * t * xy / (y * y);
        double under =
                xx - 2 * ratio * xy + ratio * ratio * yy - t * t * (xx * yy - xy * xy) / (y * y);
        // Rounding may take a square that is 0 (proportional samples) under it.
        double half = t / Math.abs(y) * Math.sqrt(Math.max(0, under));
        return Estimate.between(
                (centre - half) / (1 - g),
                ratio,
                (centre + half) / (1 - g),
                level,
                n,
                "ratio of means, Fieller with " + (n - 1) + " degrees of freedom");
    }

    /// Wilcoxon's signed-rank test that the differences are symmetric around 0.
    ///
    /// Ties have average ranks, and zeros are ranked, then dropped (Pratt). Exact where at most 50
    /// differences are not 0 (in at most 5000 pairs); beyond, the normal approximation with
    /// corrections for ties and continuity. If all differences are 0 nothing speaks against it, and
    /// `p` is 1.
    public PValue wilcoxon() {
        String test = "Wilcoxon signed ranks";
        long[] each = differences.toLongs();
        long different = Arrays.stream(each).filter(d -> d != 0).count();
        if (different == 0)
            return new PValue(test, 0, 1, "all " + each.length + " differences are 0");
        Result result = WilcoxonSignedRankTest.withDefaults().test(differences.toDoubles());
        boolean exact = different <= 50 && each.length <= 5000;
        boolean uneven = result.hasTiedValues() || result.hasZeroValues();
        return new PValue(
                test,
                result.getStatistic(),
                uneven ? tied(each, exact) : result.getPValue(),
                (exact ? "exact" : "normal approximation")
                        + (result.hasTiedValues() ? ", ties by average ranks" : "")
                        + (result.hasZeroValues() ? ", zeros by Pratt's procedure" : ""));
    }

    private static double tied(long[] differences, boolean exact) {
        return exact ? TiedRanks.ofSigns(differences) : TiedRanks.ofManySigns(differences);
    }

    private static double covariance(Sample a, Sample b) {
        double meanA = a.mean();
        double meanB = b.mean();
        double products = 0;
        for (int i = 0; i < a.size(); i++) products += (a.at(i) - meanA) * (b.at(i) - meanB);
        return products / (a.size() - 1);
    }
}
