package stillpoint.kernel.wire;

import java.io.IOException;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/// The five sockets of a kernel, bound.
///
/// @param shell requests, one after the other
/// @param control requests that must be heard while a cell runs: interrupt, shutdown
/// @param stdin questions to whoever sent the cell
/// @param iopub what everyone may see
/// @param heartbeat echoes
public record Channels(
        ZMQ.Context context,
        Socket shell,
        Socket control,
        Socket stdin,
        Socket iopub,
        Socket heartbeat) {
    /// Publications that a subscriber may leave unread; see [Broadcast].
    private static final int ROOM = 1000;

    /// Binds all five where the connection file says, and nowhere else.
    ///
    /// @param complaints told in one line of each message that nobody with the key sent
    /// @throws IllegalArgumentException if the signature scheme is none that this JDK knows
    /// @throws IllegalStateException if one of the ports is taken
    public static Channels bind(Connection connection, Consumer<String> complaints) {
        var signer = new Signer(connection);
        var context = ZMQ.context(1);
        var channels =
                new Channels(
                        context,
                        new Socket(context, SocketType.ROUTER, signer, complaints),
                        new Socket(context, SocketType.ROUTER, signer, complaints),
                        new Socket(context, SocketType.ROUTER, signer, complaints),
                        new Socket(context, SocketType.XPUB, signer, complaints),
                        new Socket(context, SocketType.REP, signer, complaints));
        // A client that comes back under its old name takes the place of its dead self.
        for (Socket each : new Socket[] {channels.shell, channels.control, channels.stdin})
            each.raw().setRouterHandover(true);
        channels.iopub.raw().setSndHWM(ROOM);
        channels.iopub.raw().setXpubVerbose(true);
        channels.iopub.raw().setXpubNoDrop(true);
        bind(channels.iopub, "iopub", connection, connection.iopubPort());
        bind(channels.control, "control", connection, connection.controlPort());
        bind(channels.stdin, "stdin", connection, connection.stdinPort());
        bind(channels.heartbeat, "heartbeat", connection, connection.heartbeatPort());
        // Shell last: a client that gets an answer there may count on all the others.
        bind(channels.shell, "shell", connection, connection.shellPort());
        return channels;
    }

    private static void bind(Socket socket, String name, Connection connection, int port) {
        String address = connection.address(port);
        try {
            if (connection.transport().equals("tcp")) socket.raw().bind(address);
            else {
                socket.raw().bind("tcp://127.0.0.1:*");
                String inner = socket.raw().getLastEndpoint();
                Gate.open(
                        connection.file(port),
                        Integer.parseInt(inner.substring(inner.lastIndexOf(':') + 1)));
            }
        } catch (ZMQException | IOException e) {
            throw new IllegalStateException(
                    address + ", for " + name + ", cannot be had: " + e.getMessage(), e);
        }
    }

    /// Sends every heartbeat back, until the kernel ends.
    public void beat() {
        try {
            while (true) heartbeat.raw().send(heartbeat.raw().recv());
        } catch (ZMQException e) {
            heartbeat.close();
        }
    }

    /// Ends all waiting and returns when what was sent is delivered, or after half a second without
    /// a taker.
    public void close() {
        context.term();
    }
}
