package stillpoint.cli;

/// What a command's exit code means. The launcher prints the same list; 64 and up follow
/// `sysexits.h`.
public final class ExitCode {
    /// All is as it should be.
    public static final int FINE = 0;

    /// A violation, a difference from the committed outputs, or a failed cell.
    public static final int FOUND = 1;

    /// A search that hit a limit, or that could not be trusted: neither safe nor a violation.
    public static final int INCONCLUSIVE = 2;

    /// The words on the command line do not say what to do.
    public static final int USAGE = 64;

    /// A file that was named cannot be read as what it should be.
    public static final int BAD_INPUT = 65;

    /// Something outside is missing: a JDK, Maven, the network, Jupyter, a kernel.
    public static final int MISSING = 69;

    /// The build failed, or the program has a bug.
    public static final int BROKEN = 70;

    /// A file cannot be written: read-only, no space.
    public static final int UNWRITABLE = 73;

    private ExitCode() {}
}
