package stillpoint.picture;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/// Markdown without its marks, as a person would type it: code keeps its letters only, a link is
/// its words and the address.
final class MarkdownText {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final TextContentRenderer PLAIN =
            TextContentRenderer.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
                    .build();
    private static final HtmlRenderer HTML =
            HtmlRenderer.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .escapeHtml(true)
                    .sanitizeUrls(true)
                    .build();

    private MarkdownText() {}

    /// The words of a Markdown text.
    static String plain(String markdown) {
        Node document = PARSER.parse(markdown);
        document.accept(new Unmark());
        return PLAIN.render(document).stripTrailing();
    }

    /// The HTML of a Markdown text, raw HTML escaped.
    static String html(String markdown) {
        return HTML.render(PARSER.parse(markdown)).stripTrailing();
    }

    /// The library's text renderer puts code and links into quotation marks; kernel people do not.
    private static final class Unmark extends AbstractVisitor {
        @Override
        public void visit(Code code) {
            code.insertBefore(new Text(code.getLiteral()));
            code.unlink();
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild())
                link.insertBefore(child);
            link.insertBefore(new Text(" (" + link.getDestination() + ")"));
            link.unlink();
        }
    }
}
