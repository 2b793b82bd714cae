package stillpoint.swap;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import stillpoint.primitive.ScaledRcu;
import stillpoint.primitive.SleepableRcu;
import stillpoint.random.Exponential;
import stillpoint.random.Fixed;
import stillpoint.simulate.Experiment;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Load;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Pause;
import stillpoint.simulate.Scene;
import stillpoint.simulate.Setup;
import stillpoint.simulate.Simulator;
import stillpoint.simulate.Spinning;
import stillpoint.statistics.Key;
import stillpoint.statistics.Sample;
import stillpoint.statistics.StoppingRule;

/// What a design costs, simulated: a question that is put together word by word.
///
/// ```java
/// SwapTiming.of(new StopMachineV7()).cpus(512).runs().sample(Measure.LATENCY)
/// ```
///
/// @param design what swapoff does and how readers guard themselves
/// @param cpus how many, 1 to 8192
/// @param window entries that a fault looks at, its own included
/// @param setup what it runs on
/// @param seed of the random numbers: designs that share it, and all else but the design, see the
///   same readers
/// @param rule when there are enough replications
/// @param watched the measure that the rule looks at
/// @param workers threads
public record SwapTiming(
        SwapDesign design,
        int cpus,
        int window,
        Setup setup,
        long seed,
        StoppingRule rule,
        Measure watched,
        int workers) {
    private static final int CPUS = 64;
    private static final int WINDOW = 8;

    /// `SRCU_RETRY_CHECK_DELAY`, kernel/rcu/srcutree.c.
    private static final int SRCU_RETRY_NS = 5000;

    public SwapTiming {
        Scene.cpus(cpus);
        SwapScene.window(window);
    }

    /// A design on 64 CPUs of the eight-socket Xeon, under the [usual load][#usualLoad].
    public static SwapTiming of(SwapDesign design) {
        return new SwapTiming(
                design,
                CPUS,
                WINDOW,
                new Setup(
                        Hardware.named("xeon-8176"),
                        Kernel.DEFAULT,
                        usualLoad(),
                        Spinning.TOGETHER,
                        Setup.ReaderMode.LAZY),
                1,
                new StoppingRule(0.02, 0.95, 30, 1000),
                Measure.LATENCY,
                1);
    }

    /// A thousand faults a second on each CPU; a look-up of 300 ns on average between get and put;
    /// a device that takes 80 us on average; nobody idle, no straggler.
    public static Load usualLoad() {
        return new Load(
                1000,
                new Exponential(300),
                0,
                0,
                Map.of(
                        "fault: swap_readpage", new Pause.Asleep(new Exponential(80_000)),
                        "swapoff: swap_readpage", new Pause.Asleep(new Exponential(80_000)),
                        "alloc_page_vma()", new Pause.Busy(new Fixed(200)),
                        "schedule_timeout_uninterruptible(1)", new Pause.Ticks(2)),
                Set.of("slots cache active"));
    }

    /// The same question about another design.
    public SwapTiming design(SwapDesign other) {
        return new SwapTiming(other, cpus, window, setup, seed, rule, watched, workers);
    }

    public SwapTiming cpus(int number) {
        return new SwapTiming(design, number, window, setup, seed, rule, watched, workers);
    }

    public SwapTiming window(int entries) {
        return new SwapTiming(design, cpus, entries, setup, seed, rule, watched, workers);
    }

    public SwapTiming setup(Setup other) {
        return new SwapTiming(design, cpus, window, other, seed, rule, watched, workers);
    }

    public SwapTiming hardware(Hardware machine) {
        return setup(setup.hardware(machine));
    }

    public SwapTiming kernel(Kernel kernel) {
        return setup(setup.kernel(kernel));
    }

    public SwapTiming load(Load load) {
        return setup(setup.load(load));
    }

    public SwapTiming seed(long other) {
        return new SwapTiming(design, cpus, window, setup, other, rule, watched, workers);
    }

    public SwapTiming rule(StoppingRule other) {
        return new SwapTiming(design, cpus, window, setup, seed, other, watched, workers);
    }

    public SwapTiming watched(Measure measure) {
        return new SwapTiming(design, cpus, window, setup, seed, rule, measure, workers);
    }

    public SwapTiming workers(int threads) {
        return new SwapTiming(design, cpus, window, setup, seed, rule, watched, threads);
    }

    /// A simulator of this question, for one thread.
    public Simulator simulator() {
        return new Simulator(
                SwapScene.of(design, cpus, window, setup.kernel().config()),
                setup.load(withTimers()));
    }

    /// Runs the replications.
    public SwapRuns runs() {
        return new SwapRuns(
                this, new Experiment(this::simulator, key(), rule, watched, workers).run());
    }

    /// How many times as much CPU time is stolen if one CPU cannot be preempted for so long.
    ///
    /// @param straggler ns
    public double amplification(long straggler) {
        Sample without = load(setup.load().straggler(0)).runs().sample(Measure.STOLEN);
        Sample with = load(setup.load().straggler(straggler)).runs().sample(Measure.STOLEN);
        return with.mean() / without.mean();
    }

    /// All that the random numbers depend on.
    public Key key() {
        return new Key(
                cpus
                        + " CPUs, window "
                        + window
                        + ", "
                        + setup.kernel()
                        + ", "
                        + setup.load()
                        + ", "
                        + setup.readers(),
                seed);
    }

    /// The grace-period thread looks after idle CPUs every so many ticks (`rcu_init_geometry` and
    /// `jiffies_till_first_fqs`, kernel/rcu/tree.c); a timer ends with the tick behind its time.
    private Load withTimers() {
        int hz = setup.kernel().hz();
        int jiffies = 1 + (hz > 250 ? 1 : 0) + (hz > 500 ? 1 : 0) + cpus / 256;
        Load load = setup.load();
        var pauses = new HashMap<>(load.pauses());
        pauses.putIfAbsent(ScaledRcu.FQS, new Pause.Ticks(jiffies + 1));
        pauses.putIfAbsent(SleepableRcu.RETRY, new Pause.Busy(new Fixed(SRCU_RETRY_NS)));
        return load.pauses(pauses);
    }
}
