package stillpoint.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Val;
import stillpoint.simulate.Quantity;
import stillpoint.simulate.Scene;
import stillpoint.simulate.Simulator;
import stillpoint.statistics.Key;
import stillpoint.statistics.Sample;

/// What guards a fault, timed where all readers are simulated: alone at their lines, it is the sum
/// of the prices; at a count that all share, what readers that are drawn are charged.
final class ReaderCosts {
    private static final double OTHER_NS = 100;
    private static final int REPLICATIONS = 10;
    private static final int FAULTS = 10_000;
    private static final double RATE = 100_000;

    /// Few readers that come again, and whole nanoseconds: what [Expectation] cannot know.
    private static final Holds NEAR = new Holds.Within(3);

    private ReaderCosts() {}

    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        checks.add(
                alone(
                        "preempt_disable(), preempt_enable()",
                        (cpu, _) -> {
                            cpu.preemptDisable();
                            cpu.nop(Scenes.SECTION);
                            cpu.preemptEnable();
                        },
                        Quantity.PREEMPT_COUNT));
        checks.add(
                alone(
                        "local_irq_disable(), local_irq_enable()",
                        (cpu, _) -> {
                            cpu.localIrqDisable();
                            cpu.nop(Scenes.SECTION);
                            cpu.localIrqEnable();
                        },
                        Quantity.IRQ_FLAG));
        checks.add(alone("get and put of a count", ReaderCosts::counted, Quantity.ATOMIC));
        for (int cpus : List.of(8, 32, 96, 192)) checks.add(together(cpus));
        return checks;
    }

    private static void counted(Cpu cpu, Cell<Val> count) {
        cpu.inc(count);
        cpu.nop(Scenes.SECTION);
        cpu.dec(count);
    }

    private static Check alone(String what, BiConsumer<Cpu, Cell<Val>> reader, Quantity price) {
        Trial trial = Trial.of(Scenes.reader(2, reader)).faults(RATE).full();
        return new Check(
                Family.READER,
                2,
                what + ", one reader",
                true,
                () -> faults(trial, 1),
                List.of(
                        Expectation.mean(
                                "a fault",
                                "100 ns + 2 \"" + price.word() + "\"",
                                OTHER_NS + 2.0 * Math.round(trial.setup().hardware().ns(price)),
                                Holds.IN_INTERVAL)));
    }

    private static Check together(int cpus) {
        Scene scene = Scenes.reader(cpus, ReaderCosts::counted);
        Trial trial = Trial.of(scene).faults(RATE / 2);
        double drawn = new Simulator(scene, trial.setup()).fault();
        return new Check(
                Family.READER,
                cpus,
                "get and put of a count, "
                        + (cpus - 1)
                        + " readers, 50,000 faults a second on each",
                cpus <= 8,
                () -> faults(trial.full(), cpus - 1),
                List.of(
                        Expectation.mean(
                                "a fault",
                                "M/G/1 with a first service of its own, as readers that are drawn have it",
                                drawn,
                                NEAR)));
    }

    private static Sample faults(Trial trial, int readers) {
        var simulator = new Simulator(trial.scene(), trial.setup());
        long time = Math.round(FAULTS * 1e9 / trial.setup().load().faults() / readers);
        long[] means = new long[REPLICATIONS];
        for (int r = 0; r < means.length; r++)
            means[r] = Math.round(simulator.contendedFault(Trial.SEED, r, time));
        return Sample.of(new Key("validation", Trial.SEED), means);
    }
}
