package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.PerCpu;
import stillpoint.program.Val;

/// What runs while every CPU stands still, as Andrea Arcangeli sketched it on 2019-02-13 (his enum
/// INIT, START, END): the first CPU to win the cmpxchg changes the map, the others spin until it
/// has.
class StopCallbacksTest {
    private static final int INIT = 0;
    private static final int START = 1;
    private static final int END = 2;

    private final Scene s = new Scene();
    private final Cell<Val> first =
            s.memory.named(s.memory.word("first_stop_machine", 2, INIT), "INIT", "START", "END");
    private final Cell<Val> map = s.memory.word("p->swap_map", 1, 1);
    private final Cell<Val> changes = s.memory.word("changes", 2, 0);

    @Test
    void nothingMovesInASectionWhileTheMapIsChanged() {
        assertThat(Scene.outcome(scene(this::first).check())).isEqualTo("safe");
    }

    @Test
    void theCallbacksComeBeforeWhatTheCallerDoesNextEvenInOneAtomicPiece() {
        s.cpu(
                "stopper",
                cpu ->
                        cpu.atomic(() -> {
                            cpu.stopMachine(CpuMask.ONLINE, each -> each.write(map, 0));
                            cpu.must(cpu.read(map).is(0), "the callbacks have run");
                        }));
        for (Reductions with : SmallPrograms.EVERY_WAY)
            assertThat(Scene.outcome(s.check(Checker.of(Config.PREEMPT_Y_4_20).with(with))))
                    .isEqualTo("safe");
    }

    @Test
    void everyReductionSaysSo() {
        scene(this::first);
        for (Reductions with : SmallPrograms.EVERY_WAY)
            assertThat(Scene.outcome(s.check(Checker.of(Config.PREEMPT_Y_4_20).with(with))))
                    .isEqualTo("safe");
    }

    @Test
    void exactlyOneCpuDoesTheWork() {
        assertThat(
                        Scene.outcome(
                                scene(this::first)
                                        .cpu(
                                                "late",
                                                cpu -> cpu.must(!cpu.read(changes).is(2), "once"))
                                        .check()))
                .isEqualTo("safe");
    }

    @Test
    void withoutTheCmpxchgEveryCpuDoesIt() {
        assertThat(what(scene(this::everyone).check())).contains("changed once");
    }

    @Test
    void withoutTheEndTheOthersSpinForEver() {
        Verdict.Violation stuck = (Verdict.Violation) scene(this::forgetsTheEnd).check();
        assertThat(stuck.kind()).isEqualTo("stop_machine callback that waits for a stopped CPU");
        assertThat(stuck.trace().rows())
                .extracting(Trace.Row::text)
                .last()
                .asString()
                .startsWith("waits: smp_cond_load_acquire");
    }

    @Test
    void callbacksOfSeveralCpusComeBetweenOneAnother() {
        assertThat(what(scene(this::countsWithoutAtomicity).check())).contains("changed once");
    }

    @Test
    void aSecondStopSeesWhatTheFirstLeft() {
        s.cpu(
                "swapoff",
                cpu -> {
                    cpu.stopMachine(CpuMask.ONLINE, this::first);
                    cpu.write(first, INIT);
                    cpu.stopMachine(CpuMask.ONLINE, this::first);
                    cpu.must(cpu.read(changes).is(2), "changed twice");
                });
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    @Test
    void aCallbackOnOneCpuIsOneTransition() {
        s.cpu(
                        "reader",
                        cpu -> {
                            Val seen = cpu.read(map);
                            cpu.when(
                                    () -> seen.is(0),
                                    () -> cpu.must(cpu.read(changes).is(1), "both or none"));
                        })
                .cpu("swapoff", cpu -> cpu.stopMachine(CpuMask.NULL, this::first));
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    @Test
    void twoCallersTakeTurns() {
        s.cpus(
                "swapoff",
                2,
                cpu -> {
                    cpu.stopMachine(CpuMask.ONLINE, this::first);
                    cpu.must(!cpu.read(changes).isZero(), "somebody did it");
                });
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    @Test
    void eachCallbackSeesTheCellsOfItsOwnCpu() {
        PerCpu seen = s.memory.perCpuWord("seen", 1, 0);
        s.cpus("other", 2, Cpu::smpMb)
                .cpu(
                        "swapoff",
                        cpu -> {
                            cpu.stopMachine(CpuMask.ONLINE, each -> each.write(seen.mine(), 1));
                            cpu.forEachCpu(
                                    CpuMask.ONLINE,
                                    each ->
                                            cpu.must(
                                                    cpu.read(seen.of(each)).is(1),
                                                    "every CPU was there"));
                        });
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    /// A reader in a section, and a swapoff whose stop runs `callback` on every CPU.
    private Scene scene(Consumer<Cpu> callback) {
        return s.cpu(
                        "reader",
                        cpu -> {
                            cpu.preemptDisable();
                            Val before = cpu.read(map);
                            cpu.must(cpu.read(map).is(before), "nothing moves in a section");
                            cpu.preemptEnable();
                        })
                .cpu(
                        "swapoff",
                        cpu -> {
                            cpu.stopMachine(CpuMask.ONLINE, callback);
                            cpu.must(cpu.read(changes).is(1), "changed once");
                        });
    }

    private void first(Cpu each) {
        if (each.cmpxchg(first, INIT, START).is(INIT)) {
            change(each);
            each.smpStoreRelease(first, END);
        } else each.condLoad(first, v -> v.is(END));
    }

    private void everyone(Cpu each) {
        change(each);
    }

    private void forgetsTheEnd(Cpu each) {
        if (each.cmpxchg(first, INIT, START).is(INIT)) change(each);
        else each.condLoad(first, v -> v.is(END));
    }

    private void countsWithoutAtomicity(Cpu each) {
        if (!each.read(first).is(INIT)) return;
        each.write(first, START);
        change(each);
    }

    private void change(Cpu each) {
        each.write(map, 0);
        each.inc(changes);
    }

    private static String what(Verdict verdict) {
        return ((Verdict.Violation) verdict).what();
    }
}
