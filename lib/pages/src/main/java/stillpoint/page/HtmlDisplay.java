package stillpoint.page;

import java.util.List;
import java.util.SortedMap;
import org.jsoup.nodes.Element;

/// Chooses among the pictures of one value: HTML or SVG before a bitmap, a bitmap before Markdown,
/// text last; then the bitmap's or drawing's own words stay as its text alternative.
final class HtmlDisplay {
    private static final List<String> BITMAPS =
            List.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private HtmlDisplay() {}

    /// @param scope the id of the element made here
    static void append(StringBuilder out, Block.Display display, String scope) {
        SortedMap<String, String> data = display.data();
        String html = data.getOrDefault("text/html", "");
        String svg = data.getOrDefault("image/svg+xml", "");
        String plain = data.getOrDefault("text/plain", "").stripTrailing();
        if (!html.isBlank() || !svg.isBlank()) {
            markup(out, html, svg, plain, scope);
            return;
        }
        for (String mime : BITMAPS)
            if (!data.getOrDefault(mime, "").isBlank()) {
                bitmap(out, mime, data.getOrDefault(mime, ""), plain, scope);
                return;
            }
        String markdown = data.getOrDefault("text/markdown", "");
        if (!markdown.isBlank())
            out.append("<div class=\"prose said\">\n")
                    .append(Markdown.html(markdown))
                    .append("</div>\n");
        else if (!plain.isBlank())
            out.append("<div class=\"printed\"><pre>")
                    .append(Ansi.html(plain))
                    .append("</pre></div>\n");
        else
            data.forEach((mime, content) -> {
                if (mime.endsWith("json"))
                    out.append("<div class=\"printed\"><pre>")
                            .append(Escape.html(content))
                            .append("</pre></div>\n");
            });
    }

    /// A drawing stands first; markup beside it that only repeats its figures is folded under it.
    private static void markup(
            StringBuilder out, String html, String svg, String plain, String scope) {
        Element shown = Sanitiser.clean(html.isBlank() || beside(html, svg) ? svg : html, scope);
        alternative(shown, plain);
        Markdown.tables(shown);
        if (!shown.hasText() && shown.selectFirst("svg, img") == null) return;
        out.append("<figure class=\"shown\" id=\"")
                .append(Escape.html(scope))
                .append("\">\n")
                .append(shown.html())
                .append('\n');
        if (beside(html, svg)) {
            Element data = Sanitiser.clean(html, scope + "-data");
            Markdown.tables(data);
            out.append("<details class=\"data\" id=\"")
                    .append(Escape.html(scope))
                    .append("-data\"><summary>Data</summary>\n")
                    .append(data.html())
                    .append("\n</details>\n");
        }
        out.append("</figure>\n");
    }

    private static boolean beside(String html, String svg) {
        return !svg.isBlank() && !html.isBlank() && !html.contains("<svg");
    }

    /// Every drawing is named for those who do not see it, and can scroll where the screen is
    /// narrow.
    private static void alternative(Element shown, String plain) {
        for (Element svg : shown.select("svg")) {
            if (svg.parents().is("svg")) continue;
            boolean named =
                    svg.hasAttr("aria-labelledby")
                            || svg.hasAttr("aria-label")
                            || svg.hasAttr("aria-hidden");
            if (!named) {
                Element title = svg.selectFirst("> title");
                String name =
                        title == null ? plain.lines().findFirst().orElse("Figure") : title.text();
                svg.attr("role", "img").attr("aria-label", name);
            }
            if (svg.hasAttr("aria-hidden")) continue;
            Element box =
                    new Element("div")
                            .addClass("scroll")
                            .attr("tabindex", "0")
                            .attr("role", "group")
                            .attr("aria-label", "Figure");
            svg.replaceWith(box);
            box.appendChild(svg);
        }
    }

    private static void bitmap(
            StringBuilder out, String mime, String base64, String plain, String scope) {
        String data = base64.replaceAll("\\s", "");
        if (!data.matches("[A-Za-z0-9+/=]*")) {
            out.append("<p class=\"left\">A picture of type ")
                    .append(mime)
                    .append(" is not valid base64 and is left out.</p>\n");
            return;
        }
        out.append("<figure class=\"shown bitmap\" id=\"")
                .append(Escape.html(scope))
                .append("\"><img src=\"data:")
                .append(mime)
                .append(";base64,")
                .append(data)
                .append("\" alt=\"")
                .append(Escape.html(plain.isBlank() ? "Picture without a description" : plain))
                .append("\"></figure>\n");
    }
}
