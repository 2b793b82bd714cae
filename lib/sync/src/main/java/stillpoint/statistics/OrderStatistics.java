package stillpoint.statistics;

import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Which two order statistics of a sample enclose a quantile of whatever it was drawn from.
///
/// The number of values at or under the `p`-quantile is binomial, so `X(low) <= quantile <=
/// X(high)` with the probability that this number lies in `low .. high - 1`, or more where values
/// repeat (Thompson 1936; Scheffé and Tukey 1945). The ranks depend on nothing in the data.
///
/// @param low rank counted from 1
/// @param high rank counted from 1
/// @param coverage the probability, at least the level that was asked for
record OrderStatistics(int low, int high, double coverage) {
    /// The fewest neighbouring ranks that reach the level; ranks as good as each other are taken
    /// together, so that a median's interval is symmetric.
    static Optional<OrderStatistics> enclosing(double p, int n, double level) {
        if (n < needed(p, level)) return Optional.empty();
        var below = BinomialDistribution.of(n, p);
        int least = Math.clamp((long) Math.floor((n + 1) * p), 1, n - 1);
        int most = least;
        double coverage = below.probability(least);
        while (coverage < level && (least > 1 || most < n - 1)) {
            double down = least > 1 ? below.probability(least - 1) : 0;
            double up = most < n - 1 ? below.probability(most + 1) : 0;
            boolean equal = Math.abs(down - up) <= 1e-9 * Math.max(down, up);
            if (least > 1 && (down > up || equal)) {
                least--;
                coverage += down;
            }
            if (most < n - 1 && (up > down || equal)) {
                most++;
                coverage += up;
            }
        }
        return Optional.of(new OrderStatistics(least, most + 1, coverage));
    }

    /// The smallest sample whose extremes enclose the quantile with this level: the first `n` with
    /// `1 - p^n - (1 - p)^n >= level`.
    static long needed(double p, double level) {
        double rare = Math.min(p, 1 - p);
        double near = Math.log1p(-level) / Math.log1p(-rare);
        // Nobody has as many, and doubles no longer tell one from the next.
        if (near > 1e9) return (long) near;
        long n = Math.max(2, (long) near - 1);
        while (1 - Math.pow(1 - rare, n) - Math.pow(rare, n) < level) n++;
        return n;
    }
}
