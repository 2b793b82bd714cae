package stillpoint.sweep;

/// A file is not what it would have to be: of another version, sweep or shard, damaged, or not
/// whole. The message names the file, the value, the rule and the way on.
public final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unfit(String message) {
        super(message);
    }
}
