package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Exact counts that are reviewed as data: `src/test/resources/stillpoint/swap/`. Written anew by
/// `mvn -Dquick -pl lib/sync test '-Dtest=stillpoint.swap.*Test'
/// -Dsurefire.argLine=-Dstillpoint.golden=write`.
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/stillpoint/swap");

    private Golden() {}

    /// The lines are those of the file with this name.
    static void matches(String name, List<String> lines) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("write".equals(System.getProperty("stillpoint.golden"))) {
            Files.createDirectories(FOLDER);
            Files.write(file, lines);
        }
        assertThat(lines).containsExactlyElementsOf(Files.readAllLines(file));
    }
}
