package stillpoint.measure;

/// A file is no recording of measurements that can be relied on: cut off, edited, of another
/// version, without units or provenance. The message names the file, the line, the value, the rule
/// and the way on.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message all of that, without a final line feed
    public Refused(String message) {
        super(message);
    }
}
