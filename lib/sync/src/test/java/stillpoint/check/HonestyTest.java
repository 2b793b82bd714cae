package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Val;
import stillpoint.swap.Tight;

/// A search that says *safe* has visited everything, and what had to occur did; in any other case
/// it says why it cannot say.
class HonestyTest {
    private static final Checker CHECKER = Checker.of(Config.PREEMPT_Y_4_20).with(Reductions.VERBS);

    private final Scene s = new Scene();
    private final Cell<Val> x = s.memory.word("x", 1, 0);

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void aSometimesThatNeverHappenedIsNotSafe() {
        s.cpu("reader", cpu -> cpu.when(() -> cpu.read(x).is(1), () -> cpu.sometimes("x is 1")))
                .sometimes("x is 1");
        assertThat(reason(s.check()))
                .contains("\"x is 1\" never happened", "the proof would be empty");
    }

    @Test
    void aSometimesThatHappenedIsNamedInTheProof() {
        s.cpu("reader", cpu -> cpu.sometimes("done")).sometimes("done");
        assertThat(((Verdict.Safe) s.check()).occurred()).containsExactly("done");
    }

    @Test
    @SuppressWarnings("ReferenceEquality")
    void aReadThatNobodyAskedAboutIsNotSafe() {
        s.cpu(
                "reader",
                cpu -> {
                    if (cpu.read(x) == Val.of(1)) cpu.must(false, "never asked");
                });
        assertThat(reason(s.check())).contains("unasked read at HonestyTest.java:", "ignored()");
    }

    @Test
    void moreStatesThanAllowedAreInconclusiveWithTheCounts() {
        Verdict verdict =
                CHECKER.with(Limits.DEFAULT.states(100)).check(Tight.STOP_MACHINE.readers(3));
        assertThat(reason(verdict)).contains("more than 100 states", "allow more");
        assertThat(verdict.counts().states()).isBetween(100L, 1000L);
    }

    @Test
    void exactlyAsManyStatesAsAllowedAreSafe() {
        assertThat(
                        Scene.outcome(
                                CHECKER.with(Limits.DEFAULT.states(1216))
                                        .check(Tight.STOP_MACHINE.readers(3))))
                .isEqualTo("safe");
    }

    @Test
    void moreTimeThanAllowedIsInconclusiveWithTheCounts() {
        Verdict verdict =
                CHECKER.with(Limits.DEFAULT.time(Duration.ofMillis(1)))
                        .check(Tight.STOP_MACHINE.readers(6));
        assertThat(reason(verdict)).contains("allow more, or take fewer readers");
        assertThat(verdict.counts().states()).isPositive();
    }

    @Test
    void moreMemoryThanAllowedIsInconclusive() {
        var limits = new Limits(Limits.DEFAULT.states(), 1 << 20, Duration.ofMinutes(1));
        assertThat(reason(CHECKER.with(limits).check(Tight.STOP_MACHINE.readers(6))))
                .contains("more than 1 MiB of states");
    }

    @Test
    void anInterruptedSearchIsInconclusiveAndLeavesTheFlagSet() {
        Thread.currentThread().interrupt();
        assertThat(reason(CHECKER.check(Tight.STOP_MACHINE.readers(6)))).contains("interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anInterruptStopsARunningSearchWithinATenthOfASecond() throws InterruptedException {
        var found = new Verdict[1];
        Thread search =
                Thread.ofPlatform()
                        .start(() -> found[0] = CHECKER.check(Tight.STOP_MACHINE.readers(8)));
        Thread.sleep(300);
        search.interrupt();
        search.join(1_000);
        assertThat(reason(found[0])).contains("interrupted");
        assertThat(found[0].counts().states()).isGreaterThan(1_000);
    }

    @Test
    void aModelThatDoesNotFitInAStateIsInconclusiveAndSaysWhatToDo() {
        for (int i = 0; i < 8; i++) s.memory.perCpuWord("big" + i, 16, 0);
        assertThat(reason(s.cpu("reader", stillpoint.program.Cpu::smpMb).check()))
                .contains("a block has 64", "smaller cells");
    }

    @Test
    void anInconclusiveVerdictIsNeverCalledSafe() {
        assertThat(
                        CHECKER.with(Limits.DEFAULT.states(1))
                                .check(Tight.STOP_MACHINE.readers(3))
                                .word())
                .isEqualTo("inconclusive");
    }

    @Test
    void aSearchHasRoomForAtLeastOneState() {
        assertThatThrownBy(() -> Limits.DEFAULT.states(0))
                .hasMessageContaining("states = 0: a search has room for 1 or more");
    }

    private static String reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        return ((Verdict.Inconclusive) verdict).reason();
    }
}
