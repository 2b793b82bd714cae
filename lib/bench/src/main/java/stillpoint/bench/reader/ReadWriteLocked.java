package stillpoint.bench.reader;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/// A read-write lock around every section.
final class ReadWriteLocked implements Scheme {
    private final Guarded guarded = new Guarded();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    ReadWriteLocked(int readers) {}

    @Override
    public int read(int reader) {
        lock.readLock().lock();
        try {
            return guarded.read();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void retract() {
        lock.writeLock().lock();
        try {
            guarded.invalidate();
            guarded.destroy();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
