package stillpoint.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A value in the forms in which a client can show it.
///
/// @param data mime type to content; `text/plain` is always there
record Shown(JsonObject data) {
    private static final int TEXT_CHARS = 100_000;
    private static final String PLAIN = "text/plain";

    /// @param id starts every id in the markup
    static Shown of(@Nullable Object value, String id, Gallery gallery) {
        return of(
                value,
                value == null
                        ? new TreeMap<>()
                        : gallery.pictures(value, id).orElseGet(TreeMap::new));
    }

    /// The same as several outputs, at least one.
    static List<Shown> parts(@Nullable Object value, String id, Gallery gallery) {
        List<SortedMap<String, String>> parts =
                value == null ? List.of() : gallery.parts(value, id);
        if (parts.isEmpty()) return List.of(of(value, new TreeMap<>()));
        return parts.stream().map(part -> of(value, part)).toList();
    }

    private static Shown of(@Nullable Object value, SortedMap<String, String> forms) {
        var data = new JsonObject();
        forms.forEach((mime, content) -> data.add(mime, json(mime, content)));
        if (!data.has(PLAIN)) data.addProperty(PLAIN, text(value));
        return new Shown(data);
    }

    private static JsonElement json(String mime, String content) {
        boolean isJson = mime.equals("application/json") || mime.endsWith("+json");
        return isJson ? JsonParser.parseString(content) : new JsonPrimitive(content);
    }

    /// What Java says of a value, arrays by their elements; without addresses of memory, which
    /// differ in every run.
    static String text(@Nullable Object value) {
        String text =
                switch (value) {
                    case null -> "null";
                    case CharSequence chars -> chars.toString();
                    case Object[] array -> clean(Arrays.deepToString(array));
                    case Object other when other.getClass().isArray() -> {
                        String nested = Arrays.deepToString(new Object[] {other});
                        yield nested.substring(1, nested.length() - 1);
                    }
                    default -> clean(String.valueOf(value));
                };
        if (text.length() <= TEXT_CHARS) return text;
        return text.substring(0, TEXT_CHARS)
                + "\n... "
                + (text.length() - TEXT_CHARS)
                + " more characters";
    }

    private static String clean(String text) {
        return Names.readable(Names.withoutAddresses(text));
    }
}
