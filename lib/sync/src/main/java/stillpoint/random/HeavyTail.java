package stillpoint.random;

/// Durations of which a few are very long: the Pareto distribution of the second kind, which Lomax
/// found in 1954. `P(S > x) = (1 + x/scale)^-index` with `scale = mean · (index - 1)`.
///
/// What is left at a random time is of the same form with an index of one less: its mean is
/// infinite for an index up to 2, and its variance for one up to 3.
///
/// @param meanNs over 0, up to a minute
/// @param index over 1, up to 1000; the smaller, the heavier the tail
public record HeavyTail(double meanNs, double index) implements Distribution {
    public HeavyTail {
        Bounds.mean(meanNs);
        if (!(index > 1 && index <= 1000))
            throw new IllegalArgumentException(
                    "index = "
                            + index
                            + ": a tail has a mean if its index is over 1, and is exponential in all"
                            + " but name over 1000; try 2.5");
    }

    /// The logarithm of a Pareto number is exponential.
    @Override
    public long sample(Stream stream) {
        return draw(stream, index);
    }

    @Override
    public double mean() {
        return meanNs;
    }

    @Override
    public long residual(Stream stream) {
        return draw(stream, index - 1);
    }

    @Override
    public double survival(double ns) {
        return beyond(ns, index);
    }

    @Override
    public double equilibriumSurvival(double ns) {
        return beyond(ns, index - 1);
    }

    @Override
    public HeavyTail scaled(double factor) {
        Bounds.factor(factor);
        return new HeavyTail(meanNs * factor, index);
    }

    @Override
    public String toString() {
        return "pareto " + Nanos.text(meanNs) + " " + DistributionText.number(index);
    }

    private double scale() {
        return meanNs * (index - 1);
    }

    private long draw(Stream stream, double index) {
        return Bounds.rounded(scale() * StrictMath.expm1(stream.nextExponential() / index));
    }

    private double beyond(double ns, double index) {
        return ns < 0 ? 1 : StrictMath.exp(-index * StrictMath.log1p(ns / scale()));
    }
}
