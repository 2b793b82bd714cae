package stillpoint.page;

import stillpoint.picture.Markup;

/// Text into markup.
final class Escape {
    private Escape() {}

    /// Safe as text and inside a double-quoted attribute.
    static String html(String text) {
        return Markup.escape(text);
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
