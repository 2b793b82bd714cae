package stillpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Colours change nothing in the code.
class HighlighterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "var x = 1; // <b>",
                "String s = \"a\\\"b\" + '\\'' + 0x1F_FFL;",
                "String t = \"\"\"\n  <i>\"x\"\n  \"\"\";",
                "String broken = \"no end",
                "\"\"\" no end",
                "/* no end",
                "'",
                "record R<T extends Comparable<? super T>>(int @A [] x) {}",
                "int ünïcode = 1; 𝔘",
                "\"\\𝔘",
                "a->b::c&&d>>>=2"
            })
    void theTextStaysAsItWas(String source) {
        for (String language : new String[] {"java", "c", "diff", "", "cobol"})
            assertThat(Jsoup.parseBodyFragment("<pre>" + Highlighter.html(language, source) + "</pre>").selectFirst("pre").wholeText())
                    .as(language)
                    .isEqualTo(source);
    }

    @Test
    void contextualKeywordsAreKeywordsOnlyWhereTheyAreMeant() {
        assertThat(Highlighter.html("java", "record P(int x) {}")).startsWith("<b class=k>record</b>");
        assertThat(Highlighter.html("java", "int record = 1;")).doesNotContain(">record<");
    }
}
