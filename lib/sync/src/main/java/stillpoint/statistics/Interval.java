package stillpoint.statistics;

/// A confidence interval, both ends included.
///
/// @param low lower end, in the unit of what is estimated
/// @param high upper end
/// @param level the part of such intervals that hold the true value; where the estimate's method
///   says "at least", this part or more
public record Interval(double low, double high, double level) {
    public Interval {
        Demand.level(level);
        if (!(low <= high))
            throw new IllegalArgumentException(
                    low
                            + " to "
                            + high
                            + ": an interval goes from low to high, and both are numbers");
    }

    /// Both ends included.
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    public double halfWidth() {
        return (high - low) / 2;
    }
}
