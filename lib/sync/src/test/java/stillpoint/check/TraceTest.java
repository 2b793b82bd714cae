package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.CpuMask;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Mutex;
import stillpoint.program.Ptr;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;
import stillpoint.swap.Tight;

/// A violation comes with a shortest run to it, told in rows, and the run can be shown again from
/// its string.
class TraceTest {
    private static final Checker CHECKER = Checker.of(Config.PREEMPT_Y_4_20);

    static Stream<SmallPrograms> broken() {
        return Stream.of(SmallPrograms.values()).filter(small -> !small.outcome().equals("safe"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void theReplayStringShowsTheSameRows(SmallPrograms small) {
        Trace trace = trace(small.model());
        assertThat(CHECKER.replay(small.model(), Schedule.parse(trace.replay())).rows())
                .isEqualTo(trace.rows());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void theReplayEndsWithTheSameFault(SmallPrograms small) {
        Trace trace = trace(small.model());
        assertThat(CHECKER.replay(small.model(), Schedule.parse(trace.replay())).fault())
                .isEqualTo(trace.fault());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void oneRowIsTheFaultAndItIsTheLast(SmallPrograms small) {
        var rows = trace(small.model()).rows();
        assertThat(rows).isNotEmpty();
        assertThat(rows).extracting(Trace.Row::fault).containsOnlyOnce(true).endsWith(true);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void everyRowNamesALine(SmallPrograms small) {
        assertThat(trace(small.model()).rows())
                .extracting(Trace.Row::site)
                .allMatch(site -> site.matches("[A-Za-z]+\\.java:\\d+"));
    }

    @Test
    void theUnprotectedModelIsToldInSevenRowsAndTwoSwitches() {
        Trace trace = trace(Tight.UNPROTECTED.readers(5));
        assertThat(trace.rows()).hasSize(7);
        assertThat(trace.switches()).isEqualTo(2);
        assertThat(trace.columns())
                .hasSize(6)
                .startsWith("CPU0 (reader)")
                .endsWith("CPU5 (writer)");
    }

    @Test
    void theEndOfALoopOverTheCpusIsARowToo() {
        var scene =
                new Scene()
                        .cpu(
                                "loop",
                                cpu -> {
                                    cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.smpMb());
                                    cpu.must(false, "never");
                                });
        assertThat(trace(scene.model("loop")).rows())
                .extracting(Trace.Row::text)
                .containsExactly("next cpu: 0", "smp_mb()", "next cpu: no more");
    }

    @Test
    void aRowTellsTheValueThatWasReadAndWhatWasChanged() {
        var rows = trace(Tight.UNPROTECTED.readers(1)).rows();
        assertThat(rows)
                .extracting(Trace.Row::text)
                .contains("READ valid -> 1", "WRITE valid = 0", "READ map -> 0");
        assertThat(rows).extracting(Trace.Row::change).contains("valid: 1 -> 0", "map: 1 -> 0");
    }

    @Test
    void aRowTellsTheFunctionsItIsInAndWhoIsInASection() {
        var s = new Scene();
        Cell<Val> x = s.memory.word("x", 1, 0);
        s.cpu(
                "reader",
                cpu ->
                        cpu.call(
                                "do_swap_page()",
                                () -> {
                                    cpu.preemptDisable();
                                    cpu.call(
                                            "__swap_duplicate()",
                                            () -> cpu.must(cpu.read(x).is(1), "x is 1"));
                                    cpu.preemptEnable();
                                }));
        Trace.Row last = trace(s.model("scene")).rows().getLast();
        assertThat(last.frames()).containsExactly("do_swap_page()", "__swap_duplicate()");
        assertThat(last.inside()).containsExactly(0);
    }

    @Test
    void pointersAreShownAsObjectsNullAndFreed() {
        var texts =
                trace(SmallPrograms.DOUBLE_FREE.model()).rows().stream()
                        .map(Trace.Row::text)
                        .toList();
        assertThat(texts)
                .contains("READ p->swap_map -> #1")
                .last()
                .isEqualTo("kvfree(swap_map freed)");
    }

    @Test
    void aSpinLockIsOneRow() {
        var s = new Scene();
        SpinLock lock = s.memory.spinLock("swap_lock");
        s.cpu(
                "writer",
                cpu -> {
                    cpu.spinLock(lock);
                    cpu.spinUnlock(lock);
                    cpu.must(false, "end");
                });
        assertThat(trace(s.model("scene")).rows())
                .extracting(Trace.Row::text)
                .containsExactly("spin_lock(&swap_lock)", "spin_unlock(&swap_lock)");
    }

    @Test
    void aDeadlockIsToldWithWhatEachCpuWaitsFor() {
        assertThat(trace(SmallPrograms.AB_BA.model()).rows())
                .extracting(row -> row.column() + " " + row.text())
                .endsWith("0 waits: mutex_lock(&b)", "1 waits: mutex_lock(&a)");
    }

    @Test
    void aDeadlockInTheFirstStateHasRowsToo() {
        var s = new Scene();
        Cell<Val> x = s.memory.word("x", 1, 0);
        s.cpu("spinner", cpu -> cpu.condLoad(x, v -> v.is(1)));
        Trace trace = trace(s.model("scene"));
        assertThat(trace.rows())
                .extracting(Trace.Row::text)
                .containsExactly("waits: smp_cond_load_acquire(&x, {1})");
        assertThat(CHECKER.replay(s.model("scene"), Schedule.parse(trace.replay())).rows())
                .isEqualTo(trace.rows());
    }

    @Test
    void underSymmetryTheTraceNamesTheReaderThatDidIt() {
        Trace trace = trace(Tight.UNPROTECTED.readers(5));
        assertThat(trace.rows())
                .filteredOn(row -> row.column() < 5)
                .extracting(Trace.Row::column)
                .containsOnly(0);
    }

    @Test
    void aNoteStandsBehindTheStepBeforeIt() {
        var s = new Scene();
        Cell<Val> x = s.memory.word("x", 1, 0);
        s.cpu(
                "writer",
                cpu -> {
                    cpu.write(x, 1);
                    cpu.note("too early");
                    cpu.must(false, "end");
                });
        assertThat(trace(s.model("scene")).rows().getFirst().text())
                .isEqualTo("WRITE x = 1 /* too early */");
    }

    @Test
    void aRunWithoutAFaultCanBeShownToo() {
        Trace trace = CHECKER.replay(Tight.STOP_MACHINE.readers(1), Schedule.parse("1x2.0x3"));
        assertThat(trace.fault()).isEmpty();
        assertThat(trace.rows()).hasSize(5).extracting(Trace.Row::fault).containsOnly(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "0b", "0x100", "1x2.0x3.1x1.7"})
    void aScheduleOfAnotherModelIsRefusedAtTheTransitionThatCannotBe(String schedule) {
        assertThatThrownBy(() ->
                        CHECKER.replay(Tight.STOP_MACHINE.readers(1), Schedule.parse(schedule)))
                .hasMessageMatching(
                        "transition \\d+ of the schedule: .* the string belongs to another design.*");
    }

    @Test
    void aUseAfterFreeBehindANullIsToldWithTheFree() {
        var s = new Scene();
        Kind map = s.memory.kind("swap_map", 1);
        Cell<Ptr> p = s.memory.pointer("p->swap_map", map);
        Field<Val> count = s.memory.field(map, "count", 1, 0);
        Mutex lock = s.memory.mutex("lock");
        s.cpu("reader", cpu -> cpu.inc(cpu.read(p).at(count)))
                .cpu(
                        "writer",
                        cpu -> {
                            cpu.mutexLock(lock);
                            Ptr old = cpu.read(p);
                            cpu.clear(p);
                            cpu.free(old);
                            cpu.mutexUnlock(lock);
                        });
        Trace trace = ((Verdict.Violation) s.check(CHECKER.only("use after free"))).trace();
        assertThat(trace.rows()).extracting(Trace.Row::text).contains("kvfree(swap_map #1)");
    }

    private static Trace trace(Model model) {
        Verdict verdict = CHECKER.check(model);
        assertThat(verdict).isInstanceOf(Verdict.Violation.class);
        return ((Verdict.Violation) verdict).trace();
    }
}
