package stillpoint.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A snippet's text and where it stands.
///
/// @param file how stack traces name its cell
/// @param firstLine the line of the cell on which it starts, from 1
record Placed(String source, String file, int firstLine) {
    private static final Pattern TYPE =
            Pattern.compile("\\b(?:class|interface|enum|record)\\s+(\\w+)");
    private static final Pattern METHOD = Pattern.compile("\\b(\\w+)\\s*\\(");

    static Placed of(Piece piece, String cell, String file) {
        return new Placed(piece.source(), file, lineOf(cell, piece.offset()));
    }

    /// The line of a text, from 1, on which a position is.
    static int lineOf(String text, int position) {
        return 1
                + (int)
                        text.substring(0, Math.min(position, text.length()))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
    }

    int lines() {
        return lineOf(source, source.stripTrailing().length());
    }

    /// The first type that it declares, or empty.
    String firstType() {
        Matcher type = TYPE.matcher(source);
        return type.find() ? type.group(1) : "";
    }

    /// Whether this is the declaration of what the compiler's class holds.
    boolean declares(Wrapper wrapper) {
        boolean isType = wrapper.types().contains(firstType());
        if (isType || !wrapper.types().isEmpty()) return isType;
        if (!wrapper.field().isEmpty())
            return Pattern.compile("\\b" + Pattern.quote(wrapper.field()) + "\\s*(=|;|,|\\[|$)")
                    .matcher(source)
                    .find();
        if (wrapper.runs()) return false;
        Matcher method = METHOD.matcher(source);
        return method.find() && wrapper.methods().contains(method.group(1));
    }

    /// The line of the cell for a line that the compiler saw.
    ///
    /// JShell puts each kind of snippet into a class in a fixed shape: so many lines stand between
    /// the class's own line and the snippet's first (jdk.jshell.Wrap).
    int line(int compiled, Wrapper wrapper) {
        int within = compiled - wrapper.line() - 2;
        if (wrapper.isTemporary()) within -= 3;
        else if (!wrapper.field().isEmpty()) within = within - 2 + initialiser(wrapper.field());
        return firstLine + Math.clamp(within, 0, lines() - 1);
    }

    /// On which line, from 0, a variable's initialiser starts.
    private int initialiser(String variable) {
        Matcher start =
                Pattern.compile("\\b" + Pattern.quote(variable) + "\\b[\\s\\[\\]]*=\\s*")
                        .matcher(source);
        return start.find() ? lineOf(source, start.end()) - 1 : 0;
    }
}
