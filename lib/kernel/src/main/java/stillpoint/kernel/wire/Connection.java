package stillpoint.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/// Where a kernel listens, and the key that its clients sign with: a connection file.
///
/// @param transport `tcp`, or `ipc` for sockets in the file system
/// @param ip an address for `tcp`, the start of a path for `ipc`
/// @param scheme `hmac-sha256`, or another hash that the JDK knows
/// @param key empty if nothing is signed
public record Connection(
        String transport,
        String ip,
        int shellPort,
        int iopubPort,
        int stdinPort,
        int controlPort,
        int heartbeatPort,
        String scheme,
        String key) {
    /// What its parts are is checked here, once.
    ///
    /// @throws IllegalArgumentException if the kernel could not, or should not, listen there
    public Connection {
        if (!transport.equals("tcp") && !transport.equals("ipc"))
            throw new IllegalArgumentException(
                    "transport " + transport + ": a kernel listens on tcp or ipc");
        if (!scheme.startsWith("hmac-"))
            throw new IllegalArgumentException(
                    "signature_scheme " + scheme + ": Jupyter signs with hmac-sha256");
        for (int port : new int[] {shellPort, iopubPort, stdinPort, controlPort, heartbeatPort})
            if (port < 1 || port > 65_535)
                throw new IllegalArgumentException("port " + port + ": ports are 1 to 65535");
        if (key.isEmpty() && transport.equals("ipc"))
            throw new IllegalArgumentException(
                    "transport ipc with an empty key: the port behind the files is open to all on this machine; give a key");
        if (key.isEmpty() && !isLoopback(ip))
            throw new IllegalArgumentException(
                    "ip "
                            + ip
                            + " with an empty key: anyone who reaches that address could run code here; give a key, or listen on 127.0.0.1");
    }

    /// Reads a connection file.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Connection parse(String json) {
        JsonObject file;
        try {
            file = JsonParser.parseString(json).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException("not a JSON object", e);
        }
        return new Connection(
                text(file, "transport", "tcp"),
                text(file, "ip", "127.0.0.1"),
                port(file, "shell_port"),
                port(file, "iopub_port"),
                port(file, "stdin_port"),
                port(file, "control_port"),
                port(file, "hb_port"),
                text(file, "signature_scheme", "hmac-sha256"),
                text(file, "key", ""));
    }

    private static String text(JsonObject file, String name, String otherwise) {
        JsonElement value = file.get(name);
        return value == null || value.isJsonNull() ? otherwise : value.getAsString();
    }

    private static int port(JsonObject file, String name) {
        if (!file.has(name)) throw new IllegalArgumentException(name + " is missing");
        try {
            return file.get(name).getAsInt();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " " + file.get(name) + ": not a port", e);
        }
    }

    private static boolean isLoopback(String ip) {
        if (ip.isEmpty() || ip.equals("*")) return false;
        try {
            for (InetAddress each : InetAddress.getAllByName(ip))
                if (!each.isLoopbackAddress()) return false;
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /// As a connection file.
    public String json() {
        var file = new JsonObject();
        file.addProperty("transport", transport);
        file.addProperty("ip", ip);
        file.addProperty("shell_port", shellPort);
        file.addProperty("iopub_port", iopubPort);
        file.addProperty("stdin_port", stdinPort);
        file.addProperty("control_port", controlPort);
        file.addProperty("hb_port", heartbeatPort);
        file.addProperty("signature_scheme", scheme);
        file.addProperty("key", key);
        return file.toString();
    }

    /// The address of one of its ports, as ZeroMQ writes it.
    public String address(int port) {
        if (transport.equals("ipc")) return "ipc://" + file(port);
        return "tcp://" + (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port;
    }

    /// The file that stands for a port of `ipc`.
    Path file(int port) {
        return Path.of(ip + "-" + port);
    }
}
