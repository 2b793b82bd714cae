package stillpoint.validate;

import java.util.ArrayList;
import java.util.List;
import stillpoint.primitive.ScaledRcu;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Pause;
import stillpoint.simulate.Quantity;

/// Grace periods of tree RCU, without readers that would hold them up: ticks alone, in time and in
/// number.
final class GracePeriods {
    private static final List<Integer> HZ = List.of(100, 250, 1000);
    private static final List<Integer> CPUS = List.of(2, 16, 1024);
    private static final int REPLICATIONS = 1000;
    private static final int FEW_CPUS = 16;
    private static final String OWN_TICK =
            "the callback does not come at a random time: it runs in a tick of the caller's CPU, which"
                    + " also had to report; so the whole is two ticks of that CPU and the time to its"
                    + " first, whatever N is";
    private static final String SCAN =
            "the thread reads two lines of every CPU when it looks for idle ones, up to 337 ns each"
                    + " from afar; the form leaves that out";

    private GracePeriods() {}

    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        for (int hz : HZ)
            for (int cpus : CPUS) {
                checks.add(busy(cpus, hz));
                checks.add(idle(cpus, hz));
            }
        checks.add(withPrices(1024, 1000));
        for (int cpus : List.of(2, 16, 17, 128, 1024, 8192)) checks.add(tree(cpus));
        return checks;
    }

    private static Check busy(int cpus, int hz) {
        double tick = 1e9 / hz;
        return new Check(
                Family.GRACE,
                cpus,
                cpus + " busy CPUs, HZ=" + hz,
                cpus <= FEW_CPUS,
                () -> trial(cpus, hz, false).free().sample(Measure.LATENCY, REPLICATIONS),
                List.of(
                        Expectation.mean("2 T + U(0,T)", 2.5 * tick, Holds.IN_INTERVAL),
                        Expectation.mean(
                                "T + T N/(N+1) + U(0,T)",
                                tick + tick * cpus / (cpus + 1) + tick / 2,
                                cpus <= FEW_CPUS
                                        ? new Holds.Differs(OWN_TICK)
                                        : Holds.IN_INTERVAL)));
    }

    /// The caller's CPU is busy, so it reports in its own second tick.
    private static Check idle(int cpus, int hz) {
        double tick = 1e9 / hz;
        int jiffies = jiffies(cpus, hz);
        Expectation expected =
                jiffies == 1
                        ? Expectation.mean(
                                "max(2 T + U(0,T), d T + U(0,T) + U(0,T)), d = 1",
                                2.5 * tick,
                                Holds.IN_INTERVAL)
                        : Expectation.mean(
                                "d T + U(0,T) + U(0,T), d = " + jiffies,
                                (jiffies + 1) * tick,
                                Holds.IN_INTERVAL);
        return new Check(
                Family.GRACE,
                cpus,
                cpus + " CPUs, all but the caller's idle, HZ=" + hz,
                cpus <= FEW_CPUS,
                () -> trial(cpus, hz, true).free().sample(Measure.LATENCY, REPLICATIONS),
                List.of(expected));
    }

    private static Check withPrices(int cpus, int hz) {
        return new Check(
                Family.GRACE,
                cpus,
                cpus + " CPUs, all but the caller's idle, HZ=" + hz + ", prices of the Xeon",
                false,
                () -> trial(cpus, hz, true).sample(Measure.LATENCY, REPLICATIONS),
                List.of(
                        Expectation.mean(
                                "d T + U(0,T) + U(0,T), d = " + jiffies(cpus, hz),
                                (jiffies(cpus, hz) + 1) * 1e9 / hz,
                                new Holds.Differs(SCAN))));
    }

    /// A report takes the lock of a node by one atomic and counts down by another.
    private static Check tree(int cpus) {
        return new Check(
                Family.TREE,
                cpus,
                cpus + " busy CPUs",
                cpus <= 128,
                () ->
                        trial(cpus, Kernel.DEFAULT.hz(), false)
                                .free()
                                .price(Quantity.ATOMIC, 1)
                                .sample(Measure.INTERRUPTS, 10),
                List.of(
                        Expectation.count(
                                "atomics",
                                "2 (N + N/16 + N/1024), each rounded up, without the root's",
                                2.0 * ClosedForms.locksOfReports(cpus))));
    }

    /// `jiffies_till_first_fqs`, kernel/rcu/tree.c.
    private static int jiffies(int cpus, int hz) {
        return 1 + (hz > 250 ? 1 : 0) + (hz > 500 ? 1 : 0) + cpus / 256;
    }

    static Trial trial(int cpus, int hz, boolean idle) {
        Trial trial =
                Trial.of(Scenes.gracePeriod(cpus, idle))
                        .pause(ScaledRcu.FQS, new Pause.Ticks(jiffies(cpus, hz) + 1));
        return trial.with(trial.setup().kernel(Kernel.DEFAULT.hz(hz))).idle(idle ? 1 : 0);
    }
}
