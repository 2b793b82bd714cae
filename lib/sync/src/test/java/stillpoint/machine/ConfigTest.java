package stillpoint.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stillpoint.evidence.Bounds;
import stillpoint.program.Context;
import stillpoint.program.GracePeriod;
import stillpoint.program.Memory;
import stillpoint.program.Node;
import stillpoint.program.Recorder;
import stillpoint.program.Site;
import stillpoint.program.Step;

/// What each kernel configuration lets a CPU be stopped in, and what it counts as quiescent.
class ConfigTest {
    private static final EnumSet<Config> PREEMPT_Y =
            EnumSet.of(Config.PREEMPT_Y_4_19, Config.PREEMPT_Y_4_20);
    private static final EnumSet<Config> ALL = EnumSet.allOf(Config.class);
    private static final EnumSet<Config> NONE = EnumSet.noneOf(Config.class);
    private static final Context KERNEL = new Context(0, 0, 0, false);
    private static final Step WORK = new Step.Nop("work");

    @Test
    void plainKernelCodeIsPreemptedOnlyWherePreemptionIsBuiltIn() {
        assertThat(where(Config::stoppable, WORK, KERNEL)).isEqualTo(PREEMPT_Y);
        assertThat(where(ConfigTest::quiescent, WORK, KERNEL)).isEqualTo(PREEMPT_Y);
    }

    @Test
    void userModeIsStoppedAndQuiescentEverywhere() {
        assertThat(where(Config::stoppable, WORK, Context.USER)).isEqualTo(ALL);
        assertThat(where(ConfigTest::quiescent, WORK, Context.USER)).isEqualTo(ALL);
    }

    @Test
    void aSchedulePointIsStoppedAndQuiescentEverywhere() {
        assertThat(where(Config::stoppable, new Step.Schedule("cond_resched()"), KERNEL))
                .isEqualTo(ALL);
        assertThat(where(ConfigTest::quiescent, new Step.Schedule("cond_resched()"), KERNEL))
                .isEqualTo(ALL);
    }

    @Test
    void preemptionOrInterruptsOffHoldOffAStopEverywhere() {
        assertThat(where(Config::stoppable, WORK, new Context(1, 0, 0, false))).isEqualTo(NONE);
        assertThat(where(Config::stoppable, WORK, new Context(0, 1, 0, false))).isEqualTo(NONE);
    }

    @Test
    void anRcuReaderMayBePreemptedAndThenDoesNotHoldOffAStop() {
        assertThat(where(Config::stoppable, WORK, new Context(0, 0, 1, false)))
                .isEqualTo(PREEMPT_Y);
    }

    @Test
    void anRcuReaderIsQuiescentNowhere() {
        assertThat(where(ConfigTest::quiescent, WORK, new Context(0, 0, 1, false))).isEqualTo(NONE);
    }

    @Test
    void preemptionOffIsQuiescentOnlyBefore420() {
        assertThat(where(ConfigTest::quiescent, WORK, new Context(1, 0, 0, false)))
                .isEqualTo(EnumSet.of(Config.PREEMPT_Y_4_19));
        assertThat(where(ConfigTest::quiescent, WORK, new Context(0, 1, 0, false)))
                .isEqualTo(EnumSet.of(Config.PREEMPT_Y_4_19));
    }

    @Test
    void aSleepWithPreemptionOffIsNoticedWherePreemptionIsCounted() {
        assertThat(where(Config::noticesSleep, WORK, new Context(1, 0, 0, false)))
                .isEqualTo(where((config, node) -> config.counted(), WORK, KERNEL));
        assertThat(where(Config::noticesSleep, WORK, new Context(0, 1, 0, false))).isEqualTo(ALL);
    }

    @Test
    void aSleeperIsQuiescentEvenInASectionThatNobodyCounts() {
        Context section = new Context(1, 0, 1, false);
        assertThat(where(ConfigTest::quiescent, new Step.Schedule("schedule()"), section))
                .contains(Config.PREEMPT_N_NOCOUNT_4_19, Config.PREEMPT_N_NOCOUNT_4_20);
    }

    @ParameterizedTest
    @EnumSource
    void aConfigurationIsFoundByItsName(Config config) {
        assertThat(Config.named(config.word())).isEqualTo(config);
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> Config.named("preempt-rt"))
                .hasMessage(
                        "--config preempt-rt: a configuration is one of preempt-n-4.19, preempt-n-4.20, preempt-y-4.19,"
                                + " preempt-y-4.20, preempt-n-nocount-4.19, preempt-n-nocount-4.20");
    }

    @Test
    void anAgentHasOneTo32Copies() {
        var program = Recorder.record("reader", cpu -> {});
        assertThatThrownBy(() -> new Agent("reader", program, 0))
                .hasMessage("reader: 0 copies: an agent has 1 to 32");
        assertThatThrownBy(() -> new Agent("reader", program, 33))
                .hasMessageContaining("33 copies");
    }

    @Test
    void aModelHasAtLeastOneAgent() {
        assertThatThrownBy(() -> model(List.of()))
                .hasMessageContaining("0 agents: a model has at least one");
    }

    @Test
    void aModelHasAsManyCpusAsItsAgentsHaveCopies() {
        var program = Recorder.record("reader", cpu -> {});
        assertThat(
                        model(
                                        List.of(
                                                new Agent("reader", program, 3),
                                                new Agent("swapoff", program, 1)))
                                .cpus())
                .isEqualTo(4);
    }

    private static Model model(List<Agent> agents) {
        return new Model(
                "model", new Memory(), agents, List.of(), Bounds.of(), FailureClasses.NONE);
    }

    private static boolean quiescent(Config config, Node node) {
        return config.quiescent(node, GracePeriod.RCU);
    }

    private static EnumSet<Config> where(
            BiPredicate<Config, Node> property, Step step, Context context) {
        var node = new Node(step, context, Site.UNKNOWN, List.of(), false, List.of(0));
        return ALL.stream()
                .filter(config -> property.test(config, node))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Config.class)));
    }
}
