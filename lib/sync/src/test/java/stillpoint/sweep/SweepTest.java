package stillpoint.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stillpoint.simulate.Measure;
import stillpoint.swap.StopMachineV7;

class SweepTest {
    private static final Sweep SMALL =
            Sweep.of("D10", "D8").cpus("1..8*2").hz(250, 1000).replications(5);

    private static Results quiet(Sweep sweep) {
        return sweep.run(stage -> {});
    }

    @Test
    void aSweepHasOnePointForEachCombination() {
        assertThat(SMALL.plan().points()).hasSize(2 * 4 * 2).doesNotHaveDuplicates();
        assertThat(SMALL.plan().points().getFirst()).hasToString("D10 on 1 CPU");
        assertThat(SMALL.plan().points().getLast()).hasToString("D8 on 8 CPUs, hz 1000");
    }

    @Test
    void theSameBytesComeFromAnyNumberOfWorkers() {
        assertThat(quiet(SMALL.workers(1)).csv())
                .isEqualTo(quiet(SMALL.workers(2)).csv())
                .isEqualTo(quiet(SMALL.workers(5)).csv());
    }

    @Test
    void whereTheRuleStopsDoesNotDependOnTheWorkers() {
        Sweep ruled =
                Sweep.of("D8")
                        .cpus(4)
                        .rule(new stillpoint.statistics.StoppingRule(0.1, 0.95, 3, 40));
        assertThat(quiet(ruled.workers(1)).csv()).isEqualTo(quiet(ruled.workers(3)).csv());
    }

    @Test
    void anotherSeedGivesOtherNumbers() {
        assertThat(quiet(SMALL).finished()).isNotEqualTo(quiet(SMALL.seed(2)).finished());
    }

    @Test
    void aDesignOfOnesOwnIsSweptByItsName() {
        class Own extends StopMachineV7 {}
        Results results = quiet(Sweep.of(List.of(new Own())).cpus(2).replications(2));
        assertThat(results.finished().getFirst().point().design()).isEqualTo("Own");
    }

    @Test
    void aPriceThatIsSetIsTheOneThatIsPaid() {
        Results results =
                quiet(Sweep.of("D10").cpus(8).prices("listed", "wake up=100000").replications(3));
        assertThat(results.finished().get(1).row(Measure.LATENCY).mean().value())
                .isGreaterThan(results.finished().get(0).row(Measure.LATENCY).mean().value() + 7e5);
    }

    // ---- workloads

    /// What a workload does to a measure on 8 CPUs: its mean there, against that of the usual one.
    private static double times(String design, Parameter parameter, String value, Measure measure) {
        Sweep sweep = Sweep.of(design).cpus(8).replications(12);
        Sweep idle = parameter == Parameter.NOHZ ? sweep.idle("1") : sweep;
        List<Finished> both = quiet(idle.with(parameter, parameter.usual(), value)).finished();
        return both.get(1).row(measure).mean().value() / both.get(0).row(measure).mean().value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    D10 | faults     | 5000                    | latency   | 1    | 3
                    D10 | section    | fixed 30us              | latency   | 1.5  | 50
                    D10 | section    | exp 30us                | latency   | 1.5  | 50
                    D10 | section    | pareto 30us 2.5         | latency   | 1.5  | 50
                    D10 | section    | exp 300ns + 1e-3 * fixed 4ms | latency | 1 | 500
                    D10 | idle       | 1                       | latency   | 0.5  | 3
                    D10 | straggler  | 3ms                     | latency   | 50   | 5000
                    D10 | straggler  | 3ms                     | amplification | 20 | 5000
                    D10 | window     | 1                       | fault     | 0.1  | 0.9
                    D10 | pages      | 20                      | latency   | 50   | 5000
                    D10 | swapoffs   | 3                       | latency   | 2.5  | 3.5
                    D10 | swapoffs   | 3                       | lost      | 0.8  | 1.2
                    D10 | interrupts | 5000 of fixed 100us     | latency   | 1.5  | 50
                    D6  | nohz       | off                     | ticks     | 5    | 100
                    """)
    void aWorkloadIsSetInOneLine(
            String design, String parameter, String value, String measure, double from, double to) {
        assertThat(times(design, Parameter.named(parameter), value, Measure.named(measure)))
                .isBetween(from, to);
    }

    @Test
    void severalSwapoffsAreMoreWorkForAMachineOfASweep() {
        assertThat(SMALL.swapoffs(1, 4).plan().points())
                .extracting(Point::work)
                .contains(9.0, 36.0);
    }

    @Test
    void everyMeasureHasAnIntervalAndADistribution() {
        for (Row row : quiet(SMALL.straggler("1ms")).finished().getFirst().rows()) {
            assertThat(row.mean().interval()).as(row.measure().word()).isPresent();
            assertThat(row.histogram().count()).isEqualTo(5);
        }
    }

    @Test
    void aMeasureOfAnotherUnitIsShownInIt() {
        assertThat(quiet(SMALL).table(Measure.LOST).columns())
                .extracting("name")
                .contains("mean %", "p99 to %");
        assertThat(quiet(SMALL).csv()).contains(",lost,ppm,", ",amplification,ppm,1000000.0,");
    }

    @Test
    void fewReplicationsGiveNoIntervalForTheTail() {
        Row row = quiet(SMALL).finished().getFirst().row(Measure.LATENCY);
        assertThat(row.p99().interval()).isEmpty();
        assertThat(row.mean().interval()).isPresent();
        assertThat(row.n()).isEqualTo(5);
    }

    @Test
    void aTableShowsWhatVaries() {
        assertThat(quiet(SMALL).table(Measure.LATENCY).columns().stream().limit(4))
                .extracting("name")
                .containsExactly("design", "cpus", "hz", "mean us");
    }

    @Test
    void anInterruptionKeepsWhatIsFinished() {
        Results part =
                SMALL.workers(1)
                        .replications(300)
                        .run(stage -> {
                            if (stage.finished() == 3) Thread.currentThread().interrupt();
                        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(part.finished()).hasSizeBetween(3, 8);
        assertThat(part.complete()).isFalse();
        assertThat(part.csv()).contains("\n# partial: ");
        assertThat(part.table(Measure.LATENCY).title()).contains("interrupted", "of 16 points");
        assertThat(Results.parse("part", part.csv())).isEqualTo(part);
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("../../pom.xml")))
                .contains("<version>" + Sweep.VERSION + "</version>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cpus      | 0                  | cpus = 0: a simulated machine has 1 to 8192
                    cpus      | -3                 | cpus = -3: a simulated machine has 1 to 8192
                    cpus      | 8193               | cpus = 8193: a simulated machine has 1 to 8192
                    cpus      | 99999999999        | cpus = 99999999999: a whole number
                    cpus      | x                  | cpus = x: a whole number
                    cpus      | 8..1               | a range goes up
                    cpus      | 0..8*2             | a range goes up
                    cpus      | 1..8*1             | a range goes up
                    hz        | 1e3                | hz = 1e3: a whole number
                    hz        | 0                  | hz = 0: a kernel has 24 to 1200
                    faults    | Infinity           | faults = Infinity
                    faults    | NaN                | faults = NaN
                    faults    | -1                 | faults = -1
                    faults    | many               | faults = many: a number
                    idle      | 1.5                | idle = 1.5
                    section   | soon               | distribution = "soon"
                    section   | exp 1e99s          | 1e99s
                    straggler | -3ms               | straggler
                    straggler | 1h                 | straggler: duration = "1h"
                    window    | 65                 | window = 65: a fault looks at 1 to 64
                    machine   | abacus             | machine "abacus": there are i7-8750h
                    config    | nope               | --config nope
                    spinning  | slowly             | spinning = slowly: one of together, in-turn
                    readers   | some               | readers = some: one of lazy, full
                    pages     | -1                 | pages = -1: 0 for none left
                    pages     | 1000001            | pages = 1000001: 0 for none
                    pages     | 1e3                | pages = 1e3: a whole number
                    swapoffs  | 0                  | swapoffs = 0: a run has 1 to 1000
                    swapoffs  | 1001               | swapoffs = 1001: a run has 1 to 1000
                    swapoffs  | 9999999999         | swapoffs = 9999999999: a whole number
                    interrupts| 1000               | interrupts = 1000: how many a second and how long
                    interrupts| many of exp 1us    | interrupts = many of exp 1us: how many
                    interrupts| 0 of exp 1us       | interrupts = 0.0 a second
                    interrupts| Infinity of exp 1us| interrupts = Infinity a second
                    interrupts| 1000 of soon       | distribution = "soon"
                    interrupts| 1e5 of fixed 10us  | utilisation 1.00
                    nohz      | maybe              | nohz = maybe: one of on, off
                    prices    | wake up=-1         | price = -1.0 ns
                    prices    | wake up            | a price is a quantity and its ns
                    prices    | coffee=3           | quantity "coffee"
                    """)
    void aValueThatCannotBeIsRefused(String parameter, String value, String says) {
        assertThatThrownBy(() -> SMALL.with(Parameter.named(parameter), value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    @Test
    void aValueThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> SMALL.cpus(4, "1..8*2")).hasMessageContaining("cpus = 4: twice");
        assertThatThrownBy(() -> Sweep.of("D8", "d8")).hasMessageContaining("designs = D8: twice");
    }

    @Test
    void aDesignThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> Sweep.of("D99")).hasMessageContaining("D99");
    }

    @Test
    void aUtilisationOfOneIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> quiet(SMALL.faults(1000, 1e6)))
                .hasMessageContaining("D10 on 8 CPUs, faults 1000000: faults = 1000000")
                .hasMessageContaining("utilisation");
    }

    @Test
    void faultsAndInterruptsThatKeepACpuTogetherAreRefused() {
        assertThatThrownBy(() ->
                        quiet(
                                SMALL.faults(100000)
                                        .section("fixed 5us")
                                        .window(1)
                                        .interrupts("9e5 of fixed 1us")))
                .hasMessageContaining("utilisation")
                .hasMessageContaining("under 1");
    }

    @Test
    void moreThanSoManyPointsAreRefused() {
        assertThatThrownBy(() -> SMALL.cpus("1..8192").hz("100..1000").window("1..64"))
                .hasMessageContaining("points: a sweep has at most 100000");
    }
}
