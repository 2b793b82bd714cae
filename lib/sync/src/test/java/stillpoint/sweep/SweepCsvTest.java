package stillpoint.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import stillpoint.simulate.Measure;

class SweepCsvTest {
    private static final Results RESULTS =
            Sweep.of("D10", "D8").cpus(2, 4).replications(3).run(stage -> {});
    private static final String CSV = RESULTS.csv();
    private static final int MEASURES = Measure.values().length;

    private static void refused(UnaryOperator<String> change, String says) {
        String changed = change.apply(CSV);
        assertThat(changed).isNotEqualTo(CSV);
        assertThatThrownBy(() -> Results.parse("a.csv", changed))
                .isInstanceOf(Unfit.class)
                .hasMessageStartingWith("a.csv")
                .hasMessageContaining(says);
    }

    /// The file without so many lines from a point on.
    private static String without(String text, int point, int lines) {
        List<String> all = text.lines().toList();
        int at = 0;
        while (!all.get(at).startsWith(point + ",")) at++;
        return String.join("\n", all.subList(0, at))
                + "\n"
                + String.join("\n", all.subList(at + lines, all.size()))
                + "\n";
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(Results.parse("a.csv", CSV)).isEqualTo(RESULTS);
        assertThat(Results.parse("a.csv", CSV).csv()).isEqualTo(CSV);
    }

    @Test
    void itSaysWhatItsNumbersDependOn() {
        assertThat(CSV)
                .contains(
                        "# Stillpoint sweep, format 2\n",
                        "# library = " + Sweep.VERSION,
                        "# basis = simulated",
                        "# designs = D10,D8\n",
                        "# cpus = 2,4\n",
                        "# price list of xeon-8176 = sha256 ",
                        "# assumed prices of xeon-8176 = ",
                        "# seed = 1\n",
                        "# replications = 3..3\n",
                        "# shard = 1/1\n")
                .containsPattern("\n# complete: 4 of 4 points, sha256 [0-9a-f]{16}\n$");
    }

    @Test
    void anotherFormatIsRefused() {
        refused(csv -> csv.replace("format 2", "format 1"), "this Stillpoint reads format 2");
        refused(csv -> csv.substring(1), "it is no CSV of `sweep`");
    }

    @Test
    void anotherLibraryIsRefused() {
        refused(
                csv -> csv.replace(Sweep.VERSION, "0.0.9"),
                "library = 0.0.9, and this is " + Sweep.VERSION);
    }

    @Test
    void otherPricesAreRefused() {
        refused(
                csv -> csv.replaceFirst("sha256 [0-9a-f]{16}", "sha256 0000000000000000"),
                "price list of xeon-8176 = sha256 0000000000000000, and here it is");
    }

    @Test
    void aFileThatWasCutOffIsRefused() {
        refused(csv -> csv.substring(0, csv.length() - 1), "it was cut off");
        refused(csv -> csv.substring(0, csv.length() / 2), "it was cut off");
        refused(csv -> csv.substring(0, csv.indexOf("# seed")), "it was cut");
        refused(csv -> csv.substring(0, csv.lastIndexOf('#')), "it was cut off");
    }

    @Test
    void aMissingPointIsNoticed() {
        refused(csv -> without(csv, 2, MEASURES), "would end \"partial: 3 of 4 points");
        refused(csv -> without(csv, 2, 1), "is no line for \"latency\"");
    }

    @Test
    void aPointThatIsThereTwiceIsNamed() {
        String block = CSV.substring(CSV.indexOf("\n1,") + 1, CSV.indexOf("\n2,") + 1);
        refused(csv -> csv.replace(block, block + block), "point 1 is there twice");
    }

    @Test
    void aChangedNumberIsNoticed() {
        refused(csv -> csv.replaceFirst(",3,(yes|no),", ",4,$1,"), "edited or damaged");
        refused(csv -> csv.replaceFirst(",3,(yes|no),", ",x,$1,"), "numbers, or none");
    }

    @Test
    void aPointOfAnotherShardIsRefused() {
        refused(csv -> csv.replace("# shard = 1/1", "# shard = 1/2"), "of a point of shard 1/2");
    }
}
