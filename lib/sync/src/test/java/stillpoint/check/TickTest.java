package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.PerCpu;
import stillpoint.program.Section;
import stillpoint.program.Val;

/// The timer tick as a handler that comes again and again, and what it may conclude from what it
/// interrupts: a grace period written in the language itself, in which each CPU's tick reports a
/// quiescent state and the caller waits for every report.
class TickTest {
    @Test
    void aTickThatReportsOnlyFromAQuiescentStateProtectsWhatAGracePeriodDoes() {
        for (Section section : EnumSet.of(Section.RCU, Section.PREEMPT))
            assertThat(safe(section, true)).isEqualTo(safe(section, Cpu::synchronizeRcu));
    }

    /// The specification promises less: before 4.20 it does not wait for code with interrupts off.
    @Test
    void aTickHappensToProtectCodeWithInterruptsOffEverywhere() {
        assertThat(safe(Section.IRQ, true)).isEqualTo(EnumSet.allOf(Config.class));
        assertThat(safe(Section.IRQ, Cpu::synchronizeRcu)).doesNotContain(Config.PREEMPT_Y_4_19);
    }

    @Test
    void aTickThatAlwaysReportsProtectsOnlyWhereItCannotCome() {
        assertThat(safe(Section.RCU, false)).isEmpty();
        assertThat(safe(Section.PREEMPT, false)).isEmpty();
        assertThat(safe(Section.IRQ, false)).isEqualTo(EnumSet.allOf(Config.class));
    }

    @Test
    void everyReductionSaysSo() {
        for (Reductions with : SmallPrograms.EVERY_WAY) {
            var checker = Checker.of(Config.PREEMPT_Y_4_20).with(with);
            assertThat(Scene.outcome(ticking(Section.RCU, true).check(checker))).isEqualTo("safe");
            assertThat(Scene.outcome(ticking(Section.RCU, false).check(checker)))
                    .isEqualTo("broken assertion");
        }
    }

    private static EnumSet<Config> safe(Section section, boolean honest) {
        return where(config -> Scene.outcome(ticking(section, honest).check(config)));
    }

    private static EnumSet<Config> safe(Section section, Consumer<Cpu> wait) {
        return where(config -> {
            var s = new Scene();
            return Scene.outcome(scene(s, section, wait).check(config));
        });
    }

    private static EnumSet<Config> where(Function<Config, String> outcome) {
        return EnumSet.allOf(Config.class).stream()
                .filter(config -> outcome.apply(config).equals("safe"))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Config.class)));
    }

    /// The grace period: ask the reader's CPU, wait for its report.
    private static Scene ticking(Section section, boolean honest) {
        var s = new Scene();
        PerCpu asked = s.memory.perCpuWord("rdp->core_needs_qs", 1, 0);
        Cell<Val> reports = s.memory.word("reports", 1, 0);
        scene(
                s,
                section,
                cpu -> {
                    cpu.write(asked.of(Val.of(0)), 1);
                    cpu.waitFor(reports, v -> v.is(1));
                });
        return s.repeating(
                "reader",
                Level.IRQ,
                "tick",
                cpu -> {
                    if (cpu.read(asked.mine()).is(0)) return;
                    if (honest && !cpu.interruptedQuiescent()) return;
                    cpu.write(asked.mine(), 0);
                    cpu.write(reports, 1);
                });
    }

    private static Scene scene(Scene s, Section section, Consumer<Cpu> wait) {
        Cell<Val> gone = s.memory.word("gone", 1, 0);
        Cell<Val> freed = s.memory.word("freed", 1, 0);
        return s.cpu(
                        "reader",
                        cpu -> {
                            enter(cpu, section);
                            cpu.when(
                                    () -> cpu.read(gone).is(0),
                                    () -> cpu.must(cpu.read(freed).is(0), "not freed yet"));
                            leave(cpu, section);
                        })
                .cpu(
                        "writer",
                        cpu -> {
                            cpu.write(gone, 1);
                            wait.accept(cpu);
                            cpu.write(freed, 1);
                        });
    }

    private static void enter(Cpu cpu, Section section) {
        switch (section) {
            case PREEMPT -> cpu.preemptDisable();
            case IRQ -> cpu.localIrqDisable();
            case RCU -> cpu.rcuReadLock();
            case SRCU -> cpu.srcuReadLock();
        }
    }

    private static void leave(Cpu cpu, Section section) {
        switch (section) {
            case PREEMPT -> cpu.preemptEnable();
            case IRQ -> cpu.localIrqEnable();
            case RCU -> cpu.rcuReadUnlock();
            case SRCU -> cpu.srcuReadUnlock();
        }
    }
}
