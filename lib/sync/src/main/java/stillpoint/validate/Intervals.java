package stillpoint.validate;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import stillpoint.random.Distribution;
import stillpoint.random.Exponential;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Pause;
import stillpoint.simulate.Simulator;
import stillpoint.statistics.Calibration;
import stillpoint.statistics.Estimates;
import stillpoint.statistics.Key;
import stillpoint.statistics.Paired;
import stillpoint.statistics.Sample;
import stillpoint.statistics.Unpaired;

/// How often intervals hold the truth, and how often tests find what is not there, on samples that
/// the simulator made. Samples of 0 and 1, one value a try.
final class Intervals {
    private static final int TRIES = 1000;
    private static final int PAIRS = 400;
    private static final int VALUES = 200;
    private static final double LEVEL = 0.95;
    private static final double RHO = 0.1;
    private static final int CPUS = 16;
    private static final int TASKS = 8;
    private static final int QUEUE = 16;
    private static final double HOLD_NS = 1000;
    private static final double THINK_NS = TASKS * HOLD_NS / 0.8;
    private static final Distribution SECTION = new Exponential(2000);

    private Intervals() {}

    static List<Check> checks() {
        return List.of(
                check(
                        CPUS,
                        "the longest of 15 exponential residuals",
                        LEVEL,
                        () -> covered(longest(), ClosedForms.meanLongest(SECTION, RHO, CPUS - 1))),
                check(
                        TASKS + 1,
                        "the wait at a lock of 8 tasks at 0.8 of its load",
                        LEVEL,
                        () ->
                                covered(
                                        Locks.trial(TASKS, THINK_NS),
                                        HOLD_NS
                                                * ClosedForms.meanAtLock(
                                                        TASKS, HOLD_NS, THINK_NS))),
                check(
                        QUEUE + 1,
                        "the time at a queue of "
                                + QUEUE
                                + " tasks at 0.5 of its load, own service included (M/M/1//"
                                + QUEUE
                                + ")",
                        LEVEL,
                        () ->
                                covered(
                                        Locks.trial(QUEUE, QUEUE * HOLD_NS / 0.5)
                                                .pause(
                                                        Scenes.OWN,
                                                        new Pause.Busy(new Exponential(HOLD_NS))),
                                        HOLD_NS
                                                * (1
                                                        + ClosedForms.meanAtLock(
                                                                QUEUE,
                                                                HOLD_NS,
                                                                QUEUE * HOLD_NS / 0.5)))),
                check(
                        CPUS,
                        "Wilcoxon's signed ranks, two seeds of one design",
                        1 - LEVEL,
                        () -> found((one, other) -> Paired.ofOneDesign(one, other).wilcoxon().p())),
                check(
                        CPUS,
                        "Mann and Whitney's rank sums, two seeds of one design",
                        1 - LEVEL,
                        () -> found((one, other) -> new Unpaired(one, other).mannWhitney().p())));
    }

    private static Check check(int cpus, String what, double promised, Supplier<Sample> tries) {
        return new Check(
                Family.INTERVALS,
                cpus,
                what,
                false,
                tries,
                List.of(
                        new Expectation(
                                promised < 0.5 ? "differences found" : "truth held",
                                "a binomial count of this rate, in 95 of 100 suites",
                                Expectation.Unit.PART,
                                promised,
                                s -> new Calibration(what, ones(s), s.size(), promised).rate(),
                                Holds.IN_INTERVAL)));
    }

    private static int ones(Sample tries) {
        return Math.toIntExact(Math.round(tries.mean() * tries.size()));
    }

    private static Trial longest() {
        return Trial.of(Scenes.stop(CPUS)).free().readers(SECTION, RHO);
    }

    private static Sample covered(Trial trial, double truth) {
        Simulator simulator = new Simulator(trial.scene(), trial.setup());
        return tries(
                TRIES, t -> Estimates.mean(values(simulator, Trial.SEED + t), LEVEL).covers(truth));
    }

    private static Sample found(ToDoubleBiFunction<Sample, Sample> test) {
        Trial trial = longest();
        Simulator simulator = new Simulator(trial.scene(), trial.setup());
        return tries(
                PAIRS,
                t ->
                        test.applyAsDouble(
                                        values(simulator, Trial.SEED + 2L * t),
                                        values(simulator, Trial.SEED + 2L * t + 1))
                                <= 1 - LEVEL);
    }

    private static Sample values(Simulator simulator, long seed) {
        return Trial.sample(simulator, Measure.LATENCY, VALUES, seed);
    }

    private static Sample tries(int number, IntPredicate hit) {
        long[] each = new long[number];
        for (int t = 0; t < number; t++) each[t] = hit.test(t) ? 1 : 0;
        return Sample.of(new Key("tries", Trial.SEED), each);
    }
}
