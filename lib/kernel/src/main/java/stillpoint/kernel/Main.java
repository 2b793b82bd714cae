package stillpoint.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import stillpoint.kernel.preload.Preload;
import stillpoint.kernel.wire.Bell;
import stillpoint.kernel.wire.Broadcast;
import stillpoint.kernel.wire.Channels;
import stillpoint.kernel.wire.Connection;

/// The kernel's process: `java ... stillpoint.kernel.Main {connection_file}`.
///
/// It ends with exit code 0 within a second of a shutdown request, on SIGTERM, and when the process
/// that started it is gone (clients say which that is in `JPY_PARENT_PID`).
public final class Main {
    private static final PrintStream CONSOLE = System.err;

    /// How long a client may take nothing of what is published before it is given up.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LAST_WORDS = Duration.ofMillis(700);

    private Main() {}

    /// Serves one client after the other until told to end.
    public static void main(String[] args) {
        if (args.length != 1) {
            console(
                    args.length
                            + " arguments: a kernel takes one, the connection file that a Jupyter client writes");
            System.exit(64);
            return;
        }
        Connection connection;
        try {
            connection = Connection.parse(Files.readString(Path.of(args[0])));
        } catch (IOException | IllegalArgumentException e) {
            console(
                    args[0]
                            + ": no connection file to start with ("
                            + (e instanceof IOException ? e : e.getMessage())
                            + "); start the kernel from a Jupyter client");
            System.exit(66);
            return;
        }
        try {
            serve(connection);
        } catch (IllegalArgumentException e) {
            console(args[0] + ": " + e.getMessage());
            System.exit(66);
        } catch (IllegalStateException e) {
            console(args[0] + ": " + e.getMessage() + "; start the kernel again, with other ports");
            System.exit(69);
        }
    }

    private static void serve(Connection connection) {
        // Java takes the longest to be ready: it starts first, and the sockets are bound meanwhile.
        var session = new FutureTask<>(() -> new Session(Preload.imports()));
        daemon("java", session);
        Channels channels = Channels.bind(connection, Main::console);
        var bell = new Bell(channels.iopub());
        var outbox = new Outbox(bell);
        var broadcast = new Broadcast(channels.iopub(), bell, PATIENCE.toNanos());
        Thread publishing = daemon("iopub", () -> publish(outbox, broadcast, channels));
        daemon("heartbeat", channels::beat);
        var keyboard = new Keyboard(channels.stdin());
        Streams.install(outbox);
        System.setIn(keyboard);
        var ending = new AtomicBoolean();
        Runnable end =
                () -> {
                    if (ending.compareAndSet(false, true))
                        daemon("end", () -> end(session, outbox, publishing, keyboard, channels));
                };
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            if (!ending.get()) farewell();
                        }));
        var exhibition = new Exhibition(outbox, keyboard, Preload.GALLERY);
        Live.publisher(exhibition);
        var history = new History(History.folder(System.getenv(), System.getProperty("user.home")));
        var kernel =
                new Kernel(
                        connection, channels, outbox, keyboard, session, exhibition, history, end);
        daemon("control", kernel::serveControl);
        daemon("parent", () -> watchParent(System.getenv("JPY_PARENT_PID")));
        kernel.serveShell();
        // Only after `end` began: it exits.
        sleep(LAST_WORDS.plusSeconds(1));
    }

    private static void publish(Outbox outbox, Broadcast broadcast, Channels channels) {
        outbox.serve(broadcast);
        channels.iopub().close();
    }

    private static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    /// Delivers what was said, then exits; what does not want to end is not waited for.
    private static void end(
            FutureTask<Session> session,
            Outbox outbox,
            Thread publishing,
            Keyboard keyboard,
            Channels channels) {
        daemon(
                "halt",
                () -> {
                    sleep(LAST_WORDS);
                    Runtime.getRuntime().halt(0);
                });
        if (session.state() == Future.State.SUCCESS) session.resultNow().interrupt();
        outbox.close();
        try {
            publishing.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keyboard.end();
        channels.close();
        System.exit(0);
    }

    /// The process ends without a request: a signal, or a library that a cell called. The cell at
    /// least says so.
    private static void farewell() {
        System.err.println(
                "The kernel ends: its process was told to (a signal, or System.exit in a library);"
                        + " what cells declared is gone.");
        sleep(Duration.ofMillis(100));
    }

    private static void watchParent(@Nullable String pid) {
        if (pid == null || !pid.matches("\\d{1,18}") || pid.equals("0") || pid.equals("1")) return;
        Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(pid));
        while (parent.filter(ProcessHandle::isAlive).isPresent()) sleep(Duration.ofSeconds(1));
        console("process " + pid + ", which started the kernel, is gone: so is the kernel");
        Runtime.getRuntime().halt(0);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A line for whoever watches the process itself, not for a cell.
    static void console(String line) {
        CONSOLE.println("stillpoint kernel: " + line);
    }
}
