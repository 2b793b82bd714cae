package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import stillpoint.simulate.Measure;
import stillpoint.sweep.Sweep;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/// Results as data frames.
class FramesTest {
    private static final Table FRAME =
            Frames.frame(Sweep.of("D8", "D6").cpus(2, 4).replications(2).run(_ -> {}));

    @Test
    void aFrameHasARowForEachPointAndMeasure() {
        assertThat(FRAME.rowCount()).isEqualTo(4 * Measure.values().length);
        assertThat(FRAME.name()).isEqualTo("sweep of D8, D6");
    }

    @Test
    void numbersAreNumbersAndWordsAreWords() {
        assertThat(FRAME.column("mean").type()).isEqualTo(ColumnType.DOUBLE);
        assertThat(FRAME.column("cpus").type()).isEqualTo(ColumnType.INTEGER);
        assertThat(FRAME.column("design").type()).isEqualTo(ColumnType.STRING);
    }

    @Test
    void rowsCanBeChosenAndGrouped() {
        Table latency = FRAME.where(FRAME.stringColumn("measure").isEqualTo("latency"));
        assertThat(
                        latency.summarize("mean", tech.tablesaw.aggregate.AggregateFunctions.mean)
                                .by("design")
                                .rowCount())
                .isEqualTo(2);
    }
}
