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
            int blank = 0;
            while (blank < rest.length() && Character.isWhitespace(rest.charAt(blank))) blank++;
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
