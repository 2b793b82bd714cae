package stillpoint.page;

import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Terminal colours (ECMA-48 SGR) into spans with classes `a-bold`, `a-31` and so on; every other
/// escape sequence is dropped.
final class Ansi {
    private static final Pattern ESCAPE =
            Pattern.compile(
                    "\u001B\\[([0-9;:?]*)([@-~])" // control sequence
                            + "|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?" // operating system
                            // command
                            + "|\u001B[@-Z\\\\^_]?"); // any other, or a stray escape

    private Ansi() {}

    /// Escaped markup for text that may hold escape sequences.
    static String html(String text) {
        var out = new StringBuilder(text.length() + 32);
        var style = new TreeSet<String>();
        Matcher m = ESCAPE.matcher(text);
        int from = 0;
        while (m.find()) {
            span(out, style, text.substring(from, m.start()));
            from = m.end();
            if ("m".equals(m.group(2))) apply(style, m.group(1));
        }
        span(out, style, text.substring(from));
        return out.toString();
    }

    /// The text alone.
    static String strip(String text) {
        return ESCAPE.matcher(text).replaceAll("");
    }

    private static void span(StringBuilder out, TreeSet<String> style, String text) {
        if (text.isEmpty()) return;
        if (style.isEmpty()) out.append(Escape.html(text));
        else
            out.append("<span class=\"")
                    .append(String.join(" ", style))
                    .append("\">")
                    .append(Escape.html(text))
                    .append("</span>");
    }

    private static void apply(TreeSet<String> style, String parameters) {
        String[] codes = parameters.split("[;:]", -1);
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i].matches("\\d{1,3}") ? Integer.parseInt(codes[i]) : 0;
            switch (code) {
                case 0 -> style.clear();
                case 1 -> style.add("a-bold");
                case 2 -> style.add("a-dim");
                case 3 -> style.add("a-italic");
                case 4 -> style.add("a-under");
                case 22 -> {
                    style.remove("a-bold");
                    style.remove("a-dim");
                }
                case 23 -> style.remove("a-italic");
                case 24 -> style.remove("a-under");
                case 38, 48 ->
                        i +=
                                i + 1 < codes.length && "5".equals(codes[i + 1])
                                        ? 2
                                        : 4; // 256 and true colour: not kept
                case 39 -> style.removeIf(c -> c.matches("a-3[0-7]"));
                default -> {
                    int base = code >= 90 && code <= 97 ? code - 60 : code;
                    if (base >= 30 && base <= 37) {
                        style.removeIf(c -> c.matches("a-3[0-7]"));
                        style.add("a-" + base);
                    }
                }
            }
        }
    }
}
