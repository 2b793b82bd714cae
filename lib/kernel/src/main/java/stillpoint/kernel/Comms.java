package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import stillpoint.kernel.Comm.Note;
import stillpoint.kernel.wire.Message;
import stillpoint.kernel.wire.Message.Origin;

/// The open [Comm]s of a kernel.
final class Comms {
    /// Without a kernel, as in a test or a plain `main`, nobody is at the other end.
    private static volatile Comms kernel = new Comms((_, _, _) -> {});

    private final Map<String, Comm> open = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<Comm, Note>> targets = new ConcurrentHashMap<>();
    private final Post post;

    /// Says something to all clients.
    interface Post {
        void send(String type, JsonObject content, Note note);
    }

    private Comms(Post post) {
        this.post = post;
    }

    static Comms kernel() {
        return kernel;
    }

    /// Those of a kernel that publishes.
    static Comms of(Outbox outbox) {
        kernel =
                new Comms((type, content, note) -> {
                    Origin parent = CellRun.own().parent();
                    outbox.show(
                            Message.publication(
                                            parent == null ? Origin.NONE : parent, type, content)
                                    .with(note.metadata(), note.buffers()),
                            0);
                });
        return kernel;
    }

    Comm open(String id, String target, Note note) {
        var comm = new Comm(id, target, this);
        open.put(id, comm);
        JsonObject content = content(comm, note);
        content.addProperty("target_name", target);
        post.send("comm_open", content, note);
        return comm;
    }

    void register(String target, BiConsumer<Comm, Note> opened) {
        targets.put(target, opened);
    }

    void send(String type, Comm comm, Note note) {
        if (!open.containsKey(comm.id()))
            throw new IllegalStateException(
                    "comm " + comm.id() + " to " + comm.target() + ": closed; open another one");
        post.send(type, content(comm, note), note);
    }

    void close(Comm comm) {
        if (open.remove(comm.id()) == null) return;
        Note nothing = Note.of(new JsonObject());
        post.send("comm_close", content(comm, nothing), nothing);
    }

    private static JsonObject content(Comm comm, Note note) {
        var content = new JsonObject();
        content.addProperty("comm_id", comm.id());
        content.add("data", note.data());
        return content;
    }

    /// Takes what a client says on a line; what is said to nobody is ignored.
    void take(Message message) {
        String id = message.text("comm_id", "");
        var note = new Note(message.object("data"), message.metadata(), message.buffers());
        switch (message.type()) {
            case "comm_open" -> {
                String target = message.text("target_name", "");
                var comm = new Comm(id, target, this);
                open.put(id, comm);
                BiConsumer<Comm, Note> opened = targets.get(target);
                // Nobody here has that name: the protocol wants the line closed at once.
                if (opened == null) close(comm);
                else opened.accept(comm, note);
            }
            case "comm_close" -> {
                Comm comm = open.remove(id);
                if (comm != null) comm.isClosed(note);
            }
            default -> {
                Comm comm = open.get(id);
                if (comm != null) comm.hears(note);
            }
        }
    }

    /// Whether anyone here waits for such a message.
    boolean concerns(Message message) {
        return message.type().equals("comm_open") || open.containsKey(message.text("comm_id", ""));
    }

    /// The open ones, by id.
    ///
    /// @param target only those to this name; empty for all
    JsonObject info(String target) {
        var comms = new JsonObject();
        open.forEach((id, comm) -> {
            if (!target.isEmpty() && !target.equals(comm.target())) return;
            var name = new JsonObject();
            name.addProperty("target_name", comm.target());
            comms.add(id, name);
        });
        return comms;
    }
}
