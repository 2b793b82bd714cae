package stillpoint.statistics;

import java.util.Arrays;
import java.util.stream.LongStream;

/// Exact tests of small samples by looking at every possible outcome.
final class Enumerated {
    private Enumerated() {}

    /// Two-sided p of the signed-rank test: every sign of every rank, for differences without ties
    /// and zeros.
    static double wilcoxon(long... differences) {
        int n = differences.length;
        long[] sizes = LongStream.of(differences).map(Math::abs).sorted().toArray();
        int observed = 0;
        for (long d : differences) if (d > 0) observed += Arrays.binarySearch(sizes, d) + 1;
        int centre2 = n * (n + 1) / 2;
        int asFar = 0;
        for (int signs = 0; signs < 1 << n; signs++) {
            int sum = 0;
            for (int rank = 1; rank <= n; rank++) if ((signs >> (rank - 1) & 1) == 1) sum += rank;
            if (Math.abs(2 * sum - centre2) >= Math.abs(2 * observed - centre2)) asFar++;
        }
        return (double) asFar / (1 << n);
    }

    /// Twice the smaller tail over every sign of every difference that is not zero; the ranks are
    /// average ranks of all sizes.
    static double wilcoxonWithTies(long... differences) {
        long[] moved = LongStream.of(differences).filter(d -> d != 0).toArray();
        long observed = positive(moved, differences);
        int atMost = 0;
        int atLeast = 0;
        for (int signs = 0; signs < 1 << moved.length; signs++) {
            long[] turned = moved.clone();
            for (int i = 0; i < turned.length; i++)
                turned[i] = Math.abs(turned[i]) * ((signs >> i & 1) == 1 ? 1 : -1);
            long sum = positive(turned, differences);
            if (sum <= observed) atMost++;
            if (sum >= observed) atLeast++;
        }
        return Math.min(1, 2.0 * Math.min(atMost, atLeast) / (1 << moved.length));
    }

    /// Twice the sum of average ranks of what is positive.
    private static long positive(long[] moved, long[] all) {
        long sum = 0;
        for (long d : moved)
            if (d > 0)
                for (long other : all)
                    sum += Math.abs(other) < d ? 2 : Math.abs(other) == d ? 1 : 0;
        return sum + LongStream.of(moved).filter(d -> d > 0).count();
    }

    /// Twice the smaller tail over every way to choose the first sample; a tie is half a win.
    static double mannWhitneyWithTies(long[] first, long[] second) {
        int observed = winsByTwo(first, second);
        double atMost = share(first, second, (a, b) -> winsByTwo(a, b) <= observed);
        double atLeast = share(first, second, (a, b) -> winsByTwo(a, b) >= observed);
        return Math.min(1, 2 * Math.min(atMost, atLeast));
    }

    private static int winsByTwo(long[] first, long[] second) {
        int wins = 0;
        for (long a : first) for (long b : second) wins += a > b ? 2 : a == b ? 1 : 0;
        return wins;
    }

    /// Two-sided p of the rank-sum test: every way to choose the first sample from all values, none
    /// of which repeats.
    static double mannWhitney(long[] first, long[] second) {
        double observed = Math.abs(2 * wins(first, second) - first.length * second.length);
        return share(
                first,
                second,
                (a, b) -> Math.abs(2 * wins(a, b) - a.length * b.length) >= observed);
    }

    /// p of the two-sample Kolmogorov-Smirnov test: every way to choose the first sample.
    static double kolmogorovSmirnov(long[] first, long[] second) {
        double observed = distance(first, second);
        return share(first, second, (a, b) -> distance(a, b) >= observed - 1e-12);
    }

    static double distance(long[] first, long[] second) {
        return LongStream.concat(LongStream.of(first), LongStream.of(second))
                .mapToDouble(x -> Math.abs(part(first, x) - part(second, x)))
                .max()
                .orElseThrow();
    }

    private static double part(long[] values, long limit) {
        return (double) LongStream.of(values).filter(v -> v <= limit).count() / values.length;
    }

    private static int wins(long[] first, long[] second) {
        int wins = 0;
        for (long a : first) for (long b : second) if (a > b) wins++;
        return wins;
    }

    private interface Extreme {
        boolean than(long[] first, long[] second);
    }

    private static double share(long[] first, long[] second, Extreme extreme) {
        long[] all = LongStream.concat(LongStream.of(first), LongStream.of(second)).toArray();
        int ways = 0;
        int asFar = 0;
        for (int chosen = 0; chosen < 1 << all.length; chosen++) {
            if (Integer.bitCount(chosen) != first.length) continue;
            var a = new long[first.length];
            var b = new long[second.length];
            int inA = 0;
            int inB = 0;
            for (int i = 0; i < all.length; i++)
                if ((chosen >> i & 1) == 1) a[inA++] = all[i];
                else b[inB++] = all[i];
            ways++;
            if (extreme.than(a, b)) asFar++;
        }
        return (double) asFar / ways;
    }
}
