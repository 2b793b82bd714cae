package stillpoint.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Text;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jsoup.nodes.Element;

/// Markdown as notebooks hold it: CommonMark with GitHub's tables.
final class Markdown {
    private static final List<org.commonmark.Extension> EXTENSIONS =
            List.of(TablesExtension.create());
    private static final Parser PARSER =
            Parser.builder()
                    .extensions(EXTENSIONS)
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                    .build();
    private static final org.commonmark.renderer.html.HtmlRenderer HTML =
            org.commonmark.renderer.html.HtmlRenderer.builder().extensions(EXTENSIONS).build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder()
                    .extensions(EXTENSIONS)
                    .lineBreakRendering(LineBreakRendering.STRIP)
                    .build();

    private Markdown() {}

    /// A piece of a cell: a heading with its level, or the text up to the next one.
    sealed interface Part {
        record Head(int level, String markdown) implements Part {}

        record Text(String markdown) implements Part {}
    }

    /// Cuts a cell at its own headings; a heading inside a quotation stays in the text.
    static List<Part> parts(String source) {
        Node document = PARSER.parse(source);
        List<String> lines = source.lines().toList();
        String definitions = definitions(document, lines);
        var parts = new ArrayList<Part>();
        int from = 0;
        for (Node n = document.getFirstChild(); n != null; n = n.getNext())
            if (n instanceof Heading h) {
                List<SourceSpan> spans = h.getSourceSpans();
                int first = spans.getFirst().getLineIndex();
                int last = spans.getLast().getLineIndex();
                text(parts, lines.subList(from, first), definitions);
                parts.add(new Part.Head(h.getLevel(), headline(lines.subList(first, last + 1))));
                from = last + 1;
            }
        text(parts, lines.subList(from, lines.size()), parts.isEmpty() ? "" : definitions);
        return parts;
    }

    private static void text(List<Part> parts, List<String> lines, String definitions) {
        String text = String.join("\n", lines).strip().equals("") ? "" : String.join("\n", lines);
        if (!text.isEmpty())
            parts.add(new Part.Text(definitions.isEmpty() ? text : text + "\n\n" + definitions));
    }

    /// `[1]: https://...` lines count for the whole cell, so each part gets them.
    private static String definitions(Node document, List<String> lines) {
        var found = new ArrayList<String>();
        for (Node n = document.getFirstChild(); n != null; n = n.getNext())
            if (n instanceof LinkReferenceDefinition)
                for (SourceSpan span : n.getSourceSpans())
                    found.add(lines.get(span.getLineIndex()));
        return String.join("\n", found);
    }

    /// `## Text ##` or an underlined text: the text.
    private static String headline(List<String> lines) {
        if (lines.size() > 1)
            return lines.subList(0, lines.size() - 1).stream()
                    .map(String::strip)
                    .collect(Collectors.joining(" "));
        return lines.getFirst()
                .strip()
                .replaceFirst("^#{1,6}\\s*", "")
                .replaceFirst("\\s+#+$", "")
                .strip();
    }

    /// Clean markup for running text, with code coloured and tables in boxes that scroll by
    /// themselves.
    static String html(String markdown) {
        Element body = Sanitiser.clean(HTML.render(PARSER.parse(markdown)), "");
        for (Element code : body.select("pre > code")) {
            String language =
                    code.classNames().stream()
                            .filter(c -> c.startsWith("language-"))
                            .map(c -> c.substring("language-".length()))
                            .findFirst()
                            .orElse("");
            code.html(Highlighter.html(language, code.wholeText().stripTrailing()));
        }
        tables(body);
        return body.html();
    }

    /// A wide table scrolls in its own box, which the keyboard reaches.
    static void tables(Element body) {
        for (Element table : body.select("table")) {
            table.select("thead th").forEach(th -> th.attr("scope", "col"));
            if (table.parents().is(".scroll")) continue;
            Element box =
                    new Element("div")
                            .addClass("scroll")
                            .attr("tabindex", "0")
                            .attr("role", "region");
            Element caption = table.selectFirst("caption");
            box.attr("aria-label", caption == null ? "Table" : caption.text());
            table.replaceWith(box);
            box.appendChild(table);
        }
    }

    /// Clean markup for one line, without a paragraph around it.
    static String inline(String markdown) {
        Element body = Sanitiser.clean(HTML.render(PARSER.parse(markdown)), "");
        return body.childrenSize() == 1 && body.child(0).tagName().equals("p")
                ? body.child(0).html()
                : body.html();
    }

    /// The words alone, on one line.
    static String plain(String markdown) {
        return words(PARSER.parse(markdown));
    }

    /// The words of the first paragraph.
    static Optional<String> firstParagraph(String markdown) {
        for (Node n = PARSER.parse(markdown).getFirstChild(); n != null; n = n.getNext())
            if (n instanceof Paragraph) return Optional.of(words(n));
        return Optional.empty();
    }

    /// Code in a sentence stands as it is; the renderer would put it in quotation marks.
    private static String words(Node node) {
        node.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Code code) {
                        code.insertAfter(new Text(code.getLiteral()));
                        code.unlink();
                    }
                });
        return TEXT.render(node).replaceAll("\\s+", " ").strip();
    }
}
