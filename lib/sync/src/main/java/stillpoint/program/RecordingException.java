package stillpoint.program;

/// A program that cannot be recorded: the message names the line, the rule and what to write
/// instead.
public final class RecordingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The message as it is shown.
    public RecordingException(String message) {
        super(message);
    }

    /// The message, and what the program itself threw.
    public RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
