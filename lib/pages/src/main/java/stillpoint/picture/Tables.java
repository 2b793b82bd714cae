package stillpoint.picture;

import java.util.List;
import java.util.stream.IntStream;
import stillpoint.evidence.Table;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/// Tables of results as Tablesaw tables, for a notebook that groups, joins or filters them.
public final class Tables {
    private Tables() {}

    /// The same columns; those that are set to the right are numbers, and an empty cell in one is
    /// missing.
    ///
    /// @throws NumberFormatException if a column of numbers has a cell that is none
    public static tech.tablesaw.api.Table tablesaw(Table table) {
        Column<?>[] columns =
                IntStream.range(0, table.columns().size())
                        .mapToObj(c -> column(table, c))
                        .toArray(Column<?>[]::new);
        return tech.tablesaw.api.Table.create(table.title(), columns);
    }

    private static Column<?> column(Table table, int c) {
        Table.Column head = table.columns().get(c);
        List<String> cells = table.rows().stream().map(row -> row.get(c)).toList();
        return switch (head.align()) {
            case LEFT -> StringColumn.create(head.name(), cells);
            case RIGHT -> {
                var numbers = DoubleColumn.create(head.name());
                for (String cell : cells) {
                    if (cell.isEmpty()) numbers.appendMissing();
                    else numbers.append(Double.parseDouble(cell.replace(",", "")));
                }
                yield numbers;
            }
        };
    }
}
