package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.measure.Host;
import stillpoint.measure.Measured;
import stillpoint.measure.Measurements;

/// With a shell script in QEMU's place.
@EnabledOnOs(value = OS.LINUX, disabledReason = "guests run on Linux")
class MeasureGuestCommandTest {
    private static final String ABOUT =
            """
            echo SeaBIOS
            echo SP-ABOUT,kernel,6.1.0-99-cloud-amd64
            echo SP-ABOUT,cpu,QEMU TCG CPU
            """;
    private static final String FIGURES =
            """
            cat <<'END'
            SP,synchronize_rcu,idle,1,ns,12000954
            SP,synchronize_rcu_expedited,idle,1,instructions,6324
            SP,percpu_ref kill to release,idle,1,ns,11999717
            SP,swapoff's wait,idle,1,ns,11999720
            SP,swapoff's wait,idle; rcu_expedited=1,1,ns,11999706
            SP,synchronize_rcu,idle; rcu_expedited=1,1,ns,6346
            SP,stop_machine(NULL),idle,1,instructions,4621
            SP,stop_machine(all),idle,1,instructions,4604
            SP,1000 shared atomic pairs,idle,1,instructions,4056
            SP,1000 percpu_ref pairs,idle,1,instructions,42061
            SP,of it synchronize_rcu,0 readers; traced,1,ns,10020350
            SP,swapoff by the function graph,0 readers; traced,1,ns,15313750
            END
            """;
    private static final String DONE = "echo SP,done\n";

    @TempDir Path folder;

    @BeforeEach
    void image() throws IOException {
        Files.createDirectory(folder.resolve("image"));
        Files.writeString(folder.resolve("image/vmlinuz"), "");
        Files.writeString(folder.resolve("image/initramfs.gz"), "");
        Files.writeString(
                folder.resolve("image/about"), "hz: 250\nconfiguration: HZ=250\npackage: linux\n");
    }

    @Test
    void aRunIsAFileThatLoadsAndSaysHowItWasMade() throws IOException {
        assertThat(run(ABOUT + FIGURES + DONE)).isEqualTo(ExitCode.FINE);
        var found = Measurements.load(out());
        assertThat(found.rows()).hasSize(12);
        assertThat(found.provenance().kernel()).isEqualTo("6.1.0-99-cloud-amd64");
        assertThat(found.provenance().environment()).contains("icount");
        assertThat(found.provenance().command())
                .isEqualTo("./stillpoint measure guest --mode icount --samples 200");
    }

    @Test
    void twoRunsThatAreTheSameAreFine() {
        assertThat(run(ABOUT + FIGURES + DONE, "--twice")).isEqualTo(ExitCode.FINE);
    }

    @Test
    void twoRunsThatDifferAreFound() {
        assertThat(run(ABOUT + FIGURES + "echo SP,noise,idle,1,ns,$$\n" + DONE, "--twice"))
                .isEqualTo(ExitCode.FOUND);
    }

    @Test
    void aFigureOutOfShapeIsFoundAndTheFileIsThere() {
        assertThat(run(ABOUT + FIGURES.replace("12000954", "10900000") + DONE))
                .isEqualTo(ExitCode.FOUND);
        assertThat(out()).exists();
    }

    @Test
    void aPanicKeepsWhatWasMeasuredBesideTheFile() {
        assertThat(run(ABOUT + FIGURES + "echo '[1.2] Kernel panic - not syncing: Oops'\n"))
                .isEqualTo(ExitCode.MISSING);
        assertThat(out()).doesNotExist();
        assertThatThrownBy(() -> Measurements.load(folder.resolve("out.csv.partial")))
                .hasMessageContaining("was interrupted");
    }

    @Test
    void aModuleThatDoesNotLoadIsMissingAndWritesNothing() {
        assertThat(run(ABOUT + "echo 'SP-FAILED,the module does not load: bad magic'\n"))
                .isEqualTo(ExitCode.MISSING);
        assertThat(folder.resolve("out.csv.partial")).doesNotExist();
    }

    @Test
    void allThatAGuestPrintedIsKept() throws IOException {
        run(ABOUT + FIGURES + DONE);
        assertThat(Files.readString(folder.resolve("cache/console-icount.txt")))
                .startsWith("SeaBIOS\n");
    }

    @Test
    void withoutKvmSeveralCpusAreEmulatedAndTheFileSaysWhy() throws IOException {
        assertThat(run(ABOUT + FIGURES + DONE, "--mode", "smp", "--cpus", "64"))
                .isEqualTo(ExitCode.FINE);
        var provenance = Measurements.load(out()).provenance();
        assertThat(provenance.environment()).isEqualTo("qemu tcg smp, emulated, overcommitted");
        assertThat(provenance.more().get("kvm")).contains("is not there");
        assertThat(run(DONE, "--mode", "smp", "--accel", "kvm")).isEqualTo(ExitCode.MISSING);
    }

    @Test
    void whereKvmDoesNotBootTheGuestIsEmulated() throws IOException {
        Files.writeString(folder.resolve("kvm"), "");
        String script = "case \"$*\" in *kvm*) echo 'no KVM, really'; exit 1 ;; esac\n";
        assertThat(run(script + ABOUT + FIGURES + DONE, "--mode", "smp")).isEqualTo(ExitCode.FINE);
        assertThat(Measurements.load(out()).provenance().more().get("kvm"))
                .contains("no KVM, really");
    }

    @Test
    void whereKvmBootsItIsUsed() throws IOException {
        Files.writeString(folder.resolve("kvm"), "");
        assertThat(run(ABOUT + FIGURES + DONE, "--mode", "smp", "--cpus", "1"))
                .isEqualTo(ExitCode.FINE);
        assertThat(Measurements.load(out()).provenance().environment()).isEqualTo("qemu kvm smp");
    }

    @Test
    void patchedKernelsAreToldApartByTheirConditions() throws IOException {
        assertThat(patched(ABOUT + "echo SP,swapoff,2 readers,1,ns,9\n" + DONE))
                .isEqualTo(ExitCode.FINE);
        var found = Measurements.load(out());
        assertThat(found.rows())
                .extracting(Measured::condition)
                .containsExactly(
                        "percpu-ref; 2 readers",
                        "rcu; 2 readers",
                        "stop; 2 readers",
                        "stop-posted; 2 readers",
                        "mutation; 2 readers");
        assertThat(found.provenance().more()).containsKey("design mutation");
    }

    @Test
    void aPatchedKernelThatFailsKeepsTheOnesBeforeIt() {
        String mistake =
                "case \"$*\" in *stop/*) echo '[1.2] BUG: scheduling while atomic'; exit ;; esac\n";
        assertThat(patched(ABOUT + "echo SP,swapoff,2 readers,1,ns,9\n" + mistake + DONE))
                .isEqualTo(ExitCode.MISSING);
        assertThat(out()).doesNotExist();
        assertThat(folder.resolve("out.csv.partial")).content().contains("rcu; 2 readers");
    }

    @Test
    void wrongWordsAreUsage() {
        assertThat(run(DONE, "--mode", "fast")).isEqualTo(ExitCode.USAGE);
        assertThat(run(DONE, "--cpus", "2")).isEqualTo(ExitCode.USAGE);
        assertThat(run(DONE, "--mode", "smp", "--twice")).isEqualTo(ExitCode.USAGE);
        assertThat(run(DONE, "--samples", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFolderWithoutAGuestIsMissing() {
        assertThat(run(DONE, "--image", folder.toString())).isEqualTo(ExitCode.MISSING);
    }

    @Test
    void aScriptThatFailsEndsWithItsReasonAndItsCode() throws IOException {
        script("scripts/prepare.sh", "echo 'no gcc; install it' >&2; exit 69");
        assertThatThrownBy(() -> guests().prepared("prepare.sh"))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        e -> {
                            assertThat(e.message()).isEqualTo("no gcc; install it");
                            assertThat(e.exitCode()).isEqualTo(ExitCode.MISSING);
                        });
    }

    private int run(String script, String... words) {
        script("qemu", "[ \"$1\" != --version ] || { echo QEMU 9; exit; }\n" + script);
        var all = new ArrayList<>(List.of("--out", out().toString(), "--image", folder + "/image"));
        all.addAll(List.of(words));
        return Main.run(new MeasureGuestCommand(guests(), Host.here()), all.toArray(String[]::new));
    }

    private int patched(String script) {
        script("qemu", "[ \"$1\" != --version ] || { echo QEMU 9; exit; }\n" + script);
        for (String design : List.of("percpu-ref", "rcu", "stop", "stop-posted", "mutation"))
            try {
                Path image = Files.createDirectories(folder.resolve("built/" + design));
                for (String name : List.of("vmlinuz", "initramfs.gz", "about"))
                    Files.copy(folder.resolve("image/" + name), image.resolve(name));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        return Main.run(
                new MeasurePatchedCommand(guests(), Host.here()),
                "--image",
                folder + "/built",
                "--out",
                out().toString());
    }

    private Guests guests() {
        return new Guests(
                folder.resolve("scripts"),
                folder.resolve("cache"),
                folder.resolve("qemu").toString(),
                folder.resolve("kvm"),
                Host.here());
    }

    private void script(String name, String body) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + body);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path out() {
        return folder.resolve("out.csv");
    }
}
