package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import stillpoint.machine.Config;

/// The verdict matrix as a file that is reviewed: one line a search.
public final class MatrixFile {
    private static final List<String> COLUMNS =
            List.of(
                    "design",
                    "section",
                    "config",
                    "device",
                    "readers",
                    "states",
                    "transitions",
                    "depth",
                    "F1",
                    "F2",
                    "F3",
                    "F4",
                    "F5",
                    "F6",
                    "other",
                    "open");
    private static final int FIRST_CLASS = COLUMNS.indexOf("F1");
    private static final int OTHER = COLUMNS.indexOf("other");
    private static final Pattern KIND = Pattern.compile("([a-zA-Z_ ]+)=([^ ]+)");
    private static final String NOT_MET = "-";

    private MatrixFile() {}

    /// The whole text, the same for the same matrix.
    public static String text(VerdictMatrix matrix) {
        var text = new StringBuilder();
        List.of(
                        "# The verdict matrix: design by failure class by reader section by kernel, one line a search.",
                        "# Regenerate: ./stillpoint matrix --update (then read the diff). ./stillpoint test --all computes it again.",
                        "# Each search is exhaustive: page faults on one swap entry, swapoff once, then another device in the slot, once;",
                        "# memory sequentially consistent; reductions: fusion, merging, movers, symmetry. states, transitions, depth: its size.",
                        "# F1 to F6, other: - where no run shows the failure, otherwise the string of a shortest run: ./stillpoint replay STRING",
                        "# (with the fewest readers that show it). other: faults without a class. F7 is F1 on an hdd.",
                        "# open: why \"-\" is not \"safe\": what cut the search short, or that only the order of memory matters.")
                .forEach(line -> text.append(line).append('\n'));
        text.append(String.join(",", COLUMNS)).append('\n');
        for (MatrixRow row : matrix.rows()) text.append(line(row)).append('\n');
        return text.toString();
    }

    private static String line(MatrixRow row) {
        var cells = new ArrayList<String>();
        cells.addAll(
                List.of(
                        row.design(),
                        row.section(),
                        row.config().word(),
                        row.device().word(),
                        Integer.toString(row.readers()),
                        Long.toString(row.states()),
                        Long.toString(row.transitions()),
                        Integer.toString(row.depth())));
        for (String column : SwapModel.failureClasses())
            cells.add(row.cells().getOrDefault(column, NOT_MET));
        String others =
                row.cells().entrySet().stream()
                        .filter(cell -> !SwapModel.failureClasses().contains(cell.getKey()))
                        .map(cell -> cell.getKey() + "=" + cell.getValue())
                        .collect(Collectors.joining(" "));
        cells.add(others.isEmpty() ? NOT_MET : others);
        cells.add(row.open().replace(',', ';'));
        return String.join(",", cells);
    }

    /// Takes a file apart.
    ///
    /// @param name of the file, for messages
    /// @throws IllegalArgumentException naming file, line, rule and the way on
    public static VerdictMatrix parse(String name, String text) {
        var rows = new ArrayList<MatrixRow>();
        boolean headed = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("#") || line.isBlank()) continue;
            if (!headed) {
                if (!line.equals(String.join(",", COLUMNS)))
                    throw bad(name, number, "the columns are " + String.join(",", COLUMNS));
                headed = true;
            } else
                try {
                    rows.add(row(line));
                } catch (IllegalArgumentException e) {
                    throw bad(name, number, String.valueOf(e.getMessage()));
                }
        }
        if (rows.isEmpty()) throw bad(name, number, "0 searches: a matrix has at least one");
        return new VerdictMatrix(rows);
    }

    private static MatrixRow row(String line) {
        List<String> cells = Arrays.asList(line.split(",", -1));
        if (cells.size() != COLUMNS.size())
            throw new IllegalArgumentException(
                    cells.size() + " cells: a line has " + COLUMNS.size() + ", commas between");
        var met = new TreeMap<String, String>();
        for (int c = FIRST_CLASS; c < OTHER; c++)
            if (!cells.get(c).equals(NOT_MET)) met.put(COLUMNS.get(c), replay(cells.get(c)));
        String others = cells.get(OTHER);
        if (!others.equals(NOT_MET)) {
            Matcher kind = KIND.matcher(others);
            int end = 0;
            while (kind.find() && kind.start() == end) {
                met.put(kind.group(1).strip(), replay(kind.group(2)));
                end = kind.end();
            }
            if (end != others.length())
                throw new IllegalArgumentException(
                        "other = " + others + ": each is KIND=STRING, a blank between");
        }
        return new MatrixRow(
                cells.get(0),
                cells.get(1),
                Config.named(cells.get(2)),
                DeviceKind.named(cells.get(3)),
                (int) count("readers", cells.get(4)),
                count("states", cells.get(5)),
                count("transitions", cells.get(6)),
                (int) count("depth", cells.get(7)),
                met,
                cells.getLast());
    }

    private static String replay(String text) {
        if (text.split(":", -1).length == 5) return text;
        throw new IllegalArgumentException(
                "\"" + text + "\": a cell is " + NOT_MET + " or the replay string of a run");
    }

    private static long count(String column, String text) {
        if (text.matches("[0-9]{1,15}")) return Long.parseLong(text);
        throw new IllegalArgumentException(column + " = " + text + ": a count is a whole number");
    }

    private static IllegalArgumentException bad(String name, int line, String rule) {
        return new IllegalArgumentException(
                name
                        + ":"
                        + line
                        + ": "
                        + rule
                        + "; the file is not edited by hand: ./stillpoint matrix --update writes it anew");
    }
}
