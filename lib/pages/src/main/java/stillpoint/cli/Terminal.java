package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a person watches.
final class Terminal {
    private Terminal() {}

    /// Whether standard error is a terminal, on which a line can be written anew. The JDK answers
    /// for standard input and output together; Linux for each.
    static boolean isStandardError() {
        if ("dumb".equals(System.getenv("TERM"))) return false;
        Path own = Path.of("/proc/self/fd/2");
        try {
            if (Files.isSymbolicLink(own)) return isDevice(Files.readSymbolicLink(own).toString());
        } catch (IOException e) {
            // Asked in the other way, then.
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private static boolean isDevice(String file) {
        return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
    }
}
