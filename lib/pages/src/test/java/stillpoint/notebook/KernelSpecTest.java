package stillpoint.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where kernels are found, and which kernelspecs are refused.
class KernelSpecTest {
    @TempDir Path folder;

    private Path spec(String name, String json) throws Exception {
        Path home = Files.createDirectories(folder.resolve("kernels").resolve(name));
        Files.writeString(home.resolve("kernel.json"), json);
        return home;
    }

    @Test
    void aKernelIsReadWithItsCommandAndItsWayToInterrupt() throws Exception {
        var spec =
                KernelSpec.read(
                        spec(
                                "some",
                                "{\"argv\":[\"java\",\"-Dr={resource_dir}\",\"{connection_file}\"],\"display_name\":\"Some\",\"env\":{\"A\":\"b\"},\"interrupt_mode\":\"message\"}"));
        assertThat(spec.command(Path.of("/tmp/c d.json")))
                .containsExactly("java", "-Dr=" + folder.resolve("kernels/some"), "/tmp/c d.json");
        assertThat(spec.interrupt()).isEqualTo(KernelSpec.Interrupt.MESSAGE);
        assertThat(spec.environment()).containsEntry("A", "b");
    }

    @Test
    void theFirstFolderThatHasItWinsAndAMissingOneIsNamedWithAllFolders() throws Exception {
        spec("some", "{\"argv\":[\"{connection_file}\"]}");
        assertThat(KernelSpec.find("some", List.of(folder.resolve("no"), folder)).folder()).startsWith(folder);
        assertThatThrownBy(() -> KernelSpec.find("other", List.of(folder)))
                .hasMessageContainingAll("other: no such kernel", folder.resolve("kernels").toString(), "./stillpoint kernel install");
    }

    @Test
    void aSpecThatCannotStartAKernelIsRefused() throws Exception {
        assertThatThrownBy(() -> KernelSpec.read(spec("a", "{\"argv\":[\"java\"]}"))).hasMessageContainingAll("argv [java]", "{connection_file}", "kernel install");
        assertThatThrownBy(() -> KernelSpec.read(spec("b", "no json"))).hasMessageContainingAll("kernel.json: not a readable kernelspec", "kernel install");
    }

    @Test
    void theFoldersAreThoseOfJupyterInItsOrder() {
        assertThat(KernelSpec.searchPath(Map.of("JUPYTER_PATH", "/a" + java.io.File.pathSeparator + "/b", "VIRTUAL_ENV", "/v"), Path.of("/home/u")))
                .startsWith(Path.of("/a"), Path.of("/b"), Path.of("/v/share/jupyter"), Path.of("/home/u/.local/share/jupyter"));
    }
}
