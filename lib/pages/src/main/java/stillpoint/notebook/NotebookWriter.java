package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;

/// From a [Notebook] to JSON, text split into lines where nbformat splits it.
final class NotebookWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private NotebookWriter() {}

    static ObjectNode tree(Notebook notebook) {
        ObjectNode root = NODES.objectNode();
        ArrayNode cells = root.putArray("cells");
        notebook.cells().forEach(cell -> cells.add(cell(cell)));
        root.set("metadata", notebook.metadata());
        root.put("nbformat", 4);
        root.put("nbformat_minor", 5);
        return root;
    }

    private static ObjectNode cell(Cell cell) {
        ObjectNode node = NODES.objectNode();
        node.put("id", cell.id());
        ObjectNode metadata = cell.metadata().deepCopy();
        metadata.remove("execution");
        node.set("metadata", metadata);
        node.set("source", lines(cell.source()));
        switch (cell) {
            case Cell.Markdown prose -> {
                node.put("cell_type", "markdown");
                if (!prose.attachments().isEmpty()) node.set("attachments", prose.attachments());
            }
            case Cell.Raw raw -> {
                node.put("cell_type", "raw");
                if (!raw.attachments().isEmpty()) node.set("attachments", raw.attachments());
            }
            case Cell.Code code -> {
                node.put("cell_type", "code");
                if (code.executionCount().isPresent())
                    node.put("execution_count", code.executionCount().getAsInt());
                else node.putNull("execution_count");
                ArrayNode outputs = node.putArray("outputs");
                code.outputs().forEach(output -> outputs.add(output(output)));
            }
        }
        return node;
    }

    static ObjectNode output(Output output) {
        ObjectNode node = NODES.objectNode();
        switch (output) {
            case Output.Stream stream -> {
                node.put("output_type", "stream").put("name", stream.name());
                node.set("text", lines(stream.text()));
            }
            case Output.Display display -> {
                node.put("output_type", "display_data");
                node.set("data", bundle(display.data()));
                node.set("metadata", display.metadata());
            }
            case Output.Result result -> {
                node.put("output_type", "execute_result")
                        .put("execution_count", result.executionCount());
                node.set("data", bundle(result.data()));
                node.set("metadata", result.metadata());
            }
            case Output.Failure failure -> {
                node.put("output_type", "error")
                        .put("ename", failure.name())
                        .put("evalue", failure.value());
                ArrayNode traceback = node.putArray("traceback");
                failure.traceback().forEach(traceback::add);
            }
        }
        return node;
    }

    private static ObjectNode bundle(SortedMap<String, JsonNode> data) {
        ObjectNode node = NODES.objectNode();
        data.forEach((mime, value) ->
                node.set(
                        mime,
                        value.isTextual() && isSplit(mime) ? lines(value.textValue()) : value));
        return node;
    }

    private static boolean isSplit(String mime) {
        return mime.startsWith("text/")
                || mime.equals("image/svg+xml")
                || mime.equals("application/javascript");
    }

    /// As Python's `splitlines(keepends=True)`, which ends lines at more than LF.
    private static ArrayNode lines(String text) {
        ArrayNode lines = NODES.arrayNode();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (paired || !endsLine(c)) continue;
            lines.add(text.substring(start, i + 1));
            start = i + 1;
        }
        if (start < text.length()) lines.add(text.substring(start));
        return lines;
    }

    private static boolean endsLine(char c) {
        return switch (c) {
            case '\n',
                    '\r',
                    '\u000B',
                    '\f',
                    '\u001C',
                    '\u001D',
                    '\u001E',
                    '\u0085',
                    '\u2028',
                    '\u2029' ->
                    true;
            default -> false;
        };
    }
}
