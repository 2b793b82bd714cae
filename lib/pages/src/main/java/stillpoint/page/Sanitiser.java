package stillpoint.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/// Lets through the markup that a page may show and nothing else: no script, no handler, no frame,
/// no form, no address that is fetched. It is an allow-list over jsoup's tree, for HTML and for SVG
/// inside it (jsoup's own Safelist knows one namespace only and would lose `viewBox` and
/// `linearGradient`). The page's policy, `default-src 'none'`, is the second lock.
///
/// It also makes a foreign fragment a good neighbour: its ids get the scope's name in front, its
/// style sheets apply inside the scope only, its top headings step down, and links to notebooks go
/// to their pages.
final class Sanitiser {
    private static final String SVG = Parser.NamespaceSvg;
    private static final Set<String> WITH_ALL_INSIDE =
            words(
                    "script iframe object embed applet frame frameset noscript template form select textarea button input audio video"
                            + " canvas math foreignobject link meta base title head animate set animatemotion animatetransform"
                            + " xmp plaintext noembed noframes");
    private static final Set<String> HTML_TAGS =
            words(
                    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5"
                            + " h6 hr i img ins kbd li mark meter ol p pre progress q s samp section small span strong style sub summary"
                            + " sup table tbody td tfoot th thead time tr u ul var wbr");
    private static final Set<String> SVG_TAGS =
            words(
                    "svg g defs desc title path rect circle ellipse line polyline polygon text tspan textPath marker pattern clipPath mask"
                            + " linearGradient radialGradient stop symbol use style a");
    private static final Set<String> HTML_ATTRIBUTES =
            words(
                    "class id title lang dir role style href src alt width height colspan rowspan scope headers align valign open datetime"
                            + " start type value min max low high optimum reversed");
    private static final Set<String> SVG_ATTRIBUTES =
            words(
                    "class id role style href xlink:href lang xmlns xmlns:xlink viewBox preserveAspectRatio width height x y x1 y1 x2 y2 dx dy"
                            + " cx cy r rx ry fx fy fr d points pathLength transform rotate textLength lengthAdjust startOffset method"
                            + " spacing side fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray"
                            + " stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity color clip-path clip-rule"
                            + " clipPathUnits mask maskUnits maskContentUnits marker-start marker-mid marker-end markerWidth"
                            + " markerHeight markerUnits refX refY orient offset stop-color stop-opacity gradientUnits"
                            + " gradientTransform spreadMethod patternUnits patternContentUnits patternTransform font-family"
                            + " font-size font-style font-weight font-variant letter-spacing word-spacing text-anchor"
                            + " text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode visibility display"
                            + " overflow paint-order vector-effect shape-rendering text-rendering image-rendering xml:space version");
    private static final Pattern OWN_IMAGE =
            Pattern.compile("data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\\s]*");
    private static final Pattern SCHEME =
            Pattern.compile("^[\\s\\x00-\\x20]*([A-Za-z][A-Za-z0-9+.\\-\\s]*):.*", Pattern.DOTALL);
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");

    private final String scope;

    private Sanitiser(String scope) {
        this.scope = scope;
    }

    /// What may be shown of `markup`, as the body of a small document.
    ///
    /// @param scope the id of the element that it will stand in, or empty for prose, which may
    ///   bring no style of its own
    static Element clean(String markup, String scope) {
        Document document = Jsoup.parseBodyFragment(withoutProlog(markup));
        document.outputSettings().prettyPrint(false).charset("UTF-8");
        var sanitiser = new Sanitiser(scope);
        sanitiser.children(document.body());
        if (!scope.isEmpty()) Scoping.apply(document.body(), scope);
        return document.body();
    }

    private static String withoutProlog(String markup) {
        return markup.replaceFirst(
                "^\\s*(?:<\\?xml[^>]*>\\s*)?(?:<!DOCTYPE[^>\\[]*(?:\\[[^\\]]*\\])?[^>]*>\\s*)?",
                "");
    }

    private void children(Element parent) {
        for (Node child : new ArrayList<>(parent.childNodes()))
            switch (child) {
                case Element element -> element(element);
                case Comment comment -> comment.remove();
                case TextNode _ -> {}
                case DataNode _ -> {}
                default -> child.remove();
            }
    }

    private void element(Element e) {
        boolean svg = e.tag().namespace().equals(SVG);
        String name = svg ? e.tagName() : e.tagName().toLowerCase(Locale.ROOT);
        if (!(svg ? SVG_TAGS : HTML_TAGS).contains(name)) {
            if (svg || WITH_ALL_INSIDE.contains(name.toLowerCase(Locale.ROOT))) {
                e.remove();
            } else {
                children(e);
                e.unwrap();
            }
            return;
        }
        if (name.equals("style")) {
            style(e);
            return;
        }
        attributes(e, svg);
        if (name.equals("img") && !e.hasAttr("src")) {
            picture(e);
            return;
        }
        if (!svg && (name.equals("h1") || name.equals("h2"))) e.tagName("h3");
        children(e);
    }

    private void style(Element e) {
        String css = e.wholeText() + e.data();
        if (scope.isEmpty() || !Scoping.acceptable(css)) e.remove();
        else {
            new ArrayList<>(e.attributes().asList()).forEach(a -> e.removeAttr(a.getKey()));
            e.text(css);
        }
    }

    /// A picture from elsewhere is never fetched; the reader is told what is missing, and where it
    /// is.
    private static void picture(Element e) {
        String alt = e.attr("alt").isBlank() ? "no description" : e.attr("alt");
        e.replaceWith(
                new Element("em").addClass("gone").text("[picture not included: " + alt + "]"));
    }

    private void attributes(Element e, boolean svg) {
        for (Attribute a : new ArrayList<>(e.attributes().asList())) {
            String key = svg ? a.getKey() : a.getKey().toLowerCase(Locale.ROOT);
            boolean known =
                    (svg ? SVG_ATTRIBUTES : HTML_ATTRIBUTES).contains(key)
                            || key.startsWith("aria-")
                            || key.startsWith("data-");
            if (!known || !valueAllowed(e, key, a.getValue(), svg)) e.removeAttr(a.getKey());
        }
        if (e.tagName().equals("a") && e.hasAttr("href")) {
            e.attr("href", Hrefs.page(e.attr("href")));
        }
    }

    private static boolean valueAllowed(Element e, String key, String value, boolean svg) {
        return switch (key) {
            case "href", "xlink:href" ->
                    e.tagName().equals("a") ? linkAllowed(value) : value.strip().startsWith("#");
            case "src" -> e.tagName().equals("img") && OWN_IMAGE.matcher(value).matches();
            case "style" ->
                    Scoping.acceptable(value)
                            && value.indexOf('{') < 0
                            && !value.contains("position");
            case "class" -> value.length() < 500;
            default -> !svg || Scoping.acceptable(value);
        };
    }

    private static boolean linkAllowed(String href) {
        if (href.strip().startsWith("//")) return false;
        var scheme = SCHEME.matcher(href);
        return !scheme.matches() || SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT));
    }

    private static Set<String> words(String list) {
        return Set.copyOf(List.of(list.split(" ")));
    }
}
