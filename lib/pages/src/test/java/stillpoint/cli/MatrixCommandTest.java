package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.page.HtmlRenderer;
import stillpoint.page.Provenance;
import stillpoint.page.Surroundings;

/// The recorded verdict matrix, and the page that is made from it.
class MatrixCommandTest {
    private static final Checkout HERE = new Checkout(Path.of("../..").toAbsolutePath());

    @TempDir Path folder;

    private static String page(RecordedMatrix recorded) throws IOException {
        Provenance here = Surroundings.of(HERE.root(), "Stillpoint", "Apache-2.0");
        return HtmlRenderer.render(MatrixPage.of(recorded, here));
    }

    private static List<String> found(String html, String pattern) {
        return Pattern.compile(pattern).matcher(html).results().map(r -> r.group(1)).toList();
    }

    /// A checkout whose recorded matrix is the committed one with something replaced.
    private Checkout altered(String what, String by) throws IOException {
        Path file = RecordedMatrix.file(new Checkout(folder));
        Files.createDirectories(file.getParent());
        String text = RecordedMatrix.of(HERE).file().text();
        Files.writeString(file, text.replaceFirst(what, by));
        return new Checkout(folder);
    }

    @Test
    void everyCellOfThePageLeadsToSomethingOnIt() throws IOException {
        String html = page(RecordedMatrix.of(HERE));
        assertThat(found(html, "href=\"#([^\"]+)\"")).isNotEmpty();
        assertThat(new TreeSet<>(found(html, "id=\"([^\"]+)\"")))
                .containsAll(found(html, "<td><a href=\"#([^\"]*)\""));
    }

    @Test
    void thePageShowsWhatEveryCellRestsOn() throws IOException {
        String html = page(RecordedMatrix.of(HERE));
        long cells = found(html, "<td><a href=\"#([lr][0-9]+)\"").size();
        assertThat(cells).isGreaterThan(0).isEqualTo(found(html, "<td>(<a) ").size());
        assertThat(html)
                .contains(
                        "./stillpoint replay STRING",
                        "<code>D0:ssd:1+on:",
                        "645,455 states",
                        "SHA-256");
    }

    /// Three times as many lines as the notebooks' pages have cells: a third as large again.
    @Test
    void thePageOfEveryDesignStaysReadable() throws IOException {
        assertThat(page(RecordedMatrix.of(HERE)).length()).isLessThan(330_000);
    }

    /// No cell of theirs says *safe*; one names the failures that stay open.
    @Test
    void whatOnlyTheOrderOfMemoryTellsApartStandsInATableOfItsOwn() throws IOException {
        String html = page(RecordedMatrix.of(HERE));
        assertThat(found(html, "<h3 id=\"order-[0-9]\">([^<]*)"))
                .isNotEmpty()
                .containsOnly("Told from a right design by the order of memory alone");
        assertThat(found(html, "<td>D5</td><td>[^<]*</td><td><a [^>]*>([^<]*)</a>"))
                .isNotEmpty()
                .allMatch(open -> open.startsWith("F1 F2 F3 F4"));
        assertThat(html).doesNotContain(">open</a>");
    }

    @Test
    void aMalformedMatrixIsAnsweredWithFileLineAndTheWayOn() throws IOException {
        Checkout checkout = altered("(?m)^D0,none", "D0");
        assertThatThrownBy(() -> RecordedMatrix.of(checkout))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("data/golden/matrix.csv:9: 15 cells")
                .hasMessageContaining("./stillpoint matrix --update");
    }

    @Test
    void aMissingMatrixIsAnsweredWithTheWayOn() {
        assertThatThrownBy(() -> RecordedMatrix.of(new Checkout(folder)))
                .hasMessageContaining("no such file; ./stillpoint matrix --update");
    }

    @Test
    void aRunThatDoesNotBelongToItsDesignIsNotPublished() throws IOException {
        Checkout checkout =
                altered(",D0:ssd:1\\+on:preempt-n-4.19:0x[^,]*", ",D0:ssd:1:preempt-n-4.19:7x2");
        assertThatThrownBy(() -> page(RecordedMatrix.of(checkout)))
                .hasMessageContaining("does not show F1 any more")
                .hasMessageContaining("transition 1 of the schedule");
    }

    @Test
    void whatIsRecordedCannotBeOfAnotherNumberOfReaders() {
        assertThat(Main.run("matrix", "--update", "--readers", "2")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withAnotherNumberOfReadersItIsComputedAndNotCompared() {
        PrintStream out = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int exitCode = Main.run("matrix", "--readers", "1", "--json");
        System.setOut(out);
        assertThat(exitCode).isEqualTo(ExitCode.FINE);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\"readers\" : 1");
    }
}
