package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.CpuMask;
import stillpoint.program.Memory;
import stillpoint.program.Recorder;
import stillpoint.program.Val;
import stillpoint.swap.Tight;

/// With several threads, or with hashes in place of states, a search comes to the same verdict.
class MeansTest {
    private static final Checker CHECKER = Checker.of(Config.PREEMPT_Y_4_20).with(Reductions.VERBS);
    private static final Reductions SORTED = new Reductions(true, true, false, true);

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource
    void twoAndThreeThreadsCountWhatOneDoes(Tight tight) {
        Verdict one = CHECKER.check(tight.readers(3));
        for (int threads = 2; threads <= 3; threads++)
            assertThat(shape(threads(threads).check(tight.readers(3)))).isEqualTo(shape(one));
    }

    @ParameterizedTest
    @EnumSource
    void aSweepCountsWhatASearchThatKeepsTheWaysDoes(Tight tight) {
        var compiled = new Compiled(tight.readers(3), Config.PREEMPT_Y_4_20, SORTED);
        var search =
                new Search(compiled, new Engine(compiled, h -> true), Limits.DEFAULT, h -> true);
        var sweep = new Sweep(() -> compiled, h -> true, Limits.DEFAULT, Means.DEFAULT);
        search.run();
        assertThat(sweep.run()).isEqualTo(new Sweep.Exhausted());
        assertThat(sizes(sweep.counts())).isEqualTo(sizes(search.counts()));
    }

    @Test
    void aTraceIsTheSameWithTwoThreads() {
        var one = (Verdict.Violation) CHECKER.check(Tight.UNPROTECTED.readers(4));
        var two = (Verdict.Violation) threads(2).check(Tight.UNPROTECTED.readers(4));
        assertThat(two.trace()).isEqualTo(one.trace());
    }

    @Test
    void hashesOfStatesOfTwoWordsCountWhatTheStatesDo() {
        Model model = Tight.STOP_MACHINE.readers(12);
        Checker exact = CHECKER.with(SORTED);
        Verdict hashed = exact.with(Means.DEFAULT.withFingerprints()).check(model);
        assertThat(hashed.counts().bitsPerState()).isGreaterThan(64);
        assertThat(shape(hashed)).isEqualTo(shape(exact.check(model)));
    }

    @Test
    void hashesPutTheirChanceAmongTheBounds() {
        Checker hashing = CHECKER.with(SORTED).with(Means.DEFAULT.withFingerprints());
        assertThat(hashing.check(Tight.STOP_MACHINE.readers(12)).bounds().entries())
                .anySatisfy(b -> assertThat(b.toString()).contains("64-bit hashes; the chance"));
    }

    @Test
    void aSurveySaysSoToo() {
        Checker hashing = CHECKER.with(SORTED).with(Means.DEFAULT.withFingerprints());
        assertThat(survey(hashing, 12)).contains("64-bit hashes; the chance");
        assertThat(survey(hashing, 3)).doesNotContain("hashes");
    }

    private static String survey(Checker checker, int readers) {
        Survey survey = checker.survey(Tight.STOP_MACHINE.readers(readers));
        return survey.verdict("deadlock").bounds().toString();
    }

    @Test
    void aStateOfOneWordIsKeptExactlyAndSaysNothingOfHashes() {
        Checker hashing = CHECKER.with(Means.DEFAULT.withFingerprints());
        assertThat(hashing.check(Tight.STOP_MACHINE.readers(3)).bounds().toString())
                .doesNotContain("hashes");
    }

    @Test
    void theChanceOfTwoStatesWithOneHashIsThatOfABirthday() {
        assertThat(Means.collision(100_000_000)).isBetween(2.7e-4, 2.72e-4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyNumberOfThreadsStopsAtTheMostStates(int threads) {
        Verdict verdict =
                threads(threads)
                        .with(Limits.DEFAULT.states(1000))
                        .check(Tight.STOP_MACHINE.readers(5));
        assertThat(verdict.toString()).contains("Inconclusive", "more than 1000 states");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyNumberOfThreadsStopsAtTheMostMemory(int threads) {
        var limits = new Limits(Limits.DEFAULT.states(), 1 << 20, Duration.ofMinutes(1));
        assertThat(threads(threads).with(limits).check(Tight.STOP_MACHINE.readers(6)).toString())
                .contains("Inconclusive", "more than 1 MiB of states");
    }

    @Test
    void anInterruptStopsEveryThreadAndLeavesTheFlagSet() {
        Thread.currentThread().interrupt();
        assertThat(threads(2).check(Tight.STOP_MACHINE.readers(6)).toString())
                .contains("Inconclusive", "interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aSearchHasAtLeastOneThread() {
        assertThatThrownBy(() -> Means.DEFAULT.workers(0))
                .hasMessageContaining("workers = 0: a search has 1 to 64");
    }

    @Test
    void fourReadersAndASwapoffForEverAreSafe() {
        Verdict verdict = Checker.of(Config.PREEMPT_Y_4_20).check(forEver(true));
        assertThat(verdict.word()).isEqualTo("safe");
        assertThat(verdict.counts().states()).isLessThan(10_000);
    }

    @Test
    void aSwapoffForEverThatWaitsForNobodyIsNot() {
        assertThat(Checker.of(Config.PREEMPT_Y_4_20).check(forEver(false)).word())
                .isEqualTo("violation");
    }

    /// Swapoff and swapon again and again, beside four readers that never stop.
    private static Model forEver(boolean waits) {
        var memory = new Memory();
        Cell<Val> valid = memory.word("valid", 1, 1);
        Cell<Val> map = memory.word("map", 1, 1);
        var reader =
                Recorder.record(
                        "reader",
                        cpu -> {
                            cpu.preemptDisable();
                            cpu.when(
                                    () -> cpu.read(valid).is(1),
                                    () -> cpu.must(cpu.read(map).is(1), "map is not NULL"));
                            cpu.preemptEnable();
                        });
        var swapoff =
                Recorder.record(
                        "swapoff, swapon",
                        cpu -> {
                            cpu.write(valid, 0);
                            if (waits) cpu.stopMachine(CpuMask.ONLINE, each -> {});
                            cpu.write(map, 0);
                            cpu.write(map, 1);
                            cpu.sometimes("the device is there again");
                            cpu.write(valid, 1);
                        });
        return new Model(
                "swapoff and swapon for ever",
                memory,
                List.of(
                        new Agent("reader", reader, 4).repeating(),
                        new Agent("swapoff", swapoff, 1).repeating()),
                List.of("the device is there again"),
                Bounds.of("readers", "4"),
                FailureClasses.NONE);
    }

    private static Checker threads(int threads) {
        return CHECKER.with(Means.DEFAULT.workers(threads));
    }

    /// What does not depend on the means.
    private static String shape(Verdict verdict) {
        return verdict.word() + " " + sizes(verdict.counts());
    }

    private static String sizes(Counts counts) {
        return counts.states() + " " + counts.transitions() + " " + counts.depth();
    }
}
