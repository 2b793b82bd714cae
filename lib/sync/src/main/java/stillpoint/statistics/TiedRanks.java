package stillpoint.statistics;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Rank tests of values among which some are equal or zero: the distribution of the sum of ranks,
/// given which values tie. For few values it is counted out, since the normal approximation is no
/// way out there: five equal positive differences have `p = 1/16`, for which it gives 0.037.
///
/// Signed ranks are here for many values too: Commons Statistics 1.2 takes a group of zeros away
/// from the variance twice, once as zeros and once as ties, so that its `p` is too small, or no
/// number.
///
/// Average ranks are halves, so all ranks are doubled.
final class TiedRanks {
    private TiedRanks() {}

    /// Two-sided p of the signed-rank test; zeros are ranked, then dropped (Pratt 1959).
    static double ofSigns(long[] differences) {
        int[] ranks = doubled(Arrays.stream(differences).map(Math::abs).toArray());
        int all = 0;
        int positive = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (differences[i] != 0) all += ranks[i];
            if (differences[i] > 0) positive += ranks[i];
        }
        var chance = new double[all + 1];
        chance[0] = 1;
        for (int i = 0; i < ranks.length; i++)
            for (int sum = all; sum >= 0 && differences[i] != 0; sum--)
                chance[sum] = (chance[sum] + (sum >= ranks[i] ? chance[sum - ranks[i]] : 0)) / 2;
        return twoSided(chance, positive);
    }

    /// The same by the normal approximation, with a correction for continuity. Each rank counts
    /// with probability 1/2, which gives mean and variance, whatever ties.
    static double ofManySigns(long[] differences) {
        int[] ranks = doubled(Arrays.stream(differences).map(Math::abs).toArray());
        double over = 0;
        double squares = 0;
        for (int i = 0; i < ranks.length; i++) {
            over += Long.signum(differences[i]) * ranks[i] / 2.0;
            if (differences[i] != 0) squares += (double) ranks[i] * ranks[i] / 4;
        }
        double z = Math.max(0, Math.abs(over) - 1) / Math.sqrt(squares);
        return 2 * NormalDistribution.of(0, 1).survivalProbability(z);
    }

    /// Two-sided p of the rank-sum test.
    static double ofChoices(long[] first, long[] second) {
        int n = first.length;
        int[] ranks =
                doubled(LongStream.concat(LongStream.of(first), LongStream.of(second)).toArray());
        // ways[k][sum]: to choose k values whose ranks have this sum.
        var ways = new double[n + 1][Arrays.stream(ranks).sum() + 1];
        ways[0][0] = 1;
        for (int rank : ranks)
            for (int k = n; k > 0; k--)
                for (int sum = ways[k].length - 1; sum >= rank; sum--)
                    ways[k][sum] += ways[k - 1][sum - rank];
        double all = Arrays.stream(ways[n]).sum();
        double[] chance = Arrays.stream(ways[n]).map(count -> count / all).toArray();
        return twoSided(chance, Arrays.stream(ranks).limit(n).sum());
    }

    /// Twice the smaller tail, the observed sum included.
    private static double twoSided(double[] chance, int observed) {
        double atMost = Arrays.stream(chance, 0, observed + 1).sum();
        double atLeast = Arrays.stream(chance, observed, chance.length).sum();
        return Math.min(1, 2 * Math.min(atMost, atLeast));
    }

    private static int[] doubled(long[] values) {
        long[] ascending = values.clone();
        Arrays.sort(ascending);
        return Arrays.stream(values)
                .mapToInt(v -> under(ascending, v) + under(ascending, v + 1) + 1)
                .toArray();
    }

    /// How many of the values are smaller than a limit.
    private static int under(long[] ascending, long limit) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < limit) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
