package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.primitive.ScaledRcu;
import stillpoint.primitive.SleepableRcu;
import stillpoint.random.Exponential;
import stillpoint.random.Fixed;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Load;
import stillpoint.simulate.Outcome;
import stillpoint.simulate.Pause;
import stillpoint.simulate.Quantity;
import stillpoint.simulate.Scene;
import stillpoint.simulate.Simulator;
import stillpoint.simulate.Topology;

/// What must follow of every design when the machine or the load is changed in a way whose effect
/// is known.
class SwapLawsTest {
    private static final int RUNS = 5;

    private static Stream<String> designs() {
        return Designs.all().stream().map(Designs::nameOf);
    }

    private static SwapTiming timing(String design, int cpus) {
        return SwapTiming.of(Designs.named(design)).cpus(cpus);
    }

    private static SwapTiming resting(SwapTiming timing) {
        return timing.load(SwapTiming.usualLoad().idle(1));
    }

    private static double mean(SwapTiming timing, int runs) {
        Simulator simulator = timing.simulator();
        return LongStream.range(0, runs)
                .map(r -> simulator.run(1, r).latency())
                .average()
                .orElseThrow();
    }

    // ---- time

    /// Every price, every pause and the time between two ticks. What is rounded is less than 1 ns a
    /// step.
    @ParameterizedTest
    @MethodSource("designs")
    void allTimesTwiceAsLongGiveTwiceTheLatency(String design) {
        Simulator plain = slower(design, 1).simulator();
        Simulator slow = slower(design, 2).simulator();
        for (int r = 0; r < RUNS; r++) {
            Outcome once = plain.run(1, r);
            assertThat((double) slow.run(1, r).latency())
                    .isCloseTo(2.0 * once.latency(), within(2.0 * once.steps()));
        }
    }

    private static SwapTiming slower(String design, int factor) {
        Map<String, Pause> pauses = new HashMap<>();
        SwapTiming.usualLoad()
                .pauses()
                .forEach((label, pause) -> {
                    if (pause instanceof Pause.Ticks) pauses.put(label, pause);
                });
        pauses.put(ScaledRcu.FQS, new Pause.Ticks(2));
        pauses.put(SleepableRcu.RETRY, new Pause.Busy(new Fixed(5000L * factor)));
        Load load = SwapTiming.usualLoad().idle(1).pauses(pauses);
        return timing(design, 16)
                .hardware(Hardware.named("xeon-8176").scaled(factor))
                .kernel(Kernel.DEFAULT.hz(1000 / factor))
                .load(load);
    }

    // ---- more of something is not less of the latency

    @ParameterizedTest
    @MethodSource("designs")
    void longerSectionsNeverMakeSwapoffSooner(String design) {
        double shorter = mean(timing(design, 16), 30);
        Load longer = SwapTiming.usualLoad().section(new Exponential(30_000));
        assertThat(mean(timing(design, 16).load(longer), 30)).isGreaterThan(0.99 * shorter);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void moreIdleCpusNeverMakeSwapoffSooner(String design) {
        double before = 0;
        for (int cpus : new int[] {2, 4, 8, 16, 32, 64}) {
            double now = mean(resting(timing(design, cpus)), RUNS);
            // A line may come over by another way, some ns sooner.
            assertThat(now).isGreaterThanOrEqualTo(0.9999 * before);
            before = now;
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void dearerLinesNeverMakeSwapoffSooner(String design) {
        Hardware dear = Hardware.named("xeon-8176").with(Quantity.FROM_SOCKET, 500);
        assertThat(mean(resting(timing(design, 16)).hardware(dear), RUNS))
                .isGreaterThanOrEqualTo(mean(resting(timing(design, 16)), RUNS));
    }

    // ---- names

    /// Where all ways are as long, it does not matter which CPU is where.
    @ParameterizedTest
    @MethodSource("designs")
    void cpusOfAnEvenMachineMayBeNumberedAsOneLikes(String design) {
        Hardware even = even();
        var other =
                new Hardware(even.name(), even.title(), new Topology(1, 4, 8, 16), even.prices());
        Simulator one = timing(design, 33).hardware(even).simulator();
        Simulator two = timing(design, 33).hardware(other).simulator();
        for (int r = 0; r < RUNS; r++) assertThat(two.run(1, r)).isEqualTo(one.run(1, r));
    }

    private static Hardware even() {
        return Hardware.named("xeon-8176")
                .with(Quantity.FROM_SIBLING, 100)
                .with(Quantity.FROM_SOCKET, 100)
                .with(Quantity.FROM_NEIGHBOUR, 100)
                .with(Quantity.FROM_AFAR, 100);
    }

    // ---- a design of one's own

    private static final class Own extends UpdateWhileStopped {}

    @Test
    void aDesignOfOnesOwnThatChangesNothingCostsAsMuch() {
        Simulator own = SwapTiming.of(new Own()).cpus(16).simulator();
        assertThat(own.run(1, 0)).isEqualTo(timing("D10", 16).simulator().run(1, 0));
    }

    // ---- the largest machine

    @Test
    void theLargestMachineStandsStillAndGivesTheSameTwice() {
        SwapTiming largest = timing("D10", Scene.MAX_CPUS);
        Simulator simulator = largest.simulator();
        Outcome outcome = simulator.run(1, 0);
        assertThat(outcome.still()).isPositive().isLessThan(outcome.latency());
        assertThat(outcome.latency()).isGreaterThan(Scene.MAX_CPUS * 400L);
        assertThat(simulator.run(1, 1)).isNotEqualTo(outcome);
        assertThat(largest.simulator().run(1, 0)).isEqualTo(outcome);
    }
}
