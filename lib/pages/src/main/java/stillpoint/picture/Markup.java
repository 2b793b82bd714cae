package stillpoint.picture;

/// Text into markup, XML or HTML.
public final class Markup {
    private Markup() {}

    /// Safe as text and inside a double-quoted attribute. What no markup may hold, such as a
    /// control character or half of a pair, becomes the replacement sign.
    public static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n', '\t' -> out.append(c);
                case '\r' -> {}
                default -> out.append(c < ' ' || c == 0x7f || lone(text, i) ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }

    private static boolean lone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c))
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /// An id that markup and style sheets accept: a letter first, then letters, digits, `-` and
    /// `_`.
    static String id(String prefix) {
        String id = prefix.replaceAll("[^A-Za-z0-9_-]", "-");
        return id.isEmpty() || !Character.isLetter(id.charAt(0)) ? "p" + id : id;
    }
}
