package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Fresh outputs against the committed ones: everything is exact but what is labelled *measured*.
///
/// Labelled are: the entry `application/vnd.stillpoint.measured+json` of a display, and all outputs
/// of a cell with the tag `measured`. So a display that shows a timing puts it into that entry, and
/// keeps it out of its text/plain.
public final class Comparison {
    /// A cell with this tag has none of its outputs compared.
    public static final String MEASURED_TAG = "measured";

    private static final int DIFF_LINES = 14;
    private static final int LINE_LENGTH = 160;

    private Comparison() {}

    /// A line of an output, with the part it stands in.
    private record Line(String part, int number, String text) {}

    /// At most one difference for each cell; empty if the notebook still shows what it showed.
    ///
    /// @param fresh the same notebook after a run that ended well
    public static List<Difference> of(Notebook committed, Notebook fresh) {
        var now = new HashMap<String, Cell.Code>();
        for (Cell.Code cell : fresh.codeCells()) now.put(cell.id(), cell);
        var differences = new ArrayList<Difference>();
        int number = 0;
        for (Cell.Code cell : committed.codeCells()) {
            int place = ++number;
            Cell.Code other = now.get(cell.id());
            if (other == null)
                throw new IllegalArgumentException(
                        "cell "
                                + cell.id()
                                + " is not in the fresh notebook: compare a notebook with a run of it");
            difference(committed, place, cell, other).ifPresent(differences::add);
        }
        return differences;
    }

    /// Whether a cell shows the same, measurements aside.
    static boolean same(Cell.Code committed, Cell.Code fresh) {
        return lines(committed).equals(lines(fresh));
    }

    private static Optional<Difference> difference(
            Notebook notebook, int place, Cell.Code committed, Cell.Code fresh) {
        List<Line> before = lines(committed);
        List<Line> after = lines(fresh);
        if (before.equals(after)) return Optional.empty();
        int i = 0;
        while (i < before.size() && i < after.size() && before.get(i).equals(after.get(i))) i++;
        // What comes first in reading order is named: a missing line is named by the one that
        // stands there instead.
        Line at = i < before.size() ? before.get(i) : after.get(i);
        boolean samePart =
                i < before.size()
                        && i < after.size()
                        && before.get(i).part().equals(after.get(i).part());
        String expected = i < before.size() ? before.get(i).text() : "(no more output)";
        String found = i < after.size() ? after.get(i).text() : "(no more output)";
        if (!samePart && i < before.size() && i < after.size())
            found = found + "  (" + after.get(i).part() + ")";
        int from = firstDifferentChar(expected, found);
        return Optional.of(
                new Difference(
                        place,
                        committed.id(),
                        notebook.titleOf(committed.id()),
                        at.part(),
                        at.number(),
                        window(expected, from),
                        window(found, from),
                        diff(before, after)));
    }

    private static List<Line> lines(Cell.Code cell) {
        var lines = new ArrayList<Line>();
        lines.add(
                new Line(
                        "execution count",
                        1,
                        cell.executionCount().isPresent()
                                ? Integer.toString(cell.executionCount().getAsInt())
                                : "none"));
        if (cell.hasTag(MEASURED_TAG)) return lines;
        int number = 0;
        for (Output output : cell.outputs()) {
            String part = "output " + ++number + ", ";
            switch (output) {
                case Output.Stream stream -> add(lines, part + stream.name(), stream.text());
                case Output.Display display ->
                        bundle(lines, part, display.data(), display.metadata());
                case Output.Result result -> {
                    add(lines, part + "execution count", Integer.toString(result.executionCount()));
                    bundle(lines, part, result.data(), result.metadata());
                }
                case Output.Failure failure -> {
                    add(lines, part + "exception", failure.name() + ": " + failure.value());
                    add(lines, part + "traceback", String.join("\n", failure.traceback()));
                }
            }
        }
        return lines;
    }

    private static void bundle(
            List<Line> lines, String part, SortedMap<String, JsonNode> data, JsonNode metadata) {
        // Text first: a difference in words says more than one in a drawing.
        if (data.containsKey("text/plain"))
            add(lines, part + "text/plain", content(data.get("text/plain")));
        data.forEach((mime, value) -> {
            if (!mime.equals("text/plain") && !mime.equals(Output.MEASURED))
                add(lines, part + mime, content(value));
        });
        if (!metadata.isEmpty()) add(lines, part + "metadata", content(metadata));
    }

    private static String content(JsonNode value) {
        return value.isTextual() ? value.textValue() : NotebookJson.write(value).stripTrailing();
    }

    private static void add(List<Line> lines, String part, String text) {
        String[] split = text.split("\n", -1);
        for (int i = 0; i < split.length; i++) lines.add(new Line(part, i + 1, split[i]));
    }

    private static int firstDifferentChar(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) i++;
        return i;
    }

    /// The part of a long line around a column: a base64 image is one line.
    private static String window(String line, int column) {
        if (line.length() <= LINE_LENGTH) return line;
        int start = Math.clamp(column - LINE_LENGTH / 2, 0, line.length() - LINE_LENGTH);
        int end = start + LINE_LENGTH;
        return (start > 0 ? "…" : "")
                + line.substring(start, end)
                + (end < line.length() ? "…" : "");
    }

    private static String diff(List<Line> before, List<Line> after) {
        List<String> unified =
                UnifiedDiffUtils.generateUnifiedDiff(
                        "committed",
                        "now",
                        texts(before),
                        DiffUtils.diff(texts(before), texts(after)),
                        1);
        if (unified.isEmpty()) return "";
        String shown =
                unified.stream()
                        .limit(DIFF_LINES)
                        .map(line -> "  " + window(line, 0))
                        .collect(Collectors.joining("\n"));
        return unified.size() <= DIFF_LINES
                ? shown
                : shown + "\n  … " + (unified.size() - DIFF_LINES) + " more lines";
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }
}
