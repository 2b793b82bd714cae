package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Conformance;
import stillpoint.evidence.Progress;
import stillpoint.evidence.Trace;

/// Comparisons and promises on the same kind of card as verdicts.
class FurtherCardsTest {
    private static final Conformance PARTED =
            new Conformance.DoesNotRefine(
                    "synchronize_rcu against stop_machine",
                    Samples.bounds(),
                    Samples.counts(),
                    "return on CPU2",
                    List.of("leave on CPU1"),
                    List.of("call on CPU2", "enter on CPU1"),
                    Samples.small());

    @Test
    void whatRefinesSaysSoWithBothSizes() {
        var refines =
                new Conformance.Refines(
                        "a against b",
                        Samples.bounds(),
                        Samples.counts(),
                        Samples.counts(),
                        12_345,
                        List.of("call on CPU0"));
        assertThat(ConformanceCard.of(refines, "c").plain())
                .startsWith("refines: a against b")
                .contains("exhaustive within bounds")
                .contains("12,345 pairs with the 4,243,456 states of the specification");
    }

    @Test
    void whatDoesNotNamesTheEventAndWhatIsAllowed() {
        assertThat(ConformanceCard.of(PARTED, "c").plain())
                .contains("After call on CPU2, enter on CPU1: return on CPU2.")
                .contains("The specification allows only leave on CPU1.")
                .endsWith(TraceText.text(Samples.small()));
    }

    @Test
    void theDrawingIsAnOutputOfItsOwn() {
        assertThat(ConformanceCard.parts(PARTED, "c"))
                .hasSize(2)
                .last()
                .satisfies(part -> assertThat(part.data()).containsKey(Bundle.SVG));
    }

    @Test
    void aBrokenPromiseShowsTheWayThereAndWhatGoesOnForEver() {
        Trace cycle = Samples.deadlock();
        var broken =
                new Progress.Broken(
                        "a lock",
                        Samples.bounds(),
                        Samples.counts(),
                        "call is followed by return",
                        "CPU0 never has it",
                        List.of("CPU0 waits in spin_lock(&lock), which CPU1 has, again and again"),
                        Samples.small(),
                        cycle);
        assertThat(ProgressCard.of(broken, "c").plain())
                .contains("Not kept: call is followed by return.")
                .contains("CPU0 waits in spin_lock(&lock), which CPU1 has, again and again.")
                .contains("for ever:")
                .endsWith(TraceText.text(cycle));
        assertThat(ProgressCard.of(broken, "c").data().getOrDefault(Bundle.HTML, ""))
                .contains("then, for ever");
    }

    @Test
    void aKeptPromiseNamesTheFairness() {
        var kept =
                new Progress.Kept(
                        "a lock", Samples.bounds(), Samples.counts(), List.of("swapoff ends"));
        assertThat(ProgressCard.of(kept, "c").plain())
                .startsWith("kept: a lock")
                .contains("exhaustive within bounds, weak");
    }
}
