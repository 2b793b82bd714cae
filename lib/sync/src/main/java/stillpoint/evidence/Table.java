package stillpoint.evidence;

import java.util.List;

/// A table of results, every cell already in the words that are shown.
///
/// @param title one sentence
/// @param columns at least one
/// @param rows each as long as `columns`
public record Table(String title, List<Column> columns, List<List<String>> rows) {
    /// A column: its name, with the unit in it where there is one (`states`, `latency us`), and how it is set.
    public record Column(String name, Align align) {}

    /// How a column is set: words to the left, numbers to the right.
    public enum Align {
        LEFT,
        RIGHT
    }

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty()) throw new IllegalArgumentException("0 columns: a table has at least one");
        for (List<String> row : rows)
            if (row.size() != columns.size())
                throw new IllegalArgumentException(
                        row.size() + " cells in a row: this table has " + columns.size() + " columns");
    }

    /// A column of words.
    public static Column words(String name) {
        return new Column(name, Align.LEFT);
    }

    /// A column of numbers.
    public static Column numbers(String name) {
        return new Column(name, Align.RIGHT);
    }
}
