package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Table;

/// Tables in a mail and on a page.
class TablePictureTest {
    @Test
    void wordsStandLeftAndNumbersRight() {
        assertThat(TablePicture.text(Samples.table()))
                .isEqualTo(
                        """
                        Each hunk of V7 removed in turn

                          without            verdict            depth     states
                          -----------------  -----------------  -----  ---------
                          nothing            safe                  57  4,243,456
                          stop in swapoff    violation <F3>        23    118,204
                          preempt_disable()  violation F1 & F2      9      1,214\
                        """);
    }

    @Test
    void onAPageNumbersStandRightAndWordsAreEscaped() {
        assertThat(TablePicture.html(Samples.table()))
                .contains(
                        "<caption style=\"text-align:left\">Each hunk of V7 removed in turn</caption>")
                .contains("<th scope=\"col\" style=\"text-align:right\">states</th>")
                .contains("<th scope=\"row\" style=\"text-align:left\">stop in swapoff</th>")
                .contains("<td style=\"text-align:left\">violation &lt;F3&gt;</td>")
                .contains("<td style=\"text-align:right\">118,204</td>");
    }

    @Test
    void theMarkupOfATableIsWellFormed() {
        assertThat(Drawing.of(TablePicture.html(Samples.table())).all("tr")).hasSize(4);
    }

    @Test
    void aTableTooWideForAMailGoesOnBelow() {
        var columns =
                IntStream.range(0, 9).mapToObj(i -> Table.numbers("column-number-" + i)).toList();
        var row = IntStream.range(0, 9).mapToObj(Integer::toString).toList();
        var text = TablePicture.text(new Table("", columns, List.of(row)));
        assertThat(text.lines()).allMatch(line -> line.length() <= 79);
        assertThat(text.lines().filter(line -> line.contains("column-number-0"))).hasSize(3);
        assertThat(text).contains("column-number-8");
    }

    @Test
    void aLongHeadTakesSeveralLines() {
        var table =
                new Table(
                        "",
                        List.of(
                                Table.words("d"),
                                Table.numbers("states until the first violation is found")),
                        List.of(List.of("D0", "1")));
        assertThat(TablePicture.text(table))
                .isEqualTo(
                        """
                            states until the first
                        d       violation is found
                        --  ----------------------
                        D0                       1\
                        """
                                .indent(2)
                                .stripTrailing());
    }

    @Test
    void aTablesawTableHasItsNameAndItsNumbersRight() {
        assertThat(Pictures.of(Samples.tablesaw(4), "t").orElseThrow().plain())
                .isEqualTo(
                        """
                        designs

                          design  states  seconds
                          ------  ------  -------
                          D0 <x>       1        0
                          D1 <x>       2     0.25
                          D2 <x>       4
                          D3 <x>       8     0.75\
                        """);
    }

    @Test
    void fiftyRowsAreShownAndTheOthersCounted() {
        var bundle = Pictures.of(Samples.tablesaw(1260), "t").orElseThrow();
        assertThat(bundle.plain().lines())
                .hasSize(2 + 2 + 50 + 1)
                .last()
                .isEqualTo("  ... 1,210 more rows");
        assertThat(Drawing.of(bundle.data().getOrDefault(Bundle.HTML, "")).all("tr"))
                .hasSize(1 + 50 + 1);
        assertThat(Pictures.of(Samples.tablesaw(51), "t").orElseThrow().plain())
                .endsWith("... 1 more row");
        assertThat(Pictures.of(Samples.tablesaw(50), "t").orElseThrow().plain())
                .doesNotContain("more row");
    }

    @Test
    void aTableWithoutColumnsSaysSo() {
        assertThat(Pictures.of(tech.tablesaw.api.Table.create("none"), "t").orElseThrow().plain())
                .contains("none", "(no columns)");
    }
}
