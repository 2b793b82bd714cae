package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/// Runs a typical session once, for the JVM to record what it loads and compiles: the training of
/// the start-up cache.
///
/// The kernel runs in this process and is talked to over its sockets, as a client would. Nothing
/// that it says is of use; a cell that fails only makes the cache poorer.
final class Training {
    private static final List<String> CELLS =
            List.of(
                    "1 + 1",
                    "int readers = 3;\nString name = \"V7\";\nreaders",
                    "record Point(int x, int y) {\n    int sum() { return x + y; }\n}\nvar point = new Point(1, 2);\npoint.sum()",
                    "int twice(int n) {\n    return 2 * n;\n}\ntwice(readers)",
                    "sealed interface Shape permits Square, Circle {}\nrecord Square(int a) implements Shape {}\n"
                            + "record Circle(int r) implements Shape {}\nShape shape = new Square(2);",
                    "switch (shape) {\n    case Square(int a) -> a * a;\n    case Circle(int r) -> 3 * r * r;\n}",
                    "for (int i = 0; i < 3; i++) System.out.println(\"line \" + i);\nSystem.err.println(\"careful\");",
                    "IntStream.range(0, 9).mapToObj(i -> \"n\" + i).collect(Collectors.joining(\", \"))",
                    "var t = new Thread(() -> System.out.println(\"from a thread\"));\nt.start();\nt.join();",
                    "say(\"There are %d readers, and *%s* is **safe**.\", readers, name)",
                    "display(say(\"One.\"));\ndisplay(List.of(1, 2, 3));",
                    "tech.tablesaw.api.Table.create(\"t\", IntColumn.create(\"n\", 1, 2, 3))",
                    "var chart = new XYChartBuilder().width(640).height(400).title(\"t\").build();\n"
                            + "chart.addSeries(\"a\", new double[] {1, 2, 3}, new double[] {2, 4, 8});\nchart",
                    "twice(readers) / 0",
                    "int wrong = \"text\";",
                    "missing(1)",
                    "System.exit(1)");

    private Training() {}

    /// Ends with the kernel, by itself.
    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("stillpoint-training-", ".json");
        KernelConnectionProperties properties = properties();
        Files.writeString(file, properties.toJsonString());
        file.toFile().deleteOnExit();
        Thread.ofPlatform().daemon().name("client").start(() -> talk(properties));
        Main.main(new String[] {file.toString()});
    }

    private static KernelConnectionProperties properties() throws IOException {
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < 5; i++)
            try (var probe = new ServerSocket(0)) {
                ports.add(probe.getLocalPort());
            }
        return new KernelConnectionProperties(
                "127.0.0.1",
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                "tcp",
                "hmac-sha256",
                UUID.randomUUID().toString());
    }

    private static void talk(KernelConnectionProperties properties) {
        ZMQ.Context context = ZMQ.context(1);
        try {
            var client =
                    new Socket(
                            context,
                            SocketType.DEALER,
                            properties.createHMACGenerator(),
                            properties.getShellPort());
            client.connect("tcp://127.0.0.1:" + properties.getShellPort());
            ask(client, MessageType.KERNEL_INFO_REQUEST, new JsonObject());
            for (String cell : CELLS) ask(client, MessageType.EXECUTE_REQUEST, execute(cell));
            ask(client, MessageType.COMPLETE_REQUEST, about("point.su"));
            ask(client, MessageType.INSPECT_REQUEST, about("point.sum"));
            ask(client, MessageType.IS_COMPLETE_REQUEST, about("for (;;) {"));
            ask(client, MessageType.SHUTDOWN_REQUEST, new JsonObject());
            client.close();
        } catch (java.security.GeneralSecurityException e) {
            Main.console("no training: " + e);
            System.exit(70);
        }
    }

    private static JsonObject about(String code) {
        var content = new JsonObject();
        content.addProperty("code", code);
        content.addProperty("cursor_pos", code.length());
        return content;
    }

    private static JsonObject execute(String code) {
        JsonObject content = about(code);
        content.addProperty("silent", false);
        content.addProperty("store_history", true);
        content.addProperty("allow_stdin", false);
        return content;
    }

    @SuppressWarnings("unchecked")
    private static void ask(Socket client, MessageType<?> type, JsonObject content) {
        client.sendMessage(
                new Message<>(new Header<>("training", (MessageType<Object>) type), content));
        // The reply is waited for, and of no interest.
        do client.recv();
        while (client.hasReceiveMore());
    }
}
