package stillpoint.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A message of the Jupyter protocol.
///
/// @param peer whom it came from or goes to: ZeroMQ's identities, or the topic of a publication,
///   each byte a character
/// @param header its id, type, session, date and version
/// @param parent the header of the request that it is about; empty if it is about none
/// @param metadata mostly empty
/// @param content what its type demands
/// @param buffers bytes that come along, read-only
public record Message(
        List<String> peer,
        JsonObject header,
        JsonObject parent,
        JsonObject metadata,
        JsonObject content,
        List<ByteBuffer> buffers) {
    /// The version of the protocol that is spoken.
    public static final String VERSION = "5.4";

    /// This process, as its messages name it.
    private static final String SESSION = UUID.randomUUID().toString();

    public Message {
        peer = List.copyOf(peer);
        buffers = List.copyOf(buffers);
    }

    /// Who asked, for all that is said about a request: what of it must be kept while anything can
    /// still speak for it.
    ///
    /// @param peer the way back
    /// @param header the request's own
    public record Origin(List<String> peer, JsonObject header) {
        /// For what is said unasked.
        public static final Origin NONE = new Origin(List.of(), new JsonObject());

        public Origin {
            peer = List.copyOf(peer);
        }

        /// The session of the client that asked.
        public String session() {
            return text(header, "session");
        }
    }

    /// A message to whoever sent a request.
    public static Message to(Origin origin, String type, JsonObject content) {
        return about(origin, origin.peer, type, content);
    }

    /// A message that everyone may see.
    public static Message publication(Origin origin, String type, JsonObject content) {
        String topic =
                type.equals("stream")
                        ? "stream." + text(content, "name")
                        : "kernel." + SESSION + "." + type;
        return about(origin, List.of(topic), type, content);
    }

    /// The welcome for whoever subscribed to a topic.
    public static Message welcome(String topic) {
        var content = new JsonObject();
        content.addProperty("subscription", topic);
        return about(Origin.NONE, List.of(topic), "iopub_welcome", content);
    }

    private static Message about(
            Origin origin, List<String> peer, String type, JsonObject content) {
        var header = new JsonObject();
        header.addProperty("msg_id", UUID.randomUUID().toString());
        header.addProperty("session", SESSION);
        header.addProperty("username", "kernel");
        header.addProperty("date", Instant.now().toString());
        header.addProperty("msg_type", type);
        header.addProperty("version", VERSION);
        return new Message(peer, header, origin.header, new JsonObject(), content, List.of());
    }

    /// The same with bytes that come along.
    public Message with(JsonObject metadata, List<ByteBuffer> buffers) {
        return new Message(peer, header, parent, metadata, content, buffers);
    }

    /// Its type; empty if it has none.
    public String type() {
        return text(header, "msg_type");
    }

    /// What answers to it refer to.
    public Origin origin() {
        return new Origin(peer, header);
    }

    /// A text of the content, or another one where it is missing or no text.
    public String text(String name, String otherwise) {
        String found = text(content, name);
        return found.isEmpty() ? otherwise : found;
    }

    /// A number of the content, or another one where it is missing or no number.
    public int number(String name, int otherwise) {
        JsonElement value = content.get(name);
        return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()
                ? value.getAsInt()
                : otherwise;
    }

    /// Whether something is so, or what holds where nothing is said.
    public boolean is(String name, boolean otherwise) {
        JsonElement value = content.get(name);
        return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()
                ? value.getAsBoolean()
                : otherwise;
    }

    /// An object of the content; empty where it is missing.
    public JsonObject object(String name) {
        JsonElement value = content.get(name);
        return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
    }

    private static String text(JsonObject in, String name) {
        JsonElement value = in.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
