package stillpoint.kernel.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A socket in the file system whose connections are passed on to a port of the loopback address:
/// what JeroMQ calls `ipc` is TCP, and no client of another language would find it.
///
/// Only the user may connect to the file. The port behind it is open to all on the machine, so
/// whoever speaks there must have the key.
final class Gate {
    private static final int CHUNK_BYTES = 1 << 16;

    private final ServerSocketChannel listening;
    private final int port;

    private Gate(ServerSocketChannel listening, int port) {
        this.listening = listening;
        this.port = port;
    }

    /// Opens a gate that stays as long as the process.
    ///
    /// @throws IOException if the file exists or cannot be made
    static void open(Path file, int port) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(file));
        file.toFile().deleteOnExit();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var gate = new Gate(listening, port);
        Thread.ofPlatform().daemon().name("gate").start(gate::accept);
    }

    private void accept() {
        while (true)
            try {
                SocketChannel outside = listening.accept();
                var inside =
                        SocketChannel.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                inside.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread.ofPlatform().daemon().name("in").start(() -> pass(outside, inside));
                Thread.ofPlatform().daemon().name("out").start(() -> pass(inside, outside));
            } catch (IOException e) {
                if (!listening.isOpen()) return;
            }
    }

    /// Passes on what comes, until one side ends: then both do.
    private static void pass(SocketChannel from, SocketChannel to) {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        try (from;
                to) {
            while (from.read(chunk) >= 0) {
                chunk.flip();
                while (chunk.hasRemaining()) to.write(chunk);
                chunk.clear();
            }
        } catch (IOException e) {
            // One side is gone: closing the other tells it.
        }
    }
}
