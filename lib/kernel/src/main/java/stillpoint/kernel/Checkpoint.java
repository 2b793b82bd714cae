package stillpoint.kernel;

/// Where running code looks whether it shall stop: the [Weaver] puts a call of [#pass] at the start
/// of every method of a cell and before every jump back.
///
/// Code of a library is not woven; a long operation there polls `Thread.interrupted()`, as
/// [java.lang.Thread] asks.
public final class Checkpoint {
    /// Read in every loop of every cell, hence a plain field: an object in between would cost more
    /// than the loop.
    private static volatile boolean stopping;

    private Checkpoint() {}

    /// Returns, unless the cell that this thread belongs to was interrupted.
    public static void pass() {
        if (stopping && CellRun.own().stopped()) throw new Stopped();
    }

    static void stopping(boolean any) {
        stopping = any;
    }

    /// Ends a thread of an interrupted cell. An error, so that `catch (Exception e)` in the cell
    /// does not hold it up.
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1;

        private Stopped() {
            super("Interrupted", null, false, false);
        }
    }
}
