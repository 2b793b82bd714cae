package stillpoint.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// With a shell in QEMU's place.
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "guests run on Linux")
class GuestRunTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String BOOTED = "echo SP-ABOUT,kernel,6.1;";
    private static final String VALUE = "echo SP,swapoff,0 readers,1,ns,9;";

    private static GuestRun.Outcome run(String script, Duration boots, Duration limit) {
        return new GuestRun(List.of("sh", "-c", script), boots, limit).run(_ -> {}, () -> false);
    }

    @Test
    void aGuestIsReadToItsEnd() {
        var outcome = run(BOOTED + VALUE + "echo SP,done", LONG, LONG);
        assertThat(outcome.booted()).isTrue();
        assertThat(outcome.report().stopped()).isEmpty();
        assertThat(outcome.report().rows()).hasSize(1);
    }

    @Test
    void linesMayEndAsOnASerialConsole() {
        assertThat(run("printf 'SP,done\\r\\n'", LONG, LONG).report().stopped()).isEmpty();
    }

    @Test
    void whatGoesOnBehindTheLastLineIsEnded() {
        assertThat(run(VALUE + "echo SP,done; sleep 100", LONG, LONG).report().stopped()).isEmpty();
    }

    @Test
    void aGuestThatHangsIsEndedAndItsFiguresAreKept() {
        var report = run(BOOTED + VALUE + "exec sleep 100", LONG, SHORT).report();
        assertThat(report.stopped().get()).startsWith("the guest did not come to its end");
        assertThat(report.rows()).hasSize(1);
    }

    @Test
    void aGuestThatDoesNotBootIsEndedEarlier() {
        assertThat(run("exec sleep 100", SHORT, LONG).report().stopped().get())
                .startsWith("the guest did not boot");
    }

    @Test
    void nothingThatAGuestStartedOutlivesIt() {
        var before = children();
        run("exec sleep 4711", SHORT, SHORT);
        assertThat(children()).isEqualTo(before);
    }

    private static long children() {
        Stream<ProcessHandle> all = ProcessHandle.current().children();
        return all.filter(ProcessHandle::isAlive)
                .filter(each -> each.info().commandLine().orElse("").contains("4711"))
                .count();
    }

    @Test
    void anInterruptionEndsIt() {
        var run = new GuestRun(List.of("sh", "-c", VALUE + "exec sleep 100"), LONG, LONG);
        var lines = new int[1];
        var report = run.run(n -> lines[0] = n, () -> lines[0] > 0).report();
        assertThat(report.stopped()).contains(GuestRun.INTERRUPTED);
        assertThat(report.rows()).hasSize(1);
    }

    @Test
    void anEndWithoutTheLastLineNamesWhatWasPrintedLast() {
        assertThat(run("echo 'qemu: could not load PC BIOS' >&2", LONG, LONG).report().stopped())
                .get()
                .asString()
                .endsWith("the last that it printed is \"qemu: could not load PC BIOS\"");
    }

    @Test
    void aConsoleWithoutLineFeedsDoesNotFillMemory() {
        var outcome = run("head -c 3000000 /dev/zero | tr '\\0' x", LONG, LONG);
        assertThat(outcome.console()).allMatch(line -> line.length() <= 4096);
        assertThat(outcome.report().stopped()).isPresent();
    }

    @Test
    void noQemuIsSaidWithTheWayOn() {
        var run = new GuestRun(List.of("/nowhere/qemu-system-x86_64"), LONG, LONG);
        assertThatThrownBy(() -> run.run(_ -> {}, () -> false))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("/nowhere/qemu-system-x86_64 does not start")
                .hasMessageContaining("apt-get install");
    }
}
