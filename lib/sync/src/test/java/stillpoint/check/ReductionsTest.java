package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.swap.Golden;
import stillpoint.swap.SwapCheck;
import stillpoint.swap.Unprotected;

/// No reduction changes what is said of a design: which failure classes can be met, and how long a
/// shortest trace to each of them is.
class ReductionsTest {
    private static final Map<String, String> recorded = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        if (Golden.updates()) GoldenReductions.regenerate();
        for (String line : GoldenReductions.recorded())
            recorded.put(GoldenReductions.key(line), line);
    }

    static Stream<GoldenReductions.Row> quick() {
        return GoldenReductions.rows().stream().filter(row -> !row.slow());
    }

    static Stream<GoldenReductions.Row> slow() {
        return GoldenReductions.rows().stream().filter(GoldenReductions.Row::slow);
    }

    @ParameterizedTest
    @MethodSource("quick")
    void everyDesignIsTheSameWithAndWithoutEachReduction(GoldenReductions.Row row) {
        holds(row);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("slow")
    void soIsEverySiblingAndEveryDesignOnOtherDevicesAndKernelsAndWithTwoReaders(
            GoldenReductions.Row row) {
        assumeFalse(Golden.updates(), "just regenerated");
        holds(row);
    }

    private static void holds(GoldenReductions.Row row) {
        EveryReduction searched = row.searched();
        assertThat(searched.differences()).isEmpty();
        assertThat(row.line(searched)).isEqualTo(recorded.get(row.key()));
    }

    @Test
    void theFileHoldsThoseSearchesAndNoOthers() {
        assertThat(recorded.keySet())
                .containsExactlyElementsOf(
                        GoldenReductions.rows().stream().map(GoldenReductions.Row::key).toList());
    }

    @Test
    void anotherClassAndAnotherLengthAreDifferences() {
        var answer = answer(Map.of("F1", 134, "F2", 141));
        assertThat(EveryReduction.differences(Reductions.NONE, answer, answer)).isEmpty();
        for (var other : List.of(Map.of("F1", 134), Map.of("F1", 134, "F2", 140)))
            assertThat(EveryReduction.differences(Reductions.NONE, answer, answer(other)))
                    .hasSize(1);
    }

    private static EveryReduction.Answer answer(Map<String, Integer> verbs) {
        var met = new TreeMap<String, EveryReduction.Length>();
        verbs.forEach((what, length) -> met.put(what, new EveryReduction.Length(length, length)));
        return new EveryReduction.Answer(met, List.of(), "");
    }

    /// Why a trace is never searched with movers: leaving a section joins the step before it,
    /// though the other CPU could have gone on between the two.
    @Test
    void aShortestRunOfTransitionsWithMoversEndsASectionThatTheFaultLeavesOpen() {
        List<String> without = verbs(Reductions.ALL.withoutMovers());
        List<String> with = new ArrayList<>(verbs(Reductions.ALL));
        assertThat(with).hasSize(without.size() + 1);
        without.forEach(with::remove);
        assertThat(with).containsExactly("0 Leave[section=PREEMPT]");
    }

    /// The verbs of a run with the fewest transitions in which swapon initialises a lock that a
    /// fault of the unprotected kernel holds, each behind its CPU.
    private static List<String> verbs(Reductions with) {
        Model model = SwapCheck.of(new Unprotected()).readers(1).swapon(true).model();
        var passedOver = Focus.of("other unlock of a free lock").passedOver(model.classes());
        var compiled = new Compiled(model, Config.PREEMPT_Y_4_20, with);
        var search =
                new Search(compiled, new Engine(compiled, passedOver), Limits.DEFAULT, passedOver);
        var replay = new Replay(compiled, passedOver);
        return replay.follow(replay.schedule((Search.Found) search.run())).stream()
                .flatMap(move ->
                        move.trail().stream()
                                .map(taken -> taken.instr().node.step())
                                .filter(step -> !step.local())
                                .map(step -> move.turn().cpu() + " " + step))
                .toList();
    }
}
