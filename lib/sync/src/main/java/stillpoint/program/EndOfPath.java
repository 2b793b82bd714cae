package stillpoint.program;

/// Unwinds a run whose path has ended before its Java code has: after a failed assertion, or in a
/// loop with no way out.
final class EndOfPath extends Error {
    private static final long serialVersionUID = 1;

    EndOfPath() {
        super("end of path", null, false, false);
    }
}
