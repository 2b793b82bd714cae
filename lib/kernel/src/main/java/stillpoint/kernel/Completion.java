package stillpoint.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/// How a piece of code may go on.
///
/// @param matches what may stand between `start` and `end`, best first
record Completion(List<String> matches, int start, int end) {
    Completion {
        matches = List.copyOf(matches);
    }

    /// @param cursor a position in `code`
    static Completion of(String code, int cursor, SourceCodeAnalysis analysis) {
        String before = code.substring(0, cursor);
        List<Piece> pieces = Piece.of(before, analysis);
        int from = pieces.isEmpty() ? cursor : pieces.getLast().offset();
        Completion completion = suggestions(before.substring(from), from, analysis);
        if (!completion.matches.isEmpty() || pieces.size() < 2) return completion;
        // What the cell itself declares above is not known to JShell yet; in a block it is.
        return suggestions("{\n" + before, -2, analysis);
    }

    private static Completion suggestions(String code, int offset, SourceCodeAnalysis analysis) {
        int[] anchor = {code.length()};
        List<Suggestion> suggestions = analysis.completionSuggestions(code, code.length(), anchor);
        Set<String> matches = new LinkedHashSet<>();
        for (boolean fits : new boolean[] {true, false})
            suggestions.stream()
                    .filter(each -> each.matchesType() == fits)
                    .map(Suggestion::continuation)
                    .filter(each -> !each.contains("$"))
                    .sorted()
                    .forEach(matches::add);
        return new Completion(List.copyOf(matches), anchor[0] + offset, code.length() + offset);
    }
}
