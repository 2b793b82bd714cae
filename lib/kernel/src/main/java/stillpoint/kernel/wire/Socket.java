package stillpoint.kernel.wire;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/// One socket of a kernel, waited on without polling.
///
/// Used by one thread at a time, and never by a thread that runs a cell: an interrupt of a thread
/// inside the socket library would close the library's own pipes.
public final class Socket implements AutoCloseable {
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

    /// How long the end of the kernel waits for a client to take what was sent.
    private static final int LINGER_MILLIS = 500;

    /// A client that sends more than this before it is answered has to wait; nothing is lost.
    private static final int WAITING_REQUESTS = 1000;

    /// More in one frame, and the connection is cut: it would have to be held before anyone can
    /// know who sent it.
    private static final long FRAME_BYTES =
            Math.min(1L << 28, Runtime.getRuntime().maxMemory() / 6);

    /// More than that is no cell that anyone wrote.
    static final int CONTENT_BYTES = 16 << 20;

    private static final int FRAMES = 1000;

    private final ZMQ.Socket socket;
    private final Signer signer;
    private final Consumer<String> complaints;

    /// @param complaints told in one line of each message that nobody with our key sent
    public Socket(
            ZMQ.Context context, SocketType type, Signer signer, Consumer<String> complaints) {
        this.socket = context.socket(type);
        this.signer = signer;
        this.complaints = complaints;
        socket.setLinger(LINGER_MILLIS);
        socket.setRcvHWM(WAITING_REQUESTS);
        // A reply that is dropped because a client is slow would be a reply that is lost.
        socket.setSndHWM(0);
        socket.setMaxMsgSize(FRAME_BYTES);
    }

    ZMQ.Socket raw() {
        return socket;
    }

    /// Connects to an address, as a client does.
    public void connect(String address) {
        socket.connect(address);
    }

    /// The next message; waits for it. Empty when the kernel ends.
    public Optional<Received> next() {
        while (true) {
            try {
                Optional<Received> next = understood(frames());
                if (next.isPresent()) return next;
            } catch (ZMQException e) {
                return Optional.empty();
            }
        }
    }

    private List<byte[]> frames() {
        var frames = new ArrayList<byte[]>();
        do {
            byte[] frame = socket.recv();
            if (frames.size() < FRAMES) frames.add(frame);
        } while (socket.hasReceiveMore());
        return frames;
    }

    /// Empty, and complained of, if it is not signed with our key: whoever sent it gets no answer.
    private Optional<Received> understood(List<byte[]> frames) {
        int at = 0;
        while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) at++;
        if (frames.size() < at + 6) return refuse(frames.size() + " frames: no Jupyter message");
        List<byte[]> parts = frames.subList(at + 2, at + 6);
        if (!signer.accepts(ascii(frames.get(at + 1)), parts))
            return refuse("not signed with the key of the connection file, or sent twice");
        List<String> peer = frames.subList(0, at).stream().map(Socket::latin).toList();
        List<ByteBuffer> buffers =
                frames.subList(at + 6, frames.size()).stream()
                        .map(each -> ByteBuffer.wrap(each).asReadOnlyBuffer())
                        .toList();
        JsonObject header;
        try {
            header = object(parts.getFirst());
        } catch (JsonParseException e) {
            return refuse("its header is not a JSON object");
        }
        var head =
                new Message(
                        peer,
                        header,
                        new JsonObject(),
                        new JsonObject(),
                        new JsonObject(),
                        List.of());
        int bytes = parts.get(3).length;
        if (bytes > CONTENT_BYTES)
            return Optional.of(
                    new Received.Refused(
                            head,
                            "a message of "
                                    + (bytes >> 20)
                                    + " MB: the kernel takes at most "
                                    + (CONTENT_BYTES >> 20)
                                    + "; keep the data in a file and read it from the cell"));
        try {
            return Optional.of(
                    new Received.Whole(
                            new Message(
                                    peer,
                                    header,
                                    object(parts.get(1)),
                                    object(parts.get(2)),
                                    object(parts.get(3)),
                                    buffers)));
        } catch (JsonParseException e) {
            return Optional.of(
                    new Received.Refused(head, "its parts are not JSON objects in UTF-8"));
        }
    }

    private Optional<Received> refuse(String why) {
        complaints.accept("a message was refused: " + why);
        return Optional.empty();
    }

    private static JsonObject object(byte[] part) {
        try {
            return JsonParser.parseString(new String(part, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IllegalStateException | StackOverflowError e) {
            throw new JsonParseException("not an object", e);
        }
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Sends a message. To a client that is gone, nothing happens.
    public void send(Message message) {
        List<byte[]> frames = written(message);
        for (byte[] each : frames.subList(0, frames.size() - 1)) socket.sendMore(each);
        socket.send(frames.getLast());
    }

    /// Sends a publication, unless a subscriber has no room.
    boolean offer(List<byte[]> frames) {
        if (!socket.send(frames.getFirst(), ZMQ.SNDMORE | ZMQ.DONTWAIT)) return false;
        for (byte[] each : frames.subList(1, frames.size() - 1)) socket.sendMore(each);
        socket.send(frames.getLast());
        return true;
    }

    /// A message as it goes out.
    List<byte[]> written(Message message) {
        List<byte[]> parts =
                List.of(
                        bytes(message.header()),
                        bytes(message.parent()),
                        bytes(message.metadata()),
                        bytes(message.content()));
        var frames = new ArrayList<byte[]>();
        for (String each : message.peer()) frames.add(each.getBytes(StandardCharsets.ISO_8859_1));
        frames.add(DELIMITER);
        frames.add(signer.sign(parts).getBytes(StandardCharsets.US_ASCII));
        frames.addAll(parts);
        for (ByteBuffer each : message.buffers()) {
            var bytes = new byte[each.remaining()];
            each.duplicate().get(bytes);
            frames.add(bytes);
        }
        return frames;
    }

    private static byte[] bytes(JsonObject part) {
        return part.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Whether a message is there already.
    public boolean ready() {
        return (socket.getEvents() & ZMQ.Poller.POLLIN) != 0;
    }

    @Override
    public void close() {
        socket.close();
    }
}
