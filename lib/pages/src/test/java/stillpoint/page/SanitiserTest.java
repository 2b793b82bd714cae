package stillpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a notebook's outputs may put on a page.
class SanitiserTest {
    private static String clean(String markup) {
        return Sanitiser.clean(markup, "c1-o1").html();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>evil()</script>",
                "<img src=x onerror=evil()>",
                "<b onclick='evil()'>b</b>",
                "<a href='javascript:evil()'>a</a>",
                "<a href=' java\nscript:evil()'>a</a>",
                "<a href='data:text/html,evil()'>a</a>",
                "<a href='vbscript:evil()'>a</a>",
                "<iframe src='evil()'></iframe>",
                "<iframe srcdoc='<script>evil()</script>'></iframe>",
                "<object data=evil()></object>",
                "<form action='evil()'><input name=evil()></form>",
                "<meta http-equiv=refresh content='0;evil()'>",
                "<base href='evil()'>",
                "<link rel=stylesheet href='evil()'>",
                "<svg onload=evil()><path d='M0 0'/></svg>",
                "<svg><script>evil()</script></svg>",
                "<svg><foreignObject><body onload=evil()></body></foreignObject></svg>",
                "<svg><a xlink:href='javascript:evil()'><text>x</text></a></svg>",
                "<svg><animate attributeName=href to='javascript:evil()'/></svg>",
                "<svg><use href='evil()#x'/></svg>",
                "<svg><image href='https://evil()/'/></svg>",
                "<svg><rect fill='url(https://evil()/#x)'/></svg>",
                "<math><mtext><script>evil()</script></mtext></math>",
                "<style>@import 'evil()';</style>",
                "<style>b{background:url(//evil())}</style>",
                "<style>} evil() {</style>",
                "<b style='background:url(https://evil())'>b</b>",
                "<div style='position:fixed;content:evil()'>b</div>",
                "<noscript><p title='</noscript><img src=x onerror=evil()>'></noscript>",
                "<svg><style><img src=x onerror=evil()></style></svg>",
                "<template><script>evil()</script></template>",
                "<xmp><script>evil()</script></xmp>",
                "<!-- evil() -->",
                "<textarea><script>evil()</script></textarea>",
                "<video src='https://evil()/'></video>"
            })
    void nothingThatRunsOrFetchesComesThrough(String markup) {
        assertThat(clean(markup)).doesNotContain("evil");
    }

    @Test
    void aPictureFromElsewhereIsNamedAndNotFetched() {
        assertThat(clean("<img src='https://elsewhere.example/p.png' alt='the plot'>"))
                .isEqualTo("<em class=\"gone\">[picture not included: the plot]</em>");
        assertThat(clean("<img src='data:image/png;base64,iVBORw0KGgo=' alt='a'>")).contains("src=\"data:image/png;base64,iVBORw0KGgo=\"");
    }

    @Test
    void aDrawingKeepsWhatItIsMadeOf() {
        String svg =
                clean(
                        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'><defs><linearGradient id='g' gradientUnits='userSpaceOnUse'/></defs><rect fill='url(#g)' clip-path='url(#c)'/><clipPath id='c'/></svg>");
        assertThat(svg).contains("viewBox=\"0 0 2 2\"", "linearGradient", "gradientUnits", "clipPath");
    }

    @Test
    void idsOfTwoDrawingsDoNotMeet() {
        String svg = "<svg aria-labelledby='t'><title id='t'>T</title><rect fill='url(#g)'/><g id='g'/><style>#g{fill:red}</style></svg>";
        assertThat(Sanitiser.clean(svg, "a-o1").html())
                .contains("id=\"a-o1-t\"", "aria-labelledby=\"a-o1-t\"", "url(#a-o1-g)", "#a-o1{#a-o1-g{fill:red}}");
        assertThat(Sanitiser.clean(svg, "b-o1").html()).doesNotContain("a-o1");
    }

    @Test
    void harmlessMarkupStaysAndHeadingsStepDown() {
        assertThat(clean("<h1>T</h1><table><tr><td colspan=2>x</td></tr></table><details><summary>s</summary></details>"))
                .contains("<h3>T</h3>", "colspan=\"2\"", "<summary>s</summary>");
    }

    @Test
    void proseMayBringNoStyleOfItsOwn() {
        assertThat(Sanitiser.clean("<style>p{color:red}</style><p>x</p>", "").html()).isEqualTo("<p>x</p>");
    }
}
