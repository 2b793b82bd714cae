package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Exact counts that are reviewed as data: `data/golden/`. Written anew by the command in their
/// first line.
final class Golden {
    private static final Path FOLDER = Path.of("../../data/golden");
    private static final String HEADER =
            "# Regenerate: mvn -q -Dquick -pl lib/sync test -Dexcluded.tests= -Dgolden.update=true (then read the diff).";

    private Golden() {}

    /// The lines are those of the file with this name.
    static void matches(String name, List<String> lines) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update"))
            Files.write(file, Stream.concat(Stream.of(HEADER), lines.stream()).toList());
        assertThat(lines.stream().filter(line -> !line.startsWith("#")))
                .containsExactlyElementsOf(recorded(name));
    }

    /// The lines of the file with this name, but for what explains them.
    static List<String> recorded(String name) throws IOException {
        return Files.readAllLines(FOLDER.resolve(name)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
