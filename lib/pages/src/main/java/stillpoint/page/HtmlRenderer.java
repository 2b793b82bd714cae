package stillpoint.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A page as one HTML file: no request, no script, light and dark, readable on a phone, on paper
/// and in a text browser.
///
/// The same page gives the same bytes. What it holds beside the blocks: a table of contents, a
/// permalink at each cell and heading, links to the neighbours, and the provenance, for people and
/// as JSON.
public final class HtmlRenderer {
    /// Nothing may be fetched and nothing may run; the style is the page's own.
    static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
                    + "%3Ccircle cx='8' cy='8' r='6.5' fill='none' stroke='%23888' stroke-width='1.5'/%3E"
                    + "%3Ccircle cx='8' cy='8' r='2.5' fill='%230b5cad'/%3E%3C/svg%3E";
    private static final String STYLE = style();

    private final Page page;
    private final StringBuilder out = new StringBuilder(64 << 10);

    private HtmlRenderer(Page page) {
        this.page = page;
    }

    /// The whole file.
    public static String render(Page page) {
        return new HtmlRenderer(page).page();
    }

    private String page() {
        head();
        out.append(headings(page.blocks()).size() < 2 ? "<body class=\"bare\">\n" : "<body>\n")
                .append("<a class=\"skip\" href=\"#content\">Skip to the text</a>\n");
        neighbours("bar", "Site");
        out.append("<main id=\"content\">\n<header class=\"head\">\n<h1>")
                .append(Escape.html(page.title()))
                .append("</h1>\n");
        facts();
        out.append("</header>\n");
        contents();
        out.append("<div class=\"text\">\n");
        var blocks = new HtmlBlocks(out);
        page.blocks().forEach(blocks::block);
        out.append("</div>\n</main>\n");
        neighbours("bar foot", "Neighbouring pages");
        page.provenance().ifPresent(p -> HtmlProvenance.append(out, p));
        return out.append("</body>\n</html>\n").toString();
    }

    private void head() {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(POLICY)
                .append("\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<meta name=\"referrer\" content=\"no-referrer\">\n");
        if (!page.statement().isEmpty()) meta("description", page.statement());
        page.provenance().ifPresent(p -> meta("generator", p.product()));
        out.append("<title>")
                .append(Escape.html(page.title()))
                .append("</title>\n")
                .append("<link rel=\"icon\" href=\"")
                .append(ICON)
                .append("\">\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n");
    }

    private void meta(String name, String content) {
        out.append("<meta name=\"")
                .append(name)
                .append("\" content=\"")
                .append(Escape.html(content))
                .append("\">\n");
    }

    private void neighbours(String style, String label) {
        Page.Links links = page.links();
        if (links.index().isEmpty() && links.previous().isEmpty() && links.next().isEmpty()) return;
        out.append("<nav class=\"")
                .append(style)
                .append("\" aria-label=\"")
                .append(label)
                .append("\">\n");
        links.index().ifPresent(l -> link("up", "", l, ""));
        links.previous()
                .ifPresent(
                        l -> link("previous", "<span aria-hidden=\"true\">\u2190</span> ", l, ""));
        links.next()
                .ifPresent(l -> link("next", "", l, " <span aria-hidden=\"true\">\u2192</span>"));
        out.append("</nav>\n");
    }

    private void link(String kind, String before, Page.Link link, String after) {
        out.append("<a class=\"")
                .append(kind)
                .append("\" href=\"")
                .append(Escape.html(link.href()))
                .append("\">")
                .append(before)
                .append(Escape.html(link.title()))
                .append(after)
                .append("</a>\n");
    }

    /// One line under the title: how the run ended, when, on which commit.
    private void facts() {
        var facts = new ArrayList<String>();
        int ran = page.count(Block.Outcome.RAN) + page.count(Block.Outcome.FAILED);
        if (ran > 0) facts.add(Status.of(page));
        page.provenance()
                .ifPresent(p -> {
                    facts.add(
                            "<time datetime=\""
                                    + p.date()
                                    + "\">"
                                    + p.date().toString().substring(0, 10)
                                    + "</time>");
                    p.commit()
                            .ifPresent(c ->
                                    facts.add("<code>" + Escape.html(c.toString()) + "</code>"));
                    facts.add("<a href=\"#provenance\">provenance</a>");
                });
        if (!facts.isEmpty())
            out.append("<p class=\"facts\">")
                    .append(String.join(" <span aria-hidden=\"true\">\u00b7</span> ", facts))
                    .append("</p>\n");
        boolean folded =
                page.cells().stream()
                        .flatMap(c -> c.blocks().stream())
                        .anyMatch(b ->
                                b instanceof Block.Code c
                                        && c.visibility() == Block.Visibility.FOLDED);
        if (folded)
            out.append(
                    "<p class=\"all\"><label><input type=\"checkbox\" id=\"all-code\"> Show all code</label></p>\n");
    }

    private void contents() {
        List<Block.Heading> headings = headings(page.blocks());
        if (headings.size() < 2) return;
        out.append(
                "<nav class=\"toc\" aria-label=\"Contents\">\n<details>\n<summary>Contents</summary>\n<ol>\n");
        int depth = 2;
        Optional<Block.Heading> last = Optional.empty();
        for (Block.Heading h : headings) {
            int level = Math.min(h.level(), 3);
            if (level > depth) out.append("<ol>\n");
            else if (last.isPresent()) out.append("</li>\n");
            if (level < depth) out.append("</ol>\n</li>\n");
            out.append("<li><a href=\"#")
                    .append(Escape.html(h.id()))
                    .append("\">")
                    .append(Escape.html(Markdown.plain(h.markdown())))
                    .append("</a>");
            depth = level;
            last = Optional.of(h);
        }
        out.append("</li>\n")
                .append(depth == 3 ? "</ol>\n</li>\n" : "")
                .append("</ol>\n</details>\n</nav>\n");
    }

    private static List<Block.Heading> headings(List<Block> blocks) {
        var headings = new ArrayList<Block.Heading>();
        for (Block b : blocks) {
            if (b instanceof Block.Heading h && h.level() <= 3) headings.add(h);
            if (b instanceof Block.Cell c) headings.addAll(headings(c.blocks()));
        }
        return headings;
    }

    private static String style() {
        try (InputStream css = HtmlRenderer.class.getResourceAsStream("page.css")) {
            if (css == null)
                throw new IllegalStateException(
                        "page.css is missing beside " + HtmlRenderer.class + ": rebuild lib/pages");
            return new String(css.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("(?s)/\\*.*?\\*/", "")
                            .replaceAll("(?m)^\\s+|\\s+$", "")
                            .replaceAll("\\n{2,}", "\n")
                            .strip()
                    + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
