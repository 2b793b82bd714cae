package stillpoint.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestReportTest {
    private static final String VALUE = "SP,stop_machine(NULL),idle; any phase,1,instructions,4610";

    private static GuestReport report(String... lines) {
        return GuestReport.of(List.of(lines), "it ended");
    }

    @Test
    void valuesWithTheSameWordsAreOneRow() {
        var rows = report(VALUE, VALUE, VALUE.replace("idle", "busy"), "SP,done").rows();
        assertThat(rows).extracting(Measured::n).containsExactly(2, 1);
        assertThat(rows.getFirst().toString())
                .isEqualTo("stop_machine(NULL), idle; any phase, 1 CPU");
        assertThat(rows.getFirst().unit()).isEqualTo(Unit.INSTRUCTIONS);
    }

    @Test
    void aGuestThatCameToItsEndDidNotStop() {
        assertThat(report(VALUE, "SP,done", "[    2.1] reboot: Restarting system").stopped())
                .isEmpty();
    }

    @Test
    void theFirmwareAndTheKernelMayPrintWhatTheyLike() {
        var report = report("SeaBIOS", "SPECIAL", "[1.0] brd: module loaded", VALUE, "SP,done");
        assertThat(report.rows()).hasSize(1);
        assertThat(report.stopped()).isEmpty();
    }

    @Test
    void whatItSaysOfItselfIsKept() {
        assertThat(report("SP-ABOUT,cpu,QEMU, a CPU").about("cpu")).isEqualTo("QEMU, a CPU");
        assertThat(report("SP-ABOUT,cpu,").about("cpu")).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void withoutItsLastLineItStoppedForTheReasonThatIsKnownElsewhere() {
        assertThat(report(VALUE).stopped()).contains("it ended");
        assertThat(report(VALUE).rows()).hasSize(1);
    }

    @Test
    void aGuestThatGivesUpSaysWhy() {
        assertThat(report(VALUE, "SP-FAILED,the module does not load: bad magic").stopped())
                .contains("the guest says: the module does not load: bad magic");
    }

    @Test
    void aPanicIsFoundInTheMiddleOfALine() {
        assertThat(report(VALUE, "[    1.2] Kernel panic - not syncing: no init").stopped().get())
                .startsWith("the guest's kernel panicked")
                .endsWith("no init");
    }

    @Test
    void aMistakeThatTheKernelReportsEndsIt() {
        assertThat(report(VALUE, "[    1.2] BUG: scheduling while atomic: swapoff/87", VALUE))
                .extracting(GuestReport::stopped)
                .asString()
                .contains("found a mistake: BUG: scheduling while atomic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SP,",
                "SP,stop_machine(NULL),idle,1,instructions",
                "SP,stop_machine(NULL),idle,1,instructions,46x",
                "SP,stop_machine(NULL),idle,1,instructions,-1",
                "SP,stop_machine(NULL),idle,1,instructions,99999999999999999",
                "SP,stop_machine(NULL),idle,one,instructions,4610",
                "SP,stop_machine(NULL),idle,0,instructions,4610",
                "SP,stop_machine(NULL),idle,1,bananas,4610",
                "SP,stop_machine(NULL),idle,1,ns,1,SP,",
                "SP,,idle,1,ns,1"
            })
    void garbageEndsItAndWhatCameBeforeIsKept(String line) {
        var report = report(VALUE, line, VALUE, "SP,done");
        assertThat(report.stopped().get()).contains("garbage", line);
        assertThat(report.rows()).extracting(Measured::n).containsExactly(1);
    }

    @Test
    void controlCharactersOfGarbageAreNotShown() {
        assertThat(report("SP,\u0007\u001b[2J").stopped().get()).contains("\"SP,??[2J\"");
    }
}
