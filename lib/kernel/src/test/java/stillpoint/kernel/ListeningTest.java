package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a kernel listens, and where it refuses to.
class ListeningTest {
    private static void endsWith(int code, JsonObject connection, String... words)
            throws Exception {
        try (Started kernel = Started.with(connection, Map.of())) {
            assertThat(kernel.process().waitFor(Duration.ofSeconds(30))).isTrue();
            assertThat(kernel.console()).contains(words);
            assertThat(kernel.process().exitValue()).isEqualTo(code);
        }
    }

    @Test
    void aPortThatWasTakenMeanwhileIsNamed() throws Exception {
        JsonObject connection = Started.freshConnection();
        int port = connection.get("control_port").getAsInt();
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            endsWith(
                    69,
                    connection,
                    "tcp://127.0.0.1:" + port + ", for control, cannot be had: ",
                    "start the kernel again, with other ports");
        }
    }

    @Test
    void anOpenAddressWithoutAKeyIsRefused() throws Exception {
        JsonObject connection = Started.freshConnection();
        connection.addProperty("ip", "0.0.0.0");
        connection.addProperty("key", "");
        endsWith(66, connection, "ip 0.0.0.0 with an empty key");
    }

    @Test
    void onlyTheAddressOfTheConnectionFileListens() throws Exception {
        JsonObject connection = Started.freshConnection();
        connection.addProperty("ip", "127.0.0.2");
        try (Client client = Client.start(Started.with(connection, Map.of()))) {
            assertThat(client.run("1 + 1").result()).isEqualTo("2");
            int port = connection.get("shell_port").getAsInt();
            // Nobody else has it: it can still be bound on another address.
            try (var free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                assertThat(free.isBound()).isTrue();
            }
        }
    }

    @Test
    void filesOfIpcAreSocketsOfTheUserAlone(@TempDir Path folder) throws Exception {
        JsonObject connection = Started.freshConnection();
        connection.addProperty("transport", "ipc");
        connection.addProperty("ip", folder.resolve("k").toString());
        Path shell = folder.resolve("k-" + connection.get("shell_port").getAsInt());
        try (Started kernel = Started.with(connection, Map.of())) {
            while (kernel.process().isAlive() && !Files.exists(shell)) Thread.onSpinWait();
            assertThat(greeting(shell)).isEqualTo(0xff);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shell)))
                    .isEqualTo("rw-------");
        }
    }

    /// The first byte that ZeroMQ says.
    private static int greeting(Path file) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(file));
            ByteBuffer first = ByteBuffer.allocate(1);
            channel.read(first);
            return first.get(0) & 0xff;
        }
    }
}
