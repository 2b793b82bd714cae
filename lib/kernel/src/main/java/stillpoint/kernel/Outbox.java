package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.jspecify.annotations.Nullable;

/// What the kernel publishes, in the order in which it was said.
///
/// Any thread may say something; one thread sends. Text of one stream that waits is joined into one
/// message, so that a cell which prints much does not drown the client, and a thread that prints
/// faster than can be sent waits.
final class Outbox {
    private static final int ROOM_CHARS = 1 << 20;
    private static final int CHUNK_CHARS = 1 << 17;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private int waitingChars;
    private boolean closed;

    private sealed interface Item {}

    private record Text(MessageContext parent, String stream, StringBuilder text) implements Item {}

    private record Whole(Message<?> message) implements Item {}

    /// Publishes a message about a request.
    void publish(MessageContext parent, MessageType<?> type, JsonObject content) {
        add(new Whole(message(parent, type, content)));
    }

    /// A message whose content is written as JSON of our own.
    @SuppressWarnings("unchecked")
    static Message<?> message(MessageContext parent, MessageType<?> type, JsonObject content) {
        return new Message<>(parent, (MessageType<Object>) type, content);
    }

    /// Publishes text that a cell printed.
    ///
    /// @param stream `stdout` or `stderr`
    void print(MessageContext parent, String stream, String text) {
        lock.lock();
        try {
            while (waitingChars > ROOM_CHARS && !closed) room.awaitUninterruptibly();
            waitingChars += text.length();
            if (items.peekLast() instanceof Text last
                    && last.parent == parent
                    && last.stream.equals(stream)) last.text.append(text);
            else items.add(new Text(parent, stream, new StringBuilder(text)));
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    private void add(Item item) {
        lock.lock();
        try {
            items.add(item);
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Sends until [#close], then what is left.
    void serve(Socket iopub) {
        long lastNanos = System.nanoTime() - PACE_NANOS;
        for (Item item = take(lastNanos); item != null; item = take(lastNanos))
            switch (item) {
                case Text text -> {
                    iopub.sendMessage(stream(text));
                    lastNanos = System.nanoTime();
                }
                case Whole whole -> iopub.sendMessage(whole.message());
            }
        iopub.close();
    }

    private static Message<?> stream(Text text) {
        var content = new JsonObject();
        content.addProperty("name", text.stream);
        content.addProperty("text", text.text.toString());
        return message(text.parent, MessageType.PUBLISH_STREAM, content);
    }

    /// The next thing to send; null when closed and empty. Text waits for a moment if text was just
    /// sent and nothing else is behind it.
    private @Nullable Item take(long lastNanos) {
        lock.lock();
        try {
            while (items.isEmpty()) {
                if (closed) return null;
                something.awaitUninterruptibly();
            }
            long left = PACE_NANOS - (System.nanoTime() - lastNanos);
            while (left > 0 && items.size() == 1 && items.peek() instanceof Text && !closed)
                left = await(left);
            if (items.peek() instanceof Text text && text.text.length() > CHUNK_CHARS) {
                int cut =
                        Character.isHighSurrogate(text.text.charAt(CHUNK_CHARS - 1))
                                ? CHUNK_CHARS - 1
                                : CHUNK_CHARS;
                String head = text.text.substring(0, cut);
                text.text.delete(0, cut);
                freed(cut);
                return new Text(text.parent, text.stream, new StringBuilder(head));
            }
            Item item = items.remove();
            if (item instanceof Text text) freed(text.text.length());
            return item;
        } finally {
            lock.unlock();
        }
    }

    private long await(long nanos) {
        try {
            return something.awaitNanos(nanos);
        } catch (InterruptedException e) {
            return 0; // nobody interrupts the sending thread; if so, send now
        }
    }

    private void freed(int chars) {
        waitingChars -= chars;
        room.signalAll();
    }

    /// Lets [#serve] return when all is sent.
    void close() {
        lock.lock();
        try {
            closed = true;
            something.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
