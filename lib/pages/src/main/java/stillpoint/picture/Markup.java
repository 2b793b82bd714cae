package stillpoint.picture;

/// The three characters, and the two quotation marks, that markup may not hold as they are.
final class Markup {
    private Markup() {}

    static String escape(String text) {
        var out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    // XML 1.0 has no way to write most control characters.
                    if (c >= ' ' || c == '\n' || c == '\t') out.append(c);
                    else out.append('\uFFFD');
                }
            }
        }
        return out.toString();
    }

    /// An id that markup and style sheets accept: a letter first, then letters, digits, `-` and
    /// `_`.
    static String id(String prefix) {
        String id = prefix.replaceAll("[^A-Za-z0-9_-]", "-");
        return id.isEmpty() || !Character.isLetter(id.charAt(0)) ? "p" + id : id;
    }
}
