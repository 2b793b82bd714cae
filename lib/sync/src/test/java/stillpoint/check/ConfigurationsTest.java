package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Ptr;
import stillpoint.program.Val;

/// What the API guarantees holds on every configuration; what merely happens to hold does not. A
/// reader reads a pointer and uses it; a writer hides the object, waits, and frees it.
class ConfigurationsTest {
    private static final Set<Config> ALL = EnumSet.allOf(Config.class);
    private static final Set<Config> PREEMPT_N =
            EnumSet.of(
                    Config.PREEMPT_N_4_19,
                    Config.PREEMPT_N_4_20,
                    Config.PREEMPT_N_NOCOUNT_4_19,
                    Config.PREEMPT_N_NOCOUNT_4_20);
    private static final Consumer<Cpu> STOP = cpu -> cpu.stopMachine(CpuMask.ONLINE, each -> {});

    private final Consumer<Cpu> nothing = cpu -> {};

    @Test
    void preemptDisableIsProtectedByAStopEverywhere() {
        assertThat(safe(Cpu::preemptDisable, Cpu::preemptEnable, STOP)).isEqualTo(ALL);
    }

    @Test
    void irqDisableIsProtectedByAStopEverywhere() {
        assertThat(safe(Cpu::localIrqDisable, Cpu::localIrqEnable, STOP)).isEqualTo(ALL);
    }

    @Test
    void rcuReadLockIsProtectedByAGracePeriodEverywhere() {
        assertThat(safe(Cpu::rcuReadLock, Cpu::rcuReadUnlock, Cpu::synchronizeRcu)).isEqualTo(ALL);
    }

    @Test
    void preemptDisableIsProtectedByAGracePeriodOnlySince420OrWithoutPreemption() {
        assertThat(safe(Cpu::preemptDisable, Cpu::preemptEnable, Cpu::synchronizeRcu))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Config.PREEMPT_Y_4_19)));
    }

    @Test
    void irqDisableIsProtectedByAGracePeriodOnlySince420OrWithoutPreemption() {
        assertThat(safe(Cpu::localIrqDisable, Cpu::localIrqEnable, Cpu::synchronizeRcu))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Config.PREEMPT_Y_4_19)));
    }

    @Test
    void aPreemptedRcuReaderDoesNotHoldOffAStop() {
        assertThat(safe(Cpu::rcuReadLock, Cpu::rcuReadUnlock, STOP)).isEqualTo(PREEMPT_N);
    }

    @Test
    void aReaderWithoutAnyMarksHappensToBeSafeWithoutPreemption() {
        assertThat(safe(nothing, nothing, STOP)).isEqualTo(PREEMPT_N);
        assertThat(safe(nothing, nothing, Cpu::synchronizeRcu)).isEqualTo(PREEMPT_N);
    }

    @Test
    void aReaderWithoutAnyMarksThatMaySleepIsSafeNowhere() {
        assertThat(safe(nothing, cpu -> {}, STOP, cpu -> cpu.mightSleep("cond_resched()")))
                .isEmpty();
    }

    @Test
    void aSleepInASectionIsASleepWhileAtomicOnlyWhereItIsCounted() {
        for (Config config : ALL)
            assertThat(sleepingReader(config))
                    .isEqualTo(config.counted() ? "sleep while atomic" : "use after free");
    }

    private static String sleepingReader(Config config) {
        return Scene.outcome(
                scene(
                                Cpu::rcuReadLock,
                                Cpu::rcuReadUnlock,
                                Cpu::synchronizeRcu,
                                cpu -> cpu.mightSleep("swap_readpage()"))
                        .check(config));
    }

    @Test
    void withoutAWaitNothingIsSafe() {
        assertThat(safe(Cpu::preemptDisable, Cpu::preemptEnable, nothing)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void symmetryDoesNotChangeAVerdict(Config config) {
        for (Consumer<Cpu> wait : java.util.List.of(STOP, Cpu::synchronizeRcu, nothing))
            assertThat(
                            Scene.outcome(
                                    scene(Cpu::rcuReadLock, Cpu::rcuReadUnlock, wait, nothing)
                                            .check(config)))
                    .isEqualTo(
                            Scene.outcome(
                                    scene(Cpu::rcuReadLock, Cpu::rcuReadUnlock, wait, nothing)
                                            .check(Checker.of(config).with(Reductions.NONE))));
    }

    @Test
    void aVerdictNamesItsConfiguration() {
        assertThat(
                        new Scene()
                                .cpu("any", Cpu::smpMb)
                                .check(Config.PREEMPT_Y_4_19)
                                .bounds()
                                .toString())
                .contains("config = preempt-y-4.19", "memory = sequentially consistent");
    }

    private static Set<Config> safe(Consumer<Cpu> enter, Consumer<Cpu> leave, Consumer<Cpu> wait) {
        return safe(enter, leave, wait, cpu -> {});
    }

    /// The configurations on which the reader never uses what the writer has freed.
    private static Set<Config> safe(
            Consumer<Cpu> enter, Consumer<Cpu> leave, Consumer<Cpu> wait, Consumer<Cpu> midway) {
        return ALL.stream()
                .filter(config ->
                        Scene.outcome(scene(enter, leave, wait, midway).check(config))
                                .equals("safe"))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Config.class)));
    }

    private static Scene scene(
            Consumer<Cpu> enter, Consumer<Cpu> leave, Consumer<Cpu> wait, Consumer<Cpu> midway) {
        var s = new Scene();
        Kind map = s.memory.kind("swap_map", 1);
        Cell<Ptr> p = s.memory.pointer("p->swap_map", map);
        Field<Val> count = s.memory.field(map, "count", 1, 0);
        return s.cpus(
                        "reader",
                        2,
                        cpu -> {
                            enter.accept(cpu);
                            Ptr seen = cpu.read(p);
                            cpu.when(
                                    seen::exists,
                                    () -> {
                                        midway.accept(cpu);
                                        cpu.inc(seen.at(count));
                                    });
                            leave.accept(cpu);
                        })
                .cpu(
                        "writer",
                        cpu -> {
                            Ptr old = cpu.read(p);
                            cpu.clear(p);
                            wait.accept(cpu);
                            cpu.free(old);
                        });
    }
}
