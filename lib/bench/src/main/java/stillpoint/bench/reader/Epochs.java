package stillpoint.bench.reader;

/// In which epoch each reader is, and which one it is now.
final class Epochs {
    private static final long OUTSIDE = 0;

    private final Slots slots;
    private volatile long now = 1;

    Epochs(int readers) {
        slots = new Slots(readers);
    }

    /// Says that a section begins. Nothing keeps what follows behind it: that is the caller's.
    void enter(int reader) {
        slots.opaque(reader, now);
    }

    /// Says that a section is over, after all that it read.
    void leave(int reader) {
        slots.release(reader, OUTSIDE);
    }

    /// Begins the next epoch; for one writer.
    long next() {
        long next = now + 1;
        now = next;
        return next;
    }

    /// Waits until no reader is in a section that began before an epoch. One that begins later is
    /// not waited for: it read the epoch, and so sees what was written before.
    void await(long epoch) {
        for (int reader = 0; reader < slots.readers(); reader++)
            for (long seen = slots.acquire(reader);
                    seen != OUTSIDE && seen < epoch;
                    seen = slots.acquire(reader)) Thread.onSpinWait();
    }
}
