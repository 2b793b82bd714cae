package stillpoint.simulate;

/// A lock that a fixed number of tasks take again and again, first come, first served: how long one
/// has to wait for it.
///
/// It is a closed queue: who waits does not come again meanwhile. Mean value analysis goes from one
/// task to all of them: who comes as the n-th finds as many at the lock as there are of n - 1, and
/// of the one that holds it the rest (M. Reiser and S. Lavenberg, *J. ACM* 27, 1980; the rest of a
/// service that is not exponential: M. Reiser, *Performance Evaluation* 1, 1981). It is exact where
/// the lock is held for exponential times, whatever the time in between is like and however often
/// one fault takes it.
///
/// How often the lock is taken is given, and not the time in between, which is searched for.
final class LockQueue {
    private static final int HALVINGS = 40;

    private double waits;
    private double busy;

    /// @param tasks how many take it
    /// @param rate how often all of them together do, a nanosecond
    /// @param held how long one has it, its way included, ns; `rate * held` is under 1
    /// @param square the mean of its square, ns^2
    /// @param row how many times a task takes it before it goes away for longer
    LockQueue(int tasks, double rate, double held, double square, double row) {
        if (tasks < 2 || rate <= 0 || held <= 0) return;
        double spread = square / (held * held) - 1;
        double rest = held * (row + spread) / (row + 1);
        double shortest = 0;
        double longest = tasks / rate;
        for (int i = 0; i < HALVINGS; i++) {
            double between = (shortest + longest) / 2;
            if (analyse(tasks, between, held, rest) > rate) shortest = between;
            else longest = between;
        }
    }

    /// @return how often the lock is taken then
    private double analyse(int tasks, double between, double held, double rest) {
        double there = 0;
        double often = 0;
        for (int n = 1; n <= tasks; n++) {
            busy = often * held;
            waits = Math.max(0, there - busy) * held + busy * rest;
            often = n / (between + waits + held);
            there = often * (waits + held);
        }
        return often;
    }

    /// Mean time until it is one's turn, ns.
    double waits() {
        return waits;
    }

    /// Probability that somebody has it when one comes.
    double busy() {
        return busy;
    }
}
