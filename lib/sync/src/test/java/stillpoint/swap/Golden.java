package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Exact counts that are reviewed as data: `data/golden/`. Written anew by the command in their
/// first line.
public final class Golden {
    private static final Path FOLDER = Path.of("../../data/golden");
    private static final String HEADER =
            "# Regenerate: mvn -q -Dquick -pl lib/sync test -Dexcluded.tests= -Dgolden.update=true (then read the diff).";

    private Golden() {}

    /// Whether the files are to be written anew.
    public static boolean updates() {
        return Boolean.getBoolean("golden.update");
    }

    /// The lines are those of the file with this name.
    public static void matches(String name, List<String> lines) throws IOException {
        if (updates()) write(name, lines);
        assertThat(lines.stream().filter(line -> !line.startsWith("#")))
                .containsExactlyElementsOf(read(name));
    }

    /// The lines of the file with this name, without comments.
    public static List<String> read(String name) throws IOException {
        return Files.readAllLines(FOLDER.resolve(name)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /// Writes the file with this name anew.
    public static void write(String name, List<String> lines) throws IOException {
        Files.write(
                FOLDER.resolve(name), Stream.concat(Stream.of(HEADER), lines.stream()).toList());
    }
}
