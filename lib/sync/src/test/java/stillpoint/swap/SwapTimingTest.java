package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.machine.Config;
import stillpoint.random.Exponential;
import stillpoint.random.Fixed;
import stillpoint.random.HeavyTail;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Load;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Outcome;
import stillpoint.simulate.Pause;
import stillpoint.simulate.Setup;
import stillpoint.simulate.Simulator;
import stillpoint.simulate.Trace;
import stillpoint.statistics.Sample;
import stillpoint.statistics.StoppingRule;
import stillpoint.statistics.Unpaired;

/// What the simulator promises of every design: the same numbers for the same seed, the same
/// distribution whichever readers are simulated, and what must follow when a load changes.
class SwapTimingTest {
    private static final StoppingRule TWENTY = new StoppingRule(0.5, 0.95, 20, 20);

    private static Stream<String> designs() {
        return Designs.all().stream().map(Designs::nameOf);
    }

    private static SwapTiming timing(String design, int cpus) {
        return SwapTiming.of(Designs.named(design)).cpus(cpus).rule(TWENTY);
    }

    private static SwapTiming full(SwapTiming timing) {
        return timing.setup(timing.setup().readers(Setup.ReaderMode.FULL));
    }

    private static Load usual() {
        return SwapTiming.usualLoad();
    }

    private static Sample sample(SwapTiming timing, Measure measure, int runs) {
        Simulator simulator = timing.simulator();
        long[] values =
                LongStream.range(0, runs)
                        .map(r -> measure.of(simulator.run(timing.seed(), r)))
                        .toArray();
        return Sample.of(timing.key(), values);
    }

    private static double mean(SwapTiming timing, Measure measure) {
        return sample(timing, measure, 40).mean();
    }

    // ---- every design

    @ParameterizedTest
    @MethodSource("designs")
    void everyDesignRunsOnTwoAndOnSixteenCpus(String design) {
        for (int cpus : new int[] {2, 16})
            assertThat(timing(design, cpus).simulator().run(1, 0).latency()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("designs")
    void everyDesignRunsOnEveryKernel(String design) {
        for (Config config : Config.values())
            assertThat(
                            timing(design, 5)
                                    .kernel(Kernel.DEFAULT.config(config))
                                    .simulator()
                                    .run(1, 0)
                                    .latency())
                    .isPositive();
    }

    // ---- determinism

    @Test
    void theSameSeedGivesTheSameRuns() {
        assertThat(timing("D8", 33).runs().runs()).isEqualTo(timing("D8", 33).runs().runs());
    }

    @Test
    void theNumberOfThreadsDoesNotShow() {
        for (String design : List.of("D4", "D6", "D8"))
            assertThat(timing(design, 33).workers(2).runs().runs())
                    .isEqualTo(timing(design, 33).workers(1).runs().runs());
    }

    @Test
    void runsDoNotDependOnTheOnesBefore() {
        Simulator used = timing("D8", 33).simulator();
        for (int r = 0; r < 5; r++) used.run(1, r);
        assertThat(used.run(1, 7)).isEqualTo(timing("D8", 33).simulator().run(1, 7));
    }

    @Test
    void whoAsksTheSameSharesARecording() {
        var design = new StopMachineV7();
        assertThat(SwapScene.of(design, 9, 8, Config.PREEMPT_Y_4_20))
                .isSameAs(SwapScene.of(design, 9, 8, Config.PREEMPT_Y_4_20))
                .isNotSameAs(SwapScene.of(design, 9, 7, Config.PREEMPT_Y_4_20));
    }

    @Test
    void aReaderThatIsMetInsideOfACallComesBackFromIt() {
        // Met inside of srcu_read_lock(), one has to come to srcu_read_unlock().
        Simulator simulator = timing("D4", 512).simulator();
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> simulator.run(1, 2));
    }

    @Test
    void aRunAllocatesNothingForAStep() {
        Simulator simulator = timing("D8", 512).simulator();
        for (int r = 0; r < 200; r++) simulator.run(1, r);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Outcome outcome = simulator.run(1, 0);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .isLessThan(outcome.steps() / 4);
    }

    // ---- which readers are simulated

    @ParameterizedTest
    @CsvSource({
        "D8, 8",
        "D8, 64",
        "D10, 32",
        "D6, 16",
        "D4, 16",
        "D11-expedited, 32",
        "D1, 8",
        "D13, 16"
    })
    void drawnReadersAreLikeSimulatedOnes(String design, int cpus) {
        SwapTiming drawn = timing(design, cpus);
        SwapTiming simulated = full(drawn).seed(2);
        for (Measure measure : List.of(Measure.LATENCY, Measure.STOLEN)) {
            var test = new Unpaired(sample(drawn, measure, 150), sample(simulated, measure, 150));
            assertThat(test.kolmogorovSmirnov().p()).as(measure.words()).isGreaterThan(0.001);
        }
    }

    /// Of two designs with the same readers, one of which counts: what the count costs more. 3 per
    /// cent for what the closed form leaves out (few readers that come again), 1 ns for whole
    /// nanoseconds; a mean over so many faults is known to about half of that.
    @ParameterizedTest
    @CsvSource({
        "8, 2000", "8, 20000", "8, 40000",
        "32, 2000", "32, 20000", "32, 40000",
        "96, 2000", "96, 20000", "96, 40000",
        "192, 2000", "192, 20000", "192, 40000"
    })
    void whatASharedCountCostsIsThatOfTheClosedForm(int cpus, double faults) {
        double simulated = simulatedCost("D1", cpus, faults);
        assertThat(drawnCost("D1", cpus, faults))
                .isCloseTo(simulated, within(0.03 * simulated + 1));
    }

    /// A lock that is taken 17 times a fault and mostly free.
    @ParameterizedTest
    @CsvSource({"8, 1000", "32, 1000", "96, 300", "96, 1000"})
    void whatALockCostsIsThatOfTheClosedFormToAnEighth(int cpus, double faults) {
        double simulated = simulatedCost("D15", cpus, faults);
        assertThat(drawnCost("D15", cpus, faults)).isCloseTo(simulated, within(simulated / 8));
    }

    private static double drawnCost(String design, int cpus, double faults) {
        return busy(design, cpus, faults).simulator().fault()
                - busy("D12", cpus, faults).simulator().fault();
    }

    private static double simulatedCost(String design, int cpus, double faults) {
        return contended(busy(design, cpus, faults)) - contended(busy("D12", cpus, faults));
    }

    /// About 60,000 faults, whose sections are always as long, so that means differ by the cost
    /// alone.
    private static double contended(SwapTiming timing) {
        double faults = timing.setup().load().faults() * timing.cpus();
        return full(timing).simulator().contendedFault(1, 0, Math.round(60_000 / faults * 1e9));
    }

    private static SwapTiming busy(String design, int cpus, double faults) {
        Map<String, Pause> device = Map.of("fault: swap_readpage", new Pause.Busy(new Fixed(100)));
        Load load = usual().section(new Fixed(300)).faults(faults).pauses(device);
        return timing(design, cpus).load(load);
    }

    @Test
    void aLockThatAllReadersWantHasToBeSimulated() {
        assertThatThrownBy(() -> timing("D15", 8192).simulator())
                .hasMessageContaining("faults = 1000.0 a second on each of 8192 CPUs")
                .hasMessageContaining("p->lock is wanted")
                .hasMessageContaining("it has to be under 1")
                .hasMessageContaining("ask for at most")
                .hasMessageContaining("ReaderMode.FULL");
    }

    @Test
    void whatARefusalOffersIsTaken() {
        assertThat(timing("D15", 8192).load(usual().faults(5)).simulator().fault()).isPositive();
        SwapTiming much = timing("D15", 64).load(usual().faults(8_000));
        assertThatThrownBy(much::simulator).hasMessageContaining("p->lock is wanted");
        assertThat(full(much).simulator().run(1, 0).latency()).isPositive();
    }

    // ---- what must follow

    @Test
    void allTimesTwiceAsLongGiveTwiceTheLatency() {
        SwapTiming timing = timing("D10", 32).load(usual().idle(1));
        SwapTiming slow = timing.hardware(Hardware.named("xeon-8176").scaled(2));
        SwapTiming plain = timing.hardware(Hardware.named("xeon-8176").scaled(1));
        for (int r = 0; r < 5; r++)
            assertThat(slow.simulator().run(1, r).latency())
                    .isEqualTo(2 * plain.simulator().run(1, r).latency());
    }

    @Test
    void anotherIdleCpuNeverShortensAStop() {
        long before = 0;
        for (int cpus = 2; cpus < 40; cpus++) {
            long now = timing("D10", cpus).load(usual().idle(1)).simulator().run(1, 0).latency();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void longerSectionsMakeAStopLater() {
        var means = new ArrayList<Double>();
        for (double ns : new double[] {300, 3_000, 30_000})
            means.add(
                    mean(
                            timing("D10", 32).load(usual().section(new Exponential(ns))),
                            Measure.LATENCY));
        assertThat(means).isSorted();
    }

    @Test
    void aSectionMayHaveAHeavyTail() {
        Load heavy = usual().section(new HeavyTail(2000, 2.5));
        assertThat(mean(timing("D10", 32).load(heavy), Measure.LATENCY))
                .isGreaterThan(mean(timing("D10", 32), Measure.LATENCY));
    }

    @Test
    void aStragglerHoldsTheStopAndWhatItHoldsIsStolen() {
        SwapTiming timing = timing("D10", 32);
        SwapTiming straggling = timing.load(usual().straggler(5_000_000));
        assertThat(mean(straggling, Measure.LATENCY)).isGreaterThan(5_000_000);
        assertThat(timing.amplification(5_000_000)).isGreaterThan(20);
    }

    @Test
    void aStragglerStealsNothingThroughAGracePeriod() {
        assertThat(timing("D6", 32).amplification(5_000_000)).isBetween(0.9, 1.2);
    }

    @Test
    void idleCpusDoNotHoldOffAGracePeriodForEver() {
        assertThat(mean(timing("D6", 32).load(usual().idle(0.5)), Measure.LATENCY))
                .isBetween(8e6, 60e6);
    }

    @Test
    void interruptsOfDevicesMakeAStopLater() {
        Load noisy = usual().interrupts(1000, new Fixed(50_000));
        assertThat(mean(timing("D10", 32).load(noisy), Measure.LATENCY))
                .isGreaterThan(mean(timing("D10", 32), Measure.LATENCY));
    }

    @Test
    void eachPageThatIsLeftOnTheDeviceIsReadBack() {
        long none = timing("D10", 4).simulator().run(1, 0).latency();
        SwapTiming left = timing("D10", 4).load(usual().pages(10));
        assertThat(left.simulator().run(1, 0).latency()).isGreaterThan(none + 10 * 80_000 / 4);
        SwapTiming more = timing("D10", 4).load(usual().pages(100));
        assertThat(mean(more, Measure.LATENCY)).isGreaterThan(5 * mean(left, Measure.LATENCY));
    }

    @ParameterizedTest
    @CsvSource({"D1", "D4", "D6", "D8", "D10", "D13"})
    void severalDevicesAreSwitchedOffOneAfterAnother(String design) {
        List<Outcome> turns = timing(design, 8).simulator().series(1, 0, 3);
        assertThat(turns).hasSize(3).allMatch(o -> o.latency() > 0);
        assertThat(timing(design, 8).load(usual().swapoffs(3)).simulator().run(1, 0).latency())
                .isEqualTo(turns.stream().mapToLong(Outcome::latency).sum());
    }

    /// Of these readers write what there is once for all devices, or twice: a lock, a count.
    @ParameterizedTest
    @CsvSource({"D1", "D4", "D13", "D13-percpu", "D15"})
    void readersWhoShareWithSwapoffGoThroughSeveralOfThem(String design) {
        Load busy = usual().faults(3000);
        for (SwapTiming timing : List.of(timing(design, 6), full(timing(design, 6)))) {
            Simulator simulator = timing.load(busy).simulator();
            for (int r = 0; r < 4; r++)
                assertThat(simulator.series(1, r, 5)).allMatch(o -> o.latency() > 0);
        }
    }

    /// A lock that all devices have is kept where it is: swapoff waits for it in every turn.
    @Test
    void aLockThatReadersHoldIsNotFreedByTheNextSwapoff() {
        Load busy = usual().faults(8_000);
        Simulator simulator = full(timing("D15", 24)).load(busy).simulator();
        var first = new ArrayList<Long>();
        var last = new ArrayList<Long>();
        for (int r = 0; r < 40; r++) {
            List<Outcome> turns = simulator.series(1, r, 4);
            first.add(turns.getFirst().latency());
            last.add(turns.getLast().latency());
        }
        assertThat(mean(last)).isCloseTo(mean(first), within(0.5 * mean(first)));
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(v -> v).average().orElseThrow();
    }

    // ---- what else can be asked

    @Test
    void aTraceSaysWhatACpuDidAndChangesNothing() {
        Simulator simulator = timing("D10", 4).simulator();
        Outcome before = simulator.run(1, 0);
        List<Trace.Moment> trace = simulator.trace(1, 0, 2);
        assertThat(trace).isSortedAccordingTo(Comparator.comparingLong(Trace.Moment::ns));
        assertThat(trace).anyMatch(m -> m.task().equals("stopper"));
        assertThat(simulator.run(1, 0)).isEqualTo(before);
    }

    @Test
    void aBadLoadIsAnsweredWithItsValueItsRuleAndAWayOn() {
        assertThatThrownBy(() -> usual().pages(-1)).hasMessageContaining("pages = -1: 0 for none");
        assertThatThrownBy(() -> usual().interrupts(0, new Fixed(1)))
                .hasMessageContaining("interrupts = 0.0 a second");
        assertThatThrownBy(() -> usual().interrupts(1e5, new Fixed(10_000)))
                .hasMessageContaining("utilisation 1.00");
        assertThatThrownBy(() -> timing("D8", 4).simulator().series(1, 0, 0))
                .hasMessageContaining("swapoffs = 0: a run has 1 to 1000");
        assertThatThrownBy(() -> timing("D8", 4).load(usual().faults(1e6)).simulator())
                .hasMessageContaining("utilisation");
    }
}
