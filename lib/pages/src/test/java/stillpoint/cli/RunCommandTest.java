package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.page.Block;
import stillpoint.page.PageOf;

/// `run` as a whole: from the words on the command line over a kernel to the files it leaves.
@Timeout(60)
class RunCommandTest {
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

    @Test
    void itRunsEveryNotebookWithProgressAndSaysWhereThePagesAre() throws Exception {
        checkout.notebook("01-one", "print a");
        checkout.notebook("02-two", "print b", "print c");
        var ran = checkout.run("--update");
        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
        assertThat(ran.err())
                .contains("notebook 1/2", "notebook 2/2", "cell 2/2  About 02-two", " s");
        assertThat(ran.out())
                .contains(
                        "pages: " + checkout.site().resolve("index.html"),
                        checkout.site().resolve("01-one.html").toString());
        assertThat(FakeCheckout.files(checkout.site()))
                .containsExactly("01-one.html", "02-two.html", "index.html");
        assertThat(Files.readString(checkout.site().resolve("index.html")))
                .contains("href=\"01-one.html\"", "About 02-two", "2 cells ran");
        assertThat(Files.readString(checkout.site().resolve("01-one.html")))
                .contains("href=\"02-two.html\"");
    }

    @Test
    void whatIsCommittedIsConfirmedByASecondRun() throws Exception {
        checkout.notebook("01-one", "print 4812 interleavings\nmeasured some time");
        checkout.run("--update");
        var ran = checkout.run();
        assertThat(ran.exitCode()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("1 notebook", "all as committed");
    }

    @Test
    void aChangedDigitIsNamedWithNotebookCellAndLine() throws Exception {
        Path notebook =
                checkout.notebook(
                        "01-one", "print first", "print states\nprint 4812 interleavings");
        checkout.run("--update");
        Files.writeString(
                notebook,
                Files.readString(notebook)
                        .replace("4812 inter", "4813 inter")
                        .replace("print 4813", "print 4812"));
        var ran = checkout.run("01-one");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(ran.out())
                .contains(
                        "01-one.ipynb: cell 2 \"About 01-one\" (c2), output 1, stdout, line 2 differs",
                        "committed: 4813 interleavings",
                        "now:       4812 interleavings",
                        "./stillpoint run --update 01-one");
    }

    @Test
    void aNotebookWithoutCommittedOutputsSaysSoOnce() throws Exception {
        checkout.notebook("01-one", "print a", "print b");
        var ran = checkout.run();
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(ran.out())
                .containsOnlyOnce("01-one.ipynb: no outputs are committed")
                .doesNotContain("differs:");
    }

    @Test
    void aMeasuredFigureIsNeverCompared() throws Exception {
        checkout.notebook("01-one", "measured a search");
        checkout.run("--update");
        String page = Files.readString(checkout.site().resolve("01-one.html"));
        assertThat(checkout.run().exitCode()).isZero();
        assertThat(Files.readString(checkout.site().resolve("01-one.html"))).isNotEqualTo(page);
    }

    @Test
    void aFailingCellIsNamedAndItsPageIsWritten() throws Exception {
        checkout.notebook("01-one", "print before\nraise Oops / by zero", "print never");
        var ran = checkout.run();
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(ran.out())
                .contains(
                        "01-one.ipynb",
                        "cell 1",
                        "(c1)",
                        "Oops: / by zero",
                        "1 cell after it not run",
                        "1 failed");
        assertThat(Files.readString(checkout.site().resolve("01-one.html")))
                .contains("before", "Oops", "Not run.", "The run stopped at");
        assertThat(Files.readString(checkout.site().resolve("index.html")))
                .contains("class=\"failed\"");
    }

    @Test
    void aFailureLeavesEveryNotebookAsItWas() throws Exception {
        Path good = checkout.notebook("01-good", "print new");
        Path bad = checkout.notebook("02-bad", "raise Oops no");
        String before = Files.readString(good) + Files.readString(bad);
        var ran = checkout.run("--update");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(ran.out()).contains("no notebook was updated");
        assertThat(Files.readString(good) + Files.readString(bad)).isEqualTo(before);
    }

    @Test
    void aSecondUpdateChangesNoByte() throws Exception {
        Path notebook = checkout.notebook("01-one", "print a\nmeasured b");
        checkout.run("--update");
        String first = Files.readString(notebook);
        checkout.run("--update");
        assertThat(Files.readString(notebook)).isEqualTo(first);
        assertThat(FakeCheckout.files(checkout.notebooks())).containsExactly("01-one.ipynb");
    }

    @Test
    void aNotebookThatIsEditedWhileItRunsIsNotOverwritten() throws Exception {
        Path notebook = checkout.notebook("01-one", "touch " + "01-one.ipynb");
        var ran = checkout.run("--update");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNWRITABLE);
        assertThat(ran.err()).contains("01-one.ipynb: edited while it ran", "run it again");
        assertThat(ran.out()).contains("no notebook was updated").doesNotContain("up to date");
        assertThat(Files.readString(notebook)).contains("edited meanwhile");
        assertThat(FakeCheckout.files(checkout.site())).contains("01-one.html");
    }

    @Test
    void aNotebookIsMeantByNameStemNumberOrPath() throws Exception {
        checkout.notebook("01-one", "print a");
        Path two = checkout.notebook("02-two", "print b");
        for (String word : List.of("02-two.ipynb", "02-two", "2", "02", two.toString()))
            assertThat(checkout.run(word).err())
                    .contains("notebook 1/1")
                    .contains("02-two.ipynb")
                    .doesNotContain("01-one");
    }

    @Test
    void aNotebookFromElsewhereHasAPageToo() throws Exception {
        Path own = Files.createDirectories(folder.resolve("own work"));
        Path mine = Files.move(checkout.notebook("mine", "print a"), own.resolve("mine.ipynb"));
        assertThat(checkout.run("--update", mine.toString()).exitCode()).isZero();
        assertThat(FakeCheckout.files(checkout.site())).containsExactly("index.html", "mine.html");
    }

    @Test
    void theIndexKeepsThePagesOfAnEarlierRun() throws Exception {
        checkout.notebook("01-one", "print a");
        checkout.notebook("02-two", "print b");
        checkout.run();
        checkout.run("2");
        assertThat(Files.readString(checkout.site().resolve("index.html")))
                .contains("About 01-one", "not run this time", "About 02-two", "1 cell ran");
    }

    @Test
    void aGeneratedPageIsWrittenAndListed() throws Exception {
        checkout.notebook("01-one", "print a");
        var steps =
                new GeneratedPage(
                        "steps.html",
                        "The steps",
                        provenance ->
                                PageOf.blocks(
                                        "The steps",
                                        List.of(new Block.Prose("1, 2, 3.")),
                                        provenance));
        checkout.run(List.of(steps));
        assertThat(Files.readString(checkout.site().resolve("steps.html"))).contains("1, 2, 3.");
        assertThat(Files.readString(checkout.site().resolve("index.html")))
                .contains("href=\"steps.html\"");
    }

    @Test
    void aGeneratedPageIsMadeAgainUnlessItIsNewerThanWhatItIsMadeFrom() throws Exception {
        Path page = at(20, "page.html");
        assertThat(GeneratedPage.newer(page, List.of(at(10, "a.jar"), at(19, "data")))).isTrue();
        assertThat(GeneratedPage.newer(page, List.of(at(10, "a.jar"), at(20, "data")))).isFalse();
        assertThat(GeneratedPage.newer(page, List.of(at(10, "a.jar"), checkout.root()))).isFalse();
        assertThat(GeneratedPage.newer(checkout.root().resolve("none.html"), List.of())).isFalse();
    }

    private Path at(int second, String name) throws IOException {
        Path file = Files.writeString(checkout.root().resolve(name), name);
        return Files.setLastModifiedTime(file, FileTime.from(second, TimeUnit.SECONDS));
    }

    @Test
    void theKernelspecIsThatOfThisCheckoutAndIsWrittenAnewWhenItIsStale() throws Exception {
        checkout.notebook("01-one", "print a");
        checkout.run();
        Path spec = checkout.root().resolve(".stillpoint/jupyter/kernels/stillpoint/kernel.json");
        Files.writeString(
                spec,
                Files.readString(spec)
                        .replace("-XX:+UseSerialGC", "-XX:+NoSuchOption")
                        .replaceAll("\"build\" : \"..", "\"build\" : \"zz"));
        assertThat(checkout.run().out()).contains("1 notebook").doesNotContain("failed");
        assertThat(Files.readString(spec)).contains("-XX:+UseSerialGC");
    }
}
