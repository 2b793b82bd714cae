package stillpoint.simulate;

/// What every part of a simulation works on in one run: the time, and what is to come.
///
/// A hot core: mutable, one thread.
final class Run {
    final PendingEvents events;
    final Account account;

    /// Nanoseconds since the run began.
    long now;

    /// Whether the writer is done.
    boolean over;

    long steps;

    Run(int tasks, int cpus) {
        events = new PendingEvents(tasks);
        account = new Account(cpus);
    }

    void reset() {
        events.clear();
        account.reset();
        now = 0;
        over = false;
        steps = 0;
    }
}
