package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Local;
import stillpoint.program.PerCpu;
import stillpoint.program.Val;

/// Cells of which each CPU has a copy: they move with their CPU, and a walk over them is one node.
class PerCpuTest {
    private final Scene s = new Scene();
    private final PerCpu count = s.memory.perCpuWord("count", 1, 0);
    private final Cell<Val> total = s.memory.word("total", 3, 0);

    @Test
    void aCopyBelongsToItsCpu() {
        s.cpus(
                "counter",
                3,
                cpu -> {
                    cpu.write(count.mine(), 1);
                    cpu.must(cpu.read(count.mine()).is(1), "nobody else writes it");
                });
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    @Test
    void aWalkSeesEveryCpuOnce() {
        s.cpu(
                        "walker",
                        cpu -> {
                            Local rounds = cpu.local("rounds", 3, 0);
                            cpu.forEachCpu(
                                    CpuMask.ONLINE,
                                    each -> {
                                        cpu.write(count.of(each), 1);
                                        rounds.set(rounds.get().plus(Val.of(1)));
                                    });
                            cpu.must(rounds.get().is(3), "three CPUs");
                            cpu.must(cpu.read(count.mine()).is(1), "its own too");
                        })
                .cpus("other", 2, Cpu::smpMb);
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    @Test
    void aWalkGoesInAnyOrder() {
        s.cpu(
                        "walker",
                        cpu ->
                                cpu.forEachCpu(
                                        CpuMask.ONLINE,
                                        each -> {
                                            Val seen = cpu.read(total);
                                            cpu.write(count.of(each), 1);
                                            cpu.write(total, seen.plus(Val.of(1)));
                                            cpu.sometimes("a visit");
                                        }))
                .cpu(
                        "other",
                        cpu -> {
                            if (cpu.read(count.mine()).is(1) && cpu.read(total).is(1))
                                cpu.sometimes("this one was the first");
                        })
                .sometimes("this one was the first");
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    @Test
    void aCpuThatIsCountedDownElsewhereStillSumsToZero() {
        s.cpus(
                        "user",
                        2,
                        cpu -> {
                            cpu.inc(count.mine());
                            cpu.inc(count.mine());
                        })
                .cpu(
                        "killer",
                        cpu -> {
                            cpu.forEachCpu(
                                    CpuMask.ONLINE,
                                    each ->
                                            cpu.fetchAdd(total, cpu.read(count.of(each)))
                                                    .ignored());
                            cpu.must(cpu.read(total).below(Val.of(3)), "two users");
                        });
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    @Test
    void aWalkByNumberSwitchesSymmetryOffAndAPrivateCopyDoesNot() {
        assertThat(states(true, Reductions.ALL.withoutMovers()))
                .isEqualTo(states(true, Reductions.VERBS));
        assertThat(states(false, Reductions.ALL.withoutMovers()))
                .isLessThan(states(false, Reductions.VERBS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void theGraphDoesNotDependOnTheNumberOfCpus(int others) {
        var scene = new Scene();
        PerCpu copy = scene.memory.perCpuWord("count", 1, 0);
        scene.cpu("walker", cpu -> walk(cpu, copy)).cpus("other", others, Cpu::smpMb);
        assertThat(scene.model("scene").agents().getFirst().program().flow().nodes())
                .hasSizeLessThan(10);
        assertThat(Scene.outcome(scene.check())).isEqualTo("safe");
    }

    private static long states(boolean walking, Reductions with) {
        var scene = new Scene();
        PerCpu copy = scene.memory.perCpuWord("count", 1, 0);
        scene.cpus("counter", 3, cpu -> cpu.write(copy.mine(), 1));
        if (walking) scene.cpu("walker", cpu -> walk(cpu, copy));
        Verdict verdict = scene.check(Checker.of(Config.PREEMPT_Y_4_20).with(with));
        return verdict.counts().states();
    }

    private static void walk(Cpu cpu, PerCpu copy) {
        cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(copy.of(each), 1));
    }
}
