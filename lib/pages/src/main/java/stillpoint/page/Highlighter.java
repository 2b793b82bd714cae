package stillpoint.page;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Source code into markup with a class a piece. Java by [JavaLexer]; kernel C and patches by a few
/// rules; all else plain.
final class Highlighter {
    private static final Set<String> C_KEYWORDS =
            Set.of(
                    ("auto break case char const continue default do double else enum extern float for goto if inline int long register"
                                    + " return short signed sizeof static struct switch typedef union unsigned void volatile while bool"
                                    + " true false NULL")
                            .split(" "));
    private static final Pattern C_PIECE =
            Pattern.compile(
                    "(?<c>//[^\\n]*|/\\*(?s:.*?)(?:\\*/|$))|(?<s>\"(?:[^\"\\\\\\n]|\\\\.)*\"?|'(?:[^'\\\\\\n]|\\\\.)*'?)"
                            + "|(?<a>(?m:^)[ \\t]*#[ \\t]*\\w+)|(?<w>[A-Za-z_]\\w*)|(?<n>\\d[\\w.]*)");

    private Highlighter() {}

    /// Escaped and coloured markup for `source`.
    static String html(String language, String source) {
        return switch (language) {
            case "java", "jshell" -> java(source);
            case "c", "h", "cpp" -> c(source);
            case "diff", "patch" -> diff(source);
            default -> Escape.html(source);
        };
    }

    private static String java(String source) {
        return JavaLexer.tokens(source).stream()
                .map(t -> piece(t.kind().code, t.text()))
                .collect(Collectors.joining());
    }

    private static String c(String source) {
        var out = new StringBuilder();
        Matcher m = C_PIECE.matcher(source);
        int from = 0;
        while (m.find()) {
            out.append(Escape.html(source.substring(from, m.start())));
            String text = m.group();
            if (m.group("c") != null) out.append(piece("c", text));
            else if (m.group("s") != null) out.append(piece("s", text));
            else if (m.group("a") != null) out.append(piece("a", text));
            else if (m.group("n") != null) out.append(piece("n", text));
            else out.append(piece(C_KEYWORDS.contains(text) ? "k" : "", text));
            from = m.end();
        }
        return out.append(Escape.html(source.substring(from))).toString();
    }

    /// A patch: whole lines, so that a removed line is told by its sign as well as by its colour.
    private static String diff(String source) {
        return source.lines()
                .map(line -> {
                    if (line.startsWith("+++") || line.startsWith("---")) return piece("c", line);
                    if (line.startsWith("@@")) return piece("a", line);
                    if (line.startsWith("+")) return piece("add", line);
                    if (line.startsWith("-")) return piece("del", line);
                    return Escape.html(line);
                })
                .collect(Collectors.joining("\n"));
    }

    /// Keywords are bold and comments italic to a browser that knows no colours. Few bytes: a page
    /// holds thousands of pieces.
    private static String piece(String code, String text) {
        String tag =
                switch (code) {
                    case "" -> "";
                    case "k" -> "b";
                    case "c" -> "i";
                    default -> "span";
                };
        return tag.isEmpty()
                ? Escape.html(text)
                : "<" + tag + " class=" + code + ">" + Escape.html(text) + "</" + tag + ">";
    }
}
