package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.page.HtmlRenderer;
import stillpoint.page.Surroundings;
import stillpoint.validate.Family;

/// The recorded validation, and the page that is made from it.
class ValidateCommandTest {
    private static final Checkout HERE = new Checkout(Path.of("../..").toAbsolutePath());

    @TempDir Path folder;

    private static String page(RecordedValidation recorded) throws IOException {
        return HtmlRenderer.render(
                ValidationPage.of(
                        recorded, Surroundings.of(HERE.root(), "Stillpoint", "Apache-2.0")));
    }

    private Checkout altered(String what, String by) throws IOException {
        Path file = RecordedValidation.file(new Checkout(folder));
        Files.createDirectories(file.getParent());
        Files.writeString(file, RecordedValidation.of(HERE).text().replaceFirst(what, by));
        return new Checkout(folder);
    }

    @Test
    void thePageShowsEveryFamilyAndTwoDrawings() throws IOException {
        String html = page(RecordedValidation.of(HERE));
        for (Family family : Family.values())
            assertThat(html).contains("id=\"" + family.word() + "\"");
        assertThat(html.split("<svg", -1)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aMalformedFileIsAnsweredWithFileLineAndTheWayOn() throws IOException {
        Checkout checkout = altered("(?m)^residuals,2,", "residuals,two,");
        assertThatThrownBy(() -> RecordedValidation.of(checkout))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("data/golden/validation.csv:6: ")
                .hasMessageContaining("./stillpoint validate --update");
    }

    @Test
    void aMissingFileIsAnsweredWithTheWayOn() {
        assertThatThrownBy(() -> RecordedValidation.of(new Checkout(folder)))
                .hasMessageContaining("no such file; ./stillpoint validate --update");
    }

    @Test
    void halfOfTheChecksCannotBeRecorded() {
        assertThat(Main.run("validate", "--update", "--quick")).isEqualTo(ExitCode.USAGE);
    }
}
