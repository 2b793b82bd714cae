package stillpoint.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts Java source into coloured pieces: comments, strings and text blocks, character literals,
/// numbers, annotations, keywords, contextual keywords where they are keywords, and names of types.
/// It never fails: what it does not know is plain, and the pieces joined are the source again. JLS
/// 25 chapter 3 is what it follows; snippets and half-written code are welcome.
final class JavaLexer {
    /// What a piece is; `code` is the class it gets on a page.
    enum Kind {
        PLAIN(""),
        COMMENT("c"),
        STRING("s"),
        NUMBER("n"),
        ANNOTATION("a"),
        KEYWORD("k"),
        TYPE("t"),
        NAME(""),
        SPACE("");

        final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    /// One piece of the source.
    record Token(Kind kind, String text) {}

    private static final Set<String> KEYWORDS =
            Set.of(
                    ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                                    + " final finally float for goto if implements import instanceof int interface long native new"
                                    + " package private protected public return short static strictfp super switch synchronized this"
                                    + " throw throws transient try void volatile while true false null")
                            .split(" "));

    private final String source;
    private int at;
    private final List<Token> tokens = new ArrayList<>();

    private JavaLexer(String source) {
        this.source = source;
    }

    /// The pieces of `source`, in order.
    static List<Token> tokens(String source) {
        var lexer = new JavaLexer(source);
        while (lexer.at < source.length()) lexer.next();
        return Contextual.resolve(lexer.tokens);
    }

    private void next() {
        char c = source.charAt(at);
        int start = at;
        if (Character.isWhitespace(c)) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) at++;
            add(Kind.SPACE, start);
        } else if (source.startsWith("//", at)) {
            at = lineEnd(at);
            add(Kind.COMMENT, start);
        } else if (source.startsWith("/*", at)) {
            at = after("*/", at + 2);
            add(Kind.COMMENT, start);
        } else if (source.startsWith("\"\"\"", at)) {
            textBlock();
            add(Kind.STRING, start);
        } else if (c == '"' || c == '\'') {
            quoted(c);
            add(Kind.STRING, start);
        } else if (Character.isDigit(c)
                || c == '.'
                        && at + 1 < source.length()
                        && Character.isDigit(source.charAt(at + 1))) {
            number();
            add(Kind.NUMBER, start);
        } else if (c == '@'
                && at + 1 < source.length()
                && Character.isJavaIdentifierStart(source.charAt(at + 1))) {
            at++;
            boolean declaration = identifier().equals("interface");
            while (!declaration
                    && at + 1 < source.length()
                    && source.charAt(at) == '.'
                    && Character.isJavaIdentifierStart(source.charAt(at + 1))) {
                at++;
                identifier();
            }
            add(declaration ? Kind.KEYWORD : Kind.ANNOTATION, start);
        } else if (Character.isJavaIdentifierStart(c)) {
            String word =
                    source.startsWith("non-sealed", at) && !identifierPartAt(at + 10)
                            ? nonSealed()
                            : identifier();
            add(KEYWORDS.contains(word) ? Kind.KEYWORD : Kind.NAME, start);
        } else {
            at++;
            add(Kind.PLAIN, start);
        }
    }

    /// Never cuts a character of two code units.
    private void add(Kind kind, int start) {
        if (at < source.length()
                && Character.isLowSurrogate(source.charAt(at))
                && Character.isHighSurrogate(source.charAt(at - 1))) at++;
        tokens.add(new Token(kind, source.substring(start, at)));
    }

    private String identifier() {
        int start = at;
        while (identifierPartAt(at)) at++;
        return source.substring(start, at);
    }

    private boolean identifierPartAt(int i) {
        return i < source.length() && Character.isJavaIdentifierPart(source.charAt(i));
    }

    private String nonSealed() {
        at += "non-sealed".length();
        return "non-sealed";
    }

    private int lineEnd(int from) {
        int end = source.indexOf('\n', from);
        return end < 0 ? source.length() : end;
    }

    private int after(String close, int from) {
        int end = source.indexOf(close, from);
        return end < 0 ? source.length() : end + close.length();
    }

    private void textBlock() {
        at += 3;
        while (at < source.length() && !source.startsWith("\"\"\"", at))
            at += source.charAt(at) == '\\' ? 2 : 1;
        at = Math.min(source.length(), at + 3);
    }

    /// A string or character literal; one without an end stops at the end of its line.
    private void quoted(char quote) {
        at++;
        while (at < source.length() && source.charAt(at) != quote && source.charAt(at) != '\n')
            at +=
                    source.charAt(at) == '\\'
                                    && at + 1 < source.length()
                                    && source.charAt(at + 1) != '\n'
                            ? 2
                            : 1;
        if (at < source.length() && source.charAt(at) == quote) at++;
        at = Math.min(at, source.length());
    }

    /// Any numeric literal: `0x1F`, `1_000L`, `6.02e-23`, `0x1.8p3`.
    private void number() {
        boolean hex = source.startsWith("0x", at) || source.startsWith("0X", at);
        String signs = hex ? "pP" : "eE";
        while (at < source.length()) {
            char c = source.charAt(at);
            boolean sign =
                    (c == '+' || c == '-') && signs.indexOf(source.charAt(at - 1)) >= 0 && at > 0;
            boolean point =
                    c == '.'
                            && at + 1 < source.length()
                            && !Character.isJavaIdentifierStart(source.charAt(at + 1));
            if (!(Character.isLetterOrDigit(c) || c == '_' || sign || point)) break;
            at++;
        }
    }
}
