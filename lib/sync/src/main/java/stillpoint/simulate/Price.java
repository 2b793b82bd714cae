package stillpoint.simulate;

/// What something costs each time.
///
/// @param ns nanoseconds; a simulation rounds to whole ones
/// @param basis `published`, `derived` from published figures, `measured`, `assumed`, or `set` by
///   whoever runs it
/// @param source where it is from: a document, or why it is assumed
public record Price(double ns, String basis, String source) {
    private static final double MOST = 1e9;

    public Price {
        if (!(ns >= 0 && ns <= MOST))
            throw new IllegalArgumentException(
                    "price = " + ns + " ns: a price is from 0 to 1 s (1e9 ns)");
    }

    /// Whole nanoseconds.
    public long whole() {
        return Math.round(ns);
    }
}
