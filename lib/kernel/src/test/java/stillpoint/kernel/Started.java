package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A kernel's process and its connection file, as a Jupyter client makes them.
///
/// @param connection what the file says
record Started(Process process, JsonObject connection, Path file, Path output)
        implements AutoCloseable {
    private static final List<String> PORTS =
            List.of("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port");

    /// Five free ports on the loopback address, and a key.
    static JsonObject freshConnection() throws IOException {
        var connection = new JsonObject();
        connection.addProperty("ip", "127.0.0.1");
        connection.addProperty("transport", "tcp");
        connection.addProperty("key", UUID.randomUUID().toString());
        connection.addProperty("signature_scheme", "hmac-sha256");
        var probes = new ArrayList<ServerSocket>();
        for (String port : PORTS) {
            probes.add(new ServerSocket(0));
            connection.addProperty(port, probes.getLast().getLocalPort());
        }
        for (ServerSocket each : probes) each.close();
        return connection;
    }

    static Started with(JsonObject connection, Map<String, String> environment) throws IOException {
        Path file = Files.createTempFile("kernel-test-", ".json");
        Path output = Files.createTempFile("kernel-test-", ".txt");
        Files.writeString(file, connection.toString());
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx1g",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djava.awt.headless=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "stillpoint.kernel.Main",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("JPY_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        builder.environment().put("STILLPOINT_HISTORY", "off");
        builder.environment().putAll(environment);
        return new Started(builder.start(), connection, file, output);
    }

    String key() {
        return connection.get("key").getAsString();
    }

    /// Where a client finds one of its sockets.
    String address(String port) {
        return connection.get("transport").getAsString()
                + "://"
                + connection.get("ip").getAsString()
                + ":"
                + connection.get(port).getAsInt();
    }

    /// What the process itself printed so far.
    String console() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(file);
        Files.deleteIfExists(output);
    }
}
