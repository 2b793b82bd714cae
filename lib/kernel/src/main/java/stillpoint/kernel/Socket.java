package stillpoint.kernel;

import java.util.Optional;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/// One of the kernel's sockets: jjava's frames and signatures, waited on without polling.
///
/// Used by one thread at a time, and never by a thread that runs a cell: an interrupt of a thread
/// inside the socket library would close the library's own pipes.
final class Socket extends JupyterSocket {
    private static final int LINGER_MILLIS = 500;

    private final int port;

    Socket(ZMQ.Context context, SocketType type, HMACGenerator signer, int port) {
        super(context, type, signer, LoggerFactory.getLogger(Socket.class));
        this.port = port;
        setLinger(LINGER_MILLIS);
        // An output that is dropped because a client is slow would be an output that is lost.
        setSndHWM(0);
        setRcvHWM(0);
    }

    @Override
    public void bind(KernelConnectionProperties properties) {
        bind(formatAddress(properties.getTransport(), properties.getIp(), port));
    }

    /// The next message; waits for it. Empty when the kernel ends.
    Optional<Message<?>> next() {
        while (true) {
            try {
                return Optional.of(readMessage());
            } catch (ZMQException e) {
                return Optional.empty();
            } catch (RuntimeException e) {
                // Not signed with our key, or not JSON: whoever sent it gets no answer, and the
                // kernel goes on.
                Main.console("a message was refused: " + e.getMessage());
                while (hasReceiveMore()) recv();
            }
        }
    }

    /// Whether a message is there already.
    boolean ready() {
        return (getEvents() & ZMQ.Poller.POLLIN) != 0;
    }
}
