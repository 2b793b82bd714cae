package stillpoint.random;

/// Anything between two durations, each with the same probability.
///
/// @param fromNs from 0
/// @param toNs longer than that, up to a minute
public record Uniform(long fromNs, long toNs) implements Distribution {
    public Uniform {
        Bounds.duration("from", fromNs);
        Bounds.duration("to", toNs);
        if (fromNs >= toNs)
            throw new IllegalArgumentException(
                    "uniform from "
                            + Nanos.text(fromNs)
                            + " to "
                            + Nanos.text(toNs)
                            + ": the second is the longer one; for one duration, try fixed "
                            + Nanos.text(toNs));
    }

    @Override
    public long sample(Stream stream) {
        return Bounds.rounded(fromNs + stream.nextDouble() * (toNs - fromNs));
    }

    @Override
    public double mean() {
        return (fromNs + toNs) / 2.0;
    }

    /// A part of a duration that is hit in proportion to its length: such a length squared is
    /// uniform between the squares.
    @Override
    public long residual(Stream stream) {
        double from = (double) fromNs * fromNs;
        double to = (double) toNs * toNs;
        double hit = Math.sqrt(from + stream.nextDouble() * (to - from));
        return Bounds.rounded(stream.nextDouble() * hit);
    }

    @Override
    public double survival(double ns) {
        if (ns < fromNs) return 1;
        return ns < toNs ? (toNs - ns) / (toNs - fromNs) : 0;
    }

    @Override
    public double equilibriumSurvival(double ns) {
        if (ns < 0) return 1;
        if (ns < fromNs) return 1 - ns / mean();
        double left = toNs - ns;
        return left > 0 ? left * left / (2 * mean() * (toNs - fromNs)) : 0;
    }

    @Override
    public Uniform scaled(double factor) {
        return new Uniform(
                Bounds.scaled("from", fromNs, factor), Bounds.scaled("to", toNs, factor));
    }

    @Override
    public String toString() {
        return "uniform " + Nanos.text(fromNs) + " " + Nanos.text(toNs);
    }
}
