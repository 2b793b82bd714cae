package stillpoint.statistics;

/// When there are enough replications: as soon as the half-width of the mean's interval is at most
/// a part of the mean.
///
/// Stopping by what the data say makes intervals hold a little less often than their level (Chow
/// and Robbins 1965 show that it vanishes as the width does); the minimum keeps a lucky start from
/// stopping at once.
///
/// @param relativeHalfWidth the part of the mean, for example 0.02
/// @param level of the interval, for example 0.95
/// @param minimum replications before the rule is asked; at least 2
/// @param maximum replications after which there are no more, precise or not
public record StoppingRule(double relativeHalfWidth, double level, int minimum, int maximum) {
    public StoppingRule {
        if (!(relativeHalfWidth > 0 && relativeHalfWidth < 1))
            throw new IllegalArgumentException(
                    "relative half-width = "
                            + relativeHalfWidth
                            + ": a part of the mean, between 0 and 1; try 0.02");
        Demand.level(level);
        Demand.atLeast(2, minimum, "minimum of replications", "an interval takes two; try 30");
        if (maximum < minimum)
            throw new IllegalArgumentException(
                    "maximum of replications = "
                            + maximum
                            + ": under the minimum, "
                            + minimum
                            + "; raise it, or lower the minimum");
    }

    /// So many replications, however precise.
    public static StoppingRule exactly(int replications) {
        return new StoppingRule(0.02, 0.95, replications, replications);
    }

    /// Why and where it ended.
    ///
    /// @param n replications that count, the first `n`
    /// @param precise the rule was met, and not only the maximum
    /// @param relativeHalfWidth what was reached; infinite if the mean is 0
    public record Stop(int n, boolean precise, double relativeHalfWidth) {}
}
