package stillpoint.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against kernels of a few lines: the real one is measured by its command only.
class MembarrierRunTest {
    private static final int ALL = 0x3ff;
    private static final MembarrierRun.Progress QUIET = (condition, done) -> {};

    @Test
    void everyCommandIsMeasuredUnderEveryLoad() {
        var rows = run(command -> command == 0 ? ALL : 0).run(QUIET, () -> false).rows();
        assertThat(rows)
                .extracting(Measured::toString)
                .hasSize(14)
                .contains(
                        "MEMBARRIER_CMD_GLOBAL, idle, 2 CPUs",
                        "MEMBARRIER_CMD_GLOBAL, idle; one behind another, 2 CPUs",
                        "MEMBARRIER_CMD_QUERY, load 1, 2 CPUs");
    }

    @Test
    void shortCallsAreMeasuredOftener() {
        var rows = run(command -> command == 0 ? ALL : 0).run(QUIET, () -> false).rows();
        assertThat(rows).extracting(Measured::n).containsOnly(2, 2 * MembarrierRun.EACH);
    }

    @Test
    void whatNeedsARegistrationIsRegisteredFirst() {
        var seen = new ArrayList<Integer>();
        run(
                        command -> {
                            if (!seen.contains(command)) seen.add(command);
                            return command == 0 ? ALL : 0;
                        })
                .run(QUIET, () -> false);
        assertThat(seen).startsWith(0, 4, 16, 64);
    }

    @Test
    void aCommandThatTheKernelDoesNotHaveIsLeftOutAndNamed() {
        var outcome = run(command -> command == 0 ? 1 : 0).run(QUIET, () -> false);
        assertThat(outcome.missing())
                .containsExactly(
                        Membarrier.GLOBAL_EXPEDITED,
                        Membarrier.PRIVATE_EXPEDITED,
                        Membarrier.PRIVATE_EXPEDITED_SYNC_CORE);
        assertThat(outcome.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"38, CONFIG_MEMBARRIER", "1, seccomp", "22, EINVAL", "12, ENOMEM", "5, errno 5"})
    void aFailureIsSaidByItsNumberAndWithTheWayOn(int errno, String said) {
        assertThatThrownBy(() -> run(command -> -errno).run(QUIET, () -> false))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("MEMBARRIER_CMD_QUERY: errno " + errno)
                .hasMessageContaining(said);
    }

    @Test
    void whatWasMeasuredBeforeAFailureIsKept() {
        var globals = new AtomicInteger();
        var outcome =
                run(command -> command != 1 ? ALL : globals.incrementAndGet() > 5 ? -12 : 0)
                        .run(QUIET, () -> false);
        assertThat(outcome.stopped()).contains("MEMBARRIER_CMD_GLOBAL: errno 12 (ENOMEM)");
        assertThat(outcome.rows()).isNotEmpty();
    }

    @Test
    void whoIsInterruptedKeepsWhatIsMeasured() {
        var outcome = run(command -> ALL).run(QUIET, () -> true);
        assertThat(outcome.stopped()).isEqualTo("interrupted");
        assertThat(outcome.rows())
                .hasSize(7)
                .extracting(Measured::condition)
                .doesNotContain("load 1");
    }

    @Test
    void progressIsToldOfEveryCondition() {
        var told = new ArrayList<String>();
        run(command -> ALL).run((condition, done) -> told.add(condition + " " + done), () -> false);
        assertThat(told)
                .containsExactly("idle 0", "idle 1", "idle 2", "load 1 0", "load 1 1", "load 1 2");
    }

    @Test
    void wrongNumbersAreNamed() {
        Membarrier.Call call = command -> 0;
        assertThatThrownBy(() -> new MembarrierRun(0, List.of(0), 2, call))
                .hasMessageContaining("samples = 0: 1 to 100000");
        assertThatThrownBy(() -> new MembarrierRun(1, List.of(1, 1), 2, call))
                .hasMessageContaining("each once");
        assertThatThrownBy(() -> new MembarrierRun(1, List.of(-1), 2, call))
                .hasMessageContaining("load = -1");
    }

    @Test
    void anotherSystemThanLinuxIsRefused() {
        assertThatThrownBy(() -> RunningKernel.number("Mac OS X", "aarch64"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("os.name = Mac OS X: membarrier(2) is a call of Linux");
    }

    @Test
    void anArchitectureWithoutAKnownNumberIsRefused() {
        assertThatThrownBy(() -> RunningKernel.number("Linux", "loongarch64"))
                .hasMessageContaining("aarch64, amd64, ppc64le, riscv64, s390x");
    }

    private static MembarrierRun run(Membarrier.Call call) {
        return new MembarrierRun(2, List.of(0, 1), 2, call);
    }
}
