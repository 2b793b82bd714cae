package stillpoint.statistics;

/// What a test says: how often chance alone would look at least as different.
///
/// @param test the test in words
/// @param statistic its statistic
/// @param p two-sided, 0 to 1
/// @param method how `p` was computed, and what was done about ties
public record PValue(String test, double statistic, double p, String method) {
    public PValue {
        Demand.pValue(p);
    }
}
