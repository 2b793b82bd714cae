package stillpoint.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stillpoint.evidence.Conformance;
import stillpoint.machine.Config;
import stillpoint.primitive.Pairing.Wait;
import stillpoint.program.Section;

/// In which sense a stop is a grace period, and in which it is not.
class PairingTest {
    private static final Pairing STOP = new Pairing(Section.PREEMPT, Wait.STOP_MACHINE);
    private static final Pairing SCHED = new Pairing(Section.PREEMPT, Wait.SYNCHRONIZE_SCHED);

    @ParameterizedTest
    @EnumSource
    void whatAStopLetsHappenAGracePeriodLetsHappen(Config config) {
        assertThat(STOP.within(SCHED, 2, config)).isInstanceOf(Conformance.Refines.class);
    }

    @Test
    void aSectionThatBeganAfterTheCallMayOutliveAGracePeriodAndNoStop() {
        assertThat(SCHED.within(STOP, 2, Config.PREEMPT_Y_4_20))
                .isInstanceOfSatisfying(
                        Conformance.DoesNotRefine.class,
                        d -> {
                            assertThat(d.event()).isEqualTo("return on CPU2");
                            assertThat(d.seen()).last().isNotEqualTo("call on CPU2");
                        });
    }

    @Test
    void aStopDoesNotWaitForAPreemptibleRcuSection() {
        var rcu = new Pairing(Section.RCU, Wait.STOP_MACHINE);
        assertThat(rcu.within(Pairing.WAIT_FOR_OPEN_SECTIONS, 2, Config.PREEMPT_Y_4_20).word())
                .isEqualTo("does not refine");
    }

    @Test
    void theTablesAskEveryKernel() {
        assertThat(
                        Pairing.protection(List.of(Section.RCU), List.of(Wait.SYNCHRONIZE_RCU), 1)
                                .rows())
                .singleElement()
                .satisfies(row -> assertThat(row).hasSize(2 + Config.values().length));
        assertThat(
                        Pairing.comparison(
                                        Wait.STOP_MACHINE,
                                        Wait.SYNCHRONIZE_SCHED,
                                        List.of(Section.PREEMPT),
                                        1)
                                .rows())
                .hasSize(2);
    }

    @Test
    void noReadersAreRefused() {
        assertThatThrownBy(() -> STOP.model(0))
                .hasMessageContaining("readers = 0: a pairing has 1");
    }
}
