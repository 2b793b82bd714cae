package stillpoint.validate;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All checks, in the order of the page.
public final class Suite {
    private Suite() {}

    /// Those of every build, and those that take minutes.
    public static List<Check> all() {
        return Stream.of(
                        Residuals.checks(),
                        Stops.checks(),
                        Locks.checks(),
                        GracePeriods.checks(),
                        Scans.checks(),
                        ReaderCosts.checks(),
                        Arrivals.checks(),
                        Intervals.checks(),
                        Published.checks(),
                        AgainstMeasured.checks())
                .flatMap(List::stream)
                .toList();
    }

    /// Those that take a second at most.
    public static List<Check> quick() {
        return all().stream().filter(Check::quick).toList();
    }

    /// Runs them.
    ///
    /// @param done told each check as it begins
    public static List<Finding> run(List<Check> checks, Consumer<Check> done) {
        return checks.stream()
                .flatMap(check -> {
                    done.accept(check);
                    return check.run().stream();
                })
                .toList();
    }
}
