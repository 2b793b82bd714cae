package stillpoint.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/// Publishing to subscribers that are slow or dead.
@Timeout(60)
class BroadcastTest {
    private static final int MANY = 3000;

    private Connection connection;
    private Channels channels;
    private Broadcast broadcast;
    private Bell bell;
    private final ZContext clients = new ZContext();

    @BeforeEach
    void bind() throws IOException {
        int[] ports = new int[5];
        for (int i = 0; i < 5; i++)
            try (var probe = new ServerSocket(0)) {
                ports[i] = probe.getLocalPort();
            }
        connection =
                new Connection(
                        "tcp",
                        "127.0.0.1",
                        ports[0],
                        ports[1],
                        ports[2],
                        ports[3],
                        ports[4],
                        "hmac-sha256",
                        "secret");
        channels = Channels.bind(connection, _ -> {});
        bell = new Bell(channels.iopub());
        broadcast = patient(TimeUnit.SECONDS.toNanos(30));
    }

    private Broadcast patient(long nanos) {
        return new Broadcast(channels.iopub(), bell, nanos);
    }

    @AfterEach
    void close() {
        clients.close();
        channels.shell().close();
        channels.control().close();
        channels.stdin().close();
        channels.iopub().close();
        channels.heartbeat().close();
        channels.close();
    }

    /// A subscriber that is welcome.
    private ZMQ.Socket subscriber(String topic) {
        ZMQ.Socket socket = clients.createSocket(SocketType.SUB);
        socket.setRcvHWM(10);
        socket.setLinger(0);
        socket.setReceiveTimeOut(20_000);
        socket.connect(connection.address(connection.iopubPort()));
        socket.subscribe(topic);
        while (!channels.iopub().ready()) bell.await(0);
        broadcast.greet();
        assertThat(next(socket)).contains("iopub_welcome");
        return socket;
    }

    /// The header of the next message.
    private static String next(ZMQ.Socket socket) {
        String header = "";
        for (int i = 0; i < 7; i++) {
            String frame = socket.recvStr();
            if (frame == null) return "";
            if (i == 3) header = frame;
        }
        return header;
    }

    private static Message message() {
        var content = new JsonObject();
        content.addProperty("text", "x".repeat(10_000));
        return Message.publication(Message.Origin.NONE, "display_data", content);
    }

    @Test
    void eachSubscriberIsWelcomedUnderItsTopic() {
        subscriber("");
        subscriber("kernel.").close();
    }

    @Test
    void aSlowSubscriberLosesNothing() throws Exception {
        ZMQ.Socket slow = subscriber("");
        var read = new AtomicInteger();
        var reading =
                Thread.ofPlatform()
                        .start(() -> {
                            while (read.get() < MANY && next(slow).contains("display_data"))
                                read.incrementAndGet();
                        });
        for (int i = 0; i < MANY; i++) broadcast.send(message());
        reading.join();
        assertThat(read.get()).isEqualTo(MANY);
    }

    /// The one that lives is never so far behind that it would be taken for the dead one.
    @Test
    void aDeadSubscriberDelaysTheOthersOnceAndLosesThemNothing() throws Exception {
        broadcast = patient(TimeUnit.MILLISECONDS.toNanos(300));
        subscriber("");
        ZMQ.Socket alive = subscriber("");
        var unread = new Semaphore(200);
        var read = new AtomicInteger();
        var reading =
                Thread.ofPlatform()
                        .start(() -> {
                            while (read.get() < MANY && next(alive).contains("display_data")) {
                                read.incrementAndGet();
                                unread.release();
                            }
                        });
        for (int i = 0; i < MANY && unread.tryAcquire(20, TimeUnit.SECONDS); i++)
            broadcast.send(message());
        reading.join();
        assertThat(read.get()).isEqualTo(MANY);
    }
}
