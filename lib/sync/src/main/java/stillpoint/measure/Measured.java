package stillpoint.measure;

import java.util.regex.Pattern;
import stillpoint.statistics.Estimate;
import stillpoint.statistics.Estimates;
import stillpoint.statistics.Key;
import stillpoint.statistics.Sample;
import stillpoint.statistics.Values;

/// One thing that was measured many times under one condition.
///
/// @param what the measured call or section
/// @param condition what else went on: `idle`, `load 2`
/// @param cpus CPUs of the machine, or threads that measured at once, as `what` says
/// @param unit of the values
/// @param sample the values; from a file, ascending
public record Measured(String what, String condition, int cpus, Unit unit, Sample sample) {
    /// With fewer values the 99th percentile is the largest one, or next to it, and is not shown.
    public static final int TAIL_NEEDS = 100;

    /// Level of the intervals that are shown.
    public static final double LEVEL = 0.95;

    private static final Pattern CELL = Pattern.compile("[^\\s,#\"][^,\"\\p{Cntrl}]*");

    public Measured {
        demand("what", what);
        demand("condition", condition);
        if (cpus < 1 || cpus > Provenance.MOST_CPUS)
            throw new IllegalArgumentException("cpus = " + cpus + ": 1 to " + Provenance.MOST_CPUS);
        if (sample.min() < 0)
            throw new IllegalArgumentException(
                    what + ": " + sample.min() + " " + unit + ": what is measured is 0 or more");
    }

    private static void demand(String name, String cell) {
        if (!CELL.matcher(cell).matches() || !cell.equals(cell.strip()))
            throw new IllegalArgumentException(
                    name
                            + " = \""
                            + cell
                            + "\": a cell is words without commas, quotes or blanks at its ends");
    }

    /// Of values as they came in.
    ///
    /// @throws IllegalArgumentException if none came
    public static Measured of(String what, String condition, int cpus, Unit unit, Values values) {
        return new Measured(what, condition, cpus, unit, values.sample(key(what, condition, cpus)));
    }

    static Key key(String what, String condition, int cpus) {
        return new Key("measured: " + what + ", " + condition + ", " + cpus, 0);
    }

    /// How many values.
    public int n() {
        return sample.size();
    }

    public long min() {
        return sample.min();
    }

    public long max() {
        return sample.max();
    }

    /// The middle value, or the mean of the two in the middle, with an interval of order
    /// statistics.
    public Estimate median() {
        return Estimates.quantile(sample, 0.5, LEVEL);
    }

    /// Any quantile, with an interval of order statistics where there are values enough for one.
    ///
    /// @param p over 0 and under 1
    public Estimate quantile(double p) {
        return Estimates.quantile(sample, p, LEVEL);
    }

    /// Whether there are values enough to speak of a 99th percentile.
    public boolean hasTail() {
        return n() >= TAIL_NEEDS;
    }

    /// Whether it is the measurement with these words.
    public boolean is(String otherWhat, String otherCondition, int otherCpus) {
        return what.equals(otherWhat) && condition.equals(otherCondition) && cpus == otherCpus;
    }

    @Override
    public String toString() {
        return what + ", " + condition + ", " + cpus + (cpus == 1 ? " CPU" : " CPUs");
    }
}
