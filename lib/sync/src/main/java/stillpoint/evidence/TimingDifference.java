package stillpoint.evidence;

import java.util.List;

/// How two sets of runs differ that saw the same random numbers, pair by pair, in nanoseconds.
///
/// @param first whose values are taken
/// @param second whose values are taken off them
/// @param basis simulated or measured
/// @param level of every interval
/// @param pairs how many
/// @param assumptions what both depend on
/// @param lines one for each quantity, at least one
public record TimingDifference(
        String first,
        String second,
        Basis basis,
        double level,
        int pairs,
        Bounds assumptions,
        List<Line> lines) {
    /// One quantity.
    ///
    /// @param what its name
    /// @param difference mean of the first less the second
    /// @param p how often chance alone would differ as much: two-sided, of the test named in
    ///   `test`, adjusted where there are several lines
    /// @param test the test and how `p` was computed
    public record Line(String what, Timing.Figure difference, double p, String test) {
        /// Whether chance alone explains it badly enough at a level of 1 - `alpha`.
        public boolean differs(double alpha) {
            return p <= alpha;
        }
    }

    public TimingDifference {
        lines = List.copyOf(lines);
        if (lines.isEmpty())
            throw new IllegalArgumentException("0 lines: a difference has one for each quantity");
    }
}
