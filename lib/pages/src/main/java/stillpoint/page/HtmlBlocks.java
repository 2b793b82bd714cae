package stillpoint.page;

import java.util.List;
import stillpoint.evidence.Table;

/// Each block as HTML. What came out of a run is sanitised here, wherever the block came from.
final class HtmlBlocks {
    /// An index is skimmed.
    private static final int MOST_BADGES = 8;

    private final StringBuilder out;
    private String cell = "";
    private int shown;

    HtmlBlocks(StringBuilder out) {
        this.out = out;
    }

    void block(Block block) {
        switch (block) {
            case Block.Heading h -> heading(h);
            case Block.Prose p ->
                    out.append("<div class=\"prose\">\n")
                            .append(Markdown.html(p.markdown()))
                            .append("</div>\n");
            case Block.Cell c -> cell(c);
            case Block.Code c -> code(c);
            case Block.Display d -> HtmlDisplay.append(out, d, scope());
            case Block.Printed p -> printed(p);
            case Block.Failure f -> failure(f);
            case Block.Measured m ->
                    out.append("<p class=\"measured\"><span>measured:</span> ")
                            .append(Escape.html(m.words()))
                            .append("</p>\n");
            case Block.Tabular t -> table(t.table());
            case Block.Notice n ->
                    out.append("<div class=\"notice ")
                            .append(tone(n.tone()))
                            .append("\">")
                            .append(Markdown.html(n.markdown()))
                            .append("</div>\n");
            case Block.Contents c -> contents(c.entries());
        }
    }

    /// An id for what a cell shows: the cell's, then which output it is.
    private String scope() {
        return (cell.isEmpty() ? "page" : cell) + "-o" + ++shown;
    }

    private void heading(Block.Heading h) {
        String id = Escape.html(h.id());
        out.append("<h")
                .append(h.level())
                .append(" id=\"")
                .append(id)
                .append("\">")
                .append(Markdown.inline(h.markdown()))
                .append("<a class=\"mark\" href=\"#")
                .append(id)
                .append("\" aria-label=\"Link to this section\">#</a></h")
                .append(h.level())
                .append(">\n");
    }

    /// A cell inside another has an anchor, and no mark of its own: its cell's is beside it.
    private void cell(Block.Cell c) {
        String outer = cell;
        cell = c.id();
        shown = 0;
        String id = Escape.html(c.id());
        out.append("<div class=\"cell ")
                .append(style(c.outcome()))
                .append("\" id=\"")
                .append(id)
                .append("\">\n");
        if (outer.isEmpty() && !(c.blocks().getFirst() instanceof Block.Heading))
            out.append("<a class=\"mark\" href=\"#")
                    .append(id)
                    .append("\" aria-label=\"Link to cell ")
                    .append(id)
                    .append("\">#</a>\n");
        c.blocks().forEach(this::block);
        if (c.outcome() == Block.Outcome.NOT_RUN) out.append("<p class=\"left\">Not run.</p>\n");
        out.append("</div>\n");
        cell = outer;
    }

    private static String style(Block.Outcome outcome) {
        return switch (outcome) {
            case PROSE -> "words";
            case RAN -> "ran";
            case FAILED -> "failed";
            case NOT_RUN -> "not-run";
        };
    }

    private static String tone(Block.Tone tone) {
        return switch (tone) {
            case CALM -> "calm";
            case WARNING -> "warning";
            case ERROR -> "error";
        };
    }

    private void code(Block.Code c) {
        String open =
                switch (c.visibility()) {
                    case OPEN -> " open";
                    case FOLDED -> "";
                    case HIDDEN -> "none";
                };
        if (open.equals("none")) return;
        out.append("<details class=\"code\"")
                .append(open)
                .append("><summary>")
                .append(Markdown.inline(c.summary()));
        String lines = Summary.lines(c.source());
        if (!c.summary().endsWith(lines))
            out.append(" <span class=\"lines\">").append(lines).append("</span>");
        out.append("</summary>\n<pre><code>")
                .append(Highlighter.html(c.language(), c.source()))
                .append("</code></pre></details>\n");
    }

    private void printed(Block.Printed p) {
        if (p.text().isBlank()) return;
        boolean error = p.name().equals("stderr");
        out.append("<div class=\"printed").append(error ? " stderr" : "").append("\">");
        if (error) out.append("<span class=\"label\">stderr</span>");
        out.append("<pre>").append(Ansi.html(p.text().stripTrailing())).append("</pre></div>\n");
    }

    private void failure(Block.Failure f) {
        out.append("<div class=\"failure")
                .append(f.expected() ? " expected" : "")
                .append("\">\n<p><strong>")
                .append(f.expected() ? "Fails, as it should:" : "This cell failed:")
                .append("</strong> ")
                .append(Escape.html(Ansi.strip(f.name())));
        String value = Ansi.strip(f.value()).strip();
        String first = value.lines().findFirst().orElse("");
        if (!first.isEmpty()) out.append(": ").append(Escape.html(first));
        out.append("</p>\n");
        String trace = String.join("\n", f.traceback()).strip();
        if (trace.isEmpty() && value.lines().count() > 1) trace = value;
        if (!Ansi.strip(trace).isBlank() && !Ansi.strip(trace).strip().equals(first))
            out.append("<pre>").append(Ansi.html(trace)).append("</pre>\n");
        out.append("</div>\n");
    }

    private void table(Table table) {
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(Escape.html(table.title()))
                .append("\">\n<table>\n");
        if (!table.title().isEmpty())
            out.append("<caption>").append(Escape.html(table.title())).append("</caption>\n");
        out.append("<thead><tr>");
        for (Table.Column column : table.columns())
            out.append("<th scope=\"col\"")
                    .append(align(column))
                    .append('>')
                    .append(Escape.html(column.name()))
                    .append("</th>");
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++)
                out.append("<td")
                        .append(align(table.columns().get(i)))
                        .append('>')
                        .append(Markdown.inline(row.get(i)))
                        .append("</td>");
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n</div>\n");
    }

    private static String align(Table.Column column) {
        return switch (column.align()) {
            case LEFT -> "";
            case RIGHT -> " class=\"number\"";
        };
    }

    private void contents(List<Block.Entry> entries) {
        out.append("<ol class=\"contents\">\n");
        for (Block.Entry e : entries) {
            out.append("<li")
                    .append(e.failed() ? " class=\"failed\"" : "")
                    .append(">\n<h2><a href=\"")
                    .append(Escape.html(e.href()))
                    .append("\">")
                    .append(Escape.html(e.title()))
                    .append("</a></h2>\n");
            if (!e.sentence().isEmpty())
                out.append("<p>").append(Escape.html(e.sentence())).append("</p>\n");
            out.append("<p class=\"facts\">");
            e.badges().stream().limit(MOST_BADGES).forEach(this::badge);
            int more = e.badges().size() - MOST_BADGES;
            if (more > 0)
                out.append("and ")
                        .append(more)
                        .append(more == 1 ? " verdict" : " verdicts")
                        .append(" more. ");
            out.append(Escape.html(e.status())).append("</p>\n</li>\n");
        }
        out.append("</ol>\n");
    }

    private void badge(Block.Badge b) {
        String tone =
                switch (b.word()) {
                    case "safe" -> "ok";
                    case "violation" -> "bad";
                    default -> "warn";
                };
        out.append("<span class=\"badge ").append(tone).append("\">").append(Escape.html(b.word()));
        if (!b.subject().isEmpty())
            out.append(" <span>").append(Escape.html(b.subject())).append("</span>");
        out.append("</span> ");
    }
}
