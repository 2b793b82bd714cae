package stillpoint.statistics;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Samples of known distributions under fixed seeds, in nanoseconds around a millisecond, so that
/// rounding to whole numbers is of no account.
final class Draws {
    static final double SCALE = 1e6;

    private Draws() {}

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static Key key(long seed) {
        return new Key("draws of a test", seed);
    }

    static Sample sample(long seed, int n, ToDoubleFunction<RandomGenerator> draw) {
        RandomGenerator random = random(seed);
        var values = new Values();
        for (int i = 0; i < n; i++) values.add(Math.round(SCALE * draw.applyAsDouble(random)));
        return values.sample(key(seed));
    }

    /// Mean 1. The stationary sojourn time of M/M/1 with service rate `mu` and arrival rate
    /// `lambda` is this one over `mu - lambda`. The JDK's own `nextExponential` may change between
    /// releases.
    static double exponential(RandomGenerator random) {
        return -StrictMath.log1p(-random.nextDouble());
    }

    /// Mean `1 + 1/2 + ... + 1/n`.
    static double maximum(RandomGenerator random, int n) {
        double most = 0;
        for (int i = 0; i < n; i++) most = Math.max(most, exponential(random));
        return most;
    }

    static double harmonic(int n) {
        double sum = 0;
        for (int i = n; i > 0; i--) sum += 1.0 / i;
        return sum;
    }

    /// Sojourn times of successive customers of M/M/1 that starts empty (Lindley 1952). Service has
    /// mean 1, so the stationary mean is `1 / (1 - load)`.
    static Series sojourns(long seed, int customers, double load) {
        RandomGenerator random = random(seed);
        var values = new Values();
        double wait = 0;
        for (int i = 0; i < customers; i++) {
            double sojourn = wait + exponential(random);
            values.add(Math.round(SCALE * sojourn));
            wait = Math.max(0, sojourn - exponential(random) / load);
        }
        return values.series();
    }
}
