package stillpoint.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// How well numbers fit what they are said to be. The bounds are those that one in some thousand
/// experiments passes; the seeds are fixed, so a test passes always or never.
final class Fit {
    private Fit() {}

    /// Counts that should be equal: Pearson's chi-square, by its approximately normal fourth root
    /// (Wilson and Hilferty, 1931).
    static void even(int[] counts) {
        int freedom = counts.length - 1;
        if (freedom == 0) return;
        double expected = Arrays.stream(counts).asLongStream().sum() / (double) counts.length;
        double sum = 0;
        for (int count : counts) sum += (count - expected) * (count - expected) / expected;
        double spread = 2.0 / (9 * freedom);
        double z = (Math.cbrt(sum / freedom) - 1 + spread) / Math.sqrt(spread);
        assertThat(z).as("chi-square %s of %s cells", sum, counts.length).isBetween(-3.5, 3.5);
    }

    /// Kolmogorov's distance between whole numbers and the survival function of the real ones that
    /// they are rounded from, times the root of how many they are.
    static double distance(long[] numbers, DoubleUnaryOperator survival) {
        long[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double farthest = 0;
        for (int from = 0, to; from < n; from = to) {
            for (to = from; to < n && sorted[to] == sorted[from]; ) to++;
            double below = 1 - survival.applyAsDouble(sorted[from] - 0.5);
            double upTo = 1 - survival.applyAsDouble(sorted[from] + 0.5);
            farthest = Math.max(farthest, Math.abs(below - from / (double) n));
            farthest = Math.max(farthest, Math.abs(upTo - to / (double) n));
        }
        return farthest * Math.sqrt(n);
    }

    /// One experiment in a thousand is farther away than 1.95.
    static void fits(long[] numbers, DoubleUnaryOperator survival) {
        assertThat(distance(numbers, survival)).isLessThan(1.95);
    }
}
