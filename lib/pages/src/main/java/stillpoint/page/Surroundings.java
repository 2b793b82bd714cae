package stillpoint.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Reads off the machine what a [Provenance] needs. What cannot be read is said to be unknown,
/// never guessed.
public final class Surroundings {
    private static final String UNKNOWN = "unknown";

    private Surroundings() {}

    /// Where this process runs, for a checkout in `folder`: everything but the notebook, its
    /// parameters and its times.
    public static Provenance of(Path folder, String product, String licence) {
        return new Provenance(
                product,
                commit(folder),
                "",
                "",
                "",
                System.getProperty("java.vendor", UNKNOWN)
                        + " "
                        + System.getProperty("java.runtime.version", UNKNOWN),
                System.getProperty("os.name", UNKNOWN)
                        + " "
                        + System.getProperty("os.version", UNKNOWN)
                        + " "
                        + System.getProperty("os.arch", UNKNOWN),
                cpu(Path.of("/proc/cpuinfo")),
                Runtime.getRuntime().availableProcessors(),
                date(Optional.ofNullable(System.getenv("SOURCE_DATE_EPOCH"))),
                new TreeMap<>(),
                List.of(),
                licence);
    }

    /// SHA-256 of a file's bytes in hex.
    public static String hash(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// The time to print: `epoch` in seconds when given (SOURCE_DATE_EPOCH of
    /// reproducible-builds.org), else now.
    static Instant date(Optional<String> epoch) {
        if (epoch.isEmpty() || epoch.get().isBlank()) return Instant.now();
        try {
            return Instant.ofEpochSecond(Long.parseLong(epoch.get().strip()));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "SOURCE_DATE_EPOCH = "
                            + epoch.get()
                            + ": it is a number of seconds since 1970-01-01 UTC; unset it or try 1795305600",
                    e);
        }
    }

    /// The first model name in Linux's cpuinfo.
    static String cpu(Path cpuinfo) {
        try (var lines = Files.lines(cpuinfo, StandardCharsets.UTF_8)) {
            return lines.filter(l -> l.startsWith("model name") && l.contains(":"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch", UNKNOWN));
        } catch (IOException | java.io.UncheckedIOException e) {
            return System.getProperty("os.arch", UNKNOWN);
        }
    }

    /// The commit checked out in `folder`, by git itself.
    static Optional<Provenance.Commit> commit(Path folder) {
        return git(folder, "rev-parse", "HEAD")
                .map(String::strip)
                .filter(h -> h.matches("[0-9a-f]{40,64}"))
                .map(h ->
                        new Provenance.Commit(
                                h,
                                git(folder, "status", "--porcelain", "--untracked-files=no")
                                        .map(s -> !s.isBlank())
                                        .orElse(true)));
    }

    private static Optional<String> git(Path folder, String... arguments) {
        var command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(out) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
