package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.TreeMap;

/// JSON in the very bytes that Python's nbformat writes: indent 1, keys sorted, nothing escaped
/// that need not be.
///
/// So that a notebook saved in JupyterLab and one written here differ only where their content
/// does.
final class NotebookJson {
    private final StringBuilder out = new StringBuilder();

    private NotebookJson() {}

    static String write(JsonNode node) {
        var json = new NotebookJson();
        json.value(node, 0);
        return json.out.append('\n').toString();
    }

    private void value(JsonNode node, int depth) {
        if (node.isObject()) object(node, depth);
        else if (node.isArray()) array(node, depth);
        else if (node.isTextual()) string(node.textValue());
        else if (node.isFloatingPointNumber()) out.append(number(node.doubleValue()));
        else out.append(node.asText());
    }

    private void object(JsonNode node, int depth) {
        if (node.isEmpty()) {
            out.append("{}");
            return;
        }
        var sorted = new TreeMap<String, JsonNode>(NotebookJson::byCodePoint);
        node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        char before = '{';
        for (var entry : sorted.entrySet()) {
            line(before, depth + 1);
            string(entry.getKey());
            out.append(": ");
            value(entry.getValue(), depth + 1);
            before = ',';
        }
        line('\n', depth).append('}');
    }

    private void array(JsonNode node, int depth) {
        if (node.isEmpty()) {
            out.append("[]");
            return;
        }
        char before = '[';
        for (JsonNode element : node) {
            line(before, depth + 1);
            value(element, depth + 1);
            before = ',';
        }
        line('\n', depth).append(']');
    }

    private StringBuilder line(char before, int depth) {
        if (before != '\n') out.append(before);
        return out.append('\n').append(" ".repeat(depth));
    }

    /// A lone surrogate has no UTF-8 form; it becomes U+FFFD, so that the file stays valid.
    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c < ' ') out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    else if (!Character.isSurrogate(c)) out.append(c);
                    else if (i + 1 < text.length()
                            && Character.isSurrogatePair(c, text.charAt(i + 1)))
                        out.append(c).append(text.charAt(++i));
                    else out.append('\uFFFD');
                }
            }
        }
        out.append('"');
    }

    /// As Python prints a float: the shortest digits, an exponent below 1e-4 and from 1e16.
    private static String number(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value))
            return Double.toString(value);
        var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String all = digits.unscaledValue().abs().toString();
        String mantissa = all.length() == 1 ? all : all.charAt(0) + "." + all.substring(1);
        return String.format(
                Locale.ROOT,
                "%s%se%s%02d",
                value < 0 ? "-" : "",
                mantissa,
                exponent < 0 ? "-" : "+",
                Math.abs(exponent));
    }

    private static int byCodePoint(String a, String b) {
        return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
}
