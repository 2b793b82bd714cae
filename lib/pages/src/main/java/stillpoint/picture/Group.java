package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;

/// Several pictures as one, one below the other in every form.
final class Group {
    private static final String LABEL = "{\"label\":\"measured\",\"text\":\"";

    private Group() {}

    /// @param bundles at least one
    static Bundle of(List<Bundle> bundles) {
        if (bundles.size() == 1) return bundles.getFirst();
        Bundle group = Bundle.of(Bundle.PLAIN, String.join("\n\n", bundles.stream().map(Bundle::plain).toList()));
        boolean prose = bundles.stream().allMatch(b -> b.data().containsKey(Bundle.MARKDOWN));
        group =
                prose
                        ? group.with(Bundle.MARKDOWN, String.join("\n\n", bundles.stream().map(b -> form(b, Bundle.MARKDOWN)).toList()))
                        : group.with(Bundle.HTML, String.join("\n", bundles.stream().map(Group::html).toList()));
        List<String> measured = measured(bundles);
        return measured.isEmpty() ? group : group.with(Bundle.MEASURED, LABEL + String.join("; ", measured) + "\"}");
    }

    private static String html(Bundle bundle) {
        String inner;
        if (bundle.data().containsKey(Bundle.HTML)) inner = form(bundle, Bundle.HTML);
        else if (bundle.data().containsKey(Bundle.SVG)) inner = form(bundle, Bundle.SVG);
        else if (bundle.data().containsKey(Bundle.PNG))
            inner =
                    "<img alt=\"" + Markup.escape(bundle.plain()) + "\" src=\"data:image/png;base64," + form(bundle, Bundle.PNG) + "\">";
        else if (bundle.data().containsKey(Bundle.MARKDOWN)) inner = MarkdownText.html(form(bundle, Bundle.MARKDOWN));
        else inner = "<pre>" + Markup.escape(bundle.plain()) + "</pre>";
        return "<div style=\"margin:.6em 0\">" + inner + "</div>";
    }

    private static String form(Bundle bundle, String type) {
        return bundle.data().getOrDefault(type, "");
    }

    private static List<String> measured(List<Bundle> bundles) {
        var texts = new ArrayList<String>();
        for (Bundle bundle : bundles) {
            String json = form(bundle, Bundle.MEASURED);
            if (json.startsWith(LABEL)) texts.add(json.substring(LABEL.length(), json.length() - 2));
        }
        return texts;
    }
}
