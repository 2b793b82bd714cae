package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stillpoint.check.Liveness;
import stillpoint.evidence.Progress;

/// Swapoff comes to its end, and so does every fault, if every task that can go on goes on.
class SwapProgressTest {
    private static Liveness liveness(SwapDesign design, int readers, DeviceKind device) {
        return Liveness.of(SwapModel.of(design, readers, true, device))
                .ends("swapoff")
                .ends("reader");
    }

    @ParameterizedTest
    @EnumSource(names = {"SSD", "HDD"})
    void theStopCompletes(DeviceKind device) {
        assertThat(liveness(new StopMachineV7(), 1, device).verdict().word()).isEqualTo("kept");
    }

    @ParameterizedTest
    @EnumSource(names = {"SSD", "HDD"})
    void theGracePeriodEnds(DeviceKind device) {
        assertThat(liveness(new RcuV8(), 1, device).verdict().word()).isEqualTo("kept");
    }

    @Test
    void twoReadersDoNotChangeIt() {
        assertThat(liveness(new StopMachineV7(), 2, DeviceKind.SSD).verdict().word())
                .isEqualTo("kept");
    }

    /// A fault has taken the page out of the cache and waits for the cluster's lock to give back
    /// the entry; `try_to_unuse()` sees the entry, finds no page, and takes that lock again and
    /// again to look. Only the queue for the lock lets the fault through.
    @Test
    void swapoffMayGoRoundForEverWhereNobodyQueuesForALock() {
        var progress = liveness(new StopMachineV7(), 1, DeviceKind.SSD).withoutQueues().verdict();
        assertThat(progress).isInstanceOf(Progress.Broken.class);
        assertThat(((Progress.Broken) progress).cycle().rows())
                .allMatch(row -> row.frames().contains("try_to_unuse"));
    }

    @Test
    void aDesignThatIsNotSafeHasNoProgressToSpeakOf() {
        assertThat(liveness(new Unprotected(), 1, DeviceKind.SSD).verdict().word())
                .isEqualTo("inconclusive");
    }
}
