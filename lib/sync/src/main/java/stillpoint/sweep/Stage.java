package stillpoint.sweep;

import java.util.Locale;
import java.util.Optional;

/// How far a sweep is.
///
/// @param finished points that are
/// @param of how many there are
/// @param part of the work that is done, 0 to 1, by what points are expected to take
/// @param last the point that was finished last
public record Stage(int finished, int of, double part, Optional<Point> last) {
    @Override
    public String toString() {
        return finished
                + " of "
                + of
                + " points"
                + String.format(Locale.ROOT, " (%.0f %% of the work)", 100 * part)
                + last.map(p -> ", last " + p).orElse("");
    }
}
