package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.swap.Tight;

/// Every search is exactly as large as it was, and as large as an independent model checker says.
class GoldenCountsTest {
    private static Map<String, String> recorded = Map.of();

    @BeforeAll
    static void read() throws IOException {
        if (Boolean.getBoolean("golden.update")) GoldenCounts.regenerate();
        recorded = GoldenCounts.recorded();
    }

    static Stream<GoldenCounts.Row> quick() {
        return GoldenCounts.rows().stream().filter(row -> !row.slow());
    }

    static Stream<GoldenCounts.Row> slow() {
        return GoldenCounts.rows().stream().filter(GoldenCounts.Row::slow);
    }

    @ParameterizedTest
    @MethodSource("quick")
    void aSearchIsAsLargeAsRecorded(GoldenCounts.Row row) {
        assertThat(row.line()).isEqualTo(recorded.get(row.key()));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("slow")
    void aLargeSearchIsAsLargeAsRecorded(GoldenCounts.Row row) {
        assumeFalse(Boolean.getBoolean("golden.update"), "just regenerated");
        assertThat(row.line()).isEqualTo(recorded.get(row.key()));
    }

    @Test
    void theFileHoldsThoseSearchesAndNoOthers() {
        assertThat(recorded.keySet())
                .containsExactlyElementsOf(
                        GoldenCounts.rows().stream().map(GoldenCounts.Row::key).toList());
    }

    /// Measured with SPIN 6.5.2 (-DSAFETY -DNOREDUCE) and TLC; SPIN's transitions are one more,
    /// since it counts the initial state as one. The RCU rows are those of the wait as a set of
    /// CPUs; mutate-in-stop is a hand-coded search, in which VALID is cleared before the stop, and
    /// the map is set to NULL and freed in it.
    @ParameterizedTest
    @CsvSource({
        "STOP_MACHINE,    3,    1216,     3768",
        "STOP_MACHINE,    5,   68608,   333088",
        "STOP_MACHINE,    6,  536576,  3078208",
        "STOP_MACHINE,    7, 4243456, 28078208",
        "REFCOUNT,        3,    1216,     3824",
        "REFCOUNT,        7, 4243456, 28094464",
        "SYNCHRONIZE_RCU, 3,    2216,     7036",
        "SYNCHRONIZE_RCU, 5,  168608,   816848",
        "SYNCHRONIZE_RCU, 6, 1536576,  8744384",
        "MUTATE_IN_STOP,  3,    1088,     3352"
    })
    void theTightModelIsAsLargeAsAnIndependentModelCheckerSays(
            Tight tight, int readers, long states, long transitions) {
        assertThat(recorded.get(GoldenCounts.tightKey(tight, readers, Reductions.VERBS)))
                .contains(",safe," + states + "," + transitions + ",");
    }

    @ParameterizedTest
    @CsvSource({"6, 3684", "10, 39754"})
    void sortedReadersAreAsManyAsUnderTlcsSymmetry(int readers, long states) {
        assertThat(
                        recorded.get(
                                GoldenCounts.tightKey(
                                        Tight.STOP_MACHINE,
                                        readers,
                                        Reductions.ALL.withoutMovers())))
                .contains(",safe," + states + ",");
    }

    @Test
    void theUnprotectedModelBreaksInSevenSteps() {
        assertThat(recorded.get(GoldenCounts.tightKey(Tight.UNPROTECTED, 5, Reductions.VERBS)))
                .contains(",broken assertion,")
                .endsWith(",6");
    }
}
