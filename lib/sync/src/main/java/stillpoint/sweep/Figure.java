package stillpoint.sweep;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import stillpoint.statistics.Estimate;
import stillpoint.statistics.Interval;

/// A number of a result, in tenths of its unit: as it is written and read, to the last digit.
///
/// @param value the estimate, in the [unit][stillpoint.simulate.Measure#unit] of its measure
/// @param interval none where the sample cannot carry one
public record Figure(double value, Optional<Interval> interval) {
    /// An estimate, rounded.
    static Figure of(Estimate estimate) {
        return new Figure(
                rounded(estimate.value()),
                estimate.interval()
                        .map(i -> new Interval(rounded(i.low()), rounded(i.high()), i.level())));
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_EVEN).doubleValue();
    }

    /// A number of tenths, without an exponent.
    static String text(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }
}
