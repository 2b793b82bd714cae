package stillpoint.sweep;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import stillpoint.statistics.Estimate;
import stillpoint.statistics.Interval;

/// A number of a result, ns, in tenths: as it is written and read, to the last digit.
///
/// @param ns the estimate
/// @param interval none where the sample cannot carry one
public record Figure(double ns, Optional<Interval> interval) {
    /// An estimate, rounded.
    static Figure of(Estimate estimate) {
        return new Figure(
                rounded(estimate.value()),
                estimate.interval()
                        .map(i -> new Interval(rounded(i.low()), rounded(i.high()), i.level())));
    }

    private static double rounded(double ns) {
        return BigDecimal.valueOf(ns).setScale(1, RoundingMode.HALF_EVEN).doubleValue();
    }

    /// A number of tenths, without an exponent.
    static String text(double ns) {
        return BigDecimal.valueOf(ns).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }
}
