package stillpoint.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs [ReaderStress] in jcstress: no reader of a right scheme reads what is destroyed, and the
/// same runs meet readers of the wrong ones that do. Takes some minutes.
@Tag("slow")
class ReaderStressTest {
    /// A reader stays some hundred nanoseconds in its section, so that a store which is still on
    /// its way when the writer looks can be on its way when the writer destroys.
    private static final List<String> WORDS =
            List.of(
                    "-m",
                    "quick",
                    "-sc",
                    "false",
                    "-af",
                    "NONE",
                    "-f",
                    "1",
                    "-iters",
                    "1",
                    "-time",
                    "700",
                    "-v",
                    "-jvmArgsPrepend",
                    "-Dstillpoint.dwell=16 --enable-native-access=ALL-UNNAMED");

    @TempDir static Path folder;

    private static String said = "";

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-cp");
        words.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        words.add("org.openjdk.jcstress.Main");
        words.addAll(WORDS);
        words.addAll(List.of("-t", ReaderStress.class.getName(), "-r", folder.toString()));
        Process process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        said = said.substring(Math.max(0, said.indexOf("RUN RESULTS:")));
    }

    @Test
    void noReaderOfARightSchemeReadsWhatIsDestroyed() {
        assertThat(said).contains("Failed tests: No matches.").contains("Error tests: No matches.");
    }

    @Test
    void everySchemeWasTried() {
        for (Class<?> each : ReaderStress.class.getDeclaredClasses())
            if (each.isAnnotationPresent(org.openjdk.jcstress.annotations.JCStressTest.class))
                assertThat(samples(each.getSimpleName(), "-?1")).isPositive();
    }

    @Test
    void aReaderWithoutAnyProtectionReadsWhatIsDestroyed() {
        assertThat(samples("WrongWithoutAnything", "0")).isPositive();
    }

    @Test
    void withoutMembarrierAnEpochDoesNotProtect() {
        assumeThat(samples("WrongWithoutMembarrier", "0"))
                .as("a few in a million on a machine with two free CPUs: none was met here")
                .isPositive();
    }

    /// How often a case showed an outcome, over all of its runs.
    private static long samples(String test, String outcome) {
        int at = said.indexOf("ReaderStress." + test + "\n");
        if (at < 0) return 0;
        Matcher line = Pattern.compile("(?m)^ +" + outcome + " +([0-9,]+) +[<0-9]").matcher(said);
        return line.find(at) ? Long.parseLong(line.group(1).replace(",", "")) : 0;
    }
}
