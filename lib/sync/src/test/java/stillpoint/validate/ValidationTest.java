package stillpoint.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The simulator says what is recorded in `data/golden/validation.csv`, and what formulas say.
class ValidationTest {
    private static final Path GOLDEN = Path.of("../..").resolve(ValidationFile.NAME);

    @Test
    void quickChecksSayWhatIsRecorded() throws IOException {
        List<String> lines = lines(Suite.quick());
        assertThat(Files.readAllLines(GOLDEN)).containsAll(lines);
        assertThat(lines).noneMatch(line -> line.contains(",fails,"));
    }

    @Test
    @Tag("slow")
    void allChecksSayWhatIsRecorded() throws IOException {
        String text = ValidationFile.text(Suite.run(Suite.all(), _ -> {}));
        if (Boolean.getBoolean("golden.update")) Files.writeString(GOLDEN, text);
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void noRecordedNumberIsOffWithoutAReason() throws IOException {
        assertThat(recorded()).noneMatch(row -> row.outcome() == Finding.Outcome.FAILS);
        assertThat(recorded())
                .filteredOn(row -> row.outcome() == Finding.Outcome.DIFFERS)
                .isNotEmpty()
                .noneMatch(row -> row.words().isBlank());
    }

    @Test
    void everyFamilyIsRecordedAndHasAQuickCheckOrTakesThousandsOfSamples() throws IOException {
        assertThat(recorded().stream().map(ValidationFile.Row::family).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Family.values());
        assertThat(Suite.quick().stream().map(Check::family).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(Family.INTERVALS)));
    }

    @Test
    void everyRecordedLineIsReadAsItWasWritten() {
        Finding finding = FindingTest.finding(100, 99, 101, new Holds.Compared("a, \"b\""));
        String text = ValidationFile.text(List.of(finding));
        ValidationFile.Row row = ValidationFile.parse("x.csv", text).getFirst();
        assertThat(row.words()).isEqualTo(finding.words());
        assertThat(row.high()).isEqualTo(finding.high());
    }

    private static List<ValidationFile.Row> recorded() throws IOException {
        return ValidationFile.parse(ValidationFile.NAME, Files.readString(GOLDEN));
    }

    private static List<String> lines(List<Check> checks) {
        return Suite.run(checks, _ -> {}).stream().map(ValidationFile::line).toList();
    }

    @Test
    void familiesHaveNamesOfTheirOwn() {
        assertThat(Arrays.stream(Family.values()).map(Family::word)).doesNotHaveDuplicates();
    }
}
