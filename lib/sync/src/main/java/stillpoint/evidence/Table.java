package stillpoint.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table of results, every cell already in the words that are shown.
///
/// @param title one sentence
/// @param columns at least one
/// @param rows each as long as `columns`
public record Table(String title, List<Column> columns, List<List<String>> rows) {
    /// A column: its name, with the unit in it where there is one (`states`, `latency us`), and how
    /// it is set.
    public record Column(String name, Align align) {}

    /// How a column is set: words to the left, numbers to the right.
    public enum Align {
        LEFT,
        RIGHT
    }

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty())
            throw new IllegalArgumentException("0 columns: a table has at least one");
        for (List<String> row : rows)
            if (row.size() != columns.size())
                throw new IllegalArgumentException(
                        row.size()
                                + " cells in a row: this table has "
                                + columns.size()
                                + " columns");
    }

    /// A table of values: a column whose values are all numbers is set to the right, whole numbers
    /// with commas.
    ///
    /// @param rows each as long as `columns`; an empty string is an empty cell of either kind
    public static Table of(String title, List<String> columns, List<? extends List<?>> rows) {
        var heads = new ArrayList<Column>();
        for (int c = 0; c < columns.size(); c++) {
            int column = c;
            boolean numbers =
                    rows.stream()
                            .map(row -> row.get(column))
                            .allMatch(value -> value instanceof Number || value.equals(""));
            heads.add(
                    new Column(
                            columns.get(c), numbers && !rows.isEmpty() ? Align.RIGHT : Align.LEFT));
        }
        return new Table(
                title,
                heads,
                rows.stream().map(row -> row.stream().map(Table::shown).toList()).toList());
    }

    private static String shown(Object value) {
        return switch (value) {
            case Integer whole -> String.format(Locale.ROOT, "%,d", whole);
            case Long whole -> String.format(Locale.ROOT, "%,d", whole);
            default -> String.valueOf(value);
        };
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
