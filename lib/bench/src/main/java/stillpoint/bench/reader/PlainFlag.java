package stillpoint.bench.reader;

/// No protection, as before the patch: the floor of what a reader pays, and what a test of the
/// others has to find at fault.
final class PlainFlag implements Scheme {
    private final Guarded guarded = new Guarded();

    PlainFlag(int readers) {}

    @Override
    public int read(int reader) {
        return guarded.read();
    }

    @Override
    public void retract() {
        guarded.invalidate();
        guarded.destroy();
    }
}
