package stillpoint.bench.reader;

import java.lang.invoke.VarHandle;

/// Quiescent states that are said now and then: a section costs nothing, and every so many of them
/// a reader tells that it is in none. A thread that reads no more has to say so, or nobody gets on.
final class Qsbr implements Scheme {
    /// How many sections between two announcements.
    static final int EVERY = 64;

    private static final long OFFLINE = 0;

    private final Guarded guarded = new Guarded();
    private final Slots seen;
    private final Slots sections;
    private volatile long now = 1;

    Qsbr(int readers) {
        seen = new Slots(readers);
        sections = new Slots(readers);
    }

    @Override
    public void begin(int reader) {
        announce(reader, now);
    }

    @Override
    public int read(int reader) {
        int found = guarded.read();
        long count = sections.own(reader) + 1;
        sections.opaque(reader, count);
        if (count % EVERY == 0) announce(reader, now);
        return found;
    }

    @Override
    public void end(int reader) {
        announce(reader, OFFLINE);
    }

    /// Behind all that was read, and before all that will be.
    private void announce(int reader, long state) {
        seen.release(reader, state);
        VarHandle.fullFence();
    }

    @Override
    public void retract() {
        guarded.invalidate();
        VarHandle.fullFence();
        long next = now + 1;
        now = next;
        VarHandle.fullFence();
        for (int reader = 0; reader < seen.readers(); reader++)
            for (long at = seen.acquire(reader);
                    at != OFFLINE && at < next;
                    at = seen.acquire(reader)) Thread.onSpinWait();
        guarded.destroy();
    }
}
