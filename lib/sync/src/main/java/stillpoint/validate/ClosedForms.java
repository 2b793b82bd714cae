package stillpoint.validate;

import java.util.function.DoubleUnaryOperator;
import stillpoint.random.Distribution;

/// What can be computed without a simulation. Times in ns.
final class ClosedForms {
    private static final int PANELS = 1024;

    /// Over thousands of CPUs the integrand falls within a thousandth of a section.
    private static final int FINE_PANELS = 1 << 15;

    /// A probability that adds nothing to a sum near 1.
    private static final double NOTHING = 1e-20;

    private static final int DOUBLINGS = 60;
    private static final int HALVINGS = 200;

    private ClosedForms() {}

    /// `P(max > x)` of what `n` readers, each in a section with probability `rho`, have left of it:
    /// `1 - (1 - rho (1 - G_e(x)))^n`.
    static double longest(Distribution section, double rho, int n, double x) {
        return -Math.expm1(n * Math.log1p(-rho * section.equilibriumSurvival(x)));
    }

    /// The mean of that.
    static double meanLongest(Distribution section, double rho, int n) {
        return integral(x -> longest(section, rho, n, x), section.mean(), FINE_PANELS);
    }

    /// The value that it is not over with probability `q`.
    static double quantileLongest(Distribution section, double rho, int n, double q) {
        return inverse(x -> longest(section, rho, n, x), 1 - q, section.mean());
    }

    /// Mean time until all `cpus` are held, when the stopper of CPU `i` wants its CPU at `(i+1)
    /// step`: CPU 0 calls, and has no reader. `P(A <= x) = prod (1 - rho (1 - G_e(x - (i+1)
    /// step)))`.
    static double meanStaggered(Distribution section, double rho, int cpus, double step) {
        double asked = cpus * step;
        return asked
                + integral(
                        x -> {
                            double log = 0;
                            for (int i = cpus - 1; i > 0; i--) {
                                double left =
                                        section.equilibriumSurvival(asked + x - (i + 1) * step);
                                // Who was woken earlier has even less left.
                                if (left < NOTHING) break;
                                log += Math.log1p(-rho * left);
                            }
                            return -Math.expm1(log);
                        },
                        section.mean(),
                        PANELS);
    }

    /// Of `n` tasks that think for a mean of `think` and then hold a lock for a mean of `hold`, how
    /// many are at the lock in the mean (M/M/1//N).
    static double meanAtLock(int n, double hold, double think) {
        return n - (1 - free(n, hold, think)) / hold * think;
    }

    /// Probability that the lock is free: `1 / sum n!/(n-k)! (h/z)^k`.
    static double free(int n, double hold, double think) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k <= n; k++) {
            term *= (n - k + 1) * hold / think;
            sum += term;
        }
        return 1 / sum;
    }

    /// How often a lock is taken while a grace period is reported: once on each node for each of
    /// its children, with 16 CPUs under a leaf and 64 nodes under any other.
    static long locksOfReports(int cpus) {
        long sum = cpus;
        for (int nodes = Math.ceilDiv(cpus, 16); nodes > 1; nodes = Math.ceilDiv(nodes, 64))
            sum += nodes;
        return sum;
    }

    /// Integral from 0 to infinity, by Simpson's rule over intervals that double.
    private static double integral(DoubleUnaryOperator f, double scale, int panels) {
        double sum = simpson(f, 0, scale, panels);
        double from = scale;
        for (int d = 0; d < DOUBLINGS; d++) {
            double part = simpson(f, from, 2 * from, panels);
            sum += part;
            from *= 2;
            if (part < 1e-12 * sum) break;
        }
        return sum;
    }

    private static double simpson(DoubleUnaryOperator f, double from, double to, int panels) {
        double step = (to - from) / panels;
        double sum = f.applyAsDouble(from) + f.applyAsDouble(to);
        for (int i = 1; i < panels; i++)
            sum += (i % 2 == 0 ? 2 : 4) * f.applyAsDouble(from + i * step);
        return sum * step / 3;
    }

    /// Where a falling function has a value.
    private static double inverse(DoubleUnaryOperator falling, double value, double scale) {
        double low = 0;
        double high = scale;
        while (falling.applyAsDouble(high) > value) high *= 2;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (falling.applyAsDouble(middle) > value) low = middle;
            else high = middle;
        }
        return high;
    }
}
