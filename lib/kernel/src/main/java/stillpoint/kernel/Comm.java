package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// A line between an object of a cell and one of the client, such as a widget: either side opens it
/// and then sends what it likes.
///
/// Messages of the client run on a thread of their own between cells, one after the other, and what
/// they print or display belongs to the message. An interrupt stops them like a cell.
public final class Comm {
    private final String id;
    private final String target;
    private final Comms line;
    private volatile Consumer<Note> heard = _ -> {};
    private volatile Consumer<Note> closed = _ -> {};

    /// What one side tells the other.
    ///
    /// @param data as the two sides agreed
    /// @param metadata mostly empty
    /// @param buffers bytes that come along, read-only
    public record Note(JsonObject data, JsonObject metadata, List<ByteBuffer> buffers) {
        public Note {
            buffers = List.copyOf(buffers);
        }

        /// Only data.
        public static Note of(JsonObject data) {
            return new Note(data, new JsonObject(), List.of());
        }
    }

    Comm(String id, String target, Comms line) {
        this.id = id;
        this.target = target;
        this.line = line;
    }

    /// Opens a line to what the client registered under a name, such as `jupyter.widget`.
    public static Comm open(String target, Note note) {
        return Comms.kernel().open(UUID.randomUUID().toString(), target, note);
    }

    /// Says what happens when the client opens a line to this name.
    ///
    /// @param opened gets the line and what the client said with it
    public static void register(String target, java.util.function.BiConsumer<Comm, Note> opened) {
        Comms.kernel().register(target, opened);
    }

    /// Its id, by which a client knows it.
    public String id() {
        return id;
    }

    /// The name that it was opened to.
    public String target() {
        return target;
    }

    /// Says something to the client.
    public void send(Note note) {
        line.send("comm_msg", this, note);
    }

    /// Says what happens when the client says something.
    public void onMessage(Consumer<Note> next) {
        heard = next;
    }

    /// Says what happens when the client closes the line.
    public void onClose(Consumer<Note> next) {
        closed = next;
    }

    /// Ends it.
    public void close() {
        line.close(this);
    }

    void hears(Note note) {
        heard.accept(note);
    }

    void isClosed(Note note) {
        closed.accept(note);
    }
}
