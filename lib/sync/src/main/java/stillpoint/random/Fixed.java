package stillpoint.random;

/// Always the same duration. Whoever looks at a random time finds any part of it left, each with
/// the same probability.
///
/// @param ns from 0 to a minute
public record Fixed(long ns) implements Distribution {
    public Fixed {
        Bounds.duration("fixed", ns);
    }

    @Override
    public long sample(Stream stream) {
        return ns;
    }

    @Override
    public double mean() {
        return ns;
    }

    @Override
    public long residual(Stream stream) {
        return Bounds.rounded(stream.nextDouble() * ns);
    }

    @Override
    public double survival(double ns) {
        return ns < this.ns || ns < 0 ? 1 : 0;
    }

    @Override
    public double equilibriumSurvival(double ns) {
        if (ns < 0) return 1;
        return ns < this.ns ? 1 - ns / this.ns : 0;
    }

    @Override
    public Fixed scaled(double factor) {
        return new Fixed(Bounds.scaled("fixed", ns, factor));
    }

    @Override
    public String toString() {
        return "fixed " + Nanos.text(ns);
    }
}
