package stillpoint.bench.reader;

import java.util.concurrent.locks.StampedLock;

/// Reads first and asks then: a reader that a writer came across reads again. It may have read what
/// was destroyed, and throws that away; a kernel that follows pointers cannot.
final class StampedLocked implements Scheme {
    private final Guarded guarded = new Guarded();
    private final StampedLock lock = new StampedLock();

    StampedLocked(int readers) {}

    @Override
    public int read(int reader) {
        long stamp = lock.tryOptimisticRead();
        int found = guarded.read();
        if (lock.validate(stamp)) return found;
        stamp = lock.readLock();
        try {
            return guarded.read();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    @Override
    public void retract() {
        long stamp = lock.writeLock();
        try {
            guarded.invalidate();
            guarded.destroy();
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
