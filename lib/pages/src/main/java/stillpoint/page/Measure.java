package stillpoint.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Measured figures as words. A notebook holds them as `{"label": "measured", "text": "..."}`;
/// objects of names and values and lists of `{name, value, unit}` are understood too.
final class Measure {
    private Measure() {}

    static String words(JsonNode measured) {
        var words = new ArrayList<String>();
        collect(measured, "", words);
        return String.join(", ", words);
    }

    private static void collect(JsonNode node, String name, List<String> words) {
        if (node.isObject() && node.path("text").isTextual()) {
            words.add(node.path("text").asText().strip());
        } else if (node.isObject() && node.has("value")) {
            String label = node.path("name").asText(name);
            words.add(
                    (label + " " + node.path("value").asText() + " " + node.path("unit").asText(""))
                            .strip());
        } else if (node.isObject()) {
            node.fieldNames().forEachRemaining(f -> collect(node.path(f), f, words));
        } else if (node.isArray()) {
            for (JsonNode n : node) collect(n, name, words);
        } else {
            words.add((name + " " + node.asText()).strip());
        }
    }
}
