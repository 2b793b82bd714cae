package stillpoint.random;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A duration as a reader writes it: `400ns`, `2us`, `1.5ms`, `1s`.
///
/// The text is exact in both directions: what is printed is read back as the same number.
///
/// @param ns whole nanoseconds, at least 0
public record Nanos(long ns) {
    private static final Pattern TEXT = Pattern.compile("([0-9.eE+-]+)\\s*(ns|us|µs|ms|s)");

    public Nanos {
        if (ns < 0)
            throw new IllegalArgumentException("ns = " + ns + ": a duration is 0 or more; try 2us");
    }

    /// Reads a whole number of nanoseconds, in any unit.
    ///
    /// @throws IllegalArgumentException if the text is no duration, or has a part of a nanosecond
    public static Nanos parse(String text) {
        BigDecimal ns = decimal(text);
        try {
            return new Nanos(ns.longValueExact());
        } catch (ArithmeticException notWhole) {
            throw new IllegalArgumentException(
                    "duration = \""
                            + text
                            + "\": a duration is whole nanoseconds, up to 292 years; try 400ns or 2us");
        }
    }

    /// In the largest unit in which it is at least 1.
    @Override
    public String toString() {
        return text(ns);
    }

    /// Nanoseconds of a duration that may have parts of one, such as a mean.
    static BigDecimal decimal(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (parts.matches())
            try {
                BigDecimal number = new BigDecimal(parts.group(1));
                if (Math.abs(number.scale()) <= 400)
                    return number.movePointRight(
                            switch (parts.group(2)) {
                                case "s" -> 9;
                                case "ms" -> 6;
                                case "us", "µs" -> 3;
                                default -> 0;
                            });
            } catch (NumberFormatException noNumber) {
                // said below
            }
        throw new IllegalArgumentException(
                "duration = \""
                        + text
                        + "\": a duration is a number and ns, us, ms or s; try 400ns, 2us or 1.5ms");
    }

    /// The shortest decimals that are read back as this number.
    static String text(double ns) {
        return text(new BigDecimal(Double.toString(ns)));
    }

    static String text(long ns) {
        return text(BigDecimal.valueOf(ns));
    }

    private static String text(BigDecimal ns) {
        int thousands = 0;
        while (thousands < 3 && ns.movePointLeft(3 * thousands + 3).compareTo(BigDecimal.ONE) >= 0)
            thousands++;
        String number = ns.movePointLeft(3 * thousands).stripTrailingZeros().toPlainString();
        return number
                + switch (thousands) {
                    case 0 -> "ns";
                    case 1 -> "us";
                    case 2 -> "ms";
                    default -> "s";
                };
    }
}
