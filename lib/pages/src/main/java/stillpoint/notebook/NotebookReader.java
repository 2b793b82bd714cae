package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// From JSON to a [Notebook], with the rules of nbformat 4.5 checked by hand.
///
/// The schema's own words are not repeated in messages: each says which cell breaks which rule, and
/// what to do.
final class NotebookReader {
    private final String name;
    private final Map<String, Integer> ids = new HashMap<>();
    private boolean idsRequired;

    NotebookReader(String name) {
        this.name = name;
    }

    Notebook notebook(JsonNode root) throws NotebookException {
        if (!root.isObject())
            throw bad(
                    "",
                    "not a JSON object",
                    "a notebook is an object with cells, metadata, nbformat and nbformat_minor");
        JsonNode major = root.path("nbformat");
        if (!major.isInt())
            throw bad("", "no \"nbformat\"", "a notebook states its format, 4 with minor 5");
        if (major.intValue() != 4)
            throw new NotebookException(
                    name
                            + ": nbformat "
                            + major.intValue()
                            + ": Stillpoint reads nbformat 4; "
                            + (major.intValue() < 4
                                    ? "convert it with: jupyter nbconvert --to notebook --inplace "
                                            + name
                                    : "save it as nbformat 4 in the program that wrote it"));
        idsRequired = root.path("nbformat_minor").asInt(0) >= 5;
        JsonNode metadata = need("", root, "metadata", "object");
        var cells = new ArrayList<Cell>();
        for (JsonNode cell : need("", root, "cells", "list"))
            cells.add(cell(cells.size() + 1, cell));
        return new Notebook(cells, metadata);
    }

    private Cell cell(int number, JsonNode cell) throws NotebookException {
        String id = id(number, cell);
        String where = "cell " + number + (id.isEmpty() ? "" : " (id " + id + ")");
        String type = need(where, cell, "cell_type", "string").asText();
        String source = text(where, cell, "source");
        ObjectNode metadata = need(where, cell, "metadata", "object").deepCopy();
        metadata.remove("execution");
        return switch (type) {
            case "markdown" -> new Cell.Markdown(id, source, metadata, attachments(cell));
            case "raw" -> new Cell.Raw(id, source, metadata, attachments(cell));
            case "code" -> {
                JsonNode count = cell.path("execution_count");
                if (!count.isInt() && !count.isNull())
                    throw missing(where, "execution_count", "number or null");
                var outputs = new ArrayList<Output>();
                for (JsonNode output : need(where, cell, "outputs", "list"))
                    outputs.add(output(where + ", output " + (outputs.size() + 1), output));
                yield new Cell.Code(
                        id,
                        source,
                        metadata,
                        count.isInt() ? OptionalInt.of(count.intValue()) : OptionalInt.empty(),
                        outputs);
            }
            default ->
                    throw bad(
                            where, "cell_type \"" + type + "\"", "a cell is markdown, code or raw");
        };
    }

    /// Before 4.5 cells had no ids; they get `cell-001` and so on, which are the same on every
    /// read.
    private String id(int number, JsonNode cell) throws NotebookException {
        String where = "cell " + number;
        String id = cell.path("id").asText("");
        if (id.isEmpty() && !idsRequired) id = String.format(Locale.ROOT, "cell-%03d", number);
        if (id.isEmpty()) throw missing(where, "id", "string");
        if (!id.matches("[a-zA-Z0-9_-]{1,64}"))
            throw bad(where, "id \"" + id + "\"", "an id is 1 to 64 of a-z A-Z 0-9 - _");
        Integer other = ids.putIfAbsent(id, number);
        if (other != null)
            throw bad(
                    where,
                    "id \"" + id + "\" is that of cell " + other + " too",
                    "an id is unique; give one of the two another");
        return id;
    }

    private static ObjectNode attachments(JsonNode cell) {
        return cell.path("attachments") instanceof ObjectNode given
                ? given.deepCopy()
                : NotebookFile.JSON.createObjectNode();
    }

    private Output output(String where, JsonNode output) throws NotebookException {
        String type = need(where, output, "output_type", "string").asText();
        return switch (type) {
            case "stream" ->
                    new Output.Stream(
                            need(where, output, "name", "string").asText(),
                            text(where, output, "text"));
            case "display_data" ->
                    new Output.Display(bundle(where, output), metadata(where, output));
            case "execute_result" ->
                    new Output.Result(
                            output.path("execution_count").asInt(0),
                            bundle(where, output),
                            metadata(where, output));
            case "error" -> {
                var lines = new ArrayList<String>();
                for (JsonNode line : need(where, output, "traceback", "list"))
                    lines.add(line.asText());
                yield new Output.Failure(
                        need(where, output, "ename", "string").asText(),
                        need(where, output, "evalue", "string").asText(),
                        lines);
            }
            default ->
                    throw bad(
                            where,
                            "output_type \"" + type + "\"",
                            "an output is stream, display_data, execute_result or error");
        };
    }

    private ObjectNode metadata(String where, JsonNode output) throws NotebookException {
        return need(where, output, "metadata", "object").deepCopy();
    }

    private SortedMap<String, JsonNode> bundle(String where, JsonNode output)
            throws NotebookException {
        return bundle(need(where, output, "data", "object"));
    }

    /// A bundle of a file or of a message; text that comes as a list of lines is joined.
    static SortedMap<String, JsonNode> bundle(JsonNode data) {
        var bundle = new TreeMap<String, JsonNode>();
        data.properties()
                .forEach(entry -> {
                    JsonNode value = entry.getValue();
                    boolean lines = !isJson(entry.getKey()) && value.isArray();
                    bundle.put(entry.getKey(), lines ? new TextNode(joined(value)) : value);
                });
        return bundle;
    }

    static boolean isJson(String mime) {
        return mime.equals("application/json")
                || (mime.startsWith("application/") && mime.endsWith("+json"));
    }

    private static String joined(JsonNode lines) {
        var text = new StringBuilder();
        for (JsonNode line : lines) text.append(line.asText());
        return text.toString();
    }

    private String text(String where, JsonNode parent, String field) throws NotebookException {
        JsonNode value = parent.path(field);
        if (value.isTextual()) return value.textValue();
        if (value.isArray()) return joined(value);
        throw missing(where, field, "string or list of lines");
    }

    private JsonNode need(String where, JsonNode parent, String field, String kind)
            throws NotebookException {
        JsonNode value = parent.path(field);
        boolean right =
                switch (kind) {
                    case "object" -> value.isObject();
                    case "list" -> value.isArray();
                    default -> value.isTextual();
                };
        if (!right) throw missing(where, field, kind);
        return value;
    }

    private NotebookException missing(String where, String field, String kind) {
        return bad(where, "no \"" + field + "\"", "nbformat 4.5 requires it, a " + kind);
    }

    private NotebookException bad(String where, String what, String rule) {
        return new NotebookException(
                name
                        + ": "
                        + (where.isEmpty() ? "" : where + ": ")
                        + what
                        + ": "
                        + rule
                        + "; open and save it in JupyterLab, or bring it back with git");
    }
}
