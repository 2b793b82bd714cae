package stillpoint.picture;

import java.util.Map;

/// Text for seven-bit mail: arrows, dashes, quotes and signs as they are typed there, anything else
/// as a question mark.
final class Ascii {
    private static final Map<Character, String> TYPED =
            Map.ofEntries(
                    Map.entry('\u2190', "<-"),
                    Map.entry('\u2192', "->"),
                    Map.entry('\u21d2', "=>"),
                    Map.entry('\u2013', "-"),
                    Map.entry('\u2014', "-"),
                    Map.entry('\u2212', "-"),
                    Map.entry('\u207b', "-"),
                    Map.entry('\u2026', "..."),
                    Map.entry('\u2018', "'"),
                    Map.entry('\u2019', "'"),
                    Map.entry('\u201c', "\""),
                    Map.entry('\u201d', "\""),
                    Map.entry('\u2264', "<="),
                    Map.entry('\u2265', ">="),
                    Map.entry('\u2260', "!="),
                    Map.entry('\u2248', "~"),
                    Map.entry('\u221e', "inf"),
                    Map.entry('\u00b1', "+-"),
                    Map.entry('\u00d7', "x"),
                    Map.entry('\u00b7', "*"),
                    Map.entry('\u00b5', "u"),
                    Map.entry('\u03bc', "u"),
                    Map.entry('\u00a0', " "),
                    Map.entry('\t', "    "));

    /// The digits of an exponent, by their value.
    private static final String RAISED =
            "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

    private Ascii() {}

    static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 127)) return text;
        var out = new StringBuilder();
        // A power is told from its number by a mark: 10^7.
        text.replaceAll("[" + RAISED + "\u207b]+", "^$0")
                .codePoints()
                .forEach(c -> {
                    if (c >= ' ' && c < 127 || c == '\n') out.appendCodePoint(c);
                    else if (RAISED.indexOf(c) >= 0) out.append(RAISED.indexOf(c));
                    else out.append(c > 0xffff ? "?" : TYPED.getOrDefault((char) c, "?"));
                });
        return out.toString();
    }
}
