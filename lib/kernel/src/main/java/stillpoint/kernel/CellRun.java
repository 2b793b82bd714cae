package stillpoint.kernel;

import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import stillpoint.kernel.wire.Message.Origin;

/// One execution of one cell, and all threads that it started.
///
/// What such a thread prints or displays belongs to this cell, also when the cell is over. Threads
/// of a fork-join pool outlive the cell that happened to be first, so they belong to the cell that
/// runs.
final class CellRun {
    private static final InheritableThreadLocal<CellRun> OWN = new InheritableThreadLocal<>();

    /// Before the first cell, output has no parent.
    private static volatile CellRun latest = new CellRun(null, 0, false, false, false);

    private final @Nullable Origin parent;
    private final int number;
    private final boolean numbered;
    private final boolean silent;
    private final boolean mayAsk;
    private final ThreadGroup threads;
    private final AtomicInteger displays = new AtomicInteger();
    private volatile boolean stopped;

    /// @param parent the request; null for work of the kernel itself
    /// @param number the execution count
    /// @param numbered whether the number is its own; else it is that of the cell before
    /// @param silent whether it shall show nothing
    /// @param mayAsk whether its client answers questions on stdin
    CellRun(@Nullable Origin parent, int number, boolean numbered, boolean silent, boolean mayAsk) {
        this.parent = parent;
        this.number = number;
        this.numbered = numbered;
        this.silent = silent;
        this.mayAsk = mayAsk;
        this.threads = new ThreadGroup(name());
    }

    /// The cell that the current thread works for.
    static CellRun own() {
        CellRun own = Thread.currentThread() instanceof ForkJoinWorkerThread ? null : OWN.get();
        return own == null ? latest : own;
    }

    /// Makes this the cell that runs.
    void begin() {
        Checkpoint.stopping(latest.stopped && latest.threads.activeCount() > 0);
        latest = this;
    }

    /// A thread of this cell, not started.
    Thread thread(Runnable work, ClassLoader loader) {
        var thread =
                new Thread(
                        threads,
                        () -> {
                            OWN.set(this);
                            work.run();
                        },
                        name());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }

    /// Asks all its threads to stop.
    void stop() {
        stopped = true;
        Checkpoint.stopping(true);
        threads.interrupt();
    }

    boolean stopped() {
        return stopped;
    }

    @Nullable Origin parent() {
        return parent;
    }

    int number() {
        return number;
    }

    boolean silent() {
        return silent;
    }

    boolean mayAsk() {
        return mayAsk;
    }

    /// How stack traces name it, in place of a file.
    String name() {
        return numbered ? "cell " + number : "unnumbered cell";
    }

    /// An id for the next thing that it shows: the same in every run from the top.
    String nextId() {
        return "o" + number + "-" + displays.incrementAndGet();
    }
}
