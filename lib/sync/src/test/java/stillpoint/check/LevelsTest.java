package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.PerCpu;
import stillpoint.program.Recorder;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;

/// Several tasks on one CPU: who lets whom in, and where.
class LevelsTest {
    private static final Set<Config> ALL = EnumSet.allOf(Config.class);
    private static final Set<Config> NONE = EnumSet.noneOf(Config.class);
    private static final Set<Config> PREEMPT_N = where(config -> !config.preemptible());

    @Test
    void aHandlerComesWhereInterruptsAreOnWhateverElseIsOff() {
        assertThat(undisturbed(Level.IRQ, cpu -> {}, cpu -> {})).isEqualTo(NONE);
        assertThat(undisturbed(Level.IRQ, Cpu::preemptDisable, Cpu::preemptEnable)).isEqualTo(NONE);
        assertThat(undisturbed(Level.IRQ, Cpu::localIrqDisable, Cpu::localIrqEnable))
                .isEqualTo(ALL);
    }

    @Test
    void anNmiComesEverywhere() {
        assertThat(undisturbed(Level.NMI, Cpu::localIrqDisable, Cpu::localIrqEnable))
                .isEqualTo(NONE);
    }

    @Test
    void aStopperThreadComesWherePreemptionIsPossible() {
        assertThat(undisturbed(Level.STOP, cpu -> {}, cpu -> {})).isEqualTo(PREEMPT_N);
        assertThat(undisturbed(Level.STOP, Cpu::preemptDisable, Cpu::preemptEnable)).isEqualTo(ALL);
        assertThat(undisturbed(Level.STOP, Cpu::localIrqDisable, Cpu::localIrqEnable))
                .isEqualTo(ALL);
    }

    @Test
    void plainTasksPreemptOneAnotherWhereTheStopperCould() {
        assertThat(undisturbed(Level.TASK, cpu -> {}, cpu -> {})).isEqualTo(PREEMPT_N);
        assertThat(undisturbed(Level.TASK, Cpu::preemptDisable, Cpu::preemptEnable)).isEqualTo(ALL);
    }

    @Test
    void aPlainTaskNeverComesBetweenTheStepsOfAStopperThread() {
        assertThat(undisturbed(Level.STOP, Level.TASK)).isEqualTo(ALL);
    }

    @Test
    void nobodyComesBetweenTheStepsOfAHandlerButAnNmi() {
        assertThat(undisturbed(Level.IRQ, Level.TASK)).isEqualTo(ALL);
        assertThat(undisturbed(Level.IRQ, Level.STOP)).isEqualTo(ALL);
        assertThat(undisturbed(Level.IRQ, Level.IRQ)).isEqualTo(ALL);
        assertThat(undisturbed(Level.NMI, Level.IRQ)).isEqualTo(ALL);
        assertThat(undisturbed(Level.IRQ, Level.NMI)).isEqualTo(NONE);
    }

    @Test
    void aHandlerOfAnotherCpuComesAnyTime() {
        var s = new Scene();
        Cell<Val> x = s.memory.word("x", 1, 0);
        s.cpu("task", cpu -> readsTwice(cpu, x)).cpu("other", Cpu::smpMb);
        s.on("other", Level.IRQ, "handler", cpu -> cpu.write(x, 1));
        assertThat(Scene.outcome(s.check())).isEqualTo("broken assertion");
    }

    @ParameterizedTest
    @EnumSource
    void aLockThatAHandlerTakesIsTakenWithInterruptsOff(Config config) {
        for (Reductions with : SmallPrograms.EVERY_WAY) {
            var checker = Checker.of(config).with(with);
            assertThat(Scene.outcome(locking(false).check(checker))).isEqualTo("deadlock");
            assertThat(Scene.outcome(locking(true).check(checker))).isEqualTo("safe");
        }
    }

    @Test
    void aHandlerMayNotSleep() {
        var s = new Scene().cpu("task", Cpu::smpMb);
        s.on("task", Level.IRQ, "handler", cpu -> cpu.mightSleep("kvzalloc()"));
        assertThat(((Verdict.Violation) s.check()).what())
                .contains("kvzalloc() may sleep, but in an interrupt handler");
    }

    @Test
    void aHandlerMayNotTurnInterruptsOnThatItDidNotTurnOff() {
        assertThatThrownBy(() -> Recorder.interrupt("handler", Cpu::localIrqEnable))
                .hasMessageContaining("local_irq_enable()");
    }

    @Test
    void aStopWaitsForAHandler() {
        assertThat(handlerDuringAStop(Level.IRQ, CpuMask.NULL)).isEqualTo("safe");
        assertThat(handlerDuringAStop(Level.IRQ, CpuMask.ONLINE)).isEqualTo("safe");
    }

    @Test
    void anNmiSeesACallbackHalfDone() {
        assertThat(handlerDuringAStop(Level.NMI, CpuMask.NULL)).isEqualTo("broken assertion");
        assertThat(handlerDuringAStop(Level.NMI, CpuMask.ONLINE)).isEqualTo("broken assertion");
    }

    @Test
    void aHandlerThatNeverComesIsNoDeadlock() {
        var s = new Scene().cpu("task", Cpu::smpMb);
        s.on("task", Level.IRQ, "handler", cpu -> cpu.nop("work"));
        assertThat(Scene.outcome(s.check())).isEqualTo("safe");
    }

    @Test
    void aTickThatComesForEverHidesNoDeadlock() {
        assertThat(Scene.outcome(ticking(cpu -> cpu.nop("tick"), false).check()))
                .isEqualTo("deadlock");
    }

    @Test
    void aTickMayWakeWhoSleeps() {
        assertThat(Scene.outcome(ticking(cpu -> {}, true).check())).isEqualTo("safe");
    }

    @Test
    void aCopyOfACellBelongsToTheCpuAndNotToTheTask() {
        var s = new Scene();
        PerCpu count = s.memory.perCpuWord("count", 2, 0);
        s.cpu(
                "task",
                cpu -> {
                    Val before = cpu.read(count.mine());
                    cpu.write(count.mine(), before.plus(Val.of(1)));
                    cpu.must(!cpu.read(count.mine()).is(before), "mine alone");
                    if (cpu.read(count.mine()).is(2)) cpu.sometimes("both counted");
                });
        s.on("task", Level.IRQ, "handler", cpu -> cpu.inc(count.mine()));
        assertThat(Scene.outcome(s.sometimes("both counted").check())).isEqualTo("safe");
    }

    @Test
    void cpusWithTheSameTasksAreInterchangeable() {
        for (Reductions with : SmallPrograms.EVERY_WAY)
            assertThat(
                            Scene.outcome(
                                    locking(true)
                                            .check(Checker.of(Config.PREEMPT_Y_4_20).with(with))))
                    .isEqualTo("safe");
        long sorted = states(Reductions.VERBS.withoutMovers(), true);
        assertThat(sorted).isLessThan(states(Reductions.VERBS, false));
    }

    @Test
    void aGracePeriodWaitsForAHandlerThatReads() {
        assertThat(safeHandler(Cpu::rcuReadLock, Cpu::rcuReadUnlock)).isEqualTo(ALL);
        assertThat(safeHandler(cpu -> {}, cpu -> {}))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Config.PREEMPT_Y_4_19)));
    }

    @Test
    void anAgentOfAnotherLevelIsRecordedAsSuch() {
        var program = Recorder.record("task", Cpu::smpMb);
        assertThatThrownBy(() -> new Agent("task", program, 1).at(Level.IRQ))
                .hasMessageContaining("recorded with Recorder.interrupt");
    }

    /// The configurations on which two reads in a row see the same, though `other` writes.
    private static Set<Config> undisturbed(Level other, Consumer<Cpu> enter, Consumer<Cpu> leave) {
        return where(config -> {
            var s = new Scene();
            Cell<Val> x = s.memory.word("x", 1, 0);
            s.cpu(
                    "task",
                    cpu -> {
                        enter.accept(cpu);
                        readsTwice(cpu, x);
                        leave.accept(cpu);
                    });
            s.on("task", other, "other", cpu -> cpu.write(x, 1));
            return Scene.outcome(s.check(config)).equals("safe");
        });
    }

    /// The same for a reader of another level than that of a plain task.
    private static Set<Config> undisturbed(Level reader, Level writer) {
        return where(config -> {
            var s = new Scene();
            Cell<Val> x = s.memory.word("x", 1, 0);
            s.cpu("idle", Cpu::smpMb);
            s.on("idle", reader, "reader", cpu -> readsTwice(cpu, x));
            s.on("idle", writer, "writer", cpu -> cpu.write(x, 1));
            return Scene.outcome(s.check(config)).equals("safe");
        });
    }

    private static void readsTwice(Cpu cpu, Cell<Val> x) {
        Val first = cpu.read(x);
        cpu.must(cpu.read(x).is(first), "the same again");
    }

    private static Scene locking(boolean irqsOff) {
        var s = new Scene();
        SpinLock lock = s.memory.spinLock("lock");
        s.cpus(
                "task",
                2,
                cpu -> {
                    if (irqsOff) cpu.localIrqDisable();
                    cpu.spinLock(lock);
                    cpu.spinUnlock(lock);
                    if (irqsOff) cpu.localIrqEnable();
                });
        return s.on(
                "task",
                Level.IRQ,
                "handler",
                cpu -> {
                    cpu.spinLock(lock);
                    cpu.spinUnlock(lock);
                });
    }

    private static long states(Reductions with, boolean symmetry) {
        var chosen = new Reductions(with.fusion(), with.merging(), with.movers(), symmetry);
        return locking(true)
                .check(Checker.of(Config.PREEMPT_Y_4_20).with(chosen))
                .counts()
                .states();
    }

    private static String handlerDuringAStop(Level level, CpuMask mask) {
        var s = new Scene();
        Cell<Val> x = s.memory.word("x", 1, 0);
        Cell<Val> y = s.memory.word("y", 1, 0);
        s.cpu(
                "swapoff",
                cpu ->
                        cpu.stopMachine(
                                mask,
                                each -> {
                                    each.write(x, 1);
                                    each.write(y, 1);
                                }));
        s.on(
                "swapoff",
                level,
                "handler",
                cpu -> {
                    Val seen = cpu.read(x);
                    cpu.must(cpu.read(y).is(seen), "both or none");
                });
        return Scene.outcome(s.check());
    }

    /// A task sleeps for a cell that the tick may set.
    private static Scene ticking(Consumer<Cpu> tick, boolean wakes) {
        var s = new Scene();
        Cell<Val> wake = s.memory.word("wake", 1, 0);
        s.cpu("sleeper", cpu -> cpu.waitFor(wake, v -> v.is(1)));
        return s.repeating(
                "sleeper",
                Level.IRQ,
                "tick",
                cpu -> {
                    tick.accept(cpu);
                    if (wakes) cpu.write(wake, 1);
                });
    }

    private static Set<Config> safeHandler(Consumer<Cpu> enter, Consumer<Cpu> leave) {
        return where(config -> {
            var s = new Scene();
            Cell<Val> gone = s.memory.word("gone", 1, 0);
            Cell<Val> freed = s.memory.word("freed", 1, 0);
            s.cpu("idle", Cpu::smpMb)
                    .cpu(
                            "writer",
                            cpu -> {
                                cpu.write(gone, 1);
                                cpu.synchronizeRcu();
                                cpu.write(freed, 1);
                            });
            s.on(
                    "idle",
                    Level.IRQ,
                    "reader",
                    cpu -> {
                        enter.accept(cpu);
                        cpu.when(
                                () -> cpu.read(gone).is(0),
                                () -> cpu.must(cpu.read(freed).is(0), "not freed"));
                        leave.accept(cpu);
                    });
            return Scene.outcome(s.check(config)).equals("safe");
        });
    }

    private static Set<Config> where(Predicate<Config> holds) {
        return EnumSet.allOf(Config.class).stream()
                .filter(holds)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Config.class)));
    }
}
