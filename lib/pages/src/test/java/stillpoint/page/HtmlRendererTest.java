package stillpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import stillpoint.notebook.Output;

/// A page as a reader, a phone, a printer, a text browser and a stranger's mail reader get it.
class HtmlRendererTest {
    private static final Page EVERYTHING =
            PageOf.notebook(Sample.everything(), "sample", Sample.PROVENANCE, Sample.LINKS);
    private static final String HTML = HtmlRenderer.render(EVERYTHING);
    private static final Document DOM = Jsoup.parse(HTML);

    private static final String FORTY =
            HtmlRenderer.render(PageOf.notebook(Sample.forty(), "forty", Sample.PROVENANCE, Sample.LINKS));

    private static int bytes(String html) {
        return html.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void fortyCellsAreAtMost250KilobytesAnd60Compressed() throws Exception {
        assertThat(Jsoup.parse(FORTY).select(".cell")).hasSize(40);
        assertThat(bytes(FORTY)).isLessThanOrEqualTo(250 * 1024);
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(FORTY.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(zipped.size()).isLessThanOrEqualTo(60 * 1024);
    }

    @Test
    void theSamePageGivesTheSameBytes() {
        assertThat(HtmlRenderer.render(PageOf.notebook(Sample.everything(), "sample", Sample.PROVENANCE, Sample.LINKS)))
                .isEqualTo(HTML);
    }

    @Test
    void nothingIsFetchedAndNothingRuns() {
        for (String html : List.of(HTML, FORTY)) {
            Document dom = Jsoup.parse(html);
            assertThat(dom.select("[src]").eachAttr("src")).allMatch(src -> src.startsWith("data:image/"));
            assertThat(dom.select("link").eachAttr("href")).allMatch(href -> href.startsWith("data:image/"));
            assertThat(dom.select("script")).allMatch(script -> script.attr("type").equals("application/json"));
            assertThat(dom.select("iframe, object, embed, form, video, audio, svg image")).isEmpty();
            assertThat(html).doesNotContain("@import").doesNotContainPattern("url\\(['\"]?(?!#)");
        }
        assertThat(DOM.select("meta[http-equiv=Content-Security-Policy]").attr("content")).startsWith("default-src 'none'");
    }

    @Test
    void itReadsInTheDarkOnPaperAndWithoutMotion() {
        assertThat(HTML)
                .contains(
                        "<meta name=\"color-scheme\" content=\"light dark\">",
                        "@media (prefers-color-scheme: dark)",
                        "@media print",
                        "@media (prefers-reduced-motion: no-preference)");
    }

    @Test
    void aReaderFindsTheWayByContentsPermalinksAndNeighbours() {
        assertThat(DOM.select("nav.toc a").eachText()).contains("What is asked", "The reader side", "What it costs");
        for (Element link : DOM.select("a[href^=#]"))
            assertThat(DOM.getElementById(link.attr("href").substring(1))).as(link.outerHtml()).isNotNull();
        for (Element cell : DOM.select(".cell"))
            assertThat(cell.select("> .mark[href=#" + cell.id() + "], > :first-child > .mark")).as(cell.id()).isNotEmpty();
        assertThat(DOM.select("nav.bar a").eachAttr("href")).contains("index.html", "01-the-race.html", "03-what-it-costs.html");
    }

    @Test
    void idsAreUniqueAndCellsKeepTheirs() {
        var seen = new HashSet<String>();
        for (Element each : DOM.select("[id]")) assertThat(seen.add(each.id())).as(each.id()).isTrue();
        assertThat(seen).contains("parameters", "search", "broken", "fails");
    }

    @Test
    void thereIsOneTitleAndHeadingsSkipNoLevel() {
        assertThat(DOM.select("h1").eachText()).containsExactly("The V7 patch, hunk by hunk");
        int level = 1;
        for (Element heading : DOM.select("main :is(h2, h3, h4, h5, h6)")) {
            int next = heading.tagName().charAt(1) - '0';
            assertThat(next).as(heading.text()).isLessThanOrEqualTo(level + 1);
            level = next;
        }
        assertThat(DOM.select("html").attr("lang")).isEqualTo("en");
        assertThat(DOM.select("main, a.skip[href=#content]")).hasSize(2);
    }

    @Test
    void codeIsFoldedUnderItsSentenceAndOpenWhereItFailed() {
        Element search = DOM.select("#search > details.code").getFirst();
        assertThat(search.hasAttr("open")).isFalse();
        assertThat(search.selectFirst("summary").text()).startsWith("Search every interleaving of three readers");
        assertThat(search.selectFirst("code").wholeText()).contains("var verdict = Search.of(new StopMachineV7())");
        assertThat(DOM.select("#fails > details.code").hasAttr("open")).isTrue();
    }

    @Test
    void everyDrawingHasANameForThoseWhoDoNotSeeIt() {
        assertThat(DOM.select("figure svg")).isNotEmpty();
        for (Element svg : DOM.select("figure svg:not([aria-hidden])")) {
            String named = svg.attr("aria-labelledby");
            assertThat(svg.hasAttr("aria-label") || DOM.getElementById(named.split(" ")[0]) != null).as(svg.attributes().toString()).isTrue();
        }
        assertThat(DOM.select("img:not([alt]), img[alt='']")).isEmpty();
    }

    @Test
    void whatIsMeasuredIsLabelled() {
        assertThat(DOM.select("#search .measured").text()).isEqualTo("measured: search 1.84 s, 26,200 states/s, 41 bytes/state");
    }

    @Test
    void aFailedCellIsSaidAtTheTopAndWhereItHappened() {
        assertThat(DOM.select(".notice.error a").attr("href")).isEqualTo("#fails");
        assertThat(DOM.select("#fails .failure").text()).contains("This cell failed: java.nio.file.NoSuchFileException");
        assertThat(DOM.select("#wrong .failure.expected").text()).contains("Fails, as it should");
        assertThat(DOM.select("#after .left").text()).isEqualTo("Not run.");
    }

    @Test
    void whateverIsPrintedStaysText() {
        String html =
                Sample.html(
                        Sample.text("t", "# <i>T</i> & \"q\"\n\n<script>evil()</script>[a](javascript:evil())"),
                        Sample.code(
                                "c",
                                "// </details><script>evil()</script>\nString s = \"</code><b>\";",
                                new Output.Stream("stdout", "</pre><script>evil()</script>\u0007\uD800"),
                                new Output.Failure("E<b>", "<script>evil()</script>", List.of("</pre><i>"))));
        Document dom = Jsoup.parse(html);
        assertThat(dom.select("script:not([type=application/json])")).isEmpty();
        assertThat(dom.select("[href^=javascript]")).isEmpty();
        assertThat(dom.select(".printed pre").text()).startsWith("</pre><script>evil()</script>");
        assertThat(dom.select(".failure").text()).contains("E<b>: <script>evil()</script>");
        assertThat(dom.select("#c code").text()).contains("</code><b>");
    }

    @Test
    void linksBetweenNotebooksLeadToTheirPages() {
        assertThat(Sample.html(Sample.text("t", "[a](02-two.ipynb#What-it-costs) [b](https://example.org/x.ipynb)")))
                .contains("href=\"02-two.html#What-it-costs\"", "href=\"https://example.org/x.ipynb\"");
    }

    @Test
    void theProvenanceIsThereForPeopleAndForMachines() throws Exception {
        assertThat(DOM.select("footer.provenance").text())
                .contains("7d0a66e4bb90", "with uncommitted changes", "./stillpoint run 02-the-v7-patch", "readers = 3", "2026-11-22");
        var json = new ObjectMapper().readTree(DOM.getElementById("provenance-json").data());
        assertThat(json.path("parameters").path("readers").asText()).isEqualTo("3");
        assertThat(json.path("measuredMillis").path("search").asInt()).isEqualTo(3210);
    }

    @Test
    void aNotebookThatWasNeverRunSaysSo() {
        var never = new stillpoint.notebook.Cell.Code("c", "x", Sample.object(), java.util.OptionalInt.empty(), List.of());
        assertThat(Jsoup.parse(Sample.html(never)).select(".notice.warning").text()).contains("has not been run");
    }
}
