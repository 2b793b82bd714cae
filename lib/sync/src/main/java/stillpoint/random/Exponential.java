package stillpoint.random;

/// Durations that end at any time with the same probability, however long they have lasted: what is
/// left has the same distribution.
///
/// @param meanNs over 0, up to a minute
public record Exponential(double meanNs) implements Distribution {
    public Exponential {
        Bounds.mean(meanNs);
    }

    @Override
    public long sample(Stream stream) {
        return Bounds.rounded(meanNs * stream.nextExponential());
    }

    @Override
    public double mean() {
        return meanNs;
    }

    @Override
    public long residual(Stream stream) {
        return sample(stream);
    }

    @Override
    public double survival(double ns) {
        return ns < 0 ? 1 : StrictMath.exp(-ns / meanNs);
    }

    @Override
    public double equilibriumSurvival(double ns) {
        return survival(ns);
    }

    @Override
    public Exponential scaled(double factor) {
        Bounds.factor(factor);
        return new Exponential(meanNs * factor);
    }

    @Override
    public String toString() {
        return "exp " + Nanos.text(meanNs);
    }
}
