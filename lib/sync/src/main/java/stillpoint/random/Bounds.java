package stillpoint.random;

/// What the numbers of a [Distribution] have in common.
final class Bounds {
    private Bounds() {}

    static void mean(double ns) {
        if (!(ns > 0 && ns <= Distribution.LONGEST_MEAN_NS))
            throw new IllegalArgumentException(
                    "mean = " + ns + " ns: a mean is over 0 and at most a minute; try 2us");
    }

    static void duration(String name, long ns) {
        if (ns < 0 || ns > Distribution.LONGEST_MEAN_NS)
            throw new IllegalArgumentException(
                    name + " = " + ns + " ns: a duration is from 0 to a minute; try 2us");
    }

    static void probability(double probability) {
        if (!(probability >= 0 && probability <= 1))
            throw new IllegalArgumentException(
                    "probability = " + probability + ": a probability is from 0 to 1; try 1e-4");
    }

    static void factor(double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException(
                    "factor = " + factor + ": durations are multiplied by something over 0; try 2");
    }

    /// A given duration, multiplied and rounded.
    static long scaled(String name, long ns, double factor) {
        factor(factor);
        double product = ns * factor;
        if (product > Distribution.LONGEST_MEAN_NS || (ns > 0 && product < 0.5))
            throw new IllegalArgumentException(
                    "factor = "
                            + factor
                            + ": "
                            + name
                            + " of "
                            + Nanos.text(ns)
                            + " would not be from 1 ns to a minute; multiply by less or more");
        return Math.round(product);
    }

    /// A draw in whole nanoseconds.
    static long rounded(double ns) {
        return Math.min(Math.round(ns), Distribution.LONGEST_NS);
    }
}
