package stillpoint.statistics;

import java.util.Optional;

/// A number that a sample suggests, how surely, and by which method.
///
/// @param value the point estimate
/// @param interval none where the sample cannot carry one
/// @param n how many values it rests on
/// @param method the method in words; where there is no interval, why, and what it would take
public record Estimate(double value, Optional<Interval> interval, int n, String method) {
    static Estimate of(double value, double halfWidth, double level, int n, String method) {
        return between(value - halfWidth, value, value + halfWidth, level, n, method);
    }

    static Estimate between(
            double low, double value, double high, double level, int n, String method) {
        return new Estimate(value, Optional.of(new Interval(low, high, level)), n, method);
    }

    static Estimate alone(double value, int n, String why) {
        return new Estimate(value, Optional.empty(), n, "no interval: " + why);
    }

    /// The interval holds this value. Without an interval it holds nothing.
    public boolean covers(double truth) {
        return interval.isPresent() && interval.get().contains(truth);
    }
}
