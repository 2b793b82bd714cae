package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What one cell shows, put together from the messages of the kernel.
///
/// Displays keep their order. Text between two displays becomes one stream for each name, `stdout`
/// before `stderr`: the kernel sends the two through different buffers, so that their order in time
/// is an accident. What exceeds the limit is counted and said.
final class CellOutputs {
    /// What carriage return and backspace would have wiped out on a terminal.
    private static final Pattern OVERWRITTEN =
            Pattern.compile("[^\\n]*\\r(?=[^\\n\\r])|\\r+(?=\\n)");

    private static final Pattern BACKSPACED = Pattern.compile("[^\\n\\x08]\\x08");

    private final int limit;
    private final int executionCount;
    private final Map<String, List<Shown>> displays;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean clearBeforeNext;
    private long kept;
    private long cut;
    private int late;

    /// @param displays by display id, shared by all cells of a notebook: a later cell may change
    ///   what an earlier one shows
    CellOutputs(int limit, int executionCount, Map<String, List<Shown>> displays) {
        this.limit = limit;
        this.executionCount = executionCount;
        this.displays = displays;
    }

    private sealed interface Piece {}

    /// Text since the last display, by stream; `stdout` sorts after `stderr`, hence the reversed
    /// order.
    private record Text(SortedMap<String, StringBuilder> streams) implements Piece {}

    /// A display that may still change.
    static final class Shown implements Piece {
        private Output output;

        private Shown(Output output) {
            this.output = output;
        }
    }

    /// Takes a message that belongs to this cell; kinds that show nothing are passed over.
    void take(Message message) {
        JsonNode content = message.content();
        switch (message.type()) {
            case "stream" ->
                    text(content.path("name").asText("stdout"), content.path("text").asText(""));
            case "display_data" ->
                    show(new Output.Display(bundle(content), metadata(content)), content);
            case "execute_result" ->
                    show(
                            new Output.Result(executionCount, bundle(content), metadata(content)),
                            content);
            case "error" -> show(failure(content), content);
            case "update_display_data" -> update(content);
            case "clear_output" -> {
                if (content.path("wait").asBoolean(false)) clearBeforeNext = true;
                else clear();
            }
            default -> {}
        }
    }

    /// Counts a message that came when the cell had ended. It is not kept: whether it comes in time
    /// would be an accident.
    void takeLate(Message message) {
        switch (message.type()) {
            case "stream", "display_data", "execute_result", "error", "clear_output" -> late++;
            case "update_display_data" -> update(message.content());
            default -> {}
        }
    }

    private void text(String name, String text) {
        clearIfAsked();
        if (pieces.isEmpty() || !(pieces.getLast() instanceof Text))
            pieces.add(new Text(new TreeMap<>((a, b) -> b.compareTo(a))));
        int room = Math.clamp(limit - kept, 0, text.length());
        kept += room;
        cut += text.length() - room;
        if (pieces.getLast() instanceof Text last)
            last.streams().computeIfAbsent(name, _ -> new StringBuilder()).append(text, 0, room);
    }

    private void show(Output output, JsonNode content) {
        clearIfAsked();
        long size = NotebookWriter.output(output).toString().length();
        if (kept + size > limit) {
            cut += size;
            return;
        }
        kept += size;
        if (output instanceof Output.Display || output instanceof Output.Result) {
            if (output.text("text/plain").isEmpty())
                notes.add("a display has no text/plain: a text browser or a mail cannot show it");
        }
        var shown = new Shown(output);
        pieces.add(shown);
        displayId(content)
                .ifPresent(id -> displays.computeIfAbsent(id, _ -> new ArrayList<>()).add(shown));
    }

    private void update(JsonNode content) {
        var data = bundle(content);
        var metadata = metadata(content);
        if (NotebookWriter.output(new Output.Display(data, metadata)).toString().length() > limit) {
            notes.add(
                    "an update of a display was larger than " + limit + " bytes and was not kept");
            return;
        }
        String id = displayId(content).orElse("");
        if (!displays.containsKey(id))
            notes.add("an update for display \"" + id + "\", which was never shown");
        for (Shown shown : displays.getOrDefault(id, List.of()))
            shown.output =
                    switch (shown.output) {
                        case Output.Display _ -> new Output.Display(data, metadata);
                        case Output.Result result ->
                                new Output.Result(result.executionCount(), data, metadata);
                        case Output.Stream stream -> stream;
                        case Output.Failure failure -> failure;
                    };
    }

    private static Optional<String> displayId(JsonNode content) {
        return Optional.of(content.path("transient").path("display_id").asText(""))
                .filter(id -> !id.isEmpty());
    }

    private void clearIfAsked() {
        if (clearBeforeNext) clear();
    }

    private void clear() {
        pieces.clear();
        kept = 0;
        cut = 0;
        clearBeforeNext = false;
    }

    private static SortedMap<String, JsonNode> bundle(JsonNode content) {
        return NotebookReader.bundle(content.path("data"));
    }

    private static ObjectNode metadata(JsonNode content) {
        return content.path("metadata") instanceof ObjectNode given
                ? given
                : NotebookFile.JSON.createObjectNode();
    }

    static Output.Failure failure(JsonNode content) {
        var traceback = new ArrayList<String>();
        content.path("traceback").forEach(line -> traceback.add(line.asText()));
        return new Output.Failure(
                content.path("ename").asText(""), content.path("evalue").asText(""), traceback);
    }

    /// The exception it shows, if any.
    Optional<Output.Failure> failure() {
        return outputs().stream()
                .filter(Output.Failure.class::isInstance)
                .map(Output.Failure.class::cast)
                .findFirst();
    }

    /// Shows a failure which the kernel put into its reply only.
    void fail(Output.Failure failure) {
        pieces.add(new Shown(failure));
    }

    List<Output> outputs() {
        var outputs = new ArrayList<Output>();
        for (Piece piece : pieces)
            switch (piece) {
                case Text text ->
                        text.streams()
                                .forEach((name, all) -> {
                                    if (!all.isEmpty())
                                        outputs.add(
                                                new Output.Stream(name, settled(all.toString())));
                                });
                case Shown shown -> outputs.add(shown.output);
            }
        if (cut > 0) outputs.add(new Output.Stream("stderr", "[" + cutWords() + "]\n"));
        return outputs;
    }

    private String cutWords() {
        return "cut: " + cut + " more bytes were shown; a cell may show " + limit;
    }

    static String settled(String text) {
        String settled = text;
        if (text.indexOf('\b') >= 0)
            for (String before = "";
                    !before.equals(settled);
                    settled = BACKSPACED.matcher(settled).replaceAll("")) before = settled;
        return settled.indexOf('\r') < 0 ? settled : OVERWRITTEN.matcher(settled).replaceAll("");
    }

    List<String> notes() {
        var all = new ArrayList<>(notes);
        if (cut > 0) all.add(cutWords());
        if (late > 0)
            all.add(
                    late
                            + (late == 1 ? " output" : " outputs")
                            + " came after the cell had ended, too late to be kept; wait in the cell for what its threads show");
        return List.copyOf(all);
    }
}
