package stillpoint.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import stillpoint.kernel.wire.Channels;
import stillpoint.kernel.wire.Connection;
import stillpoint.kernel.wire.Message;
import stillpoint.kernel.wire.Received;
import stillpoint.kernel.wire.Socket;

/// Answers the requests of clients. A new kind of request is one case in [#answer].
final class Kernel {
    private final Connection connection;
    private final Channels channels;
    private final Outbox outbox;
    private final Keyboard keyboard;
    private final Future<Session> session;
    private final Exhibition exhibition;
    private final History history;
    private final Comms comms;
    private final Runnable end;
    private final Deque<Behind> behind = new ArrayDeque<>();

    /// The cell that runs, or that waits until the session is made.
    private volatile @Nullable CellRun asked;

    private int count;

    /// A request that stood behind a cell that failed.
    ///
    /// @param failed the session of the client whose cell it was: only its own cells are aborted
    private record Behind(Received request, String failed) {}

    /// @param session may still be in the making: the first cell waits for it
    /// @param end asked to end the process, once the reply is on its way
    Kernel(
            Connection connection,
            Channels channels,
            Outbox outbox,
            Keyboard keyboard,
            Future<Session> session,
            Exhibition exhibition,
            History history,
            Runnable end) {
        this.connection = connection;
        this.channels = channels;
        this.outbox = outbox;
        this.keyboard = keyboard;
        this.session = session;
        this.exhibition = exhibition;
        this.history = history;
        this.comms = Comms.of(outbox);
        this.end = end;
    }

    /// Answers on shell until the kernel ends.
    void serveShell() {
        for (Optional<Received> next = channels.shell().next();
                next.isPresent();
                next = channels.shell().next()) {
            serve(channels.shell(), next.get(), false);
            while (!behind.isEmpty()) {
                Behind each = behind.remove();
                String session = each.request.message().origin().session();
                serve(channels.shell(), each.request, session.equals(each.failed));
            }
        }
        channels.shell().close();
    }

    /// Answers on control until the kernel ends.
    void serveControl() {
        for (Optional<Received> next = channels.control().next();
                next.isPresent();
                next = channels.control().next()) serve(channels.control(), next.get(), false);
        channels.control().close();
    }

    /// @param aborting whether it stood behind a cell of its client that failed
    private void serve(Socket socket, Received received, boolean aborting) {
        Message request = received.message();
        outbox.publish(request.origin(), "status", state("busy"));
        try {
            switch (received) {
                case Received.Whole _ -> {
                    if (socket == channels.control()) command(socket, request);
                    else answer(socket, request, aborting);
                }
                case Received.Refused refused -> refuse(socket, request, refused.why());
            }
        } catch (RuntimeException e) {
            refuse(socket, request, "the kernel could not answer: " + e);
        } finally {
            outbox.publish(request.origin(), "status", state("idle"));
        }
        if (request.type().equals("shutdown_request")) end.run();
    }

    private static JsonObject state(String state) {
        var content = new JsonObject();
        content.addProperty("execution_state", state);
        return content;
    }

    /// Says to a client, and for a cell to all, why its request leads to nothing.
    private void refuse(Socket socket, Message request, String why) {
        Main.console("a " + request.type() + " was refused: " + why);
        if (!request.type().endsWith("_request")) return;
        var failed =
                new Outcome.Failed(
                        "MessageRefused", why, List.of(Ansi.red("MessageRefused: " + why)));
        JsonObject content = Replies.failed(failed);
        if (request.type().equals("execute_request")) {
            outbox.publish(request.origin(), "error", Replies.error(failed));
            content.addProperty("execution_count", count);
        }
        reply(socket, request, content);
    }

    /// On control, beside a running cell: what needs no Java.
    private void command(Socket socket, Message request) {
        switch (request.type()) {
            case "kernel_info_request",
                    "connect_request",
                    "comm_info_request",
                    "interrupt_request",
                    "shutdown_request" ->
                    answer(socket, request, false);
            default -> {}
        }
    }

    private void answer(Socket socket, Message request, boolean aborting) {
        String code = request.text("code", "");
        switch (request.type()) {
            case "execute_request" -> {
                if (aborting) reply(socket, request, Replies.aborted());
                else execute(socket, request, code);
            }
            case "kernel_info_request" -> reply(socket, request, Replies.kernelInfo());
            case "complete_request" -> {
                var completion = Completion.of(code, cursor(request, code), ready().analysis());
                JsonObject content = Replies.completion(completion, code);
                content.getAsJsonObject("metadata")
                        .add(
                                "_jupyter_types_experimental",
                                Kinds.of(completion, code, ready().analysis()));
                reply(socket, request, content);
            }
            case "inspect_request" -> {
                String text =
                        Inspection.of(
                                code, cursor(request, code), ready().analysis(), ready().imports());
                reply(socket, request, Replies.inspection(text));
            }
            case "is_complete_request" ->
                    reply(socket, request, Continuation.of(code, ready().analysis()));
            case "history_request" -> reply(socket, request, history.reply(request));
            case "connect_request" -> reply(socket, request, Replies.connect(connection));
            case "comm_info_request" ->
                    reply(
                            socket,
                            request,
                            Replies.comms(comms.info(request.text("target_name", ""))));
            case "comm_open", "comm_msg", "comm_close" -> comm(request);
            case "interrupt_request" -> {
                interrupt();
                reply(socket, request, Replies.ok());
            }
            case "shutdown_request" -> {
                JsonObject content = Replies.shutdown(request.is("restart", false));
                reply(socket, request, content);
                // The other clients too want to know.
                outbox.publish(request.origin(), "shutdown_reply", content);
            }
            // What newer protocols bring, and answers to questions that nobody asked.
            default -> {}
        }
    }

    private static void reply(Socket socket, Message request, JsonObject content) {
        socket.send(Message.to(request.origin(), answers(request), content));
    }

    private static String answers(Message request) {
        return request.type().replaceAll("_request$", "_reply");
    }

    /// Where the cursor is: clients count characters of Unicode, Java counts halves of them.
    private static int cursor(Message request, String code) {
        int most = code.codePointCount(0, code.length());
        return code.offsetByCodePoints(0, Math.clamp(request.number("cursor_pos", most), 0, most));
    }

    private Session ready() {
        try {
            return session.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the kernel has no Java: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the kernel ends", e);
        }
    }

    private void interrupt() {
        CellRun cell = asked;
        if (cell != null) cell.stop();
        outbox.release();
        keyboard.stopped();
    }

    private void execute(Socket socket, Message request, String code) {
        boolean silent = request.is("silent", false);
        boolean stored = request.is("store_history", true) && !silent;
        if (stored) history.add(++count, code);
        var cell =
                new CellRun(
                        request.origin(), count, stored, silent, request.is("allow_stdin", false));
        asked = cell;
        var metadata = new JsonObject();
        metadata.addProperty("started", Instant.now().toString());
        if (!silent) outbox.publish(request.origin(), "execute_input", Replies.input(code, count));
        keyboard.forget();
        Outcome outcome = run(cell, code);
        JsonObject content =
                switch (outcome) {
                    case Outcome.Done _ -> {
                        JsonObject done = Replies.ok();
                        done.add("payload", new JsonArray());
                        done.add("user_expressions", expressions(cell, request));
                        yield done;
                    }
                    case Outcome.Failed failed -> {
                        if (!silent)
                            outbox.publish(request.origin(), "error", Replies.error(failed));
                        // Only what was sent before the client could know: what comes after the
                        // reply is meant to run.
                        if (request.is("stop_on_error", true))
                            while (socket.ready())
                                socket.next()
                                        .ifPresent(each ->
                                                behind.add(
                                                        new Behind(
                                                                each, request.origin().session())));
                        yield Replies.failed(failed);
                    }
                };
        asked = null;
        content.addProperty("execution_count", count);
        socket.send(
                Message.to(request.origin(), "execute_reply", content).with(metadata, List.of()));
    }

    private Outcome run(CellRun cell, String code) {
        try {
            return ready().run(cell, code, exhibition);
        } catch (RuntimeException e) {
            e.printStackTrace();
            String message = String.valueOf(e.getMessage());
            return new Outcome.Failed(
                    "KernelError", message, List.of(Ansi.red("KernelError: " + message)));
        }
    }

    /// What a client says to an object of a cell: its answer runs like a cell, and shows things
    /// under the message.
    private void comm(Message message) {
        if (!comms.concerns(message)) return;
        var cell = new CellRun(message.origin(), count, false, false, false);
        asked = cell;
        Outcome outcome = ready().call(cell, () -> comms.take(message));
        asked = null;
        if (outcome instanceof Outcome.Failed failed)
            outbox.publish(message.origin(), "error", Replies.error(failed));
    }

    private JsonObject expressions(CellRun cell, Message request) {
        var values = new JsonObject();
        for (Map.Entry<String, JsonElement> each : request.object("user_expressions").entrySet()) {
            JsonObject value;
            try {
                value = exhibition.forms(cell, ready().value(cell, each.getValue().getAsString()));
            } catch (Exception e) {
                String message = String.valueOf(e.getMessage());
                value =
                        Replies.failed(
                                new Outcome.Failed(
                                        e.getClass().getSimpleName(), message, List.of(message)));
            }
            values.add(each.getKey(), value);
        }
        return values;
    }
}
