package stillpoint.random;

/// Durations of two kinds.
///
/// Whoever looks at a random time hits a kind in proportion to the time that it takes in all: a
/// kind of one in 10^4 that lasts 10^4 times as long is hit as often as the other.
///
/// @param probability of the rare kind
/// @param rare one kind
/// @param usual the other
public record Mixture(double probability, Distribution rare, Distribution usual)
        implements Distribution {
    public Mixture {
        Bounds.probability(probability);
    }

    @Override
    public long sample(Stream stream) {
        return (stream.nextBoolean(probability) ? rare : usual).sample(stream);
    }

    @Override
    public double mean() {
        return probability * rare.mean() + (1 - probability) * usual.mean();
    }

    @Override
    public long residual(Stream stream) {
        return (stream.nextBoolean(shareOfRare()) ? rare : usual).residual(stream);
    }

    @Override
    public double survival(double ns) {
        return probability * rare.survival(ns) + (1 - probability) * usual.survival(ns);
    }

    @Override
    public double equilibriumSurvival(double ns) {
        double share = shareOfRare();
        return share * rare.equilibriumSurvival(ns) + (1 - share) * usual.equilibriumSurvival(ns);
    }

    @Override
    public Mixture scaled(double factor) {
        return new Mixture(probability, rare.scaled(factor), usual.scaled(factor));
    }

    @Override
    public String toString() {
        return DistributionText.number(probability)
                + " * "
                + DistributionText.inner(rare)
                + " or "
                + DistributionText.inner(usual);
    }

    /// Of the time that durations take in all.
    private double shareOfRare() {
        double mean = mean();
        return mean == 0 ? 0 : Math.min(1, probability * rare.mean() / mean);
    }
}
