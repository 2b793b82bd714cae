package stillpoint.simulate;

import java.util.function.DoubleUnaryOperator;
import stillpoint.random.Distribution;

/// Two numbers of a distribution, by Simpson's rule over intervals that double. Both follow from
/// what is left of a duration at a random time, which every distribution knows in closed form.
final class Moments {
    private static final int PANELS = 64;
    private static final double NOTHING = 1e-9;

    private Moments() {}

    /// Mean square, ns^2: `2 m` times the integral of `1 - G_e`.
    static double square(Distribution time) {
        return 2 * time.mean() * integral(time::equilibriumSurvival, time.mean());
    }

    /// Probability that none of what comes at random, so often a nanosecond, comes in the time: `E
    /// exp(-rate T) = 1 - rate m (1 - rate (integral of exp(-rate x) (1 - G_e)))`.
    static double none(Distribution time, double rate) {
        double mean = time.mean();
        if (mean <= 0 || rate <= 0) return 1;
        double scale = Math.min(mean, 1 / rate);
        double sum = integral(x -> Math.exp(-rate * x) * time.equilibriumSurvival(x), scale);
        return Math.clamp(1 - rate * mean * (1 - rate * sum), 0.0, 1.0);
    }

    private static double integral(DoubleUnaryOperator f, double scale) {
        if (scale <= 0) return 0;
        double sum = simpson(f, 0, scale);
        for (double from = scale; from < Distribution.LONGEST_NS; from *= 2) {
            double part = simpson(f, from, 2 * from);
            sum += part;
            if (part < NOTHING * sum) break;
        }
        return sum;
    }

    private static double simpson(DoubleUnaryOperator f, double from, double to) {
        double step = (to - from) / PANELS;
        double sum = f.applyAsDouble(from) + f.applyAsDouble(to);
        for (int i = 1; i < PANELS; i++)
            sum += (i % 2 == 0 ? 2 : 4) * f.applyAsDouble(from + i * step);
        return sum * step / 3;
    }
}
