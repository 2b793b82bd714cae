package stillpoint.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import stillpoint.page.JavaLexer.Kind;
import stillpoint.page.JavaLexer.Token;

/// Decides by its neighbours whether a name is a contextual keyword (`record`, `sealed`, `permits`,
/// `var`, `yield`, `when`) or a type: `var record = 1` holds one keyword, `record Point(int x)`
/// another.
final class Contextual {
    private static final Set<String> DECLARES =
            Set.of(
                    "class",
                    "interface",
                    "abstract",
                    "public",
                    "protected",
                    "private",
                    "static",
                    "final",
                    "strictfp",
                    "sealed");

    private final List<Token> words;

    private Contextual(List<Token> words) {
        this.words = words;
    }

    static List<Token> resolve(List<Token> tokens) {
        var words =
                tokens.stream()
                        .filter(t -> t.kind() != Kind.SPACE && t.kind() != Kind.COMMENT)
                        .toList();
        var context = new Contextual(words);
        var resolved = new ArrayList<Token>(tokens.size());
        int word = 0;
        for (Token t : tokens) {
            boolean counts = t.kind() != Kind.SPACE && t.kind() != Kind.COMMENT;
            resolved.add(t.kind() == Kind.NAME ? new Token(context.kind(word), t.text()) : t);
            if (counts) word++;
        }
        return resolved;
    }

    private Kind kind(int i) {
        String word = words.get(i).text();
        boolean keyword =
                switch (word) {
                    case "var" ->
                            named(i + 1) && !text(i - 1).equals(".") && !text(i - 1).equals("new");
                    case "record" -> named(i + 1) && Set.of("(", "<").contains(text(i + 2));
                    case "sealed", "non-sealed" -> DECLARES.contains(text(i + 1));
                    case "permits" -> named(i + 1) && (named(i - 1) || text(i - 1).equals(">"));
                    case "yield" ->
                            Set.of("{", ";", ">", ":", "}", "", ")").contains(text(i - 1))
                                    && !Set.of("=", ".", ")", ";", ",", "[").contains(text(i + 1));
                    case "when" ->
                            (text(i - 1).equals(")") || named(i - 1))
                                    && !Set.of("=", ".", ";", ",", ")", "").contains(text(i + 1));
                    default -> false;
                };
        if (keyword) return Kind.KEYWORD;
        return looksLikeType(word) ? Kind.TYPE : Kind.NAME;
    }

    /// `StopMachine` and `T`, but not the constant `SWP_VALID`.
    private static boolean looksLikeType(String word) {
        return Character.isUpperCase(word.charAt(0))
                && (word.length() == 1 || word.chars().anyMatch(Character::isLowerCase));
    }

    private boolean named(int i) {
        return i >= 0 && i < words.size() && words.get(i).kind() == Kind.NAME;
    }

    private String text(int i) {
        return i >= 0 && i < words.size() ? words.get(i).text() : "";
    }
}
