package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import stillpoint.evidence.Timing;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Quantity;
import stillpoint.statistics.StoppingRule;

/// What runs came to, as evidence.
class SwapRunsTest {
    private static final SwapTiming V7 =
            SwapTiming.of(new StopMachineV7()).cpus(4).rule(StoppingRule.exactly(3));

    @Test
    void theEvidenceNamesAllThatTheRunsDependOn() {
        Timing timing = V7.runs().evidence();
        assertThat(timing.assumptions().toString())
                .contains("CPUs = 4", "HZ = 250", "straggler = none", "seed = 1", "12 assumed");
    }

    @Test
    void aPriceThatSomebodySetIsCountedApart() {
        var dear = V7.hardware(Hardware.named("xeon-8176").with(Quantity.WAKE_UP, 800));
        assertThat(dear.runs().evidence().assumptions().toString()).contains("11 assumed", "1 set");
    }

    @Test
    void threeRunsGiveNoIntervalOfATail() {
        assertThat(V7.runs().evidence().lines())
                .allSatisfy(line -> assertThat(line.p99().within()).isEmpty());
    }

    @Test
    void twoDesignsAreComparedPairByPair() {
        var difference = V7.runs().against(V7.design(new RcuV8()).runs(), Measure.STILL);
        assertThat(difference.lines().getFirst().difference().ns()).isPositive();
    }

    @Test
    void runsThatSawOtherReadersAreNotCompared() {
        assertThatThrownBy(() -> V7.runs().against(V7.seed(2).runs()))
                .hasMessageContaining("pairs share their random numbers");
    }

    @Test
    void aFaultOfWindow8GetsTheDevice25TimesUnderV7AndOnceUnderV1() {
        assertThat(new ReaderCost(V7).times(Quantity.PREEMPT_COUNT)).isCloseTo(50, within(1e-6));
        // The word is shared: now and then another CPU changes it at the same time.
        assertThat(new ReaderCost(V7.design(new RefcountV1())).times(Quantity.ATOMIC))
                .isCloseTo(2, within(0.01));
    }

    @Test
    void unprotectedFaultsPayNothing() {
        assertThat(new ReaderCost(V7.design(new Unprotected())).ns()).isZero();
    }
}
