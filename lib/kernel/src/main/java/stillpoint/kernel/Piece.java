package stillpoint.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/// One declaration, statement or expression of a cell, as JShell takes them.
///
/// @param source its text; may end with a `;` that the cell does not have
/// @param offset where it starts in the cell
/// @param completeness what JShell says of it: an expression whose value shall be shown lacks its
///   `;`
record Piece(String source, int offset, Completeness completeness) {
    /// The pieces of a cell in order. One that cannot be parsed is the last, and holds the rest of
    /// the cell.
    static List<Piece> of(String cell, SourceCodeAnalysis analysis) {
        var pieces = new ArrayList<Piece>();
        String rest = cell;
        int offset = 0;
        while (true) {
            int blank = blank(rest, 0);
            int code = code(rest);
            if (rest.startsWith("import", code)) blank = code;
            rest = rest.substring(blank);
            offset += blank;
            if (rest.isEmpty()) return pieces;
            CompletionInfo info = analysis.analyzeCompletion(rest);
            switch (info.completeness()) {
                case EMPTY -> {
                    return pieces;
                }
                case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE ->
                        pieces.add(new Piece(info.source(), offset, info.completeness()));
                case DEFINITELY_INCOMPLETE, UNKNOWN -> {
                    pieces.add(new Piece(rest, offset, info.completeness()));
                    return pieces;
                }
            }
            if (info.completeness() == Completeness.CONSIDERED_INCOMPLETE) return pieces;
            String remaining = info.remaining();
            offset += rest.length() - remaining.length();
            rest = remaining;
        }
    }

    private static int blank(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        return at;
    }

    /// Where the comments in front end. JShell takes an import behind a comment for one that
    /// replaces another, and every variable whose type came through that loses its value: the
    /// comment stays out of an import's source.
    private static int code(String text) {
        int at = blank(text, 0);
        while (true) {
            String end;
            if (text.startsWith("//", at)) end = "\n";
            else if (text.startsWith("/*", at)) end = "*/";
            else return at;
            int behind = text.indexOf(end, at + 2);
            if (behind < 0) return at;
            at = blank(text, behind + end.length());
        }
    }

    /// Whether JShell can parse it.
    boolean parses() {
        return switch (completeness) {
            case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE, EMPTY -> true;
            case DEFINITELY_INCOMPLETE, UNKNOWN -> false;
        };
    }

    /// Whether it is an expression without `;`, whose value the cell shows.
    boolean wantsValue() {
        return switch (completeness) {
            case COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE -> true;
            case COMPLETE -> !source.stripTrailing().endsWith(";");
            case EMPTY, DEFINITELY_INCOMPLETE, UNKNOWN -> false;
        };
    }
}
