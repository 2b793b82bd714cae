package stillpoint.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Sends to all subscribers, and greets the new ones.
///
/// A subscriber that is slow holds everyone up, so that nothing is lost; one that takes nothing for
/// a while is dead, and then loses what it has no room for. Once it takes something, it is waited
/// for again. ZeroMQ does not tell which of them has no room: while one is dead, another that lags
/// by a thousand messages loses some too.
///
/// For the one thread that publishes.
public final class Broadcast {
    private final Socket iopub;
    private final Bell bell;
    private final long patienceNanos;
    private boolean patient = true;

    /// @param bell of that socket
    /// @param patienceNanos how long a subscriber may take nothing
    public Broadcast(Socket iopub, Bell bell, long patienceNanos) {
        this.iopub = iopub;
        this.bell = bell;
        this.patienceNanos = patienceNanos;
    }

    /// Sends a message; returns when each subscriber has it or is given up.
    public void send(Message message) {
        List<byte[]> frames = iopub.written(message);
        long start = System.nanoTime();
        while (!iopub.offer(frames)) {
            long left = patient ? patienceNanos - (System.nanoTime() - start) : 0;
            if (left <= 0) {
                patient = false;
                iopub.raw().setXpubNoDrop(false);
                iopub.offer(frames);
                iopub.raw().setXpubNoDrop(true);
                return;
            }
            greet();
            bell.await(Math.max(1, left / 1_000_000));
        }
        patient = true;
    }

    /// Says welcome to everyone who subscribed since.
    public void greet() {
        while (iopub.ready()) {
            byte[] subscription = iopub.raw().recv();
            if (subscription.length == 0 || subscription[0] != 1) continue;
            String topic =
                    new String(
                            subscription, 1, subscription.length - 1, StandardCharsets.ISO_8859_1);
            iopub.offer(iopub.written(Message.welcome(topic)));
        }
    }
}
