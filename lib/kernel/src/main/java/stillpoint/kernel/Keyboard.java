package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.zeromq.ZMQ;

/// `System.in` of the kernel: reading asks the client for a line. Closing it closes nothing, since
/// the next cell's `Scanner` reads from it too.
final class Keyboard extends InputStream {
    private static final int LOOK_MILLIS = 50;

    private final Socket stdin;
    private final ZMQ.Context context;
    private final ExecutorService asking =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("stdin").factory());
    private byte[] line = {};
    private int at;

    Keyboard(Socket stdin, ZMQ.Context context) {
        this.stdin = stdin;
        this.context = context;
    }

    @Override
    public synchronized int read() {
        if (at >= line.length && !fill()) return -1;
        return line[at++] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        if (length == 0) return 0;
        if (at >= line.length && !fill()) return -1;
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public synchronized int available() {
        return line.length - at;
    }

    /// What a cell left unread is not for the next one.
    synchronized void forget() {
        at = line.length;
    }

    /// Closes the socket, as the end of the kernel wants.
    void end() {
        asking.shutdownNow();
        stdin.close();
    }

    private boolean fill() {
        line = (ask("", false) + "\n").getBytes(StandardCharsets.UTF_8);
        at = 0;
        return true;
    }

    /// Asks whoever sent the cell.
    ///
    /// @throws IllegalStateException if that client does not answer questions
    String ask(String prompt, boolean secret) {
        System.out.flush();
        CellRun cell = CellRun.own();
        MessageContext parent = cell.parent();
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

    private String exchange(CellRun cell, MessageContext parent, String prompt, boolean secret) {
        while (stdin.ready()) stdin.next(); // an answer to a question that nobody asks any more
        var question = new JsonObject();
        question.addProperty("prompt", prompt);
        question.addProperty("password", secret);
        stdin.sendMessage(Outbox.message(parent, MessageType.INPUT_REQUEST, question));
        try (ZMQ.Poller poller = context.poller(1)) {
            poller.register(stdin, ZMQ.Poller.POLLIN);
            while (!cell.stopped()) {
                if (poller.poll(LOOK_MILLIS) <= 0) continue;
                Message<?> message = stdin.next().orElseThrow();
                if (message.getContent() instanceof InputReply reply) return reply.getValue();
            }
        }
        return "";
    }
}
