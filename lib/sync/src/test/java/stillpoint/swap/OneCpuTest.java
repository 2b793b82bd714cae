package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.machine.Config;
import stillpoint.simulate.Kernel;

/// swapoff on the only CPU there is.
class OneCpuTest {
    private static long latency(String design, int cpus, Config config) {
        Kernel kernel = Kernel.DEFAULT.config(config);
        return SwapTiming.of(Designs.named(design))
                .cpus(cpus)
                .kernel(kernel)
                .simulator()
                .run(1, 0)
                .latency();
    }

    @ParameterizedTest
    @EnumSource(Config.class)
    void aGracePeriodTakesNoTickOnlyWhereNothingIsPreempted(Config config) {
        boolean ticks = latency("D8", 1, config) > Kernel.DEFAULT.tick();
        assertThat(ticks).isEqualTo(config.preemptible());
    }

    @ParameterizedTest
    @ValueSource(strings = {"D6", "D8", "D4"})
    void aSecondCpuHasToBeWaitedFor(String design) {
        assertThat(latency(design, 2, Config.PREEMPT_N_4_20))
                .isGreaterThan(latency(design, 1, Config.PREEMPT_N_4_20));
    }
}
