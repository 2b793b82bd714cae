package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Table;

class TablesTest {
    private static final tech.tablesaw.api.Table TABLE =
            Tables.tablesaw(
                    Table.of(
                            "latency",
                            List.of("design", "cpus", "mean us"),
                            List.of(List.of("D8", 8192, 17_800.5), List.of("D6", 2, ""))));

    @Test
    void numbersAreNumbersAndWordsAreWords() {
        assertThat(TABLE.name()).isEqualTo("latency");
        assertThat(TABLE.stringColumn("design").asList()).containsExactly("D8", "D6");
        assertThat(TABLE.doubleColumn("cpus").get(0)).isEqualTo(8192);
        assertThat(TABLE.doubleColumn("mean us").get(0)).isEqualTo(17_800.5);
    }

    @Test
    void anEmptyCellIsMissing() {
        assertThat(TABLE.column("mean us").isMissing(1)).isTrue();
    }
}
