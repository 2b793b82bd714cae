package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;

/// A question about a design, its answer, and the string that shows the answer again.
class SwapCheckTest {
    private static Trace traceOf(SwapCheck check) {
        return ((Verdict.Violation) check.verdict()).trace();
    }

    private static SwapCheck asked(String design) {
        return SwapCheck.of(Designs.named(design));
    }

    @Test
    void aDesignThatFailsWithOneReaderIsShownFailingWithOne() {
        assertThat(traceOf(asked("D0").readers(3)).columns()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"D0", "D8/no-stop-in-swapoff", "D6/no-grace-period-in-swapoff"})
    void aReplayStringShowsTheSameRowsAgain(String design) {
        Trace trace = traceOf(asked(design));
        assertThat(ReplayString.parse(trace.replay()).trace()).isEqualTo(trace);
    }

    @Test
    void aReplayStringNamesDesignDeviceReadersSwaponAndKernel() {
        assertThat(traceOf(asked("D8/no-pte-recheck").swapon(true).only("F6")).replay())
                .startsWith("D8/no-pte-recheck:ssd:1+on:preempt-y-4.20:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    D0                                | 5 parts
                    D0:ssd:9:preempt-y-4.20:0x2       | 1 to 8
                    D0:tape:1:preempt-y-4.20:0x2      | --device tape
                    D0:ssd:1:preempt-z:0x2            | --config preempt-z
                    D77:ssd:1:preempt-y-4.20:0x2      | design D77
                    D0:ssd:1:preempt-y-4.20:0x2,1     | 0x2,1
                    D0:ssd:1:preempt-y-4.20:7x2       | transition 1 of the schedule
                    """)
    void aReplayStringThatIsNoneSaysWhichPartIsWrong(String text, String part) {
        assertThatThrownBy(() -> ReplayString.parse(text).trace())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F9", "use after", "F1 in", "__swap_duplicate"})
    void onlyWhatThereIsCanBeLookedFor(String what) {
        assertThatThrownBy(() -> asked("D0").only(what).verdict()).hasMessageContaining(what);
    }

    @Test
    void aFunctionThatNobodyCallsCannotBeLookedInto() {
        assertThatThrownBy(() -> asked("D0").only("F1 in shrink_node").verdict())
                .hasMessageContaining("shrink_node: no program of the model calls this function");
    }

    @Test
    void theRaceOfTheChangelogIsFoundInItsFunction() {
        Verdict.Violation found =
                (Verdict.Violation) asked("D0").only("F1 in __swap_duplicate").verdict();
        assertThat(found.what()).isEqualTo("NULL dereference of swap_map in __swap_duplicate");
        assertThat(found.trace().rows().getLast().frames()).endsWith("__swap_duplicate");
    }

    @Test
    void aFaultThatIsPassedOverIsNotCalledSafe() {
        assertThat(asked("D0").readers(1).only("F5").verdict().subject()).endsWith(", F5 alone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    D8                         | guaranteed by the API: safe on every configuration
                    D0                         | safe on no configuration
                    D8/no-preempt-disable      | happens to hold with PREEMPT=n: a violation on preempt-y-4.19, preempt-y-4.20
                    D6/preempt-disable-instead | guaranteed since 4.20, and happens to hold with PREEMPT=n before: a violation on preempt-y-4.19
                    """)
    void whatTheApiGuaranteesIsToldFromWhatHappensToHold(String design, String words) {
        assertThat(Guarantee.of(asked(design).readers(1)).words()).isEqualTo(words);
    }

    @Test
    void everySiblingHasANameThatFindsIt() {
        for (SwapDesign design : Designs.all())
            for (Sibling sibling : design.brokenSiblings())
                assertThat(Designs.named(Designs.nameOf(sibling.design())))
                        .hasSameClassAs(sibling.design());
    }

    @Test
    void theConfigurationIsPartOfTheBounds() {
        assertThat(
                        asked("D8")
                                .readers(1)
                                .config(Config.PREEMPT_N_4_19)
                                .verdict()
                                .bounds()
                                .entries())
                .extracting(bound -> bound.value())
                .containsAll(List.of("1", "preempt-n-4.19"));
    }
}
