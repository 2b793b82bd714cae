package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/// A kernel that does what a script says, well or badly: the script is the code of the cell, one
/// verb a line.
///
/// It shares no code with the client but the libraries: each checks the other's reading of the
/// protocol. Start it with habits (`drop-first`, `ignore-shutdown` ...) and, last, the connection
/// file.
public final class FakeKernel {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> habits;
    private final String connectionFile;
    private final String key;
    private final ZMQ.Socket shell;
    private final ZMQ.Socket iopub;
    private final ZMQ.Socket stdin;
    private final ZMQ.Socket control;
    private final ZMQ.Poller poller;
    private boolean wrongKey;
    private int infos;
    private int count;
    private boolean deaf;
    private boolean interrupted;

    /// A request that is being answered.
    private record Request(
            List<byte[]> identities, JsonNode header, JsonNode metadata, JsonNode content) {}

    private FakeKernel(
            ZContext context, JsonNode connection, String connectionFile, Set<String> habits) {
        this.habits = habits;
        this.connectionFile = connectionFile;
        this.key = connection.path("key").asText();
        this.wrongKey = habits.contains("wrong-key");
        this.shell = bound(context, SocketType.ROUTER, connection, "shell_port");
        this.iopub = bound(context, SocketType.PUB, connection, "iopub_port");
        this.stdin = bound(context, SocketType.ROUTER, connection, "stdin_port");
        this.control = bound(context, SocketType.ROUTER, connection, "control_port");
        this.poller = context.createPoller(2);
        poller.register(control, ZMQ.Poller.POLLIN);
        poller.register(shell, ZMQ.Poller.POLLIN);
    }

    private static ZMQ.Socket bound(
            ZContext context, SocketType type, JsonNode connection, String port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setSndHWM(0);
        socket.bind("tcp://127.0.0.1:" + connection.path(port).asInt());
        return socket;
    }

    public static void main(String[] args) throws Exception {
        var habits = new HashSet<>(List.of(args).subList(0, args.length - 1));
        if (habits.contains("die-at-start")) {
            System.err.println("cannot find the class stillpoint.kernel.Main");
            System.exit(3);
        }
        if (habits.contains("port-taken")) {
            // Once: the second attempt finds the mark of the first.
            var mark = new File(System.getenv("FAKE_MARK"));
            if (mark.createNewFile()) {
                System.err.println("java.net.BindException: Address already in use");
                System.exit(1);
            }
        }
        try (var context = new ZContext()) {
            var kernel =
                    new FakeKernel(
                            context,
                            JSON.readTree(new File(args[args.length - 1])),
                            args[args.length - 1],
                            habits);
            while (kernel.serve()) {}
        }
    }

    private boolean serve() throws Exception {
        poller.poll(-1);
        if (poller.pollin(0) && !control(receive(control))) return false;
        if (poller.pollin(1)) shell(receive(shell));
        return true;
    }

    private boolean control(Request request) throws Exception {
        switch (request.header().path("msg_type").asText()) {
            case "shutdown_request" -> {
                if (habits.contains("ignore-shutdown")) return true;
                send(
                        control,
                        request.identities(),
                        "shutdown_reply",
                        request,
                        JSON.createObjectNode().put("status", "ok"));
                return false;
            }
            case "interrupt_request" -> {
                interrupted = !deaf;
                send(
                        control,
                        request.identities(),
                        "interrupt_reply",
                        request,
                        JSON.createObjectNode().put("status", "ok"));
                return true;
            }
            default -> throw new IllegalStateException("control: " + request.header());
        }
    }

    private void shell(Request request) throws Exception {
        if (request.header().path("msg_type").asText().equals("kernel_info_request")) {
            if (habits.contains("silent")) return;
            if (habits.contains("drop-first") && infos++ == 0) return;
            status(request, "busy");
            send(
                    shell,
                    request.identities(),
                    "kernel_info_reply",
                    request,
                    JSON.createObjectNode().put("status", "ok").put("protocol_version", "5.3"));
            status(request, "idle");
        } else execute(request);
    }

    private void execute(Request request) throws Exception {
        status(request, "busy");
        count++;
        boolean idle = true;
        ObjectNode reply =
                JSON.createObjectNode().put("status", "ok").put("execution_count", count);
        for (String line : request.content().path("code").asText().split("\n")) {
            String[] words = line.split(" ", 3);
            String rest = words.length > 1 ? line.substring(words[0].length() + 1) : "";
            switch (words[0]) {
                case "print" -> stream(request, "stdout", rest + "\n");
                case "raw" -> stream(request, "stdout", rest.translateEscapes());
                case "stderr" -> stream(request, "stderr", rest + "\n");
                case "connection" -> stream(request, "stdout", connectionFile + "\n");
                case "cellId" ->
                        stream(request, "stdout", request.metadata().path("cellId").asText());
                case "result" ->
                        publish(
                                "execute_result",
                                request,
                                bundle("text/plain", rest).put("execution_count", 99));
                case "html" -> publish("display_data", request, bundle("text/html", rest));
                case "measured" -> publish("display_data", request, measured(rest));
                case "display" -> publish("display_data", request, identified(words[1], words[2]));
                case "update" ->
                        publish("update_display_data", request, identified(words[1], words[2]));
                case "clear" ->
                        publish(
                                "clear_output",
                                request,
                                JSON.createObjectNode().put("wait", rest.equals("wait")));
                case "spam" -> {
                    for (int i = 1; i <= Integer.parseInt(rest); i++)
                        stream(request, i % 2 == 0 ? "stdout" : "stderr", "line " + i + "\n");
                }
                case "raise" -> {
                    ObjectNode error = error(words[1], words[2]);
                    publish("error", request, error);
                    reply = error.deepCopy().put("status", "error");
                }
                case "raise-in-reply-only" -> reply = error("Hidden", rest).put("status", "error");
                case "raise-but-say-ok" -> publish("error", request, error("Shown", rest));
                case "abort" -> reply = JSON.createObjectNode().put("status", "aborted");
                case "die" -> {
                    System.out.println("the heap is gone");
                    Thread.sleep(50);
                    Runtime.getRuntime().halt(Integer.parseInt(rest));
                }
                case "touch" -> {
                    var file = java.nio.file.Path.of(rest);
                    java.nio.file.Files.writeString(
                            file,
                            java.nio.file.Files.readString(file)
                                    .replace("What it says.", "edited meanwhile"));
                }
                case "forever" -> forever(request);
                case "deaf" -> deaf = true;
                case "input" -> input(request);
                case "forged" -> {
                    wrongKey = true;
                    for (int i = 0; i < Integer.parseInt(rest); i++)
                        stream(request, "stdout", "forged\n");
                    wrongKey = false;
                }
                case "reply-first" -> {
                    answer(request, reply);
                    reply.removeAll();
                    Thread.sleep(300);
                }
                case "idle-first" -> {
                    status(request, "idle");
                    idle = false;
                    Thread.sleep(300);
                }
                case "no-idle" -> idle = false;
                case "no-reply" -> reply.removeAll();
                case "" -> {}
                default -> throw new IllegalArgumentException(line);
            }
        }
        if (interrupted && reply.path("status").asText().equals("ok")) {
            ObjectNode error = error("Interrupted", "by request");
            publish("error", request, error);
            reply = error.deepCopy().put("status", "error");
        }
        interrupted = false;
        if (!reply.isEmpty()) answer(request, reply);
        if (idle) status(request, "idle");
        if (request.content().path("code").asText().contains("idle-first"))
            stream(request, "stdout", "too late\n");
    }

    private void answer(Request request, ObjectNode reply) throws Exception {
        send(shell, request.identities(), "execute_reply", request, reply);
    }

    private void forever(Request request) throws Exception {
        for (long i = 0; !interrupted; i++) {
            if (i == 0) stream(request, "stdout", "begun\n");
            poller.poll(20);
            if (poller.pollin(0)) control(receive(control));
        }
    }

    private void input(Request request) throws Exception {
        send(
                stdin,
                request.identities(),
                "input_request",
                request,
                JSON.createObjectNode().put("prompt", "name?"));
        stream(
                request,
                "stdout",
                "got \"" + receive(stdin).content().path("value").asText("nothing") + "\"\n");
    }

    private static ObjectNode bundle(String mime, String content) {
        ObjectNode bundle = JSON.createObjectNode();
        bundle.putObject("data").put(mime, content);
        bundle.putObject("metadata");
        return bundle.putNull("transient");
    }

    private static ObjectNode identified(String id, String text) {
        ObjectNode bundle = bundle("text/plain", text);
        bundle.putObject("transient").put("display_id", id);
        return bundle;
    }

    private static ObjectNode measured(String text) {
        ObjectNode bundle = bundle("text/plain", text);
        ((ObjectNode) bundle.path("data"))
                .putObject("application/vnd.stillpoint.measured+json")
                .put("nanos", System.nanoTime());
        return bundle;
    }

    private static ObjectNode error(String name, String value) {
        ObjectNode error = JSON.createObjectNode().put("ename", name).put("evalue", value);
        error.putArray("traceback").add("at line 1").add("\u001B[31mat line 2\u001B[0m");
        return error;
    }

    private void stream(Request request, String name, String text) throws Exception {
        publish("stream", request, JSON.createObjectNode().put("name", name).put("text", text));
    }

    private void status(Request request, String state) throws Exception {
        publish("status", request, JSON.createObjectNode().put("execution_state", state));
    }

    private void publish(String type, Request parent, ObjectNode content) throws Exception {
        send(iopub, List.of(type.getBytes(StandardCharsets.UTF_8)), type, parent, content);
    }

    private void send(
            ZMQ.Socket socket, List<byte[]> prefix, String type, Request parent, JsonNode content)
            throws Exception {
        ObjectNode header =
                JSON.createObjectNode()
                        .put("msg_id", UUID.randomUUID().toString())
                        .put("msg_type", type);
        byte[][] parts = {
            JSON.writeValueAsBytes(header),
            JSON.writeValueAsBytes(parent.header()),
            {'{', '}'},
            JSON.writeValueAsBytes(content)
        };
        for (byte[] each : prefix) socket.send(each, ZMQ.SNDMORE);
        socket.send("<IDS|MSG>", ZMQ.SNDMORE);
        socket.send(signature(wrongKey ? "not the key" : key, parts), ZMQ.SNDMORE);
        for (int i = 0; i < 4; i++) socket.send(parts[i], i < 3 ? ZMQ.SNDMORE : 0);
    }

    private static String signature(String key, byte[][] parts) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        for (byte[] part : parts) mac.update(part);
        var hex = new StringBuilder();
        for (byte b : mac.doFinal())
            hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        return hex.toString();
    }

    private Request receive(ZMQ.Socket socket) throws Exception {
        var frames = new ArrayList<byte[]>();
        do frames.add(socket.recv());
        while (socket.hasReceiveMore());
        int at = 0;
        while (!new String(frames.get(at), StandardCharsets.US_ASCII).equals("<IDS|MSG>")) at++;
        byte[][] parts = frames.subList(at + 2, at + 6).toArray(new byte[0][]);
        if (!signature(key, parts)
                .equals(new String(frames.get(at + 1), StandardCharsets.US_ASCII)))
            throw new IllegalStateException("the client signed with another key");
        return new Request(
                frames.subList(0, at),
                JSON.readTree(parts[0]),
                JSON.readTree(parts[2]),
                JSON.readTree(parts[3]));
    }
}
