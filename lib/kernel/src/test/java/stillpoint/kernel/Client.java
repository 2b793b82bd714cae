package stillpoint.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/// A Jupyter client for tests, written against the specification and not with the kernel's own
/// classes: a real process behind real sockets.
final class Client implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

    private final Started kernel;
    private final Process process;
    private final String key;
    private final String session = UUID.randomUUID().toString();
    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket stdin;
    private final ZMQ.Socket iopub;
    private final ZMQ.Poller poller = context.createPoller(4);
    private final List<Message> heard = new ArrayList<>();
    private boolean owner = true;

    /// A message, and when it came.
    record Message(
            String channel,
            String type,
            String parent,
            JsonObject header,
            JsonObject metadata,
            JsonObject content,
            long nanos) {}

    /// All that a request led to, in order.
    record Answer(List<Message> messages) {
        JsonObject reply() {
            return messages.stream()
                    .filter(each -> each.channel.equals("shell"))
                    .findFirst()
                    .orElseThrow()
                    .content;
        }

        List<Message> published() {
            return messages.stream().filter(each -> each.channel.equals("iopub")).toList();
        }

        List<String> types() {
            return published().stream().map(Message::type).toList();
        }

        String status() {
            return reply().get("status").getAsString();
        }

        String stream(String name) {
            var text = new StringBuilder();
            for (Message each : published())
                if (each.type.equals("stream")
                        && each.content.get("name").getAsString().equals(name))
                    text.append(each.content.get("text").getAsString());
            return text.toString();
        }

        String stdout() {
            return stream("stdout");
        }

        List<JsonObject> data(String type) {
            return published().stream()
                    .filter(each -> each.type.equals(type))
                    .map(each -> each.content.getAsJsonObject("data"))
                    .toList();
        }

        /// The plain text of the cell's value, or empty.
        String result() {
            return data("execute_result").stream()
                    .map(each -> each.get("text/plain").getAsString())
                    .findFirst()
                    .orElse("");
        }

        String error() {
            JsonObject reply = reply();
            return reply.has("ename")
                    ? reply.get("ename").getAsString() + ": " + reply.get("evalue").getAsString()
                    : "";
        }

        /// The traceback without colours.
        String trace() {
            var text = new StringBuilder();
            for (var line : reply().getAsJsonArray("traceback"))
                text.append(line.getAsString().replaceAll("\u001B\\[[0-9;]*m", "")).append('\n');
            return text.toString();
        }
    }

    /// A kernel that answers.
    static Client start() throws Exception {
        return start(ProcessHandle.current().pid());
    }

    /// @param parent the process whose end is the kernel's end
    static Client start(long parent) throws Exception {
        return start(
                Started.with(
                        Started.freshConnection(),
                        Map.of("JPY_PARENT_PID", Long.toString(parent))));
    }

    /// Another client of a kernel, or the first.
    static Client start(Started kernel) throws Exception {
        var client = new Client(kernel);
        // A subscription takes its time: whoever is welcome misses nothing that comes after.
        client.until(() -> client.welcome().isPresent());
        client.run("0;");
        return client;
    }

    /// The first thing that a subscriber hears.
    Optional<Message> welcome() {
        return heard.stream().filter(each -> each.type.equals("iopub_welcome")).findFirst();
    }

    private Client(Started kernel) {
        this.kernel = kernel;
        this.process = kernel.process();
        this.key = kernel.key();
        shell = connect(SocketType.DEALER, "shell_port");
        iopub = connect(SocketType.SUB, "iopub_port");
        iopub.setRcvHWM(0);
        iopub.subscribe(new byte[0]);
        stdin = connect(SocketType.DEALER, "stdin_port");
        control = connect(SocketType.DEALER, "control_port");
        for (ZMQ.Socket each : List.of(shell, iopub, stdin, control))
            poller.register(each, ZMQ.Poller.POLLIN);
    }

    private ZMQ.Socket connect(SocketType type, String port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setIdentity(session.getBytes(StandardCharsets.US_ASCII));
        socket.setLinger(0);
        socket.setReconnectIVL(20);
        socket.connect(kernel.address(port));
        return socket;
    }

    /// Runs a cell.
    Answer run(String code) throws Exception {
        return ask("execute_request", cell(code));
    }

    /// Runs cells in one breath, without waiting for any.
    List<Answer> runTogether(String... codes) throws Exception {
        var ids = new ArrayList<String>();
        for (String code : codes) ids.add(send(shell, "execute_request", cell(code)));
        var answers = new ArrayList<Answer>();
        for (String id : ids) answers.add(await(id));
        return answers;
    }

    static JsonObject cell(String code) {
        var content = new JsonObject();
        content.addProperty("code", code);
        content.addProperty("silent", false);
        content.addProperty("store_history", true);
        content.add("user_expressions", new JsonObject());
        content.addProperty("allow_stdin", false);
        content.addProperty("stop_on_error", true);
        return content;
    }

    /// Runs a cell and interrupts it as soon as it has printed something.
    Answer runAndInterrupt(String code) throws Exception {
        String id = send(shell, "execute_request", cell(code));
        awaitMessage(id, "stream");
        send(control, "interrupt_request", new JsonObject());
        return await(id);
    }

    /// Stops a cell as soon as the kernel says that it has heard of it, which is before it runs.
    Answer runAndInterruptAtOnce(String code) throws Exception {
        String id = send(shell, "execute_request", cell(code));
        awaitMessage(id, "execute_input");
        send(control, "interrupt_request", new JsonObject());
        return await(id);
    }

    /// Starts a cell and returns when it has printed something.
    ///
    /// @return its id
    String begin(String code) throws Exception {
        String id = send(shell, "execute_request", cell(code));
        awaitMessage(id, "stream");
        return id;
    }

    void interrupt() throws Exception {
        String id = send(control, "interrupt_request", new JsonObject());
        until(() -> of(id).stream().anyMatch(each -> each.type.equals("interrupt_reply")));
    }

    /// Asks about code with the cursor at its end.
    JsonObject about(String type, String code) throws Exception {
        var content = new JsonObject();
        content.addProperty("code", code);
        content.addProperty("cursor_pos", code.codePointCount(0, code.length()));
        content.addProperty("detail_level", 0);
        return ask(type, content).reply();
    }

    Answer ask(String type, JsonObject content) throws Exception {
        return await(send(shell, type, content));
    }

    /// Runs a cell whose questions are answered.
    Answer runWithInput(String code, String... lines) throws Exception {
        JsonObject content = cell(code);
        content.addProperty("allow_stdin", true);
        String id = send(shell, "execute_request", content);
        for (int i = 0; i < lines.length; i++) {
            int asked = i + 1;
            until(() ->
                    of(id).stream().filter(each -> each.type.equals("input_request")).count()
                            >= asked);
            var reply = new JsonObject();
            reply.addProperty("value", lines[i]);
            send(stdin, "input_reply", reply);
        }
        return await(id);
    }

    /// Another client of the same kernel; closing it leaves the kernel alone.
    Client join() throws Exception {
        Client other = start(kernel);
        other.owner = false;
        return other;
    }

    String send(String type, JsonObject content) {
        return send(shell, type, content);
    }

    /// All that is published about a request which needs no reply.
    List<Message> statuses(String type, JsonObject content) throws Exception {
        String id = send(shell, type, content);
        until(() -> of(id).stream().anyMatch(Client::isIdle));
        return of(id);
    }

    /// What is known of a request so far.
    List<Message> heardAbout(String id) {
        return of(id);
    }

    JsonObject askControl(String type, JsonObject content) throws Exception {
        String id = send(control, type, content);
        until(() -> of(id).stream().anyMatch(each -> each.channel.equals("control")));
        return of(id).stream()
                .filter(each -> each.channel.equals("control"))
                .findFirst()
                .orElseThrow()
                .content;
    }

    /// Sends frames to shell as they are.
    void sendRaw(List<byte[]> frames) {
        for (byte[] each : frames.subList(0, frames.size() - 1)) shell.sendMore(each);
        shell.send(frames.getLast());
    }

    static List<byte[]> frames(String signature, byte[]... parts) {
        var frames = new ArrayList<byte[]>();
        frames.add(DELIMITER);
        frames.add(signature.getBytes(StandardCharsets.UTF_8));
        frames.addAll(List.of(parts));
        return frames;
    }

    List<byte[]> signed(byte[]... parts) {
        return frames(signature(List.of(parts)), parts);
    }

    String send(ZMQ.Socket socket, String type, JsonObject content) {
        String id = UUID.randomUUID().toString();
        var header = new JsonObject();
        header.addProperty("msg_id", id);
        header.addProperty("session", session);
        header.addProperty("username", "test");
        header.addProperty("date", "2026-11-22T00:00:00Z");
        header.addProperty("msg_type", type);
        header.addProperty("version", "5.4");
        var parts = new ArrayList<byte[]>();
        for (String part : List.of(header.toString(), "{}", "{}", content.toString()))
            parts.add(part.getBytes(StandardCharsets.UTF_8));
        socket.sendMore(DELIMITER);
        socket.sendMore(signature(parts));
        for (int i = 0; i < 3; i++) socket.sendMore(parts.get(i));
        socket.send(parts.get(3));
        return id;
    }

    private String signature(List<byte[]> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer await(String id) throws Exception {
        until(() ->
                of(id).stream().anyMatch(each -> each.channel.equals("shell"))
                        && of(id).stream().anyMatch(Client::isIdle));
        return new Answer(of(id));
    }

    private static boolean isIdle(Message message) {
        return message.type.equals("status")
                && message.content.get("execution_state").getAsString().equals("idle");
    }

    /// The first message of a type about a request.
    Message awaitMessage(String id, String type) throws Exception {
        until(() -> of(id).stream().anyMatch(each -> each.type.equals(type)));
        return of(id).stream().filter(each -> each.type.equals(type)).findFirst().orElseThrow();
    }

    private List<Message> of(String id) {
        return heard.stream().filter(each -> each.parent.equals(id)).toList();
    }

    private interface Condition {
        boolean holds();
    }

    private void until(Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > PATIENCE_NANOS)
                throw new AssertionError("nothing for a minute; heard " + heard);
            if (!process.isAlive() && !pump(200, () -> {}))
                throw new AssertionError("the kernel is gone: " + process.exitValue());
            pump(100, () -> {});
        }
    }

    /// Receives for a moment; whether there was anything.
    private boolean pump(int millis, Runnable otherwise) {
        if (poller.poll(millis) <= 0) {
            otherwise.run();
            return false;
        }
        take("iopub", iopub);
        take("shell", shell);
        take("control", control);
        take("stdin", stdin);
        return true;
    }

    private void take(String channel, ZMQ.Socket socket) {
        for (byte[] frame = socket.recv(ZMQ.DONTWAIT);
                frame != null;
                frame = socket.recv(ZMQ.DONTWAIT)) {
            while (!Arrays.equals(frame, DELIMITER)) frame = socket.recv();
            String signature = socket.recvStr();
            var parts = new ArrayList<byte[]>();
            do parts.add(socket.recv());
            while (socket.hasReceiveMore());
            if (!signature.equals(signature(parts.subList(0, 4))))
                throw new AssertionError("not signed");
            JsonObject parent = json(parts.get(1));
            heard.add(
                    new Message(
                            channel,
                            json(parts.get(0)).get("msg_type").getAsString(),
                            parent.has("msg_id") ? parent.get("msg_id").getAsString() : "",
                            json(parts.get(0)),
                            json(parts.get(2)),
                            json(parts.get(3)),
                            System.nanoTime()));
        }
    }

    private static JsonObject json(byte[] part) {
        return JsonParser.parseString(new String(part, StandardCharsets.UTF_8)).getAsJsonObject();
    }

    Started kernel() {
        return kernel;
    }

    Process process() {
        return process;
    }

    /// Asks the kernel to end and waits for it.
    ///
    /// @return its exit code
    int shutdown() throws Exception {
        var content = new JsonObject();
        content.addProperty("restart", false);
        String id = send(control, "shutdown_request", content);
        until(() -> of(id).stream().anyMatch(each -> each.type.equals("shutdown_reply")));
        if (!process.waitFor(Duration.ofSeconds(20)))
            throw new AssertionError("the kernel did not end");
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        poller.close();
        context.close();
        if (owner) kernel.close();
    }

    static List<String> strings(JsonArray array) {
        return array.asList().stream().map(each -> each.getAsString()).toList();
    }
}
