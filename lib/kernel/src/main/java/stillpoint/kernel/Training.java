package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import stillpoint.kernel.wire.Connection;
import stillpoint.kernel.wire.Message;
import stillpoint.kernel.wire.Signer;
import stillpoint.kernel.wire.Socket;

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
        Connection connection = connection();
        Files.writeString(file, connection.json());
        file.toFile().deleteOnExit();
        Thread.ofPlatform().daemon().name("client").start(() -> talk(connection));
        Main.main(new String[] {file.toString()});
    }

    private static Connection connection() throws IOException {
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < 5; i++)
            try (var probe = new ServerSocket(0)) {
                ports.add(probe.getLocalPort());
            }
        return new Connection(
                "tcp",
                "127.0.0.1",
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                "hmac-sha256",
                UUID.randomUUID().toString());
    }

    private static void talk(Connection connection) {
        var client =
                new Socket(
                        ZMQ.context(1), SocketType.DEALER, new Signer(connection), Main::console);
        client.connect(connection.address(connection.shellPort()));
        ask(client, "kernel_info_request", new JsonObject());
        for (String cell : CELLS) ask(client, "execute_request", execute(cell));
        ask(client, "complete_request", about("point.su"));
        ask(client, "inspect_request", about("point.sum"));
        ask(client, "is_complete_request", about("for (;;) {"));
        ask(client, "shutdown_request", new JsonObject());
        client.close();
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

    private static void ask(Socket client, String type, JsonObject content) {
        client.send(Message.to(Message.Origin.NONE, type, content));
        // The reply is waited for, and of no interest.
        client.next();
    }
}
