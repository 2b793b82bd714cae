package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Fault;
import stillpoint.program.Program;
import stillpoint.swap.Tight;

/// Two engines, one answer: the packed search and the [Explorer] agree on verdicts, states,
/// transitions and distances.
class TwoEnginesTest {
    private static final int CROWDED = Integer.getInteger("crowded", 40);
    private static final Reductions UNMERGED = new Reductions(true, false, false, false);

    static Stream<Arguments> smallPrograms() {
        return Stream.of(SmallPrograms.values())
                .flatMap(small ->
                        Stream.of(Config.values()).map(config -> Arguments.of(small, config)));
    }

    @ParameterizedTest
    @MethodSource("smallPrograms")
    void theyAgreeOnASmallProgram(SmallPrograms small, Config config) {
        agree(small.model(), config);
    }

    @ParameterizedTest
    @EnumSource
    void theyAgreeOnTheTightModel(Tight tight) {
        agree(tight.readers(2), Config.PREEMPT_Y_4_20);
    }

    /// Those whose search is small enough for the slow engine.
    static IntStream seeds() {
        return IntStream.range(0, 200).filter(seed -> search(seed).counts().states() < 300);
    }

    private static Verdict search(int seed) {
        return Checker.of(Config.values()[seed % 4])
                .with(Reductions.VERBS)
                .check(RandomPrograms.model(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyReductionAgreesOnARandomProgram(int seed) {
        for (Reductions with : SmallPrograms.EVERY_WAY)
            assertThat(
                            Checker.of(Config.values()[seed % 4])
                                    .with(with)
                                    .check(RandomPrograms.model(seed))
                                    .word())
                    .isEqualTo(search(seed).word());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theyAgreeOnARandomProgram(int seed) {
        agree(RandomPrograms.model(seed), Config.values()[seed % 4]);
    }

    /// Those with several tasks on a CPU whose search is small enough for the slow engine.
    static IntStream crowded() {
        return IntStream.range(0, CROWDED)
                .filter(seed ->
                        verbs(seed)
                                        .with(Limits.DEFAULT.states(300))
                                        .check(RandomPrograms.crowded(seed))
                                        .counts()
                                        .states()
                                < 300);
    }

    private static Checker verbs(int seed) {
        return Checker.of(Config.values()[seed % Config.values().length]).with(Reductions.VERBS);
    }

    @ParameterizedTest
    @MethodSource("crowded")
    void everyReductionAgreesWhereSeveralTasksAreOnACpu(int seed) {
        Model model = RandomPrograms.crowded(seed);
        for (Reductions with : SmallPrograms.EVERY_WAY)
            assertThat(verbs(seed).with(with).check(model).word())
                    .isEqualTo(verbs(seed).check(model).word());
    }

    @ParameterizedTest
    @MethodSource("crowded")
    void theyAgreeWhereSeveralTasksAreOnACpu(int seed) {
        agree(RandomPrograms.crowded(seed), Config.values()[seed % Config.values().length]);
    }

    /// On merged and on unmerged graphs the counts are equal; with every register kept, the faults
    /// still are.
    private static void agree(Model model, Config config) {
        var merged = Explorer.explore(model, config, Program::flow, true);
        compare(Checker.of(config).with(Reductions.VERBS).check(model), merged);
        compareCounts(model, config, Explorer.explore(model, config, Program::lines, true));
        assertThat(Explorer.explore(model, config, Program::lines, false).faults())
                .isEqualTo(merged.faults());
    }

    private static void compare(Verdict verdict, Explorer.Found found) {
        switch (verdict) {
            case Verdict.Safe safe -> {
                assertThat(found.faults()).isEmpty();
                assertThat(safe.counts().states()).isEqualTo(found.states());
                assertThat(safe.counts().transitions()).isEqualTo(found.transitions());
            }
            case Verdict.Violation violation ->
                    assertThat(found.faults())
                            .containsEntry(fault(violation.kind()), length(violation));
            case Verdict.Inconclusive inconclusive ->
                    assertThat(inconclusive.reason()).contains("never happened");
        }
    }

    private static void compareCounts(Model model, Config config, Explorer.Found found) {
        if (found.faults().isEmpty())
            assertThat(Checker.of(config).with(UNMERGED).check(model).counts().states())
                    .isEqualTo(found.states());
    }

    private static int length(Verdict.Violation violation) {
        return Schedule.parse(violation.trace().replay()).turns().size();
    }

    private static Fault fault(String words) {
        return Stream.of(Fault.values())
                .filter(f -> f.words().equals(words))
                .findFirst()
                .orElseThrow();
    }
}
