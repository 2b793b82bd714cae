package stillpoint.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;

/// A verdict as JSON, for scripts. What a clock measured stands under `measured`; all else is the
/// same on every run.
final class VerdictJson {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private VerdictJson() {}

    static String of(Verdict verdict) {
        ObjectNode node = JSON.createObjectNode();
        node.put("verdict", verdict.word());
        node.put("subject", verdict.subject());
        ObjectNode bounds = node.putObject("bounds");
        verdict.bounds().entries().forEach(b -> bounds.put(b.name(), b.value()));
        Counts counts = verdict.counts();
        node.put("states", counts.states());
        node.put("transitions", counts.transitions());
        node.put("depth", counts.depth());
        node.put("bitsPerState", counts.bitsPerState());
        switch (verdict) {
            case Verdict.Safe safe -> safe.occurred().forEach(node.putArray("occurred")::add);
            case Verdict.Inconclusive inconclusive -> node.put("reason", inconclusive.reason());
            case Verdict.Violation violation -> violation(node, violation);
        }
        ObjectNode measured = node.putObject("measured");
        measured.put("seconds", counts.seconds());
        measured.put("bytesPerState", counts.bytesPerState());
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers can be written", e);
        }
    }

    private static void violation(ObjectNode node, Verdict.Violation violation) {
        node.put("kind", violation.kind());
        node.put("what", violation.what());
        node.put("failureClass", violation.failureClass());
        Trace trace = violation.trace();
        node.put("replay", trace.replay());
        var columns = node.putArray("columns");
        trace.columns().forEach(columns::add);
        var rows = node.putArray("rows");
        for (Trace.Row row : trace.rows()) {
            ObjectNode item = rows.addObject();
            item.put("column", row.column());
            row.frames().forEach(item.putArray("frames")::add);
            item.put("text", row.text());
            item.put("change", row.change());
            item.put("site", row.site());
            item.put("fault", row.fault());
        }
    }
}
