package stillpoint.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.CommInfoRequest;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.jupyter.messages.request.InterruptRequest;
import org.dflib.jjava.jupyter.messages.request.IsCompleteRequest;
import org.dflib.jjava.jupyter.messages.request.KernelInfoRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;
import org.jspecify.annotations.Nullable;

/// Answers the requests of a client. A new kind of request is one case in [#answer].
final class Kernel {
    private final Channels channels;
    private final Outbox outbox;
    private final Keyboard keyboard;
    private final Future<Session> session;
    private final Gallery gallery;
    private final Runnable end;
    private final History history = new History();
    private final Deque<Message<?>> behind = new ArrayDeque<>();

    /// The cell that runs, or that waits until the session is made.
    private volatile @Nullable CellRun asked;

    private int count;

    /// @param session may still be in the making: the first cell waits for it
    /// @param end asked to end the process, once the reply is on its way
    Kernel(
            Channels channels,
            Outbox outbox,
            Keyboard keyboard,
            Future<Session> session,
            Gallery gallery,
            Runnable end) {
        this.channels = channels;
        this.outbox = outbox;
        this.keyboard = keyboard;
        this.session = session;
        this.gallery = gallery;
        this.end = end;
    }

    /// Answers on shell until the kernel ends.
    void serveShell() {
        for (Optional<Message<?>> next = channels.shell().next();
                next.isPresent();
                next = channels.shell().next()) {
            serve(channels.shell(), next.get(), false);
            while (!behind.isEmpty()) serve(channels.shell(), behind.remove(), true);
        }
        channels.shell().close();
    }

    /// Answers on control until the kernel ends.
    void serveControl() {
        for (Optional<Message<?>> next = channels.control().next();
                next.isPresent();
                next = channels.control().next()) serve(channels.control(), next.get(), false);
        channels.control().close();
    }

    /// @param aborting whether it stood behind a cell that failed
    private void serve(Socket socket, Message<?> request, boolean aborting) {
        outbox.publish(request, MessageType.PUBLISH_STATUS, state("busy"));
        try {
            answer(socket, request, aborting);
        } catch (RuntimeException e) {
            Main.console(
                    "a " + request.getHeader().getType().getName() + " was not answered: " + e);
        } finally {
            outbox.publish(request, MessageType.PUBLISH_STATUS, state("idle"));
        }
        if (request.getContent() instanceof ShutdownRequest) end.run();
    }

    private static JsonObject state(String state) {
        var content = new JsonObject();
        content.addProperty("execution_state", state);
        return content;
    }

    private void answer(Socket socket, Message<?> request, boolean aborting) {
        switch (request.getContent()) {
            case ExecuteRequest cell -> {
                if (aborting) reply(socket, request, MessageType.EXECUTE_REPLY, Replies.aborted());
                else execute(socket, request, cell);
            }
            case KernelInfoRequest _ ->
                    reply(socket, request, MessageType.KERNEL_INFO_REPLY, Replies.kernelInfo());
            case CompleteRequest ask -> {
                int cursor = position(ask.getCode(), ask.getCursorPos());
                var completion = Completion.of(ask.getCode(), cursor, ready().analysis());
                reply(
                        socket,
                        request,
                        MessageType.COMPLETE_REPLY,
                        Replies.completion(completion, ask.getCode()));
            }
            case InspectRequest ask -> {
                int cursor = position(ask.getCode(), ask.getCursorPos());
                String text = Inspection.of(ask.getCode(), cursor, ready().analysis());
                reply(socket, request, MessageType.INSPECT_REPLY, Replies.inspection(text));
            }
            case IsCompleteRequest ask ->
                    reply(
                            socket,
                            request,
                            MessageType.IS_COMPLETE_REPLY,
                            Continuation.of(ask.getCode(), ready().analysis()));
            case HistoryRequest ask ->
                    reply(socket, request, MessageType.HISTORY_REPLY, history.reply(ask));
            case CommInfoRequest _ ->
                    reply(socket, request, MessageType.COMM_INFO_REPLY, Replies.comms());
            case InterruptRequest _ -> {
                CellRun cell = asked;
                if (cell != null) cell.stop();
                reply(socket, request, MessageType.INTERRUPT_REPLY, Replies.ok());
            }
            case ShutdownRequest ask ->
                    reply(
                            socket,
                            request,
                            MessageType.SHUTDOWN_REPLY,
                            Replies.shutdown(ask.isRestart()));
            // Comms and what newer protocols bring: nothing here listens to them.
            case null, default -> {}
        }
    }

    private void reply(Socket socket, Message<?> request, MessageType<?> type, JsonObject content) {
        socket.sendMessage(Outbox.message(request, type, content));
    }

    /// Clients count characters of Unicode, Java counts halves of them.
    private static int position(String code, int characters) {
        return code.offsetByCodePoints(
                0, Math.clamp(characters, 0, code.codePointCount(0, code.length())));
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

    private void execute(Socket socket, Message<?> request, ExecuteRequest ask) {
        boolean stored = ask.shouldStoreHistory() && !ask.isSilent();
        if (stored) history.add(++count, ask.getCode());
        var cell = new CellRun(request, count, stored, ask.isSilent(), ask.isStdinEnabled());
        asked = cell;
        if (!ask.isSilent())
            outbox.publish(
                    request,
                    MessageType.PUBLISH_EXECUTE_INPUT,
                    Replies.input(ask.getCode(), count));
        keyboard.forget();
        Outcome outcome = run(cell, ask.getCode());
        asked = null;
        switch (outcome) {
            case Outcome.Done _ -> {
                JsonObject content = Replies.ok();
                content.addProperty("execution_count", count);
                content.add("payload", new JsonArray());
                content.add("user_expressions", expressions(cell, ask));
                reply(socket, request, MessageType.EXECUTE_REPLY, content);
            }
            case Outcome.Failed failed -> {
                if (!ask.isSilent())
                    outbox.publish(request, MessageType.PUBLISH_ERROR, Replies.error(failed));
                JsonObject content = Replies.error(failed);
                content.addProperty("status", "error");
                content.addProperty("execution_count", count);
                // Only what was sent before the client could know: what comes after the reply is
                // meant to run.
                if (ask.shouldStopOnError())
                    while (socket.ready()) socket.next().ifPresent(behind::add);
                reply(socket, request, MessageType.EXECUTE_REPLY, content);
            }
        }
    }

    private Outcome run(CellRun cell, String code) {
        try {
            return ready().run(cell, code, this::result);
        } catch (RuntimeException e) {
            e.printStackTrace();
            String message = String.valueOf(e.getMessage());
            return new Outcome.Failed(
                    "KernelError", message, List.of(Ansi.red("KernelError: " + message)));
        }
    }

    private void result(CellRun cell, @Nullable Object value) {
        List<Shown> parts = Shown.parts(value, cell.nextId(), gallery);
        for (Shown part : parts.subList(0, parts.size() - 1)) display(cell, part);
        var content = new JsonObject();
        content.addProperty("execution_count", cell.number());
        content.add("data", parts.getLast().data());
        content.add("metadata", new JsonObject());
        cell.ifHeard(
                parent -> outbox.publish(parent, MessageType.PUBLISH_EXECUTION_RESULT, content));
    }

    private void display(CellRun cell, Shown shown) {
        var content = new JsonObject();
        content.add("data", shown.data());
        content.add("metadata", new JsonObject());
        content.add("transient", new JsonObject());
        cell.ifHeard(parent -> outbox.publish(parent, MessageType.PUBLISH_DISPLAY_DATA, content));
    }

    private JsonObject expressions(CellRun cell, ExecuteRequest ask) {
        var values = new JsonObject();
        if (ask.getUserExpr() == null) return values;
        ask.getUserExpr()
                .forEach((name, expression) -> {
                    JsonObject value;
                    try {
                        value = Replies.ok();
                        value.add(
                                "data",
                                Shown.of(ready().value(cell, expression), cell.nextId(), gallery)
                                        .data());
                        value.add("metadata", new JsonObject());
                    } catch (Exception e) {
                        String message = String.valueOf(e.getMessage());
                        value =
                                Replies.error(
                                        new Outcome.Failed(
                                                e.getClass().getSimpleName(),
                                                message,
                                                List.of(message)));
                        value.addProperty("status", "error");
                    }
                    values.add(name, value);
                });
        return values;
    }

    /// Publishes what cells show while they run.
    Live.Publisher publisher() {
        return new Live.Publisher() {
            @Override
            public void display(@Nullable Object value, String displayId, boolean again) {
                CellRun cell = CellRun.own();
                if (displayId.isEmpty()) {
                    for (Shown part : Shown.parts(value, cell.nextId(), gallery))
                        Kernel.this.display(cell, part);
                    return;
                }
                var content = new JsonObject();
                content.add("data", Shown.of(value, cell.nextId(), gallery).data());
                content.add("metadata", new JsonObject());
                var hidden = new JsonObject();
                hidden.addProperty("display_id", displayId);
                content.add("transient", hidden);
                MessageType<?> type =
                        again
                                ? MessageType.PUBLISH_UPDATE_DISPLAY_DATA
                                : MessageType.PUBLISH_DISPLAY_DATA;
                cell.ifHeard(parent -> outbox.publish(parent, type, content));
            }

            @Override
            public void clear(boolean beforeNext) {
                var content = new JsonObject();
                content.addProperty("wait", beforeNext);
                CellRun.own()
                        .ifHeard(parent ->
                                outbox.publish(parent, MessageType.PUBLISH_CLEAR_OUTPUT, content));
            }
        };
    }
}
