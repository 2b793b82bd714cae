package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Basis;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Evident;
import stillpoint.evidence.Timing;
import stillpoint.evidence.TimingDifference;

/// A time is shown with its basis, its interval, and what it depends on.
class TimingCardTest {
    private static final Timing.Figure SURE =
            new Timing.Figure(4_100_000, Optional.of(new Timing.Range(4_020_000, 4_180_000)));
    private static final Timing.Figure UNSURE = new Timing.Figure(999_600, Optional.empty());
    private static final Bounds ASSUMED = Bounds.of("machine", "a <small> one", "HZ", "250");
    private static final Timing TIMING =
            new Timing(
                    "D8 on 64 CPUs",
                    Basis.SIMULATED,
                    0.95,
                    30,
                    "enough",
                    ASSUMED,
                    List.of(new Timing.Line("swapoff latency", SURE, 812.4, UNSURE, 2e9)));
    private static final TimingDifference DIFFERENCE =
            new TimingDifference(
                    "D6",
                    "D8",
                    Basis.SIMULATED,
                    0.95,
                    30,
                    ASSUMED,
                    List.of(new TimingDifference.Line("swapoff latency", SURE, 3e-12, "Wilcoxon")));

    private static String plain(Object value) {
        return Pictures.of(value, "c").orElseThrow().plain();
    }

    @Test
    void itsFirstWordSaysThatItWasSimulated() {
        assertThat(plain(TIMING)).startsWith("simulated: D8 on 64 CPUs");
        assertThat(plain(DIFFERENCE)).startsWith("simulated: D6, less D8");
    }

    @Test
    void everyTimeHasTheUnitThatItsSizeAsksFor() {
        assertThat(plain(TIMING))
                .contains("4.10 ms", "4.02 .. 4.18 ms", "812 ns", "1.00 ms", "2.00 s");
    }

    @Test
    void whereThereIsNoIntervalItSaysNone() {
        assertThat(plain(TIMING)).contains("none");
    }

    @Test
    void allThatItDependsOnStandsBelow() {
        assertThat(plain(TIMING)).contains("30 runs; enough.", "assumed: machine = a <small> one");
    }

    @Test
    void aDifferenceHasASignAndAPValue() {
        assertThat(plain(DIFFERENCE)).contains("+4.10 ms", "3.0e-12");
    }

    @Test
    void wordsOfACallerAreNoMarkup() {
        String html = Pictures.of(TIMING, "c").orElseThrow().data().getOrDefault(Bundle.HTML, "");
        assertThat(html).contains("a &lt;small&gt; one").doesNotContain("<small>");
    }

    @Test
    void whatShowsAsEvidenceIsShownAsIt() {
        Evident evident = () -> TIMING;
        assertThat(plain(evident)).isEqualTo(plain(TIMING));
    }
}
