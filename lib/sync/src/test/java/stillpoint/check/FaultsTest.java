package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Fault;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Ptr;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;

/// Every kind of fault is found without anybody asking for it, and no reduction hides or invents
/// one.
class FaultsTest {
    static Stream<Arguments> programsAndReductions() {
        return Stream.of(SmallPrograms.values())
                .flatMap(small ->
                        SmallPrograms.EVERY_WAY.stream().map(with -> Arguments.of(small, with)));
    }

    @ParameterizedTest
    @MethodSource("programsAndReductions")
    void theOutcomeIsTheSameUnderEveryReduction(SmallPrograms small, Reductions with) {
        assertThat(Scene.outcome(Checker.of(Config.PREEMPT_Y_4_20).with(with).check(small.model())))
                .isEqualTo(small.outcome());
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfFaultIsFoundInSomeSmallProgram(Fault fault) {
        assertThat(Stream.of(SmallPrograms.values()).map(SmallPrograms::outcome))
                .contains(fault.words());
    }

    @Test
    void aFaultNamesTheObjectAndTheFunction() {
        var s = new Scene();
        Kind map = s.memory.kind("swap_map", 1);
        Cell<Ptr> p = s.memory.nullPointer("p->swap_map", map);
        Field<Val> count = s.memory.field(map, "count", 1, 0);
        s.cpu(
                "reader",
                cpu -> cpu.call("__swap_duplicate()", () -> cpu.inc(cpu.read(p).at(count))));
        assertThat(violation(s.check()).what())
                .isEqualTo("NULL dereference of swap_map in __swap_duplicate()");
    }

    @Test
    void aBrokenAssertionNamesItsRule() {
        var s = new Scene().cpu("any", cpu -> cpu.must(cpu.choose("rain"), "it rains"));
        assertThat(violation(s.check()).what()).isEqualTo("broken assertion: it rains");
    }

    @Test
    void aLeakNamesTheKind() {
        assertThat(violation(SmallPrograms.LEAK.model()).what())
                .isEqualTo("leaked object: nothing points to a live swap_map at the end");
    }

    @Test
    void aSleepWhileAtomicNamesTheLineWhereTheCountWasRaised() {
        assertThat(violation(SmallPrograms.SLEEP_WHILE_ATOMIC.model()).what())
                .contains("kvzalloc() may sleep, but preempt_disable() at SmallPrograms.java:");
    }

    @Test
    void twoCpusThatSpinOnEachOthersSpinLockAreADeadlock() {
        var s = new Scene();
        SpinLock a = s.memory.spinLock("a");
        SpinLock b = s.memory.spinLock("b");
        s.cpu(
                        "one",
                        cpu -> {
                            cpu.spinLock(a);
                            cpu.spinLock(b);
                            cpu.spinUnlock(b);
                            cpu.spinUnlock(a);
                        })
                .cpu(
                        "other",
                        cpu -> {
                            cpu.spinLock(b);
                            cpu.spinLock(a);
                            cpu.spinUnlock(a);
                            cpu.spinUnlock(b);
                        });
        assertThat(Scene.outcome(s.check())).isEqualTo("deadlock");
    }

    @Test
    void aSpinnerWithPreemptionOffHoldsOffTheStopThatWouldFreeIt() {
        var s = new Scene();
        Cell<Val> x = s.memory.word("x", 1, 0);
        s.cpu(
                        "spinner",
                        cpu -> {
                            cpu.preemptDisable();
                            cpu.condLoad(x, v -> v.is(1));
                            cpu.preemptEnable();
                        })
                .cpu(
                        "stopper",
                        cpu ->
                                cpu.stopMachine(
                                        stillpoint.program.CpuMask.NULL, each -> each.write(x, 1)));
        assertThat(Scene.outcome(s.check())).isEqualTo("deadlock");
    }

    @Test
    void aTaskThatIsAskedForByNoneOfItsFaultsGoesOn() {
        var s =
                new Scene()
                        .cpu("writer", cpu -> cpu.must(false, "first"))
                        .cpu("other", cpu -> cpu.nop("busy"));
        assertThat(Scene.outcome(s.check(Checker.of(Config.PREEMPT_Y_4_20).only("use after free"))))
                .isEqualTo("safe");
    }

    @Test
    void aUseAfterFreeIsFoundBehindANullDereference() {
        assertThat(Scene.outcome(nullFirst().check())).isEqualTo("NULL dereference");
        assertThat(Scene.outcome(nullFirst().check(only(Fault.USE_AFTER_FREE))))
                .isEqualTo("use after free");
    }

    @Test
    void aDeadlockOrALeakAloneMayBeAskedFor() {
        assertThat(Scene.outcome(only(Fault.DEADLOCK).check(SmallPrograms.AB_BA.model())))
                .isEqualTo("deadlock");
        assertThat(Scene.outcome(only(Fault.LEAK).check(SmallPrograms.LEAK.model())))
                .isEqualTo("leaked object");
        assertThat(Scene.outcome(only(Fault.LEAK).check(SmallPrograms.AB_BA.model())))
                .isEqualTo("safe");
    }

    /// NULL is stored first and the object freed behind it.
    private static Scene nullFirst() {
        var s = new Scene();
        Kind map = s.memory.kind("swap_map", 1);
        Cell<Ptr> p = s.memory.pointer("p->swap_map", map);
        Field<Val> count = s.memory.field(map, "count", 1, 0);
        return s.cpu("reader", cpu -> cpu.inc(cpu.read(p).at(count)))
                .cpu(
                        "writer",
                        cpu -> {
                            Ptr old = cpu.read(p);
                            cpu.clear(p);
                            cpu.free(old);
                        });
    }

    private static Checker only(Fault fault) {
        return Checker.of(Config.PREEMPT_Y_4_20).only(fault.words());
    }

    private static Verdict.Violation violation(stillpoint.machine.Model model) {
        return violation(Checker.of(Config.PREEMPT_Y_4_20).check(model));
    }

    private static Verdict.Violation violation(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Violation.class);
        return (Verdict.Violation) verdict;
    }
}
