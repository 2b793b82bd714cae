package stillpoint.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.Diag;

/// What the compiler has against a cell, with the lines of the cell and the token underlined.
final class CompilationError {
    private static final String NAME = "CompilationError";

    private CompilationError() {}

    /// @param offset where the snippet starts in the cell: positions are relative to it
    static Outcome of(List<Diag> errors, String cell, int offset) {
        var trace = new ArrayList<String>();
        String first = "";
        for (Diag error : errors) {
            String message = message(error);
            int start =
                    clamp(
                            error.getStartPosition() == Diag.NOPOS
                                    ? error.getPosition()
                                    : error.getStartPosition(),
                            offset,
                            cell);
            int end = clamp(error.getEndPosition(), offset, cell);
            int at = clamp(error.getPosition(), offset, cell);
            // The tree may span lines; the position is where the compiler stumbled.
            if (lineStart(cell, start) != lineStart(cell, at)) start = at;
            int line = Placed.lineOf(cell, start);
            String headline = "line " + line + ": " + message.lines().findFirst().orElse("");
            if (first.isEmpty()) first = headline;
            trace.add(Ansi.red(NAME + ": " + headline));
            trace.addAll(excerpt(cell, start, end));
            message.lines().skip(1).forEach(trace::add);
            if (message.contains("stronger access privileges"))
                trace.add(
                        "  in a cell every type is public, and so must this be: write `public` in front of it");
        }
        if (first.isEmpty()) first = "the compiler gave no reason";
        if (trace.isEmpty()) trace.add(Ansi.red(NAME + ": " + first));
        return new Outcome.Failed(NAME, first, trace);
    }

    private static int clamp(long position, int offset, String cell) {
        return Math.clamp(position + offset, 0, cell.length());
    }

    /// Without the lines that name JShell's own class, and with the missing symbol in the first
    /// line.
    private static String message(Diag error) {
        String message =
                error.getMessage(Locale.ROOT)
                        .lines()
                        .filter(line -> !line.matches("\\s*location:\\s*(class)?\\s*"))
                        .map(Names::readable)
                        .collect(Collectors.joining("\n"));
        return message.replaceFirst("\n\\s*symbol:\\s*", ": ");
    }

    private static int lineStart(String cell, int position) {
        return cell.lastIndexOf('\n', position - 1) + 1;
    }

    private static List<String> excerpt(String cell, int start, int end) {
        int from = lineStart(cell, start);
        int to = cell.indexOf('\n', start);
        String text = cell.substring(from, to < 0 ? cell.length() : to);
        int width = Math.max(1, Math.min(end, from + text.length()) - start);
        String number = String.format(Locale.ROOT, "%4d | ", Placed.lineOf(cell, start));
        // Tabs stay tabs below tabs, so that the mark stands where the token does.
        String before =
                text.substring(0, Math.min(start - from, text.length())).replaceAll("[^\\t]", " ");
        return List.of(number + text, "     | " + before + Ansi.red("^".repeat(width)));
    }
}
