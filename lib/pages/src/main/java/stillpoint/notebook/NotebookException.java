package stillpoint.notebook;

import java.io.IOException;

/// A notebook, kernelspec or kernel that cannot be used. The message is complete: the value, the
/// rule and the way on.
public final class NotebookException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param message fit to be printed as it is
    public NotebookException(String message) {
        super(message);
    }

    /// @param message fit to be printed as it is
    /// @param cause what the library below said
    public NotebookException(String message, Throwable cause) {
        super(message, cause);
    }
}
