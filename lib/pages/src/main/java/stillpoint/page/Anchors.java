package stillpoint.page;

import java.util.HashSet;
import java.util.Set;

/// Gives headings their anchors: the same text gives the same anchor on every run, and no two are
/// equal in one page.
///
/// The form is JupyterLab's (`What goes wrong` is `#What-goes-wrong`), less the characters that a
/// URL would escape, so that a link between notebooks works in JupyterLab, and its fragment, mapped
/// by [#slug], on the page. A cell id maps to itself.
final class Anchors {
    private final Set<String> taken = new HashSet<>();

    /// Keeps an id for its owner.
    void reserve(String id) {
        taken.add(id);
    }

    /// A fresh anchor for a heading of this plain text.
    String of(String text) {
        String slug = slug(text);
        if (slug.isEmpty()) slug = "section";
        String id = slug;
        for (int n = 2; !taken.add(id); n++) id = slug + "-" + n;
        return id;
    }

    /// Text to anchor; applying it twice changes nothing.
    static String slug(String text) {
        var slug = new StringBuilder();
        text.strip()
                .codePoints()
                .forEach(c -> {
                    if (Character.isWhitespace(c)) slug.append('-');
                    else if (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.')
                        slug.appendCodePoint(c);
                });
        return slug.toString();
    }
}
