package stillpoint.validate;

/// One number, known and simulated.
///
/// @param family what is checked
/// @param cpus how many the scene has
/// @param name the number in words
/// @param parameters in words, with units
/// @param form the formula, or who published it
/// @param unit of the numbers
/// @param theory the known value
/// @param simulated the simulated one
/// @param low lower end of its interval ([Expectation#LEVEL])
/// @param high upper end
/// @param n replications
/// @param holds when the two agree
public record Finding(
        Family family,
        int cpus,
        String name,
        String parameters,
        String form,
        Expectation.Unit unit,
        double theory,
        double simulated,
        double low,
        double high,
        int n,
        Holds holds) {
    /// What a comparison came to.
    public enum Outcome {
        /// They agree.
        HOLDS,
        /// They do not, and nobody said so.
        FAILS,
        /// They differ, and the reason is known.
        DIFFERS,
        /// A measurement stands beside it.
        COMPARED
    }

    /// How far off the simulation is, in per cent of the known value.
    public double errorPercent() {
        return 100 * (simulated - theory) / theory;
    }

    /// What it came to.
    public Outcome outcome() {
        boolean inside = low <= theory && theory <= high;
        return switch (holds) {
            case Holds.InInterval _ -> inside ? Outcome.HOLDS : Outcome.FAILS;
            case Holds.Within(double percent) ->
                    Math.abs(errorPercent()) <= percent ? Outcome.HOLDS : Outcome.FAILS;
            case Holds.Differs _ -> inside ? Outcome.FAILS : Outcome.DIFFERS;
            case Holds.Compared _ -> Outcome.COMPARED;
        };
    }

    /// Why, where there is something to say.
    public String words() {
        return switch (holds) {
            case Holds.InInterval _ -> "";
            case Holds.Within(double percent) -> "within " + percent + " %";
            case Holds.Differs(String because) -> because;
            case Holds.Compared(String reservation) -> reservation;
        };
    }
}
