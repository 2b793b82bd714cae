package stillpoint.validate;

import java.util.ArrayList;
import java.util.List;
import stillpoint.random.Exponential;
import stillpoint.random.Fixed;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Quantity;
import stillpoint.simulate.Spinning;
import stillpoint.statistics.Sample;

/// What `stop_machine` costs where no reader is in the way: `multi_cpu_stop` with the prices of the
/// eight-socket Xeon.
final class Stops {
    static final List<Integer> CPUS = List.of(16, 128, 1024, 8192);

    private static final int REPLICATIONS = 20;
    private static final int QUICK_CPUS = 128;
    private static final long SLOW_NS = 640;
    private static final Hardware XEON = Hardware.named("xeon-8176");
    private static final String PREPARE =
            "stoppers come c_q = 400 ns apart, so that their acknowledgements of PREPARE do not queue:"
                    + " three rounds do, not four";

    private Stops() {}

    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        for (int cpus : CPUS) {
            checks.add(latency(cpus));
            checks.add(still(cpus));
            checks.add(irqOff(cpus));
            checks.add(lost(cpus));
            checks.add(atOnce(cpus));
        }
        for (int cpus : CPUS) checks.add(inTurn(cpus));
        return checks;
    }

    private static Check latency(int cpus) {
        double own = waking(cpus);
        return check(
                Family.STOP,
                cpus,
                Measure.LATENCY,
                List.of(
                        Expectation.mean(
                                "latency",
                                "A + 4 (N c_a + c_b)",
                                own + 4 * cpus * ack(),
                                new Holds.Differs(PREPARE)),
                        Expectation.mean(
                                "latency",
                                "A + 3 N c_a + 4 c_b",
                                inThreeRounds(cpus),
                                new Holds.Within(5))));
    }

    /// All but the acknowledgements.
    private static double waking(int cpus) {
        return cpus * (wake() + hit()) + ipi() + 2 * change() + wake() + ways(cpus) * 4;
    }

    /// Latency of a stop without readers, ns.
    static double inThreeRounds(int cpus) {
        return waking(cpus) + 3 * cpus * ack();
    }

    private static Check still(int cpus) {
        return check(
                Family.STOP,
                cpus,
                Measure.STILL,
                List.of(
                        Expectation.mean(
                                "all still",
                                "switch + 2 (N c_a + c_b)",
                                change() + 2 * (cpus * ack() + ways(cpus)),
                                new Holds.Within(5))));
    }

    private static Check irqOff(int cpus) {
        return check(
                Family.STOP,
                cpus,
                Measure.IRQ_OFF,
                List.of(
                        Expectation.mean(
                                "interrupts off",
                                "3 (N-1) c_a",
                                3 * (cpus - 1) * ack(),
                                new Holds.Within(1))));
    }

    private static Check lost(int cpus) {
        double square = (double) cpus * cpus;
        return check(
                Family.STOP,
                cpus,
                Measure.STOPPING,
                List.of(
                        Expectation.mean(
                                "CPU time lost",
                                "N^2 (c_q/2 + 4 c_a)",
                                square * (wake() / 2 + 4 * ack()),
                                new Holds.Differs(
                                        PREPARE
                                                + "; and who has acknowledged EXIT goes, half of"
                                                + " that round in the mean")),
                        Expectation.mean(
                                "CPU time lost",
                                "N^2 (c_q/2 + 2.5 c_a) + N (2 switch + 4 c_b)",
                                square * ((wake() + hit()) / 2 + 2.5 * ack())
                                        + cpus * (2 * change() + 4 * ways(cpus)),
                                new Holds.Within(cpus < QUICK_CPUS ? 10 : 3))));
    }

    /// Waking costs nothing and a line is there in 1 ns, so that all acknowledge at once.
    private static Trial together(int cpus) {
        return trial(cpus).price(Quantity.WAKE_UP, 0).price(Quantity.HIT, 0).ways(1);
    }

    /// A line so slow that acknowledgements queue in every round: `c_a` is over the time from one
    /// arrival to the next.
    private static Check atOnce(int cpus) {
        double known = ipi() + 2 * change() + 4.0 * ((cpus - 1) * SLOW_NS + SLOW_NS / 10);
        return new Check(
                Family.STOP,
                cpus,
                cpus + " CPUs, c_a = 640 ns, waking free",
                cpus <= QUICK_CPUS,
                () -> slow(cpus).sample(Measure.LATENCY, REPLICATIONS),
                List.of(
                        Expectation.mean(
                                "latency", "A + 4 ((N-1) c_a + c_b)", known, new Holds.Within(3))));
    }

    private static Trial slow(int cpus) {
        return together(cpus)
                .ways(SLOW_NS / 10)
                .price(Quantity.CONTENDED, SLOW_NS)
                .readers(new Exponential(SLOW_NS), 0.5);
    }

    private static Check inTurn(int cpus) {
        double known = 4 * ack() * cpus * (cpus - 1.0) / 2;
        return new Check(
                Family.SPINNERS,
                cpus,
                cpus + " CPUs that come at once",
                cpus <= QUICK_CPUS,
                () -> added(cpus),
                List.of(
                        Expectation.mean(
                                "added to the latency",
                                "4 rounds of c_r N (N-1) / 2",
                                known,
                                new Holds.Within(5))));
    }

    private static Sample added(int cpus) {
        Trial one = together(cpus);
        Trial other = one.with(one.setup().spinning(Spinning.IN_TURN));
        return Trial.differences(other, one, Measure.LATENCY, REPLICATIONS);
    }

    private static Check check(
            Family family, int cpus, Measure measure, List<Expectation> expected) {
        return new Check(
                family,
                cpus,
                cpus + " CPUs",
                cpus <= QUICK_CPUS,
                () -> trial(cpus).sample(measure, REPLICATIONS),
                expected);
    }

    /// Readers that are hardly ever there, and in no section.
    static Trial trial(int cpus) {
        return Trial.of(Scenes.stop(cpus)).readers(new Fixed(100), 1e-9);
    }

    private static double ns(Quantity quantity) {
        return Math.round(XEON.ns(quantity));
    }

    private static double ack() {
        return ns(Quantity.CONTENDED);
    }

    private static double wake() {
        return ns(Quantity.WAKE_UP);
    }

    private static double hit() {
        return ns(Quantity.HIT);
    }

    private static double ipi() {
        return ns(Quantity.IPI);
    }

    private static double change() {
        return ns(Quantity.SWITCH);
    }

    /// `c_b`: the new state to a spinner nearby, whose acknowledgement fetches the line from afar.
    private static double ways(int cpus) {
        Quantity far = XEON.topology().between(0, cpus - 1);
        return far == Quantity.FROM_SOCKET
                ? ns(far) + ns(Quantity.FROM_SIBLING)
                : ns(far) + ns(Quantity.FROM_SOCKET);
    }
}
