package stillpoint.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/// The foot of a page: what made it, where and from what, as a table and as JSON that no browser
/// runs.
final class HtmlProvenance {
    private HtmlProvenance() {}

    static void append(StringBuilder out, Provenance p) {
        out.append(
                "<footer class=\"provenance\" id=\"provenance\">\n<h2>Provenance</h2>\n<table>\n<tbody>\n");
        row(out, "Made by", Escape.html(p.product()));
        p.commit()
                .ifPresent(c ->
                        row(
                                out,
                                "Commit",
                                code(c.hash()) + (c.dirty() ? " with uncommitted changes" : "")));
        if (!p.source().isEmpty()) row(out, "Notebook", Escape.html(p.source()));
        if (!p.sourceHash().isEmpty()) row(out, "SHA-256", code(p.sourceHash()));
        if (!p.rerun().isEmpty()) row(out, "Run it again", code(p.rerun()));
        if (!p.parameters().isEmpty())
            row(
                    out,
                    "Parameters",
                    p.parameters().entrySet().stream()
                            .map(e -> code(e.getKey() + " = " + e.getValue()))
                            .collect(Collectors.joining(", ")));
        row(out, "JDK", Escape.html(p.jdk()));
        row(out, "System", Escape.html(p.os()));
        row(
                out,
                "CPU",
                Escape.html(p.cpu()) + ", " + (p.cpus() == 1 ? "1 CPU" : p.cpus() + " CPUs"));
        row(out, "Date", "<time>" + date(p) + "</time>");
        if (!p.times().isEmpty())
            row(out, "Wall time", "<em>measured:</em> " + seconds(p.total()) + " in all");
        if (!p.licence().isEmpty()) row(out, "Licence", Escape.html(p.licence()));
        out.append("</tbody>\n</table>\n");
        times(out, p);
        out.append("<script type=\"application/json\" id=\"provenance-json\">")
                .append(Escape.jsonInScript(json(p).toString()))
                .append("</script>\n</footer>\n");
    }

    private static void row(StringBuilder out, String name, String value) {
        out.append("<tr><th scope=\"row\">")
                .append(name)
                .append("</th><td>")
                .append(value)
                .append("</td></tr>\n");
    }

    private static String code(String text) {
        return "<code>" + Escape.html(text) + "</code>";
    }

    private static void times(StringBuilder out, Provenance p) {
        if (p.times().isEmpty()) return;
        out.append(
                "<details><summary>Wall time of each cell, measured</summary>\n<ul class=\"times\">\n");
        for (Provenance.CellTime t : p.times()) {
            String id = Escape.html(t.cell());
            out.append("<li><a href=\"#")
                    .append(id)
                    .append("\">")
                    .append(id)
                    .append("</a> ")
                    .append(seconds(t.wall()))
                    .append("</li>\n");
        }
        out.append("</ul>\n</details>\n");
    }

    private static String date(Provenance p) {
        return p.date()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC");
    }

    /// `12 ms`, `3.21 s`.
    static String seconds(Duration d) {
        if (d.toMillis() < 1000) return d.toMillis() + " ms";
        return String.format(Locale.ROOT, "%.2f s", d.toMillis() / 1000.0);
    }

    private static ObjectNode json(Provenance p) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("product", p.product());
        p.commit().ifPresent(c -> json.put("commit", c.hash()).put("dirty", c.dirty()));
        json.put("notebook", p.source());
        json.put("sha256", p.sourceHash());
        json.put("rerun", p.rerun());
        ObjectNode parameters = json.putObject("parameters");
        p.parameters().forEach(parameters::put);
        json.put("jdk", p.jdk());
        json.put("os", p.os());
        json.put("cpu", p.cpu());
        json.put("cpus", p.cpus());
        json.put("date", p.date().truncatedTo(ChronoUnit.SECONDS).toString());
        ObjectNode times = json.putObject("measuredMillis");
        p.times().forEach(t -> times.put(t.cell(), t.wall().toMillis()));
        json.put("licence", p.licence());
        return json;
    }
}
