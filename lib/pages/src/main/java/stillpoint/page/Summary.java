package stillpoint.page;

import java.util.Optional;
import stillpoint.notebook.Cell;

/// The sentence that stands for folded code.
final class Summary {
    private Summary() {}

    /// `stillpoint.summary` of the cell's metadata, else its first comment, else its length.
    static String of(Cell.Code cell) {
        return PageOf.setting(cell.metadata(), "summary")
                .or(() -> comment(cell.source()))
                .orElseGet(() -> "Code: " + lines(cell.source()));
    }

    /// `1 line`, `14 lines`.
    static String lines(String source) {
        long n = source.strip().lines().count();
        return n == 1 ? "1 line" : n + " lines";
    }

    /// The comment that the code begins with, its first line.
    private static Optional<String> comment(String source) {
        String first =
                source.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
        if (!first.startsWith("//") && !first.startsWith("/*")) return Optional.empty();
        String words =
                first.replaceFirst("^(?:/{2,}|/\\*+)!?", "").replaceFirst("\\*+/$", "").strip();
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }
}
