package stillpoint.random;

/// Durations that now and then are longer by a fixed one, such as a read section whose task is
/// preempted for a time slice.
///
/// The fixed part comes last. Whoever looks at a random time hits either part in proportion to the
/// time that it takes in all; before the usual part ends, the fixed one may still be to come.
///
/// @param usual the duration that all have
/// @param probability that one is longer
/// @param extraNs by how much, from 0 to a minute
public record Extended(Distribution usual, double probability, long extraNs)
        implements Distribution {
    public Extended {
        Bounds.probability(probability);
        Bounds.duration("extra", extraNs);
    }

    @Override
    public long sample(Stream stream) {
        return longer(usual.sample(stream), stream);
    }

    @Override
    public double mean() {
        return usual.mean() + probability * extraNs;
    }

    @Override
    public long residual(Stream stream) {
        double share = mean() == 0 ? 1 : Math.min(1, usual.mean() / mean());
        return stream.nextBoolean(share)
                ? longer(usual.residual(stream), stream)
                : Bounds.rounded(stream.nextDouble() * extraNs);
    }

    @Override
    public double survival(double ns) {
        return (1 - probability) * usual.survival(ns) + probability * usual.survival(ns - extraNs);
    }

    @Override
    public double equilibriumSurvival(double ns) {
        if (ns < 0) return 1;
        if (mean() == 0) return 0;
        return ((1 - probability) * beyond(ns) + probability * beyond(ns - extraNs)) / mean();
    }

    @Override
    public Extended scaled(double factor) {
        return new Extended(
                usual.scaled(factor), probability, Bounds.scaled("extra", extraNs, factor));
    }

    @Override
    public String toString() {
        String odds = probability == 1 ? "" : DistributionText.number(probability) + " * ";
        return DistributionText.first(usual) + " + " + odds + "fixed " + Nanos.text(extraNs);
    }

    private long longer(long ns, Stream stream) {
        return stream.nextBoolean(probability) ? Math.min(ns + extraNs, LONGEST_NS) : ns;
    }

    /// Mean of what usual durations have beyond `ns`, which may be negative.
    private double beyond(double ns) {
        return ns < 0 ? usual.mean() - ns : usual.mean() * usual.equilibriumSurvival(ns);
    }
}
