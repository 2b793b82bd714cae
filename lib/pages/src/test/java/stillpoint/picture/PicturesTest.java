package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The one switch from a value to its pictures.
class PicturesTest {
    static Stream<Arguments> samples() {
        return Gallery.samples().entrySet().stream()
                .map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void everyPictureHasWords(String name, Bundle bundle) {
        assertThat(bundle.plain()).isNotBlank();
    }

    @Test
    void aValueOfNoKindWeKnowHasNoPicture() {
        assertThat(Pictures.of("text", "c")).isEmpty();
        assertThat(Pictures.of(List.of(), "c")).isEmpty();
        assertThat(Pictures.of(List.of(Samples.table(), "text"), "c")).isEmpty();
        assertThat(Pictures.of(Arrays.asList(Samples.table(), null), "c")).isEmpty();
    }

    @Test
    void aSentenceIsMarkdownAndWords() {
        assertThat(Pictures.of(Say.say("**%d**", 3), "c").orElseThrow().data())
                .containsOnlyKeys(Bundle.MARKDOWN, Bundle.PLAIN);
    }

    @Test
    void anImageIsABitmap() {
        assertThat(
                        Pictures.of(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "c")
                                .orElseThrow()
                                .plain())
                .isEqualTo("image, 3 x 2 pixels");
    }

    @Test
    void aListIsItsPicturesOneBelowTheOther() {
        Bundle group =
                Pictures.of(List.of(Samples.safe(), Samples.small(), Samples.lines(1, false)), "c")
                        .orElseThrow();
        assertThat(group.plain())
                .startsWith("safe: D8")
                .contains("\n\nD0 unprotected")
                .contains("\n\nStopping every CPU");
        var drawing = Drawing.ofHtml(group.data().getOrDefault(Bundle.HTML, ""));
        assertThat(drawing.all("svg")).hasSize(2);
        assertThat(drawing.ids())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("c-2-") || id.startsWith("c-3-"));
        assertThat(group.data().get(Bundle.MEASURED))
                .startsWith("{\"label\":\"measured\",\"text\":\"search ");
    }

    @Test
    void aListOfSentencesIsProse() {
        Bundle group = Pictures.of(List.of(Say.say("*a*"), Say.say("b")), "c").orElseThrow();
        assertThat(group.data())
                .containsOnlyKeys(Bundle.MARKDOWN, Bundle.PLAIN)
                .containsEntry(Bundle.MARKDOWN, "*a*\n\nb");
    }

    @Test
    void aListOfOneIsThatOne() {
        assertThat(Pictures.of(List.of(Samples.table()), "c"))
                .isEqualTo(Pictures.of(Samples.table(), "c"));
    }

    @Test
    void whatIsAPrefixIsAnId() {
        assertThat(Markup.id("7f3 a\"b")).isEqualTo("p7f3-a-b");
        assertThat(Markup.id("")).isEqualTo("p");
    }

    @Test
    void aBundleWithoutWordsIsRefused() {
        assertThatThrownBy(() -> Bundle.of(Bundle.HTML, "<b>x</b>"))
                .hasMessage(
                        "[text/html]: a bundle always has text/plain; add what a terminal shall show");
    }

    /// A command on the command line shows verdicts and tables only, and starts in a tenth of a
    /// second.
    @Test
    void aVerdictLoadsNoChartNoTableAndNoWindowingLibrary() throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:class+load:stdout:none",
                                "-Xshare:auto",
                                "-cp",
                                System.getProperty("java.class.path"),
                                VerdictOnly.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(log)
                .contains("stillpoint.picture.VerdictCard source:")
                .contains("drawn: safe: D8 V7");
        assertThat(
                        log.lines()
                                .filter(line ->
                                        line.matches(
                                                "(?:org\\.knowm|tech\\.tablesaw|java\\.awt|sun\\.font|org\\.commonmark).*")))
                .isEmpty();
    }

    @Test
    void aViolationIsACardAndADrawingEachWholeByItself() {
        List<Bundle> parts = Pictures.parts(Samples.violation(), "c");
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().data().get(Bundle.HTML))
                .contains("data-verdict=\"violation\"")
                .doesNotContain("<svg");
        assertThat(parts.getLast().data()).containsKeys(Bundle.SVG, Bundle.MEASURED);
        assertThat(parts.getLast().data()).doesNotContainKey(Bundle.HTML);
    }

    @Test
    void whatThePartsSayInWordsIsWhatTheWholeSays() {
        for (Object value : List.of(Samples.violation(), Samples.safe(), Samples.lines(2, true)))
            assertThat(Pictures.parts(value, "c").stream().map(Bundle::plain).toList())
                    .isEqualTo(
                            Pictures.parts(value, "c").size() == 1
                                    ? List.of(Pictures.of(value, "c").orElseThrow().plain())
                                    : split(value));
    }

    private static List<String> split(Object value) {
        String whole = Pictures.of(value, "c").orElseThrow().plain();
        String last = Pictures.parts(value, "c").getLast().plain();
        assertThat(whole).endsWith("\n\n" + last);
        return List.of(whole.substring(0, whole.length() - last.length() - 2), last);
    }

    @Test
    void aChartIsADrawingAndItsData() {
        for (Object chart : List.of(Samples.lines(2, false), Samples.foreignChart())) {
            List<Bundle> parts = Pictures.parts(chart, "c");
            assertThat(parts.getFirst().data()).containsKey(Bundle.SVG);
            assertThat(parts.getLast().data().get(Bundle.HTML)).contains("<details>", "<table");
        }
    }

    @Test
    void whatHasNoPictureHasNoParts() {
        assertThat(Pictures.parts("text", "c")).isEmpty();
    }

    static final class VerdictOnly {
        public static void main(String[] args) {
            for (Object value : List.of(Samples.safe(), Samples.violation(), Samples.table()))
                System.out.println("drawn: " + Pictures.of(value, "c").orElseThrow().plain());
        }
    }
}
