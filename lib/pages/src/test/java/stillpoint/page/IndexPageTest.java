package stillpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/// The front page.
class IndexPageTest {
    private static Document index(Page page) {
        return Jsoup.parse(
                HtmlRenderer.render(
                        IndexPage.of(
                                "Stillpoint",
                                "What it is. And more.",
                                List.of(IndexPage.entry("02.html", page)),
                                List.of(new Page.Link("steps.html", "The steps [all]")),
                                Sample.PROVENANCE)));
    }

    @Test
    void eachPageIsListedWithItsSentenceVerdictsAndOutcome() {
        Document index = index(PageOf.notebook(Sample.everything(), "n", Sample.PROVENANCE, Page.Links.NONE));
        assertThat(index.select(".contents h2 a").attr("href")).isEqualTo("02.html");
        assertThat(index.select(".contents li.failed .facts").text()).isEqualTo("safe D8 V7 6 cells ran, 1 failed, 1 not run");
        assertThat(index.select(".contents p").first().text()).startsWith("The seventh version of Huang Ying's patch");
    }

    @Test
    void aDesignIsNamedAndItsBrokenSiblingsAreCounted() {
        String card = "<p data-verdict='%s' data-subject='%s'>x</p>";
        Page page =
                Sample.page(
                        Sample.text("t", "# T"),
                        Sample.code(
                                "c",
                                "x",
                                Sample.display("text/html", card.formatted("safe", "D8 V7: a dummy stop")),
                                Sample.display("text/html", card.formatted("violation", "D8/no-stop V7: a dummy stop")),
                                Sample.display("text/html", card.formatted("violation", "D8/no-stop V7: a dummy stop")),
                                Sample.display("text/html", card.formatted("violation", "D8/put-early V7: a dummy stop"))));
        assertThat(IndexPage.badges(page))
                .containsExactly(new Block.Badge("safe", "D8 V7"), new Block.Badge("violation", "2 broken siblings"));
    }

    @Test
    void codeInASentenceStandsWithoutQuotationMarks() {
        assertThat(Markdown.plain("`swapoff` stops *every* CPU")).isEqualTo("swapoff stops every CPU");
    }

    @Test
    void otherPagesAreListedBelow() {
        assertThat(index(Sample.page(Sample.text("t", "# T"))).select("a[href=steps.html]").text()).isEqualTo("The steps [all]");
    }
}
