package stillpoint.picture;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// One picture in all its forms: mime type to content. `image/png` is base64, JSON types are JSON
/// text.
///
/// @param data always holds [#PLAIN]: a mail and a terminal can show nothing else
public record Bundle(SortedMap<String, String> data) {
    /// Words and ASCII drawings.
    public static final String PLAIN = "text/plain";

    /// CommonMark.
    public static final String MARKDOWN = "text/markdown";

    /// A fragment without script, for a page or for JupyterLab.
    public static final String HTML = "text/html";

    /// A drawing that is legible by itself, in light and dark.
    public static final String SVG = "image/svg+xml";

    /// A bitmap in base64.
    public static final String PNG = "image/png";

    /// `{"label":"measured","text":"..."}`: what differs from run to run, shown as *measured* and
    /// never compared.
    public static final String MEASURED = "application/vnd.stillpoint.measured+json";

    public Bundle {
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
        if (!data.containsKey(PLAIN))
            throw new IllegalArgumentException(
                    data.keySet()
                            + ": a bundle always has text/plain; add what a terminal shall show");
    }

    /// A bundle from alternating mime types and contents.
    public static Bundle of(String... typesAndContents) {
        if (typesAndContents.length % 2 != 0)
            throw new IllegalArgumentException(
                    typesAndContents.length
                            + " strings: a bundle is pairs of a mime type and its content");
        var data = new TreeMap<String, String>();
        for (int i = 0; i < typesAndContents.length; i += 2)
            data.put(typesAndContents[i], typesAndContents[i + 1]);
        return new Bundle(data);
    }

    /// The same bundle with one more form, or another content for one it has.
    public Bundle with(String type, String content) {
        var more = new TreeMap<>(data);
        more.put(type, content);
        return new Bundle(more);
    }

    /// The same bundle without one of its forms.
    public Bundle without(String type) {
        var fewer = new TreeMap<>(data);
        fewer.remove(type);
        return new Bundle(fewer);
    }

    /// The words.
    public String plain() {
        return data.getOrDefault(PLAIN, "");
    }
}
