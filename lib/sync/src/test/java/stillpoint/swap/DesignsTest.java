package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import stillpoint.program.Section;

class DesignsTest {
    @Test
    void aDesignIsFoundByItsKeyAndByTheNameOfItsClassInAnyCase() {
        assertThat(Designs.named("D8")).isInstanceOf(StopMachineV7.class);
        assertThat(Designs.named("d6")).isInstanceOf(RcuV8.class);
        assertThat(Designs.named("Stop-Machine-V7")).isInstanceOf(StopMachineV7.class);
        assertThat(Designs.named("unprotected")).isInstanceOf(Unprotected.class);
    }

    /// A quote is awkward in a shell, and the thread writes one.
    @Test
    void theThreadsNameOfTheNullMaskIsUnderstood() {
        assertThat(Designs.named("D8'")).isInstanceOf(StopMachineNullMask.class);
        assertThat(Designs.named("D8-null")).isInstanceOf(StopMachineNullMask.class);
    }

    @Test
    void aDesignIsAskedWithReadersOfAnotherKindBehindAnAt() {
        SwapDesign irq = Designs.named("d8@irq");
        assertThat(irq.flavour()).contains(Section.IRQ);
        assertThat(Designs.nameOf(irq)).isEqualTo("D8@irq");
        assertThat(Designs.nameOf(Designs.named("D8@preempt"))).isEqualTo("D8");
    }

    @Test
    void aFlavourThatADesignCannotHaveIsNamedWithThoseItCan() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.named("D8@srcu"))
                .withMessage(
                        "D8 in srcu_read_lock: its readers are in sections of [PREEMPT, IRQ, RCU]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.named("D1@irq"))
                .withMessage(
                        "D1 in local_irq_disable: its readers are in sections of one kind only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.named("D8@nmi"))
                .withMessage("design D8@nmi: a section is one of preempt, irq, rcu, srcu");
    }

    @Test
    void aSiblingHasTheReadersItWasBrokenWith() {
        for (SwapDesign design : Designs.all())
            for (Sibling sibling : design.brokenSiblings())
                assertThat(sibling.design().flavours()).as(design.id()).isEmpty();
    }

    @Test
    void everyFlavourIsTheDesignWithOtherReaders() {
        for (SwapDesign design : Designs.all())
            for (Section flavour : design.flavours()) {
                assertThat(design.in(flavour)).hasSameClassAs(design);
                assertThat(design.in(flavour).flavour()).contains(flavour);
            }
    }

    @Test
    void aBrokenSiblingIsFoundBehindASlash() {
        assertThat(Designs.named("D8/no-stop-in-swapoff"))
                .isInstanceOf(Broken.NoWaitInSwapoff.class);
        assertThat(Designs.named("rcu-v8/PUT-BEFORE-USE")).isInstanceOf(Broken.PutBeforeUse.class);
    }

    @Test
    void anUnknownDesignIsNamedWithTheOnesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.named("D99"))
                .withMessageStartingWith(
                        "design D99: a design is one of D0 (unprotected), D1 (refcount-v1), D2 (cluster-lock-sweep), ")
                .withMessageEndingWith(", D14 (fresh-object), D15 (device-lock)");
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
