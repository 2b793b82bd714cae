package stillpoint.kernel;

import java.security.GeneralSecurityException;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
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
record Channels(
        ZMQ.Context context,
        Socket shell,
        Socket control,
        Socket stdin,
        Socket iopub,
        Socket heartbeat) {
    /// Binds all five where the connection file says.
    ///
    /// @throws GeneralSecurityException if the signature scheme is none that this JDK knows
    static Channels bind(KernelConnectionProperties properties) throws GeneralSecurityException {
        HMACGenerator signer = properties.createHMACGenerator();
        var context = ZMQ.context(1);
        var channels =
                new Channels(
                        context,
                        new Socket(context, SocketType.ROUTER, signer, properties.getShellPort()),
                        new Socket(context, SocketType.ROUTER, signer, properties.getControlPort()),
                        new Socket(context, SocketType.ROUTER, signer, properties.getStdinPort()),
                        new Socket(context, SocketType.PUB, signer, properties.getIopubPort()),
                        new Socket(context, SocketType.REP, signer, properties.getHbPort()));
        channels.iopub.bind(properties);
        channels.control.bind(properties);
        channels.stdin.bind(properties);
        channels.heartbeat.bind(properties);
        // Shell last: a client that gets an answer there may count on all the others.
        channels.shell.bind(properties);
        return channels;
    }

    /// Sends every heartbeat back, until the kernel ends.
    void beat() {
        try {
            while (true) heartbeat.send(heartbeat.recv());
        } catch (ZMQException e) {
            heartbeat.close();
        }
    }

    /// Ends all waiting and returns when what was sent is delivered, or after half a second without
    /// a taker.
    void close() {
        context.term();
    }
}
