package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/// One cell of a notebook, as nbformat 4.5 knows it.
///
/// The id stays the same for the whole life of the cell: permalinks, comparisons and failure
/// messages name it.
public sealed interface Cell {
    /// 1 to 64 of `a-z A-Z 0-9 - _`, unique in the notebook.
    String id();

    /// The text as typed, lines separated by LF, usually without one at the end.
    String source();

    /// Tags and other annotations; by agreement nobody changes it in place.
    ObjectNode metadata();

    /// Prose.
    ///
    /// @param attachments file name to bundle, for images pasted into the cell; mostly empty
    record Markdown(String id, String source, ObjectNode metadata, ObjectNode attachments)
            implements Cell {
        /// Prose without pasted images.
        public Markdown(String id, String source, ObjectNode metadata) {
            this(id, source, metadata, JsonNodeFactory.instance.objectNode());
        }
    }

    /// Code with what it showed when it last ran.
    ///
    /// @param executionCount the number in brackets; empty for a cell that never ran
    record Code(
            String id,
            String source,
            ObjectNode metadata,
            OptionalInt executionCount,
            List<Output> outputs)
            implements Cell {
        public Code {
            outputs = List.copyOf(outputs);
        }
    }

    /// Text that is passed through as it is.
    ///
    /// @param attachments as in [Markdown]
    record Raw(String id, String source, ObjectNode metadata, ObjectNode attachments)
            implements Cell {
        /// Raw text without attachments.
        public Raw(String id, String source, ObjectNode metadata) {
            this(id, source, metadata, JsonNodeFactory.instance.objectNode());
        }
    }

    /// Whether `metadata.tags` holds the tag.
    default boolean hasTag(String tag) {
        for (JsonNode each : metadata().path("tags")) if (each.asText().equals(tag)) return true;
        return false;
    }
}
