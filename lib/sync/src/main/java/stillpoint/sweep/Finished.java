package stillpoint.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Runs;
import stillpoint.statistics.StoppingRule;

/// A point, and all that it came to.
///
/// @param point which
/// @param rows one for each measure, in their order
public record Finished(Point point, List<Row> rows) {
    public Finished {
        rows = List.copyOf(rows);
    }

    static Finished of(Point point, Runs runs, StoppingRule rule) {
        return new Finished(
                point, Arrays.stream(Measure.values()).map(m -> Row.of(m, runs, rule)).toList());
    }

    /// What a measure came to.
    public Row row(Measure measure) {
        return Objects.requireNonNull(rows.get(measure.ordinal()));
    }
}
