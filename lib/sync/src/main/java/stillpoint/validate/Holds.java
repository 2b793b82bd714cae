package stillpoint.validate;

/// When what was simulated agrees with what is known.
public sealed interface Holds {
    /// The known value lies in the interval of the simulated one.
    record InInterval() implements Holds {}

    /// The simulated value is off by at most so many per cent: for formulas that leave something
    /// out by design.
    record Within(double percent) implements Holds {
        public Within {
            if (!(percent > 0 && percent <= 100))
                throw new IllegalArgumentException(
                        "tolerance = " + percent + " %: more than 0, at most 100");
        }
    }

    /// The known value lies outside the interval, since the formula assumes what is not so here.
    ///
    /// @param because which assumption, in words
    record Differs(String because) implements Holds {}

    /// A measurement on a real machine is put beside it: nothing is asked, and nothing was fitted.
    ///
    /// @param reservation what is not the same on both sides
    record Compared(String reservation) implements Holds {}

    Holds IN_INTERVAL = new InInterval();
}
