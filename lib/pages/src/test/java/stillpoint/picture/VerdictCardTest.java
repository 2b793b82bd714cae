package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Verdict;

/// A verdict in words, as a card, and what of it differs from run to run.
class VerdictCardTest {
    static Stream<Verdict> verdicts() {
        return Stream.of(Samples.safe(), Samples.violation(), Samples.inconclusive());
    }

    @Test
    void safeIsNeverSaidWithoutItsBounds() {
        assertThat(VerdictCard.text(Samples.safe()))
                .isEqualTo(
                        """
                        safe: D8 V7: dummy stop_machine
                            No reachable state breaks a rule (exhaustive within bounds).
                            Reached on the way: a reader got the device; swapoff finished; swapon
                              of another device finished.
                            bounds: readers = 3, swapon = true, config = PREEMPT=y, 4.20, device =
                              ssd
                            4,243,456 states, 28,078,209 transitions, depth 57, 61 bits a state\
                        """);
    }

    @Test
    void aViolationNamesItsClassAndEndsWithItsTrace() {
        assertThat(VerdictCard.text(Samples.violation()))
                .contains("NULL dereference (F1): CPU0 dereferences")
                .contains("A shortest way there has 5 steps and 2 switches of CPU.")
                .endsWith(TraceText.text(Samples.small()));
    }

    @Test
    void inconclusiveSaysThatNothingIsShownAndTheWayOn() {
        assertThat(VerdictCard.text(Samples.inconclusive()))
                .contains(
                        "Nothing is shown: the limit of 5,000,000 states was reached; try\n      --states 50000000.");
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void theWordStandsOnTheCardAndInItsData(Verdict verdict) {
        String html = VerdictCard.of(verdict, "cell").data().getOrDefault(Bundle.HTML, "");
        assertThat(html)
                .contains("data-verdict=\"" + verdict.word() + "\"")
                .contains("</span> " + verdict.word() + "</strong>");
        assertThat(Drawing.ofHtml(html).all("strong")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void whatIsMeasuredStandsApart(Verdict verdict) {
        Bundle bundle = VerdictCard.of(verdict, "cell");
        assertThat(bundle.data().getOrDefault(Bundle.MEASURED, ""))
                .startsWith("{\"label\":\"measured\",\"text\":\"search ")
                .contains("bytes a state");
        assertThat(bundle.plain() + bundle.data().get(Bundle.HTML))
                .doesNotContain("bytes a state")
                .doesNotContain("search ");
    }

    @Test
    void aSlowerRunHasTheSamePictures() {
        Counts c = Samples.counts();
        var slower =
                new Verdict.Safe(
                        Samples.safe().subject(),
                        Samples.bounds(),
                        new Counts(
                                c.states(), c.transitions(), c.depth(), c.bitsPerState(), 99, 99),
                        Samples.safe().occurred());
        for (String type : List.of(Bundle.PLAIN, Bundle.HTML))
            assertThat(VerdictCard.of(slower, "c").data().get(type))
                    .isEqualTo(VerdictCard.of(Samples.safe(), "c").data().get(type));
    }
}
