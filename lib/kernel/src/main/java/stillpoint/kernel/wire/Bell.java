package stillpoint.kernel.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/// Waits for a socket and for other threads at once, without looking at either again and again.
///
/// [#ring] is for any thread, also one that is interrupted: it touches nothing of the socket.
public final class Bell implements AutoCloseable {
    private final Socket socket;
    private final Selector selector;

    /// For the thread that uses the socket.
    public Bell(Socket socket) {
        this.socket = socket;
        try {
            selector = Selector.open();
            socket.raw().getFD().register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the waiting, or the next one if nobody waits.
    public void ring() {
        selector.wakeup();
    }

    /// Returns when a message is there, when the socket has room again, when the bell rang, or when
    /// the time is over; now and then also for nothing.
    ///
    /// @param millis 0 for as long as it takes
    public void await(long millis) {
        // Asking the socket also resets its descriptor, which is readable once for any news.
        if (socket.ready()) return;
        try {
            selector.select(_ -> {}, millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
