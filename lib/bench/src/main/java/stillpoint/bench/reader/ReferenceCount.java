package stillpoint.bench.reader;

import java.util.concurrent.atomic.AtomicInteger;

/// One count for all readers, taken unless it is 0 and put back: two locked instructions on one
/// line, as the first version of the patch.
final class ReferenceCount implements Scheme {
    private final Guarded guarded = new Guarded();

    /// One reference is the validity itself.
    private final AtomicInteger count = new AtomicInteger(1);

    ReferenceCount(int readers) {}

    @Override
    public int read(int reader) {
        for (int seen = count.get(); ; seen = count.get()) {
            if (seen == 0) return GONE;
            if (count.compareAndSet(seen, seen + 1)) break;
        }
        int found = guarded.read();
        count.getAndDecrement();
        return found;
    }

    @Override
    public void retract() {
        guarded.invalidate();
        count.getAndDecrement();
        while (count.get() != 0) Thread.onSpinWait();
        guarded.destroy();
    }
}
