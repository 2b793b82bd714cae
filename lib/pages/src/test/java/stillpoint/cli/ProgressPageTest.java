package stillpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.page.HtmlRenderer;
import stillpoint.page.Provenance;
import stillpoint.page.Surroundings;
import stillpoint.swap.Designs;
import stillpoint.swap.Stalling;

/// The page of what must happen at last is made of what is recorded.
class ProgressPageTest {
    private static final Checkout HERE = new Checkout(Path.of("../..").toAbsolutePath());

    @TempDir Path folder;

    private static String page(Checkout checkout) throws IOException {
        Provenance here = Surroundings.of(HERE.root(), "Stillpoint", "Apache-2.0");
        return HtmlRenderer.render(ProgressPage.of(checkout, here));
    }

    /// A checkout that holds nothing but this file.
    private Checkout holding(String text) throws IOException {
        Path file = folder.resolve("data/golden/swap-progress.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return new Checkout(folder);
    }

    @Test
    void everyDesignHasARow() throws IOException {
        assertThat(page(HERE))
                .contains(Designs.all().stream().map(d -> "<tr><td>" + d.id() + "</td>").toList());
    }

    @Test
    void everythingThatWasPlantedIsShownToBeFound() throws IOException {
        String html = page(HERE);
        assertThat(html).contains("Planted, and found", "data/golden/swap-progress.csv");
        assertThat(html.split("<td><strong>broken</strong></td>", -1).length - 1)
                .isGreaterThanOrEqualTo(Stalling.values().length);
    }

    @Test
    void aPromiseThatIsBrokenSaysHow() throws IOException {
        assertThat(page(HERE)).contains("store of p-&gt;swap_map never runs before");
    }

    @Test
    void aMissingFileIsAnsweredWithTheWayOn() {
        assertThatThrownBy(() -> page(new Checkout(folder)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("data/golden/swap-progress.csv: no such file");
    }

    @Test
    void aMalformedFileIsAnsweredWithItsLine() throws IOException {
        Checkout checkout = holding("design,scenario\n");
        assertThatThrownBy(() -> page(checkout))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("data/golden/swap-progress.csv:1: the columns are");
    }
}
