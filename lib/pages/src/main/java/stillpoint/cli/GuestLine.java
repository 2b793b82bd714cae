package stillpoint.cli;

/// How far a guest is, on a terminal only: one line, written anew.
final class GuestLine {
    private static final long PAUSE_NANOS = 200_000_000;

    private final boolean shown;
    private final long began = System.nanoTime();
    private long last = began - PAUSE_NANOS;

    /// @param shown false for all but one of several guests
    GuestLine(boolean shown) {
        this.shown = shown && Terminal.isStandardError();
    }

    void at(int lines) {
        long now = System.nanoTime();
        if (!shown || now - last < PAUSE_NANOS) return;
        last = now;
        System.err.printf(
                "\r\033[Kthe guest has printed %d lines, %d s",
                lines, (now - began) / 1_000_000_000);
    }

    void end() {
        if (shown) System.err.print("\r\033[K");
    }
}
