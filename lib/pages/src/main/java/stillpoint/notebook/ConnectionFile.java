package stillpoint.notebook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Where a kernel shall listen, and the secret that signs messages; the file is for its owner's
/// eyes only.
///
/// @param ports shell, iopub, stdin, control, heartbeat
/// @param key of HMAC-SHA256; empty for no signatures
record ConnectionFile(Path path, List<Integer> ports, String key) implements AutoCloseable {
    ConnectionFile {
        ports = List.copyOf(ports);
    }

    /// Picks five free ports of the loopback interface. Between here and the kernel's bind another
    /// process may take one: then start over.
    static ConnectionFile create() throws IOException {
        var probes = new ArrayList<ServerSocket>();
        var ports = new ArrayList<Integer>();
        try {
            for (int i = 0; i < 5; i++) {
                var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                probes.add(probe);
                ports.add(probe.getLocalPort());
            }
        } finally {
            for (ServerSocket probe : probes) probe.close();
        }
        // A temporary file is created with mode 0600.
        var file =
                new ConnectionFile(
                        Files.createTempFile("stillpoint-kernel-", ".json"),
                        ports,
                        UUID.randomUUID().toString());
        Files.writeString(file.path, file.json());
        return file;
    }

    private String json() {
        var root = NotebookFile.JSON.createObjectNode();
        root.put("ip", "127.0.0.1").put("transport", "tcp");
        root.put("shell_port", ports.get(0))
                .put("iopub_port", ports.get(1))
                .put("stdin_port", ports.get(2));
        root.put("control_port", ports.get(3)).put("hb_port", ports.get(4));
        root.put("key", key).put("signature_scheme", "hmac-sha256");
        return root.toString();
    }

    String shell() {
        return endpoint(0);
    }

    String iopub() {
        return endpoint(1);
    }

    String stdin() {
        return endpoint(2);
    }

    String control() {
        return endpoint(3);
    }

    private String endpoint(int port) {
        return "tcp://127.0.0.1:" + ports.get(port);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
