package stillpoint.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.evidence.Basis;
import stillpoint.statistics.Values;

class MeasurementsTest {
    private static final Provenance WHERE =
            new Provenance(
                    "a test",
                    "none",
                    2,
                    "6.18",
                    Provenance.UNKNOWN,
                    Provenance.UNKNOWN,
                    "host",
                    "mvn test",
                    LocalDate.of(2026, 11, 25),
                    Map.of("load average", "0.20"));
    private static final Measurements SOME =
            new Measurements(WHERE, List.of(row("call", 30, 10, 20, 10), tail("wait")), true);

    @TempDir Path folder;

    @Test
    void whatIsWrittenIsReadAgainToTheLastByte() {
        assertThat(Measurements.parse("f.csv", SOME.csv()).csv()).isEqualTo(SOME.csv());
    }

    @Test
    void valuesAreAscendingAndCounted() {
        assertThat(SOME.csv()).contains("\ncall,idle,2,ns,4,10,15,none,30,10*2 20 30\n");
    }

    @Test
    void aTailIsSaidFromAHundredValuesOn() {
        assertThat(SOME.csv()).contains("\nwait,idle,2,ns,100,1,50.5,99,100,1 2 3 ");
    }

    @Test
    void theLastLineIsADigestOfThoseBefore() {
        assertThat(SOME.csv()).endsWith("\n# complete: 2 rows, sha256 " + SOME.digest() + "\n");
    }

    @Test
    void aFileWithoutUnitsIsRefused() {
        refused(csv -> csv.replace(",2,ns,4,", ",2,,4,"))
                .hasMessageContaining(
                        "f.csv, line 13: unit \"\": a measured value is in one of ns");
    }

    @Test
    void aFileWithoutTheColumnOfUnitsIsRefused() {
        refused(csv -> csv.replace(",cpus,unit,", ",cpus,"))
                .hasMessageContaining("a value without its unit is no measurement");
    }

    @Test
    void aFileWithoutProvenanceIsRefused() {
        refused(csv -> csv.replace("# command: mvn test\n", ""))
                .hasMessageContaining("no \"# command: ...\"");
    }

    @Test
    void anEmptyItemIsRefused() {
        refused(csv -> csv.replace("# cpu: none", "# cpu:  "))
                .hasMessageContaining("f.csv, line 3: cpu = \" \"");
    }

    @Test
    void aDayThatIsNoneIsRefused() {
        refused(csv -> csv.replace("2026-11-25", "2026-11-31"))
                .hasMessageContaining("f.csv, line 10: date = 2026-11-31: a day, as 2026-11-25");
    }

    @Test
    void aFigureThatItsValuesDoNotGiveIsRefused() {
        refused(csv -> csv.replace(",4,10,15,none,", ",4,10,16,none,"))
                .hasMessageContaining("f.csv, line 13: median = 16, and its values give 15");
    }

    @Test
    void aChangedValueIsRefusedEvenIfItsFiguresStillAgree() {
        refused(csv -> csv.replace("48 49 50 51", "47 49 50 51").replace("46 47 ", "46 "))
                .hasMessageContaining("line 14: n = 100, and its values give 99");
        refused(csv -> csv.replace(" 3 4 5 ", " 3*2 5 "))
                .hasMessageContaining("does not go with the lines before it");
    }

    @Test
    void valuesThatAreNotAscendingAreRefused() {
        refused(csv -> csv.replace("10*2 20 30", "10*2 30 20"))
                .hasMessageContaining("values: 20 after 30: each is larger than that before");
    }

    @Test
    void aCountThatNoMemoryHoldsIsRefused() {
        refused(csv -> csv.replace("10*2", "10*2000000000")).hasMessageContaining("at most");
    }

    @Test
    void aFileThatWasCutOffIsRefusedWhereverThatWas() {
        String csv = SOME.csv();
        for (int end = 0; end < csv.length(); end++) {
            int at = end;
            refused(all -> all.substring(0, at));
        }
    }

    @Test
    void anotherVersionIsRefused() {
        refused(csv -> csv.replace("measured 1\n", "measured 2\n"))
                .hasMessageContaining("f.csv, line 1: \"# stillpoint measured 2\": is of another");
    }

    @Test
    void anythingElseIsRefused() {
        refused(csv -> "what,value\n").hasMessageContaining("a file of measurements begins with");
    }

    @Test
    void aRowThatIsThereTwiceIsRefused() {
        refused(csv -> csv.replace("wait,idle", "call,idle"))
                .hasMessageContaining("is there twice");
    }

    @Test
    void anInterruptedRunIsReadButNotLoaded() throws IOException {
        var partial = new Measurements(WHERE, SOME.rows(), false);
        Path file = Files.writeString(folder.resolve("partial.csv"), partial.csv());
        assertThat(Measurements.parse("f.csv", partial.csv()).complete()).isFalse();
        assertThatThrownBy(() -> Measurements.load(file)).hasMessageContaining("was interrupted");
    }

    @Test
    void noFileIsRefused() {
        assertThatThrownBy(() -> Measurements.load(folder.resolve("none.csv")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("none.csv: no such file");
    }

    @Test
    void evidenceSaysThatItIsMeasuredAndOnWhat() {
        assertThat(SOME.table().title()).startsWith("measured on a test, none, 2 CPUs, Linux 6.18");
        assertThat(SOME.timing(SOME.rows().getLast()).basis()).isEqualTo(Basis.MEASURED);
    }

    @Test
    void aTableHasNoTailOfFewValues() {
        assertThat(SOME.table().rows().getFirst())
                .containsExactly("call", "idle", "2", "ns", "4", "10", "15", "", "", "", "30");
    }

    @Test
    void fewValuesAreNoTiming() {
        assertThatThrownBy(() -> SOME.timing(SOME.rows().getFirst()))
                .hasMessageContaining("4 values, and a 99th percentile takes 100");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
            UnaryOperator<String> change) {
        String changed = change.apply(SOME.csv());
        assertThat(changed).isNotEqualTo(SOME.csv());
        return assertThatThrownBy(() -> Measurements.parse("f.csv", changed))
                .isInstanceOf(Refused.class);
    }

    private static Measured row(String what, long... values) {
        var all = new Values();
        for (long value : values) all.add(value);
        return Measured.of(what, "idle", 2, Unit.NS, all);
    }

    private static Measured tail(String what) {
        var all = new Values();
        for (int value = 100; value > 0; value--) all.add(value);
        return Measured.of(what, "idle", 2, Unit.NS, all);
    }
}
