package stillpoint.cli;

/// Ends a command with one message, which names the value, the rule and the way on, and an exit
/// code.
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String message;

    /// @param exitCode one of [ExitCode]
    /// @param message without a final line feed
    public CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
        this.message = message;
    }

    /// The message, without a final line feed.
    public String message() {
        return message;
    }

    /// One of [ExitCode].
    public int exitCode() {
        return exitCode;
    }
}
