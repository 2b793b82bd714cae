package stillpoint.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Sweep SWEEP = Sweep.of("D10").cpus("1..32*2").replications(3).workers(1);
    private static final String WHOLE = SWEEP.run(stage -> {}).csv();

    @TempDir private Path folder;

    private Path out() {
        return folder.resolve("out.csv");
    }

    private Path part() {
        return folder.resolve("out.csv.part");
    }

    private int resumed(Sweep sweep) throws IOException {
        var computed = new ArrayList<Point>();
        new Journal(out()).run(sweep, stage -> stage.last().ifPresent(computed::add));
        assertThat(Thread.interrupted()).isFalse();
        return computed.size();
    }

    private void interruptedBehind(int points) throws IOException {
        interruptedBehind(SWEEP, points);
    }

    /// Interrupted when so many points are finished. Where the others were faster than the
    /// interruption, nothing is left to go on with: then it is tried again.
    private void interruptedBehind(Sweep sweep, int points) throws IOException {
        do {
            Files.deleteIfExists(out());
            new Journal(out())
                    .run(
                            sweep,
                            stage -> {
                                if (stage.finished() == points) Thread.currentThread().interrupt();
                            });
            assertThat(Thread.interrupted()).isTrue();
        } while (Files.exists(out()));
    }

    private int finishedBefore() throws IOException {
        return Files.readString(part()).split(",latency,", -1).length - 1;
    }

    @Test
    void aFinishedSweepIsOneFile() throws IOException {
        assertThat(resumed(SWEEP)).isEqualTo(6);
        assertThat(out()).hasContent(WHOLE.strip());
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(out()));
    }

    @Test
    void itIsNotRunAgain() throws IOException {
        resumed(SWEEP);
        assertThat(resumed(SWEEP)).isZero();
    }

    @Test
    void nothingIsLostOrRepeated() throws IOException {
        Sweep longer = SWEEP.replications(400);
        interruptedBehind(longer, 2);
        int there = finishedBefore();
        assertThat(there).isBetween(2, 5);
        assertThat(resumed(longer)).isEqualTo(6 - there);
        assertThat(Files.readString(out())).isEqualTo(longer.run(stage -> {}).csv());
    }

    @Test
    void fromWhateverIsLeftTheWholeIsMade() throws IOException {
        interruptedBehind(2);
        String left = Files.readString(part());
        for (int bytes = 0; bytes < left.length(); bytes += 997) {
            Files.writeString(part(), left.substring(0, bytes));
            Files.deleteIfExists(out());
            resumed(SWEEP);
            assertThat(Files.readString(out())).isEqualTo(WHOLE);
        }
    }

    @Test
    void aJournalOfAnotherSweepIsRefused() throws IOException {
        interruptedBehind(2);
        int there = finishedBefore();
        assertThatThrownBy(() -> resumed(SWEEP.seed(2)))
                .isInstanceOf(Unfit.class)
                .hasMessageContaining("was begun with seed = 1, and asked is 2");
        assertThat(resumed(SWEEP)).isEqualTo(6 - there);
    }

    @Test
    void aSweepThatIsRefusedLeavesNothingInTheWay() throws IOException {
        assertThatThrownBy(() -> resumed(SWEEP.faults(1e6))).hasMessageContaining("utilisation");
        assertThat(resumed(SWEEP)).isEqualTo(6);
    }

    @Test
    void aFileOfAnotherSweepStays() throws IOException {
        resumed(SWEEP);
        assertThatThrownBy(() -> resumed(SWEEP.shard(new Shard(1, 2))))
                .hasMessageContaining("was begun with shard = 1/1, and asked is 1/2");
        assertThat(Files.readString(out())).isEqualTo(WHOLE);
    }

    @Test
    void aFileThatIsNoSweepStays() throws IOException {
        Files.writeString(out(), "precious\n");
        assertThatThrownBy(() -> resumed(SWEEP)).hasMessageContaining("it is no CSV of `sweep`");
        assertThat(out()).hasContent("precious");
    }
}
