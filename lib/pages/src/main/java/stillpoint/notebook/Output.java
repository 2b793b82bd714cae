package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One thing that a code cell showed.
public sealed interface Output {
    /// The mime type of timings: shown as *measured*, never compared.
    String MEASURED = "application/vnd.stillpoint.measured+json";

    /// Text written to `stdout` or `stderr`.
    record Stream(String name, String text) implements Output {}

    /// Something displayed: mime type to content, a JSON string for text and base64, any JSON for
    /// `...+json`.
    record Display(SortedMap<String, JsonNode> data, ObjectNode metadata) implements Output {
        public Display {
            data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
        }
    }

    /// The value of the cell's last expression; like [Display], with the number in brackets.
    record Result(int executionCount, SortedMap<String, JsonNode> data, ObjectNode metadata)
            implements Output {
        public Result {
            data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
        }
    }

    /// An exception.
    ///
    /// @param name class of the exception
    /// @param value its message
    /// @param traceback lines, possibly with ANSI colours
    record Failure(String name, String value, List<String> traceback) implements Output {
        public Failure {
            traceback = List.copyOf(traceback);
        }
    }

    /// The text content of a display or result for a mime type.
    default Optional<String> text(String mime) {
        var data =
                switch (this) {
                    case Display display -> display.data();
                    case Result result -> result.data();
                    case Stream _, Failure _ -> Collections.<String, JsonNode>emptySortedMap();
                };
        return Optional.ofNullable(data.get(mime)).map(JsonNode::asText);
    }
}
