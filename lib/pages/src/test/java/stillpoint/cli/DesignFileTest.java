package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check MyDesign.java`: a reader's own designs, from a source file to a verdict.
class DesignFileTest {
    private static final String HEAD =
            "import stillpoint.program.Cpu;\nimport stillpoint.swap.*;\n";
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir Path folder;

    @BeforeEach
    void capture() {
        var both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @AfterEach
    void release() {
        System.setOut(out);
        System.setErr(err);
    }

    private String file(String source) throws IOException {
        return Files.writeString(folder.resolve("Mine.java"), source).toString();
    }

    /// A class that changes what the readers of V7 do last.
    private static String putting(String name, String body) {
        return "class "
                + name
                + " extends StopMachineV7 {\n"
                + "    public void putSwapDevice(Cpu cpu, SwapDevice p) {\n"
                + body
                + "\n    }\n}\n";
    }

    private int check(String file, String... more) {
        var words = new ArrayList<>(List.of("check", file, "--readers", "1"));
        words.addAll(List.of(more));
        return Main.run(words.toArray(String[]::new));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String replayString() {
        Matcher found = Pattern.compile("replay: (\\S+)").matcher(text());
        assertThat(found.find()).as(text()).isTrue();
        return found.group(1);
    }

    @Test
    void theExampleOfTheHelpIsSafeWhereTheFlavoursOfRcuAreOneAndBrokenBefore() throws IOException {
        String example = file(String.join("\n", DesignFile.EXAMPLE));
        assertThat(check(example)).isEqualTo(ExitCode.FINE);
        assertThat(check(example, "--config", "preempt-y-4.19")).isEqualTo(ExitCode.FOUND);
    }

    @Test
    void itHasTheVerdictAndTheCountsOfTheBuiltInDesignThatDoesTheSame() throws IOException {
        check(file(HEAD + putting("Mine", "cpu.preemptEnable();")), "--json");
        String own = text();
        printed.reset();
        check("D8", "--json");
        assertThat(own.replaceAll("\"subject.*|.*(seconds|bytesPer).*", ""))
                .isEqualTo(text().replaceAll("\"subject.*|.*(seconds|bytesPer).*", ""));
    }

    @Test
    void itsReplayStringShowsTheRunAgain() throws IOException {
        String mine = file(HEAD + "class Mine extends Unprotected {}");
        assertThat(check(mine)).isEqualTo(ExitCode.FOUND);
        String string = replayString();
        assertThat(string).startsWith("Mine.java#Mine:ssd:1:");
        assertThat(Main.run("replay", mine, string)).isEqualTo(ExitCode.FOUND);
    }

    @Test
    void aStringOfAnotherDesignIsRefused() throws IOException {
        String mine = file(HEAD + "class Mine extends Unprotected {}");
        assertThat(Main.run("replay", mine, "D0:ssd:1:preempt-y-4.20:0x2")).isEqualTo(64);
        assertThat(text()).contains("design D0: the string does not belong to", "Mine.java#Mine");
    }

    @Test
    void aStringOfADesignFromAFileWithoutTheFileSaysWhereTheFileGoes() {
        assertThat(Main.run("replay", "Mine.java#Mine:ssd:1:preempt-y-4.20:0x2")).isEqualTo(64);
        assertThat(text()).contains("put the file before it");
    }

    @Test
    void everyDesignOfAFileIsCheckedThoughOneCannotBe() throws IOException {
        String two =
                "package mine;\n"
                        + HEAD
                        + "public record Good() implements SwapDesign {"
                        + " public String id() { return \"X\"; } public String title() { return \"t\"; }"
                        + " public String source() { return \"s\"; } }\n";
        assertThat(check(file(two + putting("Bad", "")))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(text())
                .contains("violation: Mine.java#Good", "Mine.java#Bad cannot be recorded");
    }

    @Test
    void oneOfSeveralIsNamedBehindAHash() throws IOException {
        String two = file(HEAD + putting("Good", "cpu.preemptEnable();") + putting("Bad", ""));
        assertThat(check(two + "#Good")).isEqualTo(ExitCode.FINE);
        assertThat(check(two + "#Ugly")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(text()).contains("it holds Good, Bad");
    }

    @Test
    void aCompileErrorShowsTheLineAndACaret() throws IOException {
        assertThat(check(file(HEAD + putting("Mine", "        cpu.preemptEnabel();"))))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(text())
                .contains("Mine.java:5: cannot find symbol")
                .contains("            cpu.preemptEnabel();\n               ^");
    }

    @Test
    void aRecordingErrorShowsTheLine() throws IOException {
        String twice = "        cpu.preemptEnable();\n        cpu.preemptEnable(); // again";
        assertThat(check(file(HEAD + putting("Mine", twice)))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(text())
                .contains("preempt_enable() at Mine.java:6 without preempt_disable()", "// again");
    }

    @Test
    void whatADesignThrowsShowsTheLine() throws IOException {
        assertThat(check(file(HEAD + putting("Mine", "        int[] none = new int[-1];"))))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(text()).contains("NegativeArraySizeException", "int[] none");
    }

    @Test
    void javaThatLoopsIsAnsweredWithItsLine() throws IOException {
        String loop = "        while (true) Thread.onSpinWait();";
        assertThat(check(file(HEAD + putting("Mine", loop)), "--seconds", "1"))
                .isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(text()).contains("was not recorded within 1 s", "while (true)");
    }

    @Test
    void javaThatRecursesIsAnsweredWithItsLine() throws IOException {
        assertThat(check(file(HEAD + putting("Mine", "        putSwapDevice(cpu, p);"))))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(text()).contains("calls itself without end", "putSwapDevice(cpu, p);");
    }

    @Test
    void aFileWithoutADesignSaysWhatADesignIs() throws IOException {
        assertThat(check(file("class Mine {}"))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(text()).contains("a class that implements SwapDesign");
    }

    @Test
    void aDesignThatCannotBeMadeSaysWhy() throws IOException {
        String needs = "class Mine extends Unprotected { Mine(int readers) {} }";
        assertThat(check(file(HEAD + needs))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(text()).contains("no constructor without parameters");
    }
}
