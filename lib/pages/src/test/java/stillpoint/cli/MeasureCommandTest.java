package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.measure.Host;
import stillpoint.measure.Measurements;
import stillpoint.measure.Membarrier;
import stillpoint.measure.Unavailable;

/// Against kernels of a few lines.
class MeasureCommandTest {
    private static final Membarrier.Call EVERYTHING = command -> 0x3ff;

    @TempDir Path folder;

    @Test
    void whatIsMeasuredIsAFileThatLoads() throws IOException {
        assertThat(run(EVERYTHING)).isEqualTo(ExitCode.FINE);
        Measurements found = Measurements.load(out());
        assertThat(found.rows()).hasSize(7);
        assertThat(found.provenance().command())
                .isEqualTo("./stillpoint measure membarrier --samples 2 --load 0");
    }

    @Test
    void aNoteStandsInTheProvenance() throws IOException {
        run(EVERYTHING, "--note", "others compile");
        assertThat(Measurements.load(out()).provenance().more())
                .containsEntry("note", "others compile");
    }

    @Test
    void aKernelWithoutMembarrierIsMissingAndNothingIsWritten() {
        assertThat(run(command -> -38)).isEqualTo(ExitCode.MISSING);
        assertThat(out()).doesNotExist();
    }

    @Test
    void anotherSystemIsMissing() {
        var command =
                new MeasureMembarrierCommand(
                        () -> {
                            throw new Unavailable("os.name = Plan 9: no");
                        },
                        Host.here());
        assertThat(Main.run(command)).isEqualTo(ExitCode.MISSING);
    }

    @Test
    void whatWasMeasuredBeforeAFailureIsKeptBesideTheFile() throws IOException {
        run(EVERYTHING);
        String whole = Files.readString(out());
        var calls = new ArrayList<Integer>();
        assertThat(
                        run(command -> {
                            calls.add(command);
                            return command == 1 && calls.stream().filter(c -> c == 1).count() > 5
                                    ? -12
                                    : 0x3ff;
                        }))
                .isEqualTo(ExitCode.MISSING);
        assertThat(out()).hasContent(whole);
        assertThatThrownBy(() -> Measurements.load(folder.resolve("out.csv.partial")))
                .hasMessageContaining("was interrupted");
    }

    @Test
    void wrongWordsAreUsage() {
        assertThat(Main.run("measure")).isEqualTo(ExitCode.USAGE);
        assertThat(Main.run("measure", "nothing")).isEqualTo(ExitCode.USAGE);
        assertThat(Main.run("measure", "membarrier", "--load", "two")).isEqualTo(ExitCode.USAGE);
        assertThat(Main.run("measure", "membarrier", "--samples", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFolderThatIsNotThereIsSaidBeforeTheWork() {
        assertThat(Main.run("measure", "membarrier", "--out", folder + "/none/out.csv"))
                .isEqualTo(ExitCode.UNWRITABLE);
    }

    private Path out() {
        return folder.resolve("out.csv");
    }

    private int run(Membarrier.Call call, String... more) {
        var words =
                new ArrayList<>(
                        List.of("--samples", "2", "--load", "0", "--out", out().toString()));
        words.addAll(List.of(more));
        return Main.run(
                new MeasureMembarrierCommand(() -> call, Host.here()),
                words.toArray(String[]::new));
    }
}
