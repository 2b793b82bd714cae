package stillpoint.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stillpoint.measure.GuestMachine.Kind;

class GuestMachineTest {
    private static GuestMachine machine(Kind kind, int cpus) {
        return new GuestMachine("qemu", Path.of("vmlinuz"), Path.of("disk"), kind, cpus);
    }

    @Test
    void countedInstructionsPinAllThatCouldDiffer() {
        assertThat(machine(Kind.ICOUNT, 1).command(Map.of("SP_SAMPLES", "7")))
                .contains("tcg,thread=single", "shift=0,sleep=off", "base=2020-01-01,clock=vm")
                .last()
                .asString()
                .contains("nokaslr norandmaps", "SP_SAMPLES=7", "SP_COUNTS=1");
    }

    @Test
    void otherGuestsDoNotCountInstructions() {
        assertThat(machine(Kind.EMULATED, 4).command(Map.of()))
                .contains("tcg,thread=multi", "4")
                .doesNotContain("-icount")
                .last()
                .asString()
                .contains("SP_COUNTS=0");
        assertThat(machine(Kind.KVM, 2).command(Map.of())).contains("kvm", "host");
    }

    @Test
    void whatIsNoHardwareSaysSo() {
        assertThat(machine(Kind.EMULATED, 2).environment(2)).isEqualTo("qemu tcg smp, emulated");
        assertThat(machine(Kind.EMULATED, 4).environment(2)).endsWith("emulated, overcommitted");
        assertThat(machine(Kind.KVM, 2).environment(2)).isEqualTo("qemu kvm smp");
    }

    @Test
    void instructionsAreCountedOnOneCpu() {
        assertThatThrownBy(() -> machine(Kind.ICOUNT, 2)).hasMessageContaining("--mode smp");
        assertThatThrownBy(() -> machine(Kind.KVM, 65)).hasMessageContaining("1 to 64");
    }
}
