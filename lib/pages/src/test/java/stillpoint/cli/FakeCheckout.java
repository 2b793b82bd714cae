package stillpoint.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A checkout in a temporary folder, whose kernel is [stillpoint.notebook.FakeKernel]: cells are its
/// scripts.
///
/// @param root its path has a blank, as a user's may
record FakeCheckout(Path root) {
    static FakeCheckout in(Path folder) throws IOException {
        var checkout = new FakeCheckout(Files.createDirectories(folder.resolve("a checkout")));
        Path built = Files.createDirectories(checkout.root.resolve("target/stillpoint"));
        String path = System.getProperty("java.class.path");
        Files.writeString(built.resolve("classpath"), path + "\n" + path + "\n");
        Path parts = Files.createDirectories(checkout.root.resolve("environment/kernelspec"));
        Files.writeString(
                parts.resolve("jvm-options"), "# for tests\n-XX:TieredStopAtLevel=1\n-XX:+UseSerialGC\n");
        Files.createFile(checkout.root.resolve("stillpoint"));
        Files.createDirectories(checkout.notebooks());
        return checkout;
    }

    Path notebooks() {
        return root.resolve("notebooks");
    }

    Path site() {
        return root.resolve("site");
    }

    /// A notebook that was never run: a heading with its name, then code cells c1, c2 ...
    Path notebook(String name, String... sources) throws IOException {
        var cells = new StringBuilder();
        cells.append(
                "{\"cell_type\":\"markdown\",\"id\":\"title\",\"metadata\":{},\"source\":\"# About "
                        + name
                        + "\\n\\nWhat it says.\"}");
        for (int i = 0; i < sources.length; i++)
            cells.append(
                    ",{\"cell_type\":\"code\",\"id\":\"c"
                            + (i + 1)
                            + "\",\"metadata\":{},\"execution_count\":null,\"outputs\":[],\"source\":\""
                            + sources[i].replace("\n", "\\n")
                            + "\"}");
        return Files.writeString(
                notebooks().resolve(name + ".ipynb"),
                "{\"cells\":[" + cells + "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}");
    }

    /// What a command printed, and its exit code.
    record Ran(int exitCode, String out, String err) {}

    Ran run(String... words) {
        return run(List.of(), words);
    }

    Ran run(List<GeneratedPage> generated, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream ownOut = System.out;
        PrintStream ownErr = System.err;
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            int exitCode = Main.run(new RunCommand(new Checkout(root), generated), words);
            return new Ran(exitCode, out.toString(UTF_8), err.toString(UTF_8));
        } finally {
            System.setOut(ownOut);
            System.setErr(ownErr);
        }
    }

    /// Every file of a folder by name, hidden ones too.
    static List<String> files(Path folder) throws IOException {
        if (!Files.exists(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }
}
