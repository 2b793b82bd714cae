package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.program.Cpu;
import stillpoint.program.PerCpu;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// A task that the scheduler moves from CPU to CPU: its copy of a cell is that of the CPU it is on.
class MigrationTest {
    private final Scene s = new Scene();
    private final PerCpu count = s.memory.perCpuWord("count", 2, 0);

    @Test
    void aTaskThatMayMigrateReadsOneCopyAndWritesAnother() {
        assertThat(outcome(counting(cpu -> {}, cpu -> {}), Config.PREEMPT_Y_4_20))
                .isEqualTo("broken assertion");
    }

    @Test
    void withPreemptionOffItStaysWhereItIs() {
        assertThat(
                        outcome(
                                counting(Cpu::preemptDisable, Cpu::preemptEnable),
                                Config.PREEMPT_Y_4_20))
                .isEqualTo("safe");
    }

    @Test
    void anRcuReaderMayMigrateWherePreemptionIsPossible() {
        counting(Cpu::rcuReadLock, Cpu::rcuReadUnlock);
        assertThat(outcome(s, Config.PREEMPT_Y_4_20)).isEqualTo("broken assertion");
        assertThat(outcome(s, Config.PREEMPT_N_4_20)).isEqualTo("safe");
    }

    @Test
    void withoutPreemptionItMigratesOnlyWhereTheSchedulerRuns() {
        counting(cpu -> {}, cpu -> {});
        assertThat(outcome(s, Config.PREEMPT_N_4_20)).isEqualTo("safe");
    }

    @Test
    void aTaskDoesNotMoveToACpuWhereItMayNotRun() {
        s.cpu(
                        "busy",
                        cpu -> {
                            cpu.preemptDisable();
                            cpu.write(count.mine(), 1);
                            cpu.must(cpu.read(count.mine()).is(1), "alone on its CPU");
                            cpu.preemptEnable();
                        })
                .cpu("roaming", cpu -> cpu.write(count.mine(), 2))
                .migrating();
        assertThat(outcome(s, Config.PREEMPT_Y_4_20)).isEqualTo("safe");
    }

    @Test
    void aTraceSaysWhereATaskIs() {
        var found = (Verdict.Violation) counting(cpu -> {}, cpu -> {}).check();
        assertThat(found.trace().rows())
                .extracting(Trace.Row::text)
                .anyMatch(text -> text.startsWith("(on CPU"));
    }

    @Test
    void onlyAPlainTaskMigrates() {
        var program = Recorder.record("migration/0", Cpu::smpMb);
        assertThatThrownBy(() -> new Agent("migration/0", program, 1).at(Level.STOP).migrating())
                .hasMessageContaining("level STOP stays on its CPU");
    }

    /// Adds one to the copy of its CPU in two steps; nobody else is there.
    private Scene counting(Consumer<Cpu> enter, Consumer<Cpu> leave) {
        return s.cpu("idle", Cpu::smpMb)
                .cpu(
                        "task",
                        cpu -> {
                            cpu.nop("enters the kernel");
                            enter.accept(cpu);
                            cpu.write(count.mine(), 1);
                            Val seen = cpu.read(count.mine());
                            leave.accept(cpu);
                            cpu.must(seen.is(1), "reads what it wrote");
                        })
                .migrating();
    }

    /// Both engines and every reduction say so.
    private static String outcome(Scene s, Config config) {
        String outcome = Scene.outcome(s.check(config));
        for (Reductions with : SmallPrograms.EVERY_WAY)
            assertThat(Scene.outcome(s.check(Checker.of(config).with(with)))).isEqualTo(outcome);
        var found = Explorer.explore(s.model("scene"), config, Program::flow, true);
        assertThat(found.faults().isEmpty()).isEqualTo(outcome.equals("safe"));
        return outcome;
    }
}
