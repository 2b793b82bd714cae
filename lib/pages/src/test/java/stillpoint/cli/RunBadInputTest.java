package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `run` where something is wrong: one message that names the value, the rule and the way on, an
/// exit code, and notebooks as they were.
@Timeout(60)
class RunBadInputTest {
    @TempDir Path folder;

    private FakeCheckout checkout;

    @BeforeEach
    void aCheckout() throws Exception {
        checkout = FakeCheckout.in(folder);
    }

    @AfterEach
    void noKernelStaysBehind() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    private void refuses(FakeCheckout.Ran ran, int exitCode, String... words) {
        assertThat(ran.err()).startsWith("stillpoint: ").contains(words).doesNotContain("\tat ");
        assertThat(ran.exitCode()).isEqualTo(exitCode);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void anUnknownNotebookIsNamedWithTheListOfThoseThereAre() throws Exception {
        checkout.notebook("01-one", "print a");
        checkout.notebook("02-two", "print a");
        for (String word : List.of("three", "3", "no/such.ipynb", "three.ipynb", ""))
            refuses(checkout.run(word), ExitCode.USAGE, word + ": no such notebook", "01-one, 02-two");
        assertThat(checkout.site()).doesNotExist();
    }

    @Test
    void aNumberThatTwoNotebooksHaveIsRefused() throws Exception {
        checkout.notebook("01-one", "print a");
        checkout.notebook("1-uno", "print a");
        refuses(checkout.run("1"), ExitCode.USAGE, "1: more than one notebook", "01-one, 1-uno");
    }

    @Test
    void anUnknownOptionAndABudgetOutOfRangeAreUsageErrors() throws Exception {
        checkout.notebook("01-one", "print a");
        refuses(checkout.run("--uptade"), ExitCode.USAGE, "--uptade: no such option", "--update");
        refuses(checkout.run("--budget", "0"), ExitCode.USAGE, "budget = 0", "1 to 86400");
        refuses(checkout.run("--workers", "x"), ExitCode.USAGE, "workers = x", "1 to 64");
    }

    @Test
    void anEmptyOrMissingFolderOfNotebooksSaysSo() throws Exception {
        refuses(checkout.run(), ExitCode.BAD_INPUT, checkout.notebooks() + ": no notebook (*.ipynb) in it", "by its path");
        Files.delete(checkout.notebooks());
        refuses(checkout.run(), ExitCode.BAD_INPUT, "no notebook");
        refuses(checkout.run("1"), ExitCode.USAGE, "1: no such notebook", "there are none");
    }

    @Test
    void aNotebookThatIsNotJsonIsNamedBeforeAnythingRuns() throws Exception {
        checkout.notebook("01-one", "print a");
        Files.writeString(checkout.notebooks().resolve("02-two.ipynb"), "{\"cells\": [,]}");
        refuses(checkout.run(), ExitCode.BAD_INPUT, "02-two.ipynb: not JSON (line 1, column 12", "git checkout");
        assertThat(checkout.site()).doesNotExist();
    }

    @Test
    void aNotebookOfAnOlderFormatSaysHowToConvertIt() throws Exception {
        Path old = checkout.notebooks().resolve("old.ipynb");
        Files.writeString(old, "{\"worksheets\":[],\"metadata\":{},\"nbformat\":3,\"nbformat_minor\":0}");
        refuses(checkout.run(), ExitCode.BAD_INPUT, "old.ipynb: nbformat 3", "reads nbformat 4", "jupyter nbconvert");
    }

    @Test
    void aSiteThatCannotBeWrittenIsRefusedBeforeAnythingRuns() throws Exception {
        checkout.notebook("01-one", "print a");
        Path file = Files.writeString(folder.resolve("taken"), "mine");
        refuses(checkout.run("--site", file.toString()), ExitCode.UNWRITABLE, "pages need a folder", "taken is a file", "--site");
        assertThat(Files.readString(file)).isEqualTo("mine");
        Path readOnly = Path.of("/proc/self/site");
        if (Files.isDirectory(readOnly.getParent()))
            refuses(checkout.run("--site", readOnly.toString()), ExitCode.UNWRITABLE, readOnly.toString(), "choose another with --site");
    }

    @Test
    void aNotebookWhosePageWouldBeTheIndexIsRefused() throws Exception {
        checkout.notebook("index", "print a");
        refuses(checkout.run(), ExitCode.BAD_INPUT, "index.ipynb", "index.html", "rename the notebook");
    }

    @Test
    void nothingBuiltIsSaidWithTheCommandThatBuilds() throws Exception {
        checkout.notebook("01-one", "print a");
        Files.delete(checkout.root().resolve("target/stillpoint/classpath"));
        refuses(checkout.run(), ExitCode.MISSING, "no class path of a build", "./stillpoint");
    }

    @Test
    void aCellThatNeverEndsIsStoppedAtItsBudgetAndItsPageIsWritten() throws Exception {
        checkout.notebook("01-one", "forever", "print next");
        var ran = checkout.run("--budget", "1");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(ran.out()).contains("cell 1", "timed out", "budget of 1 s", "budgetSeconds", "1 cell after it not run");
        assertThat(Files.readString(checkout.site().resolve("01-one.html"))).contains("begun");
    }

    @Test
    void aKernelThatDiesInMidCellFailsItsNotebookAndNotTheNext() throws Exception {
        Path first = checkout.notebook("01-one", "print before\ndie 137");
        checkout.notebook("02-two", "print after");
        String before = Files.readString(first);
        var ran = checkout.run("--update");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(ran.out()).contains("01-one.ipynb: cell 1", "kernel died", "exit code 137", "memory", "1 failed");
        assertThat(ran.err()).contains("02-two  1 of 1 cells ok");
        assertThat(Files.readString(checkout.site().resolve("01-one.html"))).contains("before", "kernel died");
        assertThat(Files.readString(first)).isEqualTo(before);
    }

    @Test
    void aCellThatCallsSystemExitIsNamedAsTheOneThatEndedTheKernel() throws Exception {
        checkout.notebook("01-one", "die 0", "print next");
        var ran = checkout.run();
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(ran.out()).contains("cell 1", "kernel died", "exit code 0", "System.exit");
    }

    @Test
    void aKernelThatDoesNotStartIsSaidOnTheTerminalAndOnThePage() throws Exception {
        checkout.notebook("01-one", "print a");
        Files.writeString(checkout.root().resolve("environment/kernelspec/jvm-options"), "-XX:NoSuchOption\n");
        var ran = checkout.run();
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(ran.out()).contains("01-one.ipynb", "ended before it answered", "NoSuchOption");
        assertThat(Files.readString(checkout.site().resolve("01-one.html"))).contains("could not be run", "NoSuchOption");
        assertThat(Files.readString(checkout.site().resolve("index.html"))).contains("class=\"failed\"");
    }
}
