package stillpoint.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    @TempDir Path root;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("boot"));
    }

    @Test
    void aMachineThatTellsNothingIsUnknown() {
        Provenance told = provenance();
        assertThat(told.items())
                .containsEntry("machine", "unknown")
                .containsEntry("cpu", "unknown")
                .containsEntry("configuration", "unknown")
                .containsEntry("hz", "unknown");
    }

    @Test
    void theModelOfTheCpuIsTheKernels() throws IOException {
        write("proc/cpuinfo", "processor\t: 0\nmodel name\t: AMD EPYC\nflags\t\t: fpu\n");
        assertThat(provenance().cpu()).isEqualTo("AMD EPYC");
        assertThat(provenance().machine()).isEqualTo("unknown");
    }

    @Test
    void aVirtualMachineSaysSo() throws IOException {
        write("proc/cpuinfo", "flags\t\t: fpu hypervisor lm\n");
        assertThat(provenance().machine()).isEqualTo("a virtual machine");
    }

    @Test
    void theConfigurationIsReadBesideTheImage() throws IOException {
        write(
                "boot/config-6.1",
                "CONFIG_HZ=250\nCONFIG_PREEMPT_RCU=y\n# CONFIG_PREEMPT is not set\n");
        assertThat(provenance().configuration()).isEqualTo("HZ=250 PREEMPT_RCU");
        assertThat(provenance().hz()).isEqualTo("250");
    }

    @Test
    void theConfigurationOfTheRunningKernelComesFirst() throws IOException {
        write("boot/config-6.1", "CONFIG_HZ=250\n");
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(root.resolve("proc/config.gz")))) {
            out.write("CONFIG_HZ=1000\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(provenance().hz()).isEqualTo("1000");
    }

    @Test
    void aConfigurationThatCannotBeReadIsUnknown() throws IOException {
        write("proc/config.gz", "no gzip");
        assertThat(provenance().hz()).isEqualTo("unknown");
    }

    @Test
    void theLoadAverageIsThatOfTheLastMinute() throws IOException {
        write("proc/loadavg", "0.23 0.27 0.67 3/98 10903\n");
        assertThat(new Host(root, "6.1", 2).loadAverage()).isEqualTo("0.23");
    }

    @Test
    void gracePeriodsThatAreExpeditedAreSaid() throws IOException {
        Files.createDirectories(root.resolve("sys/kernel"));
        assertThat(new Host(root, "6.1", 2).gracePeriods()).isEqualTo("unknown");
        write("sys/kernel/rcu_expedited", "0\n");
        assertThat(new Host(root, "6.1", 2).gracePeriods()).isEqualTo(Host.NORMAL);
        write("sys/kernel/rcu_expedited", "1\n");
        assertThat(new Host(root, "6.1", 2).gracePeriods()).isEqualTo(Host.EXPEDITED);
        write("sys/kernel/rcu_normal", "1\n");
        assertThat(new Host(root, "6.1", 2).gracePeriods()).isEqualTo(Host.NORMAL);
    }

    private Provenance provenance() {
        return new Host(root, "6.1", 2).provenance("a command", LocalDate.of(2026, 11, 25));
    }

    private void write(String place, String text) throws IOException {
        Files.writeString(root.resolve(place), text);
    }
}
