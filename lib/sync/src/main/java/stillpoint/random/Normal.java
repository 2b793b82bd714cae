package stillpoint.random;

/// The normal distribution with mean 0 and deviation 1.
final class Normal {
    private static final double ROOT = StrictMath.sqrt(2 * StrictMath.PI);

    private Normal() {}

    /// Probability of more than `z`: near the middle by the series of odd powers (Marsaglia,
    /// *Evaluating the normal distribution*, Journal of Statistical Software 11(4), 2004), in the
    /// tails, where a difference from 1 would lose the digits, by Laplace's continued fraction.
    static double survival(double z) {
        if (z < -3) return 1 - survival(-z);
        double density = StrictMath.exp(-z * z / 2) / ROOT;
        if (z > 3) {
            double fraction = z;
            for (int k = 100; k > 0; k--) fraction = z + k / fraction;
            return density / fraction;
        }
        double sum = z;
        double term = z;
        for (int odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2)
            sum += term *= z * z / odd;
        return 0.5 - density * sum;
    }
}
