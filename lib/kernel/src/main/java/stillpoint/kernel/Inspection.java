package stillpoint.kernel;

import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/// What is known of a name in a cell: its signatures, and the documentation where its source is at
/// hand.
final class Inspection {
    private Inspection() {}

    /// The text to show; empty if the name means nothing.
    ///
    /// @param cursor in or just behind the name
    /// @param imports what cells see without a package
    static String of(String code, int cursor, SourceCodeAnalysis analysis, List<String> imports) {
        int end = cursor;
        if (end > 0
                && (end == code.length() || !Character.isJavaIdentifierPart(code.charAt(end)))) {
            // Behind an opening parenthesis the method before it is meant.
            while (end > 0 && (code.charAt(end - 1) == '(' || code.charAt(end - 1) == ' ')) end--;
        }
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) end++;
        String before = code.substring(0, end);
        List<Piece> pieces = Piece.of(before, analysis);
        if (pieces.isEmpty()) return "";
        String piece = before.substring(pieces.getLast().offset());
        List<Documentation> found = analysis.documentation(piece + "(", piece.length() + 1, true);
        if (found.isEmpty()) found = analysis.documentation(piece, piece.length(), true);
        if (found.isEmpty() && pieces.size() > 1)
            found = analysis.documentation("{\n" + before + "(", before.length() + 3, true);
        return found.stream()
                .map(each ->
                        text(each)
                                + Origins.of(Names.readable(each.signature()), imports)
                                        .map(origin -> "\n" + origin)
                                        .orElse(""))
                .distinct()
                .collect(Collectors.joining("\n\n"));
    }

    private static String text(Documentation documentation) {
        String javadoc = documentation.javadoc();
        return Names.readable(documentation.signature()).replaceAll("@[\\w.]+ ", "")
                + (javadoc == null ? "" : "\n" + plain(javadoc).indent(4).stripTrailing());
    }

    /// The words of a documentation comment.
    static String plain(String javadoc) {
        return javadoc.replaceAll("(?s)<!--.*?-->", "")
                .replaceAll("@param\\s+<(\\w+)>", "@param $1")
                .replaceAll("\\{@(?:code|literal)\\s+([^{}]*)}", "`$1`")
                .replaceAll("\\{@link(?:plain)?\\s+(?:[^\\s{}]+\\s+)?([^{}]*)}", "$1")
                .replaceAll("(?i)</?(?:p|ul|ol|dl|table|tr|pre|blockquote|h[1-6])\\b[^>]*>", "\n")
                .replaceAll("(?i)<(?:li|dt|dd)\\b[^>]*>", "\n- ")
                .replaceAll("<[a-zA-Z/][^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"))
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }
}
