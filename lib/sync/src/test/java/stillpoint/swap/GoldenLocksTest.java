package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which lock each path takes, and what breaks without it, is what is recorded.
class GoldenLocksTest {
    @Test
    void theCensusIsAsRecorded() throws IOException {
        assertThat(Golden.read(GoldenLocks.FILE)).containsSequence(GoldenLocks.census());
    }

    @ParameterizedTest
    @EnumSource
    void whatBreaksUnderV7IsAsRecorded(DeviceKind device) throws IOException {
        assertThat(Golden.read(GoldenLocks.FILE))
                .containsSequence(GoldenLocks.experiment(new StopMachineV7(), device));
    }

    @Tag("slow")
    @Test
    void everythingIsAsRecorded() throws IOException {
        Golden.matches(GoldenLocks.FILE, GoldenLocks.all());
    }

    /// `p->lock` around a store that `ci->lock` orders too, and the lock of the page table behind
    /// that of the page.
    @Test
    void onlyWhatAnotherLockOrdersIsSafeToLose() throws IOException {
        List<String> safe =
                Golden.read(GoldenLocks.FILE).stream()
                        .filter(line -> line.contains("safe; all"))
                        .toList();
        assertThat(safe).isNotEmpty().noneMatch(line -> line.contains("| ci->lock |"));
    }
}
