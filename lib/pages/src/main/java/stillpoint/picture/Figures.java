package stillpoint.picture;

import java.util.Locale;

/// Numbers in words, the same in every locale: at most four figures that count, thousands set off,
/// powers of ten where zeros would have to be counted.
final class Figures {
    private static final String RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

    private Figures() {}

    static String of(double value) {
        if (Double.isNaN(value)) return "-";
        if (Double.isInfinite(value)) return value > 0 ? "\u221e" : "\u2212\u221e";
        double size = Math.abs(value);
        if (size == 0) return "0";
        if (size >= 1e7 || size < 1e-3) return power(value);
        int decimals = (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value).replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
    }

    private static String power(double value) {
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)) + 1e-12);
        String lead = of(Math.round(value / Math.pow(10, exponent) * 1000) / 1000.0);
        String power = "10" + raised(exponent);
        return switch (lead) {
            case "1" -> power;
            case "-1" -> "-" + power;
            default -> lead + "\u00d7" + power;
        };
    }

    private static String raised(int exponent) {
        var out = new StringBuilder(exponent < 0 ? "\u207b" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) out.append(RAISED.charAt(digit - '0'));
        return out.toString();
    }
}
