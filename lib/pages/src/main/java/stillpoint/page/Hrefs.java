package stillpoint.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where links lead on the site: `02-the-v7-patch.ipynb#What-the-search-proves` is the page of that
/// notebook.
final class Hrefs {
    private static final Pattern NOTEBOOK =
            Pattern.compile(
                    "(?!//)(?![A-Za-z][A-Za-z0-9+.-]*:)(?:\\./)?(?<path>[^?#]*)\\.ipynb(?:#(?<fragment>.*))?");

    private Hrefs() {}

    /// The address on the site of what `href` names among the notebooks; any other address stays.
    static String page(String href) {
        Matcher m = NOTEBOOK.matcher(href.strip());
        if (m.matches()) {
            String fragment = m.group("fragment");
            return m.group("path") + ".html" + (fragment == null ? "" : "#" + slug(fragment));
        }
        return href.startsWith("#") && href.length() > 1 ? "#" + slug(href.substring(1)) : href;
    }

    private static String slug(String fragment) {
        try {
            return Anchors.slug(
                    java.net.URLDecoder.decode(
                            fragment.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Anchors.slug(fragment);
        }
    }
}
