package stillpoint.page;

import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/// Keeps a fragment's ids and styles to itself, so that two charts with a clip path `c1` can stand
/// on one page.
///
/// Style sheets are nested under the scope's id (CSS Nesting: every browser since 2023). A rule for
/// `:root` then matches nothing, which is wanted: a picture's own palette yields to the page's.
final class Scoping {
    private static final Pattern FORBIDDEN =
            Pattern.compile(
                    "@import|@charset|@namespace|@font-face|position\\s*:\\s*(?:fixed|sticky)|expression\\s*\\(|javascript:|behavior\\s*:|-moz-binding|image-set|</|<!|\\\\"
                            + "|url\\(\\s*['\"]?\\s*(?!['\"]?\\s*#)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern LOCAL_URL =
            Pattern.compile("url\\(\\s*['\"]?#([^'\")\\s]+)['\"]?\\s*\\)");

    private Scoping() {}

    /// No fetch, no script, no way out of its braces.
    static boolean acceptable(String css) {
        if (FORBIDDEN.matcher(css).find()) return false;
        int depth = 0;
        for (int i = 0; i < css.length(); i++) {
            if (css.charAt(i) == '{') depth++;
            if (css.charAt(i) == '}' && --depth < 0) return false;
        }
        return depth == 0;
    }

    static void apply(Element root, String scope) {
        var renamed = new TreeMap<String, String>();
        for (Element e : root.getElementsByAttribute("id")) {
            String id = e.id();
            renamed.put(id, id.startsWith(scope) ? id : scope + "-" + Anchors.slug(id));
        }
        for (Element e : root.getAllElements()) {
            for (Attribute a : e.attributes()) a.setValue(value(a, renamed));
            if (e.tagName().equals("style"))
                e.text(
                        "#"
                                + scope
                                + "{"
                                + urls(ids(e.wholeText() + e.data(), renamed), renamed)
                                + "}");
        }
    }

    private static String value(Attribute a, TreeMap<String, String> renamed) {
        String value = a.getValue();
        return switch (a.getKey()) {
            case "id", "for" -> renamed.getOrDefault(value, value);
            case "href", "xlink:href" ->
                    value.startsWith("#")
                            ? "#" + renamed.getOrDefault(value.substring(1), value.substring(1))
                            : value;
            case "aria-labelledby", "aria-describedby", "aria-controls", "headers" -> {
                var ids = new StringBuilder();
                for (String id : value.strip().split("\\s+"))
                    ids.append(ids.isEmpty() ? "" : " ").append(renamed.getOrDefault(id, id));
                yield ids.toString();
            }
            default -> value.contains("url(") ? urls(value, renamed) : value;
        };
    }

    private static String urls(String value, TreeMap<String, String> renamed) {
        return LOCAL_URL
                .matcher(value)
                .replaceAll(m ->
                        Matcher.quoteReplacement(
                                "url(#" + renamed.getOrDefault(m.group(1), m.group(1)) + ")"));
    }

    /// `#id` selectors follow their ids.
    private static String ids(String css, TreeMap<String, String> renamed) {
        String out = css;
        for (var e : renamed.entrySet())
            out =
                    out.replaceAll(
                            "#" + Pattern.quote(e.getKey()) + "(?![\\w-])",
                            Matcher.quoteReplacement("#" + e.getValue()));
        return out;
    }
}
