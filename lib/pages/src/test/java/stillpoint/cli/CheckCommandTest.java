package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `check`, `replay` and `designs` as words in, text and exit code out.
class CheckCommandTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        var both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @AfterEach
    void release() {
        System.setOut(out);
        System.setErr(err);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    check D0 --readers 1                                 | 1
                    check D8 --readers 1 --swapon                        | 0
                    check D8 --readers 1 --config all                    | 0
                    check D8/no-preempt-disable --readers 1 --config all | 1
                    check D6 --readers 1 --config preempt-n-4.19         | 0
                    check D8 --readers 1 --device sync                   | 1
                    check D8 --readers 1 --workers 2 --fingerprints      | 0
                    check D0 --readers 2 --workers 2 --fingerprints      | 1
                    replay D0:ssd:1:preempt-y-4.20:0x2                   | 0
                    designs                                              | 0
                    """)
    void theExitCodeIsTheVerdict(String words, int exitCode) {
        assertThat(Main.run(words.split(" "))).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    check                               | no DESIGN
                    check D0 D8                         | D8: check takes DESIGN and no more
                    check D99                           | design D99
                    check D8/none                       | no-stop-in-swapoff
                    check D0 --readers 0                | readers = 0
                    check D0 --readers 1000             | readers = 1000
                    check D0 --readers x                | readers = x
                    check D0 --readers                  | --readers: takes a value
                    check D0 --config 4.19              | 4.19: --config takes one of
                    check D0 --device tape              | tape: --device takes one of
                    check D0 --only F9                  | --only F9
                    check D0 --seconds 0                | seconds = 0
                    check D0 --workers 0                | workers = 0: --workers takes a whole number from 1 to 64
                    check D0 --workers 65               | workers = 65
                    check D0 --workers all              | workers = all
                    check D0 --fingerprints=yes         | --fingerprints takes no value
                    check D0 --reders 2                 | --reders: no such option
                    check D0 --config all --json        | name one kernel
                    replay                              | no STRING
                    replay D0                           | 5 parts
                    designs D0                          | D0: designs takes no operands
                    """)
    void wrongWordsAreNamedWithTheRuleAndTheWayOn(String words, String part) {
        assertThat(Main.run(words.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains(part).contains("--help").startsWith("stillpoint: ");
    }

    @Test
    void aViolationEndsWithItsTimelineAndTheStringThatShowsItAgain() {
        Main.run("check", "D0", "--readers", "1");
        assertThat(text())
                .startsWith("violation: D0")
                .contains("CPU0 (reader)", "^^^", "replay: D0:ssd:1:", "states,", "measured: ");
    }

    @Test
    void theStringShowsTheSameTimelineInFull() {
        Main.run("check", "D0", "--readers", "1");
        String replay =
                text().lines().filter(l -> l.contains("replay: ")).findFirst().orElseThrow();
        printed.reset();
        assertThat(Main.run("replay", replay.strip().substring("replay: ".length())))
                .isEqualTo(ExitCode.FOUND);
        assertThat(text()).contains("^^^").doesNotContain("steps ...");
    }

    @Test
    void jsonIsTheSameOnEveryRunButForWhatIsMeasured() throws Exception {
        Main.run("check", "D0", "--readers", "1", "--json");
        JsonNode first = new ObjectMapper().readTree(text());
        printed.reset();
        Main.run("check", "D0", "--readers", "1", "--json");
        JsonNode second = new ObjectMapper().readTree(text());
        assertThat(first.path("verdict").asText()).isEqualTo("violation");
        assertThat(without(first)).isEqualTo(without(second));
    }

    private static JsonNode without(JsonNode node) {
        return ((com.fasterxml.jackson.databind.node.ObjectNode) node.deepCopy())
                .without("measured");
    }

    @Test
    void designsAreListedWithTheirSourcesAndSiblings() {
        Main.run("designs");
        assertThat(text())
                .contains("D0", "D6", "D8", "20190211083846.18888-1-ying.huang@intel.com")
                .contains("D8/no-stop-in-swapoff");
    }
}
