package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DesignsTest {
    @Test
    void aDesignIsFoundByItsKeyAndByTheNameOfItsClassInAnyCase() {
        assertThat(Designs.named("D8")).isInstanceOf(StopMachineV7.class);
        assertThat(Designs.named("d6")).isInstanceOf(RcuV8.class);
        assertThat(Designs.named("Stop-Machine-V7")).isInstanceOf(StopMachineV7.class);
        assertThat(Designs.named("unprotected")).isInstanceOf(Unprotected.class);
    }

    @Test
    void aBrokenSiblingIsFoundBehindASlash() {
        assertThat(Designs.named("D8/no-stop-in-swapoff"))
                .isInstanceOf(StopMachineV7.NoStopInSwapoff.class);
        assertThat(Designs.named("rcu-v8/PUT-BEFORE-USE")).isInstanceOf(RcuV8.PutBeforeUse.class);
    }

    @Test
    void anUnknownDesignIsNamedWithTheOnesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.named("D99"))
                .withMessage(
                        "design D99: a design is one of D0 (unprotected), D6 (rcu-v8), D8 (stop-machine-v7)");
    }

    @Test
    void anUnknownSiblingIsNamedWithTheOnesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.named("D0/rain"))
                .withMessage(
                        "design D0/rain: a broken sibling of D0 is one of free-before-clear, no-grace-period,"
                                + " no-pte-recheck");
    }

    @Test
    void everyDesignHasThreeBrokenSiblingsOrMoreThatASearchCanSee() {
        for (SwapDesign design : Designs.all())
            assertThat(design.brokenSiblings().stream().filter(s -> !s.needsWeakMemory()))
                    .as(design.id())
                    .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void everyDesignCitesItsSourceInTheFirstLineOfItsFile() throws IOException {
        for (SwapDesign design : Designs.all()) {
            Path file =
                    Path.of(
                            "src/main/java/stillpoint/swap",
                            design.getClass().getSimpleName() + ".java");
            assertThat(Files.readAllLines(file).getFirst())
                    .as(design.id())
                    .startsWith("// ")
                    .contains(design.source().split("[,;]")[0]);
        }
    }

    @Test
    void anUnknownDeviceIsNamedWithTheOnesThereAre() {
        assertThat(DeviceKind.named("SSD")).isEqualTo(DeviceKind.SSD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceKind.named("tape"))
                .withMessage("--device tape: a device is one of ssd, hdd, sync");
    }

    @Test
    void aModelHasOneToEightReaders() {
        for (int readers : new int[] {0, 9, 1000, -1})
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> SwapModel.of(new Unprotected(), readers, false, DeviceKind.SSD))
                    .withMessage(
                            "readers = "
                                    + readers
                                    + ": a swap model has 1 to 8 readers; try --readers 3");
    }
}
