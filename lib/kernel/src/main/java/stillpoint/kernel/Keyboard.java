package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.zeromq.ZMQException;
import stillpoint.kernel.wire.Bell;
import stillpoint.kernel.wire.Message;
import stillpoint.kernel.wire.Message.Origin;
import stillpoint.kernel.wire.Received;
import stillpoint.kernel.wire.Socket;

/// `System.in` of the kernel: reading asks the client for a line. Closing it closes nothing, since
/// the next cell's `Scanner` reads from it too.
final class Keyboard extends InputStream {
    private final Socket stdin;
    private final Bell bell;
    private final ExecutorService asking =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("stdin").factory());
    private byte[] line = {};
    private int at;
    private volatile boolean reading;
    private volatile boolean ending;

    Keyboard(Socket stdin) {
        this.stdin = stdin;
        this.bell = new Bell(stdin);
    }

    @Override
    public synchronized int read() {
        if (at >= line.length) fill();
        return line[at++] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        if (length == 0) return 0;
        if (at >= line.length) fill();
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public synchronized int available() {
        return line.length - at;
    }

    /// What a cell left unread is not for the next one. A thread of an earlier cell may read just
    /// now: it holds the lock, and nothing is left.
    void forget() {
        if (!reading) clear();
    }

    private synchronized void clear() {
        at = line.length;
    }

    /// A cell was stopped: if it waits for an answer, it waits no longer.
    void stopped() {
        bell.ring();
    }

    /// Closes the socket, as the end of the kernel wants.
    void end() {
        ending = true;
        asking.execute(stdin::close);
        asking.shutdown();
        bell.ring();
    }

    private void fill() {
        reading = true;
        try {
            line = (ask("", false) + "\n").getBytes(StandardCharsets.UTF_8);
            at = 0;
        } finally {
            reading = false;
        }
    }

    /// Asks whoever sent the cell.
    ///
    /// @param secret whether nobody shall see what is typed
    /// @throws IllegalStateException if that client does not answer questions, or the cell was
    ///   stopped
    String ask(String prompt, boolean secret) {
        System.out.flush();
        CellRun cell = CellRun.own();
        Origin parent = cell.parent();
        if (parent == null || !cell.mayAsk())
            throw new IllegalStateException(
                    "System.in: the cell asks for input, but nobody can type in this run; put the value into the cell");
        Future<String> answer = asking.submit(() -> exchange(cell, parent, prompt, secret));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("System.in: interrupted while waiting for a line");
        } catch (ExecutionException e) {
            throw new IllegalStateException("System.in: " + e.getCause());
        }
    }

    private String exchange(CellRun cell, Origin parent, String prompt, boolean secret) {
        while (stdin.ready()) stdin.next(); // an answer to a question that nobody asks any more
        var question = new JsonObject();
        question.addProperty("prompt", prompt);
        question.addProperty("password", secret);
        stdin.send(Message.to(parent, "input_request", question));
        try {
            while (!cell.stopped() && !ending) {
                if (stdin.ready()) {
                    if (stdin.next().orElseThrow() instanceof Received.Whole whole
                            && answers(whole.message(), parent))
                        return whole.message().text("value", "");
                } else bell.await(0);
            }
        } catch (ZMQException e) {
            // The kernel ends.
        }
        throw new IllegalStateException("interrupted while waiting for a line");
    }

    /// Only whoever sent the cell may answer for it.
    private static boolean answers(Message message, Origin parent) {
        return message.type().equals("input_reply") && message.peer().equals(parent.peer());
    }
}
