package stillpoint.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// How Jupyter starts our kernel: the content of a `kernel.json`.
///
/// It names a JDK and jars of one checkout by absolute paths, so it goes stale when that checkout
/// moves or changes; `metadata.stillpoint` remembers both, so that a stale one can be told from a
/// current one.
///
/// @param argv the command line, ending with Jupyter's `{connection_file}`
/// @param home the checkout it belongs to
record Kernelspec(List<String> argv, Path home) {
    static final String NAME = "stillpoint";
    static final String DISPLAY_NAME = "Java (Stillpoint)";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    Kernelspec {
        argv = List.copyOf(argv);
    }

    /// The spec that belongs to this checkout as it is built now, on the JDK of this process.
    static Kernelspec of(Checkout checkout) {
        var argv = new ArrayList<String>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(flags(checkout));
        argv.add("-cp");
        argv.add(checkout.kernelClassPath());
        argv.add("stillpoint.kernel.Main");
        argv.add("{connection_file}");
        return new Kernelspec(argv, checkout.root());
    }

    /// The JVM's options, one a line in a file that the training of the start-up cache reads too: a
    /// cache serves only the flags that it was made with.
    private static List<String> flags(Checkout checkout) {
        Path file = checkout.kernelspecParts().resolve("jvm-options");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.strip().replace("${home}", checkout.root().toString()))
                    .toList();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.MISSING,
                    file
                            + ": cannot be read, and the kernel's options are in it; restore the checkout");
        }
    }

    /// A short hash over everything that the JVM is started with.
    String build() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\n", argv).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }

    /// The text of `kernel.json`.
    String json() {
        ObjectNode spec = JSON.createObjectNode();
        argv.forEach(spec.putArray("argv")::add);
        spec.put("display_name", DISPLAY_NAME);
        spec.put("language", "java");
        spec.put("interrupt_mode", "message");
        spec.putObject("env");
        ObjectNode ours = spec.putObject("metadata").putObject(NAME);
        ours.put("home", home.toString());
        ours.put("build", build());
        try {
            return JSON.writeValueAsString(spec) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("strings are always writable as JSON", e);
        }
    }

    /// Why the spec in a folder is not the one that this checkout would write: the middle of a
    /// sentence. Empty when it is current, and when it belongs to no Stillpoint at all.
    Optional<String> staleness(Path folder) {
        JsonNode ours = metadata(folder);
        if (ours.isMissingNode()) return Optional.empty();
        Path from = Path.of(ours.path("home").asText());
        if (!Files.exists(from.resolve("stillpoint")))
            return Optional.of("starts a checkout at " + from + ", which is not there any more");
        if (!from.equals(home)) return Optional.of("starts another checkout, " + from);
        if (!ours.path("build").asText().equals(build()))
            return Optional.of("was written by an older build of this checkout");
        return Optional.empty();
    }

    /// Whether a folder holds a kernelspec that a Stillpoint wrote.
    static boolean isOurs(Path folder) {
        return !metadata(folder).isMissingNode();
    }

    private static JsonNode metadata(Path folder) {
        try {
            return JSON.readTree(folder.resolve("kernel.json").toFile())
                    .path("metadata")
                    .path(NAME);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
