package stillpoint.random;

/// Durations whose logarithm has a normal distribution: many factors, multiplied.
///
/// A duration that is hit in proportion to its length is log-normal too, with the logarithm's mean
/// higher by the square of `sigma`; so what is left is a part of such a one.
///
/// @param meanNs over 0, up to a minute
/// @param sigma deviation of the natural logarithm, over 0, up to 5
public record LogNormal(double meanNs, double sigma) implements Distribution {
    public LogNormal {
        Bounds.mean(meanNs);
        if (!(sigma > 0 && sigma <= 5))
            throw new IllegalArgumentException(
                    "sigma = "
                            + sigma
                            + ": the deviation of the logarithm is over 0 and at most 5; try 0.5");
    }

    @Override
    public long sample(Stream stream) {
        return Bounds.rounded(meanNs * StrictMath.exp(sigma * (stream.nextGaussian() - sigma / 2)));
    }

    @Override
    public double mean() {
        return meanNs;
    }

    @Override
    public long residual(Stream stream) {
        double hit = meanNs * StrictMath.exp(sigma * (stream.nextGaussian() + sigma / 2));
        return Bounds.rounded(stream.nextDouble() * hit);
    }

    @Override
    public double survival(double ns) {
        return ns <= 0 ? 1 : Normal.survival(deviations(ns) + sigma / 2);
    }

    /// The mean of what durations have beyond `ns`, divided by their mean.
    @Override
    public double equilibriumSurvival(double ns) {
        if (ns <= 0) return 1;
        double z = deviations(ns);
        double hit = Normal.survival(z - sigma / 2);
        return Math.max(0, hit - ns / meanNs * Normal.survival(z + sigma / 2));
    }

    @Override
    public LogNormal scaled(double factor) {
        Bounds.factor(factor);
        return new LogNormal(meanNs * factor, sigma);
    }

    @Override
    public String toString() {
        return "lognormal " + Nanos.text(meanNs) + " " + DistributionText.number(sigma);
    }

    private double deviations(double ns) {
        return StrictMath.log(ns / meanNs) / sigma;
    }
}
