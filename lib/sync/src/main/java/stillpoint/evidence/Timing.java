package stillpoint.evidence;

import java.util.List;
import java.util.Optional;

/// What repeated runs came to, in nanoseconds: never a number without what it rests on.
///
/// @param subject what was asked, in one line
/// @param basis simulated or measured
/// @param level of every interval, for example 0.95
/// @param runs how many
/// @param enough whether there are enough of them, and by which rule, in words
/// @param assumptions what the numbers depend on: machine, kernel, load, seed
/// @param lines one for each quantity, at least one
public record Timing(
        String subject,
        Basis basis,
        double level,
        int runs,
        String enough,
        Bounds assumptions,
        List<Line> lines) {
    /// One quantity.
    ///
    /// @param what its name
    /// @param mean over the runs
    /// @param median the middle one
    /// @param p99 the 0.99-quantile
    /// @param max the largest value
    public record Line(String what, Figure mean, double median, Figure p99, double max) {}

    /// A number and how surely it is known.
    ///
    /// @param ns nanoseconds
    /// @param within its interval; none where the runs are too few for one
    public record Figure(double ns, Optional<Range> within) {}

    /// An interval, both ends included.
    ///
    /// @param low lower end, nanoseconds
    /// @param high upper end
    public record Range(double low, double high) {}

    public Timing {
        lines = List.copyOf(lines);
        if (lines.isEmpty())
            throw new IllegalArgumentException("0 lines: a timing has one for each quantity");
    }
}
