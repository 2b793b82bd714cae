package stillpoint.measure;

/// Something cannot be measured on this machine, or not any further. The message says what, why,
/// and the way on.
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message all of that, without a final line feed
    public Unavailable(String message) {
        super(message);
    }
}
