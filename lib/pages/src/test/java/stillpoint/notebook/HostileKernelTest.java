package stillpoint.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The runner against kernels that break the protocol, die, or do not listen.
@Timeout(30)
class HostileKernelTest {
    @TempDir Path folder;

    private RunResult run(RunOptions options, Notebook notebook, String... habits)
            throws Exception {
        return new Runner(Fakes.kernel(folder, habits), options)
                .run(folder.resolve("n.ipynb"), notebook, Progress.none());
    }

    private RunResult run(String source, String... habits) throws Exception {
        return run(Fakes.SHORT, Fakes.notebook(source, "print next"), habits);
    }

    private static CellResult first(RunResult result) {
        return result.cells().getFirst();
    }

    private static String text(CellResult cell) {
        return cell.outputs().stream()
                .map(output -> output instanceof Output.Stream stream ? stream.text() : "")
                .collect(Collectors.joining());
    }

    @AfterEach
    void noKernelStaysBehind() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void theConnectionFileIsDeletedHoweverTheKernelEnds() throws Exception {
        for (String end : List.of("print a", "die 1")) {
            Path file =
                    Path.of(
                            text(first(run("connection\n" + end)))
                                    .lines()
                                    .findFirst()
                                    .orElseThrow());
            assertThat(file.getFileName().toString()).startsWith("stillpoint-kernel-");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aDroppedFirstRequestIsSentAgain() throws Exception {
        assertThat(run("print a", "drop-first").ok()).isTrue();
    }

    @Test
    void aPortThatSomebodyTookIsTriedAgain() throws Exception {
        assertThat(run("print a", "port-taken").ok()).isTrue();
    }

    @Test
    void aKernelThatNeverAnswersIsGivenUp() throws Exception {
        var options =
                new RunOptions(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        1000,
                        1);
        assertThat(run(options, Fakes.notebook("print a"), "silent").message())
                .contains("kernel fake did not answer within 2 s");
    }

    @Test
    void aKernelThatDiesAtItsStartIsNamedWithItsLastWords() throws Exception {
        assertThat(run("print a", "die-at-start").message())
                .contains("exit code 3", "cannot find the class stillpoint.kernel.Main");
    }

    @Test
    void aKernelThatSignsWithAnotherKeyIsNotListenedTo() throws Exception {
        assertThat(
                        run(
                                        new RunOptions(
                                                Duration.ofSeconds(5),
                                                Duration.ofSeconds(15),
                                                Duration.ofSeconds(1),
                                                1000,
                                                1),
                                        Fakes.notebook("print a"),
                                        "wrong-key")
                                .message())
                .contains("wrong signature");
    }

    @Test
    void aFewForgedMessagesAreIgnoredAndManyEndTheRun() throws Exception {
        var few = run("forged 3\nprint honest");
        assertThat(text(first(few))).isEqualTo("honest\n");
        assertThat(few.ok()).isTrue();
        assertThat(run("forged 30\nforever").message())
                .containsPattern("[123]\\d messages with a wrong signature");
    }

    @Test
    void outputsAfterAnEarlyIdleAreKeptUntilTheReplyComes() throws Exception {
        var result = run("idle-first\nprint a");
        assertThat(text(first(result))).isEqualTo("a\n");
        assertThat(result.ok()).isTrue();
        assertThat(first(result).notes())
                .singleElement()
                .asString()
                .contains("came after the cell had ended");
    }

    @Test
    void outputsAfterAnEarlyReplyAreKeptUntilIdle() throws Exception {
        var result = run("reply-first\nprint a");
        assertThat(text(first(result))).isEqualTo("a\n");
        assertThat(result.ok()).isTrue();
    }

    @Test
    void aMissingIdleFailsTheCell() throws Exception {
        assertThat(run("no-idle\nprint a").message()).contains("did not say it was idle");
    }

    @Test
    void aMissingReplyFailsTheCell() throws Exception {
        assertThat(run("no-reply").message()).contains("sent no execute_reply");
    }

    @Test
    void anAbortedCellIsAFailure() throws Exception {
        assertThat(run("abort").message())
                .contains("cell 1", "failed", "aborted it without running it");
    }

    @Test
    void anErrorCountsWhetherItIsShownOrOnlyReplied() throws Exception {
        assertThat(run("raise-in-reply-only x").message()).contains("Hidden: x");
        assertThat(run("raise-but-say-ok x").message()).contains("Shown: x");
    }

    @Test
    void fiftyThousandMessagesBecomeTwoStreams() throws Exception {
        var options =
                new RunOptions(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1),
                        5_000_000,
                        1);
        var cell = first(run(options, Fakes.notebook("spam 50000")));
        assertThat(cell.outcome()).as(cell.message()).isEqualTo(Outcome.OK);
        assertThat(cell.outputs())
                .extracting(output -> ((Output.Stream) output).name())
                .containsExactly("stdout", "stderr");
        assertThat(text(cell).lines()).hasSize(50_000);
    }

    @Test
    void tooMuchOutputIsCutAndSaidSo() throws Exception {
        var cell = first(run("spam 12000"));
        assertThat(cell.outputs().getLast())
                .isEqualTo(
                        new Output.Stream(
                                "stderr",
                                "[cut: 20894 more bytes were shown; a cell may show 100000]\n"));
        assertThat(cell.notes()).singleElement().asString().contains("20894 more");
    }

    @Test
    void aDisplayWithoutPlainTextIsNoted() throws Exception {
        assertThat(first(run("html <b>42</b>")).notes())
                .singleElement()
                .asString()
                .contains("no text/plain");
    }

    @Test
    void aCellThatAsksForInputIsAnsweredOnceAndFails() throws Exception {
        var cell = first(run("input"));
        assertThat(text(cell)).isEqualTo("got \"\"\n");
        assertThat(cell.message()).contains("asked for input");
    }

    @Test
    void aKernelThatDiesInMidCellIsNamedWithItsExitCodeAndLastWords() throws Exception {
        var result = run("print before\ndie 137");
        assertThat(first(result).outcome()).isEqualTo(Outcome.KERNEL_DIED);
        assertThat(text(first(result))).isEqualTo("before\n");
        assertThat(result.message())
                .contains(
                        "cell 1",
                        "exit code 137",
                        "memory",
                        "the heap is gone",
                        "1 cell after it not run");
    }

    @Test
    void aCellThatNeverEndsIsInterrupted() throws Exception {
        var result =
                run(
                        Fakes.SHORT.withCellBudget(Duration.ofMillis(500)),
                        Fakes.notebook("forever", "print next"));
        assertThat(first(result).outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(first(result).outputs()).hasSize(2);
        assertThat(result.message()).contains("budgetSeconds").doesNotContain("destroyed");
    }

    @Test
    void aCellMaySetABudgetOfItsOwn() throws Exception {
        var metadata = Fakes.metadata();
        metadata.putObject("stillpoint").put("budgetSeconds", 0.4);
        var result =
                run(
                        Fakes.SHORT,
                        new Notebook(
                                List.of(Fakes.code("c", "forever", metadata)), Fakes.metadata()));
        assertThat(first(result).outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(first(result).elapsed()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aCellThatIgnoresTheInterruptIsDestroyedWithItsThreadsShown() throws Exception {
        var result =
                run(
                        Fakes.SHORT.withCellBudget(Duration.ofMillis(500)),
                        Fakes.notebook("deaf\nforever", "print next"));
        assertThat(first(result).outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(text(first(result))).isEqualTo("begun\n");
        assertThat(result.message()).contains("destroyed", "FakeKernel.forever");
    }

    @Test
    void anInterruptThatTheKernelLosesIsSentAgain() throws Exception {
        var options =
                new RunOptions(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        1000,
                        1);
        var result = run(options, Fakes.notebook("lose-interrupt\nforever"));
        assertThat(first(result).outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.message()).doesNotContain("destroyed");
    }

    @Test
    void aSlowStartCountsAgainstNoCell() throws Exception {
        var result =
                run(
                        Fakes.SHORT.withCellBudget(Duration.ofMillis(1000)),
                        Fakes.notebook("print a"),
                        "slow-start");
        assertThat(result.ok()).as(result.message()).isTrue();
    }

    @Test
    void whatACellHasStartedEndsWithItsKernel() throws Exception {
        for (String end : List.of("print a", "die 1")) {
            var options = Fakes.SHORT.withCellBudget(Duration.ofMillis(1500));
            long child =
                    Long.parseLong(
                            text(first(run(options, Fakes.notebook("child\nforever", end))))
                                    .lines()
                                    .findFirst()
                                    .orElseThrow());
            // The end of a process that is nobody's child any more comes a moment after the signal.
            for (int i = 0; i < 100 && runs(child); i++) Thread.sleep(20);
            assertThat(runs(child)).isFalse();
        }
    }

    /// A process that nobody has buried yet does not run.
    private static boolean runs(long pid) throws Exception {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.isDirectory(stat.getRoot().resolve("proc/self")))
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        try {
            return !Files.readString(stat).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aKernelThatIgnoresShutdownIsEnded() throws Exception {
        assertThat(run("print a", "ignore-shutdown").ok()).isTrue();
    }

    @Test
    void progressOnATerminalAndInALogBothNameTheCell() throws Exception {
        for (boolean live : List.of(true, false)) {
            var bytes = new java.io.ByteArrayOutputStream();
            var console =
                    new ConsoleProgress(
                            new java.io.PrintStream(
                                    bytes, true, java.nio.charset.StandardCharsets.UTF_8),
                            live);
            new Runner(Fakes.kernel(folder), Fakes.SHORT)
                    .run(
                            folder.resolve("n.ipynb"),
                            Fakes.notebook("print a", "raise A b"),
                            console);
            String said =
                    bytes.toString(java.nio.charset.StandardCharsets.UTF_8)
                            .toLowerCase(Locale.ROOT);
            assertThat(said)
                    .contains(
                            "notebook 1/1",
                            "cell 1/2  print a",
                            "cell 2/2",
                            "failed",
                            "1 of 2 cells ok");
            assertThat(said.contains("\r")).isEqualTo(live);
        }
    }
}
