package stillpoint.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C as a question that a long command asks itself, so that it can keep what it has: the
/// process ends when [#close] is called, or after a grace of some seconds.
final class Interruption implements AutoCloseable {
    /// What the shell says of a process that Ctrl-C ended.
    static final int EXIT_CODE = 130;

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final AtomicBoolean asked = new AtomicBoolean();
    private final Thread command = Thread.currentThread();
    private final Thread hook = new Thread(this::await, "interruption");

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Whether the command is to come to its end.
    boolean asked() {
        return asked.get();
    }

    /// The command ends the process itself ([Main] halts it), with its own exit code.
    private void await() {
        asked.set(true);
        try {
            command.join(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// From here on Ctrl-C ends the process at once.
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already, and waits for the command.
        }
    }
}
