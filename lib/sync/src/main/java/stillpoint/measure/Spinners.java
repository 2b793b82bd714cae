package stillpoint.measure;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/// Load: threads of this process that do nothing but run, until they are closed.
final class Spinners implements AutoCloseable {
    private final List<Thread> threads;
    private volatile boolean over;

    /// Starts them, and waits until each has run.
    Spinners(int count) {
        var running = new CountDownLatch(count);
        threads =
                IntStream.range(0, count)
                        .mapToObj(i ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("load " + i)
                                        .start(() -> {
                                            running.countDown();
                                            while (!over) Thread.onSpinWait();
                                        }))
                        .toList();
        uninterruptibly(running::await);
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) uninterruptibly(thread::join);
    }

    private interface Wait {
        void end() throws InterruptedException;
    }

    private static void uninterruptibly(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.end();
                if (interrupted) Thread.currentThread().interrupt();
                return;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
