package stillpoint.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Plot;
import stillpoint.simulate.Measure;

/// A sweep as curves.
class ResultsPlotTest {
    private static final Results RESULTS =
            Sweep.of("D8", "D6")
                    .cpus(2, 8, 64)
                    .straggler("0", "100us")
                    .replications(3)
                    .run(_ -> {});

    @Test
    void thereIsACurveForEachDesignAndWhateverElseVaries() {
        assertThat(RESULTS.plot("t", Measure.LATENCY).series())
                .extracting(Plot.Series::name)
                .containsExactly(
                        "D8, straggler 0ns",
                        "D8, straggler 100us",
                        "D6, straggler 0ns",
                        "D6, straggler 100us");
    }

    @Test
    void aCurveGoesThroughTheMeansOfTheTable() {
        Plot plot = RESULTS.plot("t", Measure.LATENCY);
        double mean = RESULTS.finished().getFirst().row(Measure.LATENCY).mean().value();
        assertThat(plot.y().name()).isEqualTo("swapoff latency, ms");
        assertThat(plot.series().getFirst().y().getFirst()).isEqualTo(mean / 1e6);
        assertThat(plot.series().getFirst().labels()).containsExactly("2", "8", "64");
    }

    @Test
    void everyMeanHasItsInterval() {
        for (Plot.Series curve : RESULTS.plot("t", Measure.LATENCY).series())
            for (int i = 0; i < curve.y().size(); i++)
                assertThat(curve.y().get(i)).isBetween(curve.range(i).low(), curve.range(i).high());
    }

    @Test
    void aLengthOfTimeAlongTheAxisIsInMicroseconds() {
        Plot plot = RESULTS.plot("t", Measure.STOLEN, Parameter.STRAGGLER);
        assertThat(plot.x().name()).isEqualTo("straggler, us");
        assertThat(plot.series().getFirst().labels()).containsExactly("0", "100");
    }

    @Test
    void aClosedFormIsInTheUnitOfTheAxis() {
        Plot plot = RESULTS.plot("t", Measure.LATENCY, new ClosedForm("two ticks", _ -> 8e6));
        assertThat(plot.series().getLast())
                .isEqualTo(
                        new Plot.Series(
                                "two ticks", List.of("2", "8", "64"), List.of(8.0, 8.0, 8.0)));
    }

    @Test
    void someDesignsCanBeLookedAtAlone() {
        assertThat(RESULTS.only("D6").finished())
                .hasSize(6)
                .allSatisfy(f -> assertThat(f.point().design()).isEqualTo("D6"));
        assertThatThrownBy(() -> RESULTS.only("D6", "D2"))
                .hasMessage("D2: not in this sweep, which has D8, D6");
    }

    @Test
    void aPointIsAskedForWhereThereIsOne() {
        assertThatThrownBy(() -> RESULTS.at("D6", 8))
                .hasMessage("D6 on 8 CPUs: 2 points of this sweep are; ask where there is one");
    }

    @Test
    void oneValueIsNoCurve() {
        assertThatThrownBy(() -> RESULTS.plot("t", Measure.LATENCY, Parameter.HZ))
                .hasMessage(
                        "hz = 250 at every point: a curve needs two values or more; this sweep varies cpus, straggler");
    }

    @Test
    void wordsAreNoAxis() {
        Results results =
                Sweep.of("D8")
                        .config("preempt-y-4.20", "preempt-n-4.20")
                        .replications(2)
                        .run(_ -> {});
        assertThatThrownBy(() -> results.plot("t", Measure.LATENCY, Parameter.CONFIG))
                .hasMessageStartingWith(
                        "config = preempt-y-4.20: the values along an axis are numbers");
    }
}
