package stillpoint.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/// How a piece of code may go on.
///
/// @param matches what may stand between `start` and `end`, best first
record Completion(List<String> matches, int start, int end) {
    private static final Pattern WORD = Pattern.compile("\\b[\\p{L}_]\\w*");

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
        Completion inBlock = suggestions("{\n" + before, -2, analysis);
        return inBlock.matches.isEmpty() ? words(before) : inBlock;
    }

    /// Names that the cell mentions already, for one that stands alone.
    private static Completion words(String before) {
        int start = before.length();
        while (start > 0 && Character.isJavaIdentifierPart(before.charAt(start - 1))) start--;
        String prefix = before.substring(start);
        if (prefix.isEmpty() || start > 0 && before.charAt(start - 1) == '.')
            return new Completion(List.of(), before.length(), before.length());
        List<String> words =
                WORD.matcher(before.substring(0, start))
                        .results()
                        .map(MatchResult::group)
                        .filter(word -> word.startsWith(prefix))
                        .distinct()
                        .sorted()
                        .toList();
        return new Completion(words, start, before.length());
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
