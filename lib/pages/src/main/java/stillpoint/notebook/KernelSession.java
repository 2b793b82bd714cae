package stillpoint.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/// One living kernel and the sockets to it.
///
/// The four sockets are polled by the one thread that calls in here; they are not safe for more. No
/// heartbeat: whether the process lives says more.
final class KernelSession implements AutoCloseable {
    private static final int POLL_MILLIS = 200;
    private static final int BAD_SIGNATURES_ALLOWED = 10;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final RunOptions options;
    private final ConnectionFile connection;
    private final KernelProcess process;
    private final KernelSpec spec;
    private final Wire wire;
    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket stdin;
    private final ZMQ.Socket iopub;
    private final ZMQ.Poller poller;
    private final Map<String, CellOutputs> ended = new HashMap<>();
    private int refused;
    private boolean answered;
    private boolean heard;
    private Optional<Execution> current = Optional.empty();

    /// A request under way: over when both the reply and `idle` came, in either order.
    private static final class Execution {
        final String id = UUID.randomUUID().toString();
        final CellOutputs outputs;
        Optional<Message> reply = Optional.empty();
        boolean idle;
        int asked;

        Execution(CellOutputs outputs) {
            this.outputs = outputs;
        }

        boolean over() {
            return idle && reply.isPresent();
        }
    }

    /// How a request ended.
    ///
    /// @param message empty if all is well
    record Ended(How how, String message) {}

    /// The ways in which a request ends.
    enum How {
        OK,
        /// The code raised.
        RAISED,
        /// The kernel broke the protocol, or would not run the code.
        REFUSED,
        TIMED_OUT,
        DIED
    }

    /// Starts a kernel and waits until it answers and is heard.
    ///
    /// @param folder the kernel's working folder
    /// @throws NotebookException if it does not within [RunOptions#startBudget]
    static KernelSession start(KernelSpec spec, Path folder, RunOptions options)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            var connection = ConnectionFile.create();
            KernelProcess process;
            try {
                process = KernelProcess.start(spec, connection.path(), folder);
            } catch (NotebookException e) {
                connection.close();
                throw e;
            }
            var session = new KernelSession(spec, options, connection, process);
            try {
                session.shakeHands();
                session.warmUp();
                return session;
            } catch (NotebookException e) {
                boolean portTaken =
                        !process.alive() && process.tail().contains("ddress already in use");
                session.abandon();
                if (!portTaken || attempt == 3) throw e;
            }
        }
    }

    private KernelSession(
            KernelSpec spec, RunOptions options, ConnectionFile connection, KernelProcess process) {
        this.spec = spec;
        this.options = options;
        this.connection = connection;
        this.process = process;
        String session = UUID.randomUUID().toString();
        this.wire = new Wire(connection.key(), session);
        byte[] identity = session.getBytes(StandardCharsets.US_ASCII);
        this.iopub = socket(SocketType.SUB, identity);
        iopub.subscribe(new byte[0]);
        iopub.connect(connection.iopub());
        this.shell = socket(SocketType.DEALER, identity);
        shell.connect(connection.shell());
        this.control = socket(SocketType.DEALER, identity);
        control.connect(connection.control());
        this.stdin = socket(SocketType.DEALER, identity);
        stdin.connect(connection.stdin());
        this.poller = context.createPoller(4);
        for (ZMQ.Socket each : List.of(iopub, shell, control, stdin))
            poller.register(each, ZMQ.Poller.POLLIN);
    }

    /// No high-water mark: a message that is not received is an output that is lost.
    private ZMQ.Socket socket(SocketType type, byte[] identity) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setIdentity(identity);
        socket.setLinger(0);
        socket.setRcvHWM(0);
        socket.setSndHWM(0);
        socket.setReconnectIVL(20);
        return socket;
    }

    /// A kernel may drop an early request, and a subscription takes its time: so the request is
    /// sent again until a reply came on shell and anything at all on iopub.
    private void shakeHands() throws NotebookException {
        long start = System.nanoTime();
        long next = start;
        while (!answered || !heard) {
            long now = System.nanoTime();
            if (now >= next) {
                send(shell, UUID.randomUUID().toString(), "kernel_info_request", empty(), empty());
                next = now + (answered ? SECOND_NANOS / 20 : SECOND_NANOS);
            }
            pump(50);
            if (Thread.currentThread().isInterrupted())
                throw new NotebookException(name() + ": the run was interrupted");
            if (!process.alive())
                throw new NotebookException(
                        name() + " ended before it answered: " + process.obituary());
            if (refused > BAD_SIGNATURES_ALLOWED)
                throw new NotebookException(name() + ": " + badSignatures());
            if (now - start > options.startBudget().toNanos()) {
                String tail = process.tail();
                throw new NotebookException(
                        name()
                                + " did not answer within "
                                + options.startBudget().toSeconds()
                                + " s"
                                + (answered ? " on iopub" : "")
                                + "; it is started with "
                                + spec.command(connection.path()).getFirst()
                                + (tail.isEmpty()
                                        ? " and printed nothing"
                                        : "; its last lines:\n" + tail.indent(2).stripTrailing()));
            }
        }
    }

    /// A kernel may answer before it can run anything. An empty request waits for the rest of its
    /// start, so that this counts against no cell's budget.
    private void warmUp() throws NotebookException {
        var outputs = new CellOutputs(options.outputBytes(), 0, new HashMap<>());
        ObjectNode content = code("").put("silent", true).put("store_history", false);
        Ended ended = run(empty(), content, options.startBudget(), outputs, elapsed -> {});
        switch (ended.how()) {
            case OK -> {}
            case TIMED_OUT ->
                    throw new NotebookException(
                            name()
                                    + " answered, but was not ready to run code within "
                                    + options.startBudget().toSeconds()
                                    + " s");
            case RAISED, REFUSED, DIED ->
                    throw new NotebookException(
                            name()
                                    + " answered, but could not run an empty cell: "
                                    + ended.message());
        }
    }

    private String name() {
        return "kernel " + spec.name();
    }

    private String badSignatures() {
        return refused
                + " messages with a wrong signature; the kernel does not use the key of its connection file";
    }

    /// Runs code and collects what it shows.
    ///
    /// @param mayFail whether the kernel should go on with later requests when this one raises
    /// @param tick told about once a second how long it has taken
    Ended execute(
            String cellId,
            String code,
            boolean mayFail,
            Duration budget,
            CellOutputs outputs,
            Consumer<Duration> tick) {
        settle();
        ObjectNode content = code(code).put("stop_on_error", !mayFail);
        return run(empty().put("cellId", cellId), content, budget, outputs, tick);
    }

    private static ObjectNode code(String code) {
        ObjectNode content =
                empty().put("code", code).put("silent", false).put("store_history", true);
        content.set("user_expressions", empty());
        return content.put("allow_stdin", false);
    }

    private Ended run(
            ObjectNode metadata,
            ObjectNode content,
            Duration budget,
            CellOutputs outputs,
            Consumer<Duration> tick) {
        var execution = new Execution(outputs);
        current = Optional.of(execution);
        try {
            send(shell, execution.id, "execute_request", metadata, content);
            return await(execution, budget, tick);
        } finally {
            current = Optional.empty();
            ended.put(execution.id, outputs);
        }
    }

    private Ended await(Execution execution, Duration budget, Consumer<Duration> tick) {
        long start = System.nanoTime();
        long nextTick = start + SECOND_NANOS;
        long half = 0;
        while (!execution.over()) {
            pump(POLL_MILLIS);
            long now = System.nanoTime();
            if (!process.alive()) {
                while (pump(100)) {}
                if (execution.over()) break;
                return new Ended(How.DIED, process.obituary());
            }
            if (Thread.currentThread().isInterrupted())
                return new Ended(How.REFUSED, "the run was interrupted");
            if (refused > BAD_SIGNATURES_ALLOWED) return new Ended(How.REFUSED, badSignatures());
            if (now - start > budget.toNanos()) return stop(execution, budget);
            if (half == 0 && (execution.idle || execution.reply.isPresent())) half = now;
            if (half != 0 && !execution.over() && now - half > options.grace().toNanos())
                return new Ended(
                        How.REFUSED,
                        execution.idle
                                ? "the kernel was idle, but sent no execute_reply within "
                                        + options.grace().toSeconds()
                                        + " s"
                                : "the kernel replied, but did not say it was idle within "
                                        + options.grace().toSeconds()
                                        + " s: outputs may be missing");
            if (now >= nextTick) {
                process.meetChildren();
                tick.accept(Duration.ofNanos(now - start));
                nextTick += SECOND_NANOS;
            }
        }
        return verdict(execution);
    }

    private Ended verdict(Execution execution) {
        if (execution.asked > 0)
            return new Ended(
                    How.REFUSED,
                    "the code asked for input, which nobody can type in a run; put the value into the cell");
        ObjectNode none = empty();
        var reply = execution.reply.map(Message::content).orElse(none);
        String status = reply.path("status").asText("");
        if (status.equals("error") && execution.outputs.failure().isEmpty())
            execution.outputs.fail(CellOutputs.failure(reply));
        var failure = execution.outputs.failure();
        if (failure.isPresent()) return new Ended(How.RAISED, words(failure.get()));
        if (status.equals("ok")) return new Ended(How.OK, "");
        return new Ended(
                How.REFUSED,
                status.startsWith("abort")
                        ? "the kernel aborted it without running it"
                        : "the kernel replied with status \""
                                + status
                                + "\", which is none of ok, error and aborted");
    }

    private static String words(Output.Failure failure) {
        String first =
                failure.value().isEmpty()
                        ? failure.name()
                        : failure.name() + ": " + failure.value();
        String trace = String.join("\n", failure.traceback()).replaceAll("\u001B\\[[0-9;]*m", "");
        // A trace often begins with what has just been said.
        int skipped = trace.lines().findFirst().filter(line -> line.endsWith(first)).isPresent() ? 1 : 0;
        String shown =
                trace.lines()
                        .skip(skipped)
                        .limit(12)
                        .collect(java.util.stream.Collectors.joining("\n"));
        return shown.isBlank() ? first : first + "\n" + shown.indent(2).stripTrailing();
    }

    /// Interrupts, waits, and if that does not help, says what the kernel's threads do and destroys
    /// it.
    private Ended stop(Execution execution, Duration budget) {
        String spent =
                "it ran longer than its budget of "
                        + budget.toSeconds()
                        + " s; raise it with metadata.stillpoint.budgetSeconds of the cell";
        long start = System.nanoTime();
        long next = start;
        while (!execution.over()
                && process.alive()
                && System.nanoTime() - start < options.grace().toNanos()) {
            // Again each second: one that comes while the kernel gets the cell ready may be lost.
            if (System.nanoTime() >= next) {
                interrupt();
                next += SECOND_NANOS;
            }
            pump(50);
        }
        if (execution.over()) return new Ended(How.TIMED_OUT, spent);
        String dump = process.alive() ? process.threadDump() : "";
        process.close();
        return new Ended(
                How.TIMED_OUT,
                spent
                        + "; an interrupt did not stop it within "
                        + options.grace().toSeconds()
                        + " s, so the kernel was destroyed"
                        + (dump.isEmpty()
                                ? ""
                                : "; its threads were:\n"
                                        + shortened(dump).indent(2).stripTrailing()));
    }

    /// Threads of the program first; those of the JVM itself do not matter here.
    private static String shortened(String dump) {
        var stacks = new ArrayDeque<String>();
        for (String each : dump.split("\n\n", -1)) {
            if (!each.contains("\n\tat ")) continue;
            if (each.startsWith("\"main\"") || each.contains("REPL.$JShell$"))
                stacks.addFirst(each);
            else stacks.addLast(each);
        }
        return String.join("\n\n", stacks)
                .lines()
                .limit(60)
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    private void interrupt() {
        switch (spec.interrupt()) {
            case MESSAGE ->
                    send(
                            control,
                            UUID.randomUUID().toString(),
                            "interrupt_request",
                            empty(),
                            empty());
            case SIGNAL -> {
                try {
                    process.signalInterrupt();
                } catch (IOException e) {
                    // Without `kill` there is only the harder way, which comes next.
                }
            }
        }
    }

    private void send(
            ZMQ.Socket socket, String id, String type, ObjectNode metadata, ObjectNode content) {
        List<byte[]> frames = wire.encode(id, type, metadata, content);
        for (int i = 0; i < frames.size(); i++)
            socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
    }

    /// Receives what is there, waiting for the first message at most so long; whether there was
    /// any. Bounded, so that a kernel that never stops talking does not keep the clock from being
    /// looked at.
    private boolean pump(int millis) {
        if (poller.poll(millis) <= 0) return false;
        for (ZMQ.Socket socket : List.of(iopub, shell, control, stdin))
            for (int i = 0; i < 1000; i++) {
                byte[] first = socket.recv(ZMQ.DONTWAIT);
                if (first == null) break;
                var frames = new ArrayList<byte[]>(List.of(first));
                while (socket.hasReceiveMore()) frames.add(socket.recv());
                wire.decode(frames)
                        .ifPresentOrElse(message -> took(socket, message), () -> refused++);
            }
        return true;
    }

    private void took(ZMQ.Socket socket, Message message) {
        heard |= socket == iopub;
        answered |= message.type().equals("kernel_info_reply");
        boolean ours = current.isPresent() && current.get().id.equals(message.parent());
        if (ours) {
            Execution execution = current.get();
            switch (message.type()) {
                case "execute_reply" -> execution.reply = Optional.of(message);
                case "status" ->
                        execution.idle |=
                                message.content().path("execution_state").asText("").equals("idle");
                case "input_request" -> {
                    if (execution.asked++ == 0)
                        send(
                                stdin,
                                UUID.randomUUID().toString(),
                                "input_reply",
                                empty(),
                                empty().put("value", ""));
                    else if (execution.asked == 3) interrupt();
                }
                default -> {
                    if (execution.over()) execution.outputs.takeLate(message);
                    else execution.outputs.take(message);
                }
            }
        } else if (ended.containsKey(message.parent()))
            ended.get(message.parent()).takeLate(message);
    }

    private static ObjectNode empty() {
        return NotebookFile.JSON.createObjectNode();
    }

    /// Takes what cells sent after they had ended, but not for ever: a thread of theirs may be
    /// talking on.
    void settle() {
        long start = System.nanoTime();
        while (pump(0) && System.nanoTime() - start < SECOND_NANOS) {}
    }

    /// Asks the kernel to end, then sees to it; the connection file goes too.
    @Override
    public void close() throws IOException {
        if (process.alive()) {
            process.meetChildren();
            send(
                    control,
                    UUID.randomUUID().toString(),
                    "shutdown_request",
                    empty(),
                    empty().put("restart", false));
            process.endsWithin(options.grace());
        }
        abandon();
    }

    private void abandon() throws IOException {
        poller.close();
        context.close();
        process.close();
        connection.close();
    }
}
