package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import stillpoint.kernel.wire.Bell;
import stillpoint.kernel.wire.Broadcast;
import stillpoint.kernel.wire.Message;
import stillpoint.kernel.wire.Message.Origin;

/// What the kernel publishes, in the order in which it was said.
///
/// Any thread may say something; one thread sends. Text of one stream that waits is joined into one
/// message, so that a cell which prints much does not drown the client, and a cell that says more
/// than can be sent waits.
final class Outbox {
    private static final int ROOM_CHARS = 1 << 20;
    private static final int CHUNK_CHARS = 1 << 17;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private final Bell bell;
    private int waitingChars;
    private boolean closed;

    /// Whether the sending thread waits for the bell.
    private boolean asleep;

    private sealed interface Item {
        int chars();
    }

    private record Text(Origin parent, String stream, StringBuilder text) implements Item {
        @Override
        public int chars() {
            return text.length();
        }
    }

    private record Whole(Message message, int chars) implements Item {}

    /// @param bell wakes the thread that sends
    Outbox(Bell bell) {
        this.bell = bell;
    }

    /// Publishes a message of the kernel's own about a request; never waits.
    void publish(Origin parent, String type, JsonObject content) {
        add(new Whole(Message.publication(parent, type, content), 0));
    }

    /// Publishes what a cell shows; waits while too much is unsent.
    ///
    /// @param chars how large it is, roughly
    void show(Message message, int chars) {
        lock.lock();
        try {
            await(chars);
            add(new Whole(message, chars));
        } finally {
            lock.unlock();
        }
    }

    /// Publishes text that a cell printed; waits while too much is unsent.
    ///
    /// @param stream `stdout` or `stderr`
    void print(Origin parent, String stream, String text) {
        lock.lock();
        try {
            await(text.length());
            if (items.peekLast() instanceof Text last
                    && last.parent == parent
                    && last.stream.equals(stream)) {
                last.text.append(text);
                wake();
            } else add(new Text(parent, stream, new StringBuilder(text)));
        } finally {
            lock.unlock();
        }
    }

    /// A cell that is stopped waits for nobody.
    private void await(int chars) {
        CellRun cell = CellRun.own();
        while (waitingChars > ROOM_CHARS && !closed && !cell.stopped()) room.awaitUninterruptibly();
        waitingChars += chars;
    }

    /// Lets go of the cells that were stopped while they waited.
    void release() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(Item item) {
        lock.lock();
        try {
            items.add(item);
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (!asleep) return;
        asleep = false;
        bell.ring();
    }

    /// Sends until [#close], then what is left.
    void serve(Broadcast iopub) {
        long lastNanos = System.nanoTime() - PACE_NANOS;
        while (true) {
            iopub.greet();
            long millis = pause(lastNanos);
            if (millis < 0) return;
            if (millis > 0) {
                bell.await(millis);
                continue;
            }
            Item item = take();
            if (item == null) bell.await(0);
            else {
                iopub.send(message(item));
                if (item instanceof Text) lastNanos = System.nanoTime();
            }
        }
    }

    private static Message message(Item item) {
        return switch (item) {
            case Whole whole -> whole.message();
            case Text text -> {
                var content = new JsonObject();
                content.addProperty("name", text.stream);
                content.addProperty("text", text.text.toString());
                yield Message.publication(text.parent, "stream", content);
            }
        };
    }

    /// How long the next item is to wait: text does for a moment if text was just sent and nothing
    /// else is behind it. Negative when all is sent and nothing will come.
    private long pause(long lastNanos) {
        lock.lock();
        try {
            if (closed) return items.isEmpty() ? -1 : 0;
            long left = PACE_NANOS - (System.nanoTime() - lastNanos);
            boolean waits =
                    left > 0
                            && items.size() == 1
                            && items.peek() instanceof Text text
                            && text.text.length() < CHUNK_CHARS;
            asleep = waits || items.isEmpty();
            return waits ? 1 + TimeUnit.NANOSECONDS.toMillis(left) : 0;
        } finally {
            lock.unlock();
        }
    }

    /// The next thing to send; null when there is none.
    private @Nullable Item take() {
        lock.lock();
        try {
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
            Item item = items.poll();
            if (item == null) asleep = true;
            else freed(item.chars());
            return item;
        } finally {
            lock.unlock();
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
            bell.ring();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
