package stillpoint.bench.reader;

import java.lang.invoke.VarHandle;

/// A count for each reader, by a locked instruction each: nobody shares a line, and the writer adds
/// them up.
///
/// A reader counts itself before it looks whether it is valid, and the locked instruction keeps the
/// two in order; so a writer that finds 0 after it took the validity away has met every reader.
final class StripedCount implements Scheme {
    private final Guarded guarded = new Guarded();
    private final Slots counts;

    StripedCount(int readers) {
        counts = new Slots(readers);
    }

    @Override
    public int read(int reader) {
        counts.add(reader, 1);
        int found = guarded.read();
        counts.add(reader, -1);
        return found;
    }

    @Override
    public void retract() {
        guarded.invalidate();
        VarHandle.fullFence();
        for (int reader = 0; reader < counts.readers(); reader++)
            while (counts.acquire(reader) != 0) Thread.onSpinWait();
        guarded.destroy();
    }
}
