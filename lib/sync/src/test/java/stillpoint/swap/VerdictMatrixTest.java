package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stillpoint.check.Checker;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// The verdict matrix, and the file that it is recorded in.
class VerdictMatrixTest {
    private static final Path RECORDED = Path.of("../../data/golden/matrix.csv");
    private static final VerdictMatrix SMALL = VerdictMatrix.computed(1);

    private static MatrixLine line(String design, Config config) {
        return SMALL.lines().stream()
                .filter(l -> l.design().equals(design) && l.config() == config)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyDesignOnEveryKernelIsALine() {
        assertThat(SMALL.lines()).hasSize(MatrixSubject.all().size() * Config.values().length);
    }

    @Test
    void nothingIsInconclusive() {
        assertThat(SMALL.count(MatrixRow.Word.INCONCLUSIVE)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "D0, preempt-y-4.20, F1, BROKEN",
        "D0, preempt-y-4.20, F7, BROKEN",
        "D0, preempt-y-4.20, F6, SAFE",
        "D8, preempt-y-4.20, F1, SAFE",
        "D8, preempt-n-4.19, F7, SAFE",
        "D8, preempt-y-4.20, F5, BROKEN",
        "D8/no-stop-in-swapon, preempt-y-4.20, F1, OPEN",
        "D8/no-stop-in-swapon, preempt-y-4.20, other, SAFE"
    })
    void aCellSaysWhatIsKnownOfTheDesign(
            String design, String config, String column, MatrixRow.Word word) {
        assertThat(line(design, Config.named(config)).word(column)).isEqualTo(word);
    }

    /// Where a cell would say *open*, a table of its own names what no interleaving shows.
    @Test
    void whatOnlyOrderTellsApartIsInATableOfItsOwn() {
        for (VerdictMatrix.Tables tables : SMALL.tables((line, column, words) -> words)) {
            assertThat(tables.designs().rows()).noneMatch(row -> row.toString().contains("open"));
            assertThat(tables.order().rows())
                    .anyMatch(row ->
                            row.getFirst().equals("D8/no-stop-in-swapon")
                                    && row.get(2).equals("F1 F2 F3 F4 F6 F7")
                                    && row.get(3).equals("F5"));
        }
    }

    @Test
    void everyDesignOnEveryKernelIsARowOfOneTable() {
        for (VerdictMatrix.Tables tables : SMALL.tables((line, column, words) -> words))
            assertThat(tables.designs().rows().size() + tables.order().rows().size())
                    .isEqualTo(MatrixSubject.all().size());
    }

    @Test
    void everyRunThatACellShowsEndsInItsFailure() {
        for (MatrixLine line : SMALL.lines())
            for (String column : VerdictMatrix.columns())
                for (MatrixLine.Run run : line.runs(column))
                    assertThat(ReplayString.parse(run.replay()).trace().fault())
                            .as(run.toString())
                            .isNotEmpty();
    }

    @Test
    void theFlavourOfTheReadersIsReadOffTheRecording() {
        assertThat(line("D8", Config.PREEMPT_Y_4_20).section()).isEqualTo("preempt_disable");
        assertThat(line("D0", Config.PREEMPT_Y_4_20).section()).isEqualTo("none");
        assertThat(line("D8@irq", Config.PREEMPT_Y_4_20).flavour()).isEqualTo("irq");
        assertThat(line("D0", Config.PREEMPT_Y_4_20).flavour()).isEqualTo("none");
    }

    @Test
    void kernelsShareASearchOnlyIfItsCountsAreTheSame() {
        Model model = SwapCheck.of(new StopMachineV7()).readers(1).swapon(true).model();
        Checker old = Checker.of(Config.PREEMPT_N_4_19);
        assertThat(old.alike(model, Config.PREEMPT_N_4_20)).isTrue();
        assertThat(old.alike(model, Config.PREEMPT_Y_4_20)).isFalse();
        assertThat(old.check(model).counts().states())
                .isEqualTo(Checker.of(Config.PREEMPT_N_4_20).check(model).counts().states());
    }

    @Test
    void theFileGivesTheSameMatrixBack() {
        assertThat(MatrixFile.parse("matrix.csv", MatrixFile.text(SMALL))).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    design,states                                          | matrix.csv:1: the columns are design,section
                    D8,none,preempt-y-4.20,ssd,1,2,3,4,-,-,-               | 11 cells: a line has 16
                    D8,none,preempt-z,ssd,1,2,3,4,-,-,-,-,-,-,-,           | --config preempt-z
                    D8,none,preempt-y-4.20,tape,1,2,3,4,-,-,-,-,-,-,-,     | --device tape
                    D8,none,preempt-y-4.20,ssd,1,many,3,4,-,-,-,-,-,-,-,   | states = many: a count is a whole number
                    D8,none,preempt-y-4.20,ssd,1,2,3,4,safe,-,-,-,-,-,-,   | "safe": a cell is - or the replay string
                    D8,none,preempt-y-4.20,ssd,1,2,3,4,-,-,-,-,-,-,broken, | other = broken: each is KIND=STRING
                    """)
    void aMalformedFileIsAnsweredWithLineRuleAndTheWayOn(String line, String message) {
        String head =
                MatrixFile.text(SMALL)
                        .lines()
                        .filter(l -> l.startsWith("design,"))
                        .toList()
                        .getFirst();
        String text = message.contains("csv:1:") ? line : head + "\n" + line;
        assertThatThrownBy(() -> MatrixFile.parse("matrix.csv", text))
                .hasMessageContaining(message)
                .hasMessageContaining("./stillpoint matrix --update");
    }

    @Test
    void aFileWithoutASearchIsNone() {
        assertThatThrownBy(() -> MatrixFile.parse("matrix.csv", "# nothing\n"))
                .hasMessageContaining("0 searches");
    }

    @Test
    void theRecordedMatrixListsEveryDesignThereIsAndLeavesNothingOpenThatCouldBeSearched()
            throws IOException {
        VerdictMatrix recorded = MatrixFile.parse("matrix.csv", Files.readString(RECORDED));
        assertThat(names(recorded)).isEqualTo(names(SMALL));
        assertThat(recorded.count(MatrixRow.Word.INCONCLUSIVE)).isZero();
    }

    private static List<String> names(VerdictMatrix matrix) {
        return matrix.lines().stream().map(l -> l.design() + " " + l.config()).toList();
    }

    /// The longest of the tests: `./stillpoint test --all`.
    @Test
    @Tag("slow")
    void theRecordedMatrixIsWhatTheSearchesSay() throws IOException {
        VerdictMatrix recorded = MatrixFile.parse("matrix.csv", Files.readString(RECORDED));
        int readers = recorded.rows().getFirst().readers();
        assertThat(MatrixFile.text(VerdictMatrix.computed(readers)))
                .isEqualTo(Files.readString(RECORDED));
    }
}
