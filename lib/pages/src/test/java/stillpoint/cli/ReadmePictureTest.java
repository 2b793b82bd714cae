package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The picture in the README is what the command below it draws.
class ReadmePictureTest {
    private static final Path COMMITTED = Path.of("../../data/picture/the-race.svg");

    @Test
    void theCommittedPictureIsWhatTheSearchFinds(@TempDir Path folder) throws Exception {
        Path drawn = folder.resolve("the-race.svg");
        assertThat(Main.run("check", "D0", "--readers", "1", "--svg", drawn.toString()))
                .isEqualTo(ExitCode.FOUND);
        assertThat(drawn)
                .as(
                        "to draw it again: ./stillpoint check D0 --readers 1 --svg data/picture/the-race.svg")
                .hasSameTextualContentAs(COMMITTED);
    }

    @Test
    void aSafeDesignHasNoDrawing(@TempDir Path folder) throws Exception {
        Path drawn = folder.resolve("none.svg");
        assertThat(Main.run("check", "D8", "--readers", "1", "--svg", drawn.toString()))
                .isEqualTo(ExitCode.FINE);
        assertThat(Files.exists(drawn)).isFalse();
    }
}
