package stillpoint.statistics;

/// What numbers that a caller gives must be, in the words of the answer to those that are not.
final class Demand {
    private Demand() {}

    /// A confidence level.
    static double level(double level) {
        if (!(level > 0 && level < 1))
            throw new IllegalArgumentException(
                    "level = " + level + ": a confidence level lies between 0 and 1; try 0.95");
        return level;
    }

    /// The part of a distribution that lies at or under a quantile.
    static double part(double p) {
        if (!(p > 0 && p < 1))
            throw new IllegalArgumentException(
                    "p = " + p + ": a quantile's p lies between 0 and 1; try 0.99");
        return p;
    }

    /// A p-value.
    static double pValue(double p) {
        if (!(p >= 0 && p <= 1))
            throw new IllegalArgumentException(
                    "p = " + p + ": a p-value lies in 0 to 1; look at the test that gave it");
        return p;
    }

    static int atLeast(int least, int value, String name, String wayOn) {
        if (value < least)
            throw new IllegalArgumentException(
                    name + " = " + value + ": at least " + least + "; " + wayOn);
        return value;
    }
}
