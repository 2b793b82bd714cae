package stillpoint.notebook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Notebooks and kernelspecs for tests.
final class Fakes {
    private Fakes() {}

    /// Short budgets, so that a test of impatience is short.
    static final RunOptions SHORT =
            new RunOptions(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1),
                    100_000,
                    1);

    static ObjectNode metadata() {
        return NotebookFile.JSON.createObjectNode();
    }

    static ObjectNode tagged(String tag) {
        ObjectNode metadata = metadata();
        metadata.putArray("tags").add(tag);
        return metadata;
    }

    static Cell.Code code(String id, String source) {
        return code(id, source, metadata());
    }

    static Cell.Code code(String id, String source, ObjectNode metadata) {
        return new Cell.Code(id, source, metadata, OptionalInt.empty(), List.of());
    }

    /// A notebook of code cells c1, c2 ...
    static Notebook notebook(String... sources) {
        var cells = new ArrayList<Cell>();
        for (String source : sources) cells.add(code("c" + (cells.size() + 1), source));
        return new Notebook(cells, metadata());
    }

    /// A kernelspec for [FakeKernel] with habits, written to disk and read back.
    static KernelSpec kernel(Path folder, String... habits) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var argv =
                new ArrayList<String>(
                        List.of(
                                java.toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FakeKernel.class.getName()));
        argv.addAll(List.of(habits));
        argv.add("{connection_file}");
        var json = new ObjectMapper().createObjectNode();
        json.put("display_name", "Fake").put("language", "script").put("interrupt_mode", "message");
        argv.forEach(json.putArray("argv")::add);
        json.putObject("env").put("FAKE_MARK", folder.resolve("mark").toString());
        Path home = Files.createDirectories(folder.resolve("kernels").resolve("fake"));
        Files.writeString(home.resolve("kernel.json"), json.toString());
        return KernelSpec.read(home);
    }
}
