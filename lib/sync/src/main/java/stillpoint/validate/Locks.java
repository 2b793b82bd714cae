package stillpoint.validate;

import java.util.ArrayList;
import java.util.List;
import stillpoint.random.Exponential;
import stillpoint.simulate.Measure;
import stillpoint.statistics.Sample;

/// A spin lock that tasks take again and again: a queue with one server, and a closed one, since
/// who waits does not come again meanwhile.
///
/// An open queue is its limit: with a thousand tasks that come rarely, arrivals hardly depend on
/// who waits. So the scene stays one of CPUs and a lock, and needs no program that the language has
/// not.
final class Locks {
    private static final long HOLD_NS = 1000;
    private static final int MANY = 1024;

    private Locks() {}

    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        checks.add(closed(2, 1, 60_000, true));
        checks.add(closed(16, 0.5, 10_000, false));
        checks.add(closed(16, 2, 10_000, true));
        checks.add(closed(128, 0.9, 3000, false));
        checks.add(open(0.5, 600));
        checks.add(open(0.8, 600));
        return checks;
    }

    /// @param load hold times that all tasks together ask for in one think time
    private static Check closed(int tasks, double load, int n, boolean quick) {
        double think = tasks * HOLD_NS / load;
        double free = ClosedForms.free(tasks, HOLD_NS, think);
        return new Check(
                Family.LOCK,
                tasks + 1,
                tasks + " tasks, hold exp 1us, think exp " + Math.round(think) + "ns",
                quick,
                () -> sample(tasks, think, n),
                List.of(
                        Expectation.mean(
                                "mean wait",
                                "h (N - X z), X = (1 - p0) / h",
                                HOLD_NS * ClosedForms.meanAtLock(tasks, HOLD_NS, think),
                                Holds.IN_INTERVAL),
                        Expectation.part(
                                "has to wait",
                                "1 - p0, p0 = 1 / sum N!/(N-k)! (h/z)^k",
                                1 - free)));
    }

    private static Check open(double rho, int n) {
        double think = MANY * HOLD_NS / rho;
        return new Check(
                Family.LOCK,
                MANY + 1,
                MANY + " tasks, hold exp 1us, think exp " + Math.round(think) + "ns",
                false,
                () -> sample(MANY, think, n),
                List.of(
                        Expectation.mean(
                                "mean wait",
                                "h (N - X z), X = (1 - p0) / h",
                                HOLD_NS * ClosedForms.meanAtLock(MANY, HOLD_NS, think),
                                Holds.IN_INTERVAL),
                        Expectation.mean(
                                "mean wait as M/M/1",
                                "h rho / (1 - rho)",
                                HOLD_NS * rho / (1 - rho),
                                Holds.IN_INTERVAL)));
    }

    /// One more CPU than tasks: the writer's.
    private static Sample sample(int tasks, double think, int n) {
        return trial(tasks, think).sample(Measure.LATENCY, n);
    }

    static Trial trial(int tasks, double think) {
        // The rate of a load is one that is reached: it has the wait at the lock in it.
        double rate = (1 - ClosedForms.free(tasks, HOLD_NS, think)) / HOLD_NS / tasks;
        return Trial.of(Scenes.lock(tasks + 1))
                .free()
                .full()
                .readers(new Exponential(HOLD_NS), HOLD_NS * rate);
    }
}
