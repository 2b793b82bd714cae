package stillpoint.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import stillpoint.machine.Config;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Scene;
import stillpoint.simulate.Simulator;
import stillpoint.statistics.Key;
import stillpoint.statistics.Sample;

/// What others have measured, and what the simulator says of the same thing. Nothing here is
/// fitted.
final class Published {
    private static final int REPLICATIONS = 5;
    private static final int TIMES = 200;

    /// Readers that hammer begin again so soon after they have ended: 1 in 50 of their time.
    private static final double PAUSE = 1.02;

    private static final String REFSCALE = "perfbook, rcuscale.hps.2020.05.28a, PREEMPT=n";
    private static final String COUNT = "perfbook, count/data hps.2019.10.23a";
    private static final String ONE_PRICE =
            "the price of a contended change was derived from increments in user space by 224 threads"
                    + " (31.5 ns) and is the same for any number";
    private static final String XKERNEL = "Xkernel README, Linux 6.14, x86-64, 10,000 calls";
    private static final String WHICH = "how many CPUs the machine had is not published";
    private static final String JOEL =
            "Joel Fernandes, 20260101163417.1065705-7-joelagnelf@nvidia.com, 1000 calls";
    private static final String BROADCAST =
            "Xu Zhao, 20230818104704.7651-1-zhaoxu.35@bytedance.com, arm64 guest under KVM";
    private static final String VIRTUAL =
            "the price of sending is that of a register write on bare metal; a guest leaves to its"
                    + " hypervisor for each";

    private Published() {}

    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        pairs().forEach((cpus, ns) ->
                checks.add(hammered(cpus, true, "get and put of one counter", REFSCALE, ns)));
        increments()
                .forEach((cpus, ns) ->
                        checks.add(hammered(cpus, false, "increment of one word", COUNT, ns)));
        checks.add(
                section(
                        Config.PREEMPT_N_4_20,
                        0.36,
                        "PREEMPT=n",
                        "an empty section compiles to nothing here"));
        checks.add(
                section(
                        Config.PREEMPT_Y_4_20,
                        3.81,
                        "PREEMPT=y",
                        "the price was derived from this figure, and is rounded to whole ns"));
        for (int cpus : List.of(16, 32, 64, 96, 128)) checks.add(stop("xeon-8176", cpus, 46_000));
        checks.add(stop("i7-8750h", 12, 46_000));
        checks.add(stop("x5550", 16, 46_000));
        checks.add(
                grace(
                        9.75e6,
                        "the kernel needs a second look for the CPU of its own thread; here a tick of that CPU reports"));
        checks.add(
                grace(
                        6.04e6,
                        "patched so that the thread's own CPU is reported early: one look less, as here"));
        checks.add(broadcast(4, 4400));
        checks.add(broadcast(32, 72_800));
        return checks;
    }

    private static Map<Integer, Double> pairs() {
        return new TreeMap<>(
                Map.of(
                        1, 9.48, 8, 128.0, 16, 579.0, 32, 1146.0, 64, 2129.0, 128, 4100.0, 192,
                        7005.0));
    }

    private static Map<Integer, Double> increments() {
        return new TreeMap<>(
                Map.of(
                        1, 4.83, 2, 63.9, 8, 203.0, 28, 624.0, 56, 1325.0, 112, 3206.0, 224,
                        7064.0));
    }

    private static Check hammered(int cpus, boolean both, String what, String source, double ns) {
        return new Check(
                Family.PUBLISHED,
                cpus,
                what + ", " + cpus + (cpus == 1 ? " CPU" : " CPUs"),
                cpus <= 32,
                () -> divided(hammering(cpus, both).sample(Measure.LATENCY, REPLICATIONS), TIMES),
                List.of(Expectation.mean(source, ns, new Holds.Compared(ONE_PRICE))));
    }

    /// One CPU more than the least is there, and idle, where one is asked for.
    private static Trial hammering(int cpus, boolean both) {
        Trial trial = Trial.of(Scenes.count(Math.max(Scene.MIN_CPUS, cpus), TIMES, both));
        if (cpus == 1) return trial.idle(1);
        double alone = new Simulator(trial.scene(), trial.setup()).fault();
        return trial.full().faults(1e9 / (alone * PAUSE));
    }

    private static Sample divided(Sample sample, int by) {
        long[] each = new long[sample.size()];
        for (int r = 0; r < each.length; r++) each[r] = Math.round((double) sample.at(r) / by);
        return Sample.of(new Key("validation", Trial.SEED), each);
    }

    private static Check section(Config config, double ns, String name, String reservation) {
        Trial trial = Trial.of(Scenes.sections(TIMES)).idle(1);
        return new Check(
                Family.PUBLISHED,
                1,
                "empty RCU section, " + name,
                true,
                () ->
                        divided(
                                trial.with(trial.setup().kernel(Kernel.DEFAULT.config(config)))
                                        .sample(Measure.LATENCY, REPLICATIONS),
                                TIMES),
                List.of(
                        Expectation.mean(
                                "perfbook, rcuscale.hps.2020.05.28a, 192 CPUs",
                                ns,
                                new Holds.Compared(reservation))));
    }

    private static Check stop(String machine, int cpus, double ns) {
        Trial trial = Stops.trial(cpus);
        return new Check(
                Family.PUBLISHED,
                cpus,
                "a stop that does nothing, " + machine + ", " + cpus + " CPUs",
                true,
                () ->
                        trial.with(trial.setup().hardware(Hardware.named(machine)))
                                .sample(Measure.LATENCY, REPLICATIONS),
                List.of(
                        Expectation.mean(
                                XKERNEL + " (46 and 49 us)", ns, new Holds.Compared(WHICH))));
    }

    private static Check grace(double ns, String reservation) {
        return new Check(
                Family.PUBLISHED,
                32,
                "synchronize_rcu(), 32 CPUs, idle, HZ=1000",
                true,
                () -> GracePeriods.trial(32, 1000, true).sample(Measure.LATENCY, 1000),
                List.of(Expectation.mean(JOEL, ns, new Holds.Compared(reservation))));
    }

    private static Check broadcast(int cpus, double ns) {
        return new Check(
                Family.PUBLISHED,
                cpus,
                "interrupt to all and wait, " + cpus + " CPUs",
                true,
                () -> Trial.of(Scenes.broadcast(cpus)).sample(Measure.LATENCY, REPLICATIONS),
                List.of(Expectation.mean(BROADCAST, ns, new Holds.Compared(VIRTUAL))));
    }
}
