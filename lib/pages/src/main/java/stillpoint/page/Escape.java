package stillpoint.page;

/// Text into markup.
final class Escape {
    private Escape() {}

    /// Safe as text and inside a double-quoted attribute. Control characters that no HTML may hold
    /// become the replacement sign.
    static String html(String text) {
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

    /// Plain text inside Markdown: nothing in it is markup.
    static String markdown(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>#|&!~])", "\\\\$1")
                .replaceAll("\\s*\\R\\s*", " ");
    }

    /// JSON that may stand inside a `script` element: no `<` can close it.
    static String jsonInScript(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }
}
