package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import stillpoint.evidence.Table;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/// A Tablesaw table as one of ours: its name, its columns, and its first rows in words.
final class TablesawTables {
    /// More rows than that nobody reads; the last line says how many there are.
    static final int ROWS = 50;

    private TablesawTables() {}

    static Bundle of(Object value) {
        return TablePicture.of(table((tech.tablesaw.api.Table) value), ROWS);
    }

    static Table table(tech.tablesaw.api.Table source) {
        if (source.columnCount() == 0)
            return new Table(name(source), List.of(Table.words("(no columns)")), List.of());
        var columns = new ArrayList<Table.Column>();
        for (Column<?> column : source.columns())
            columns.add(column instanceof NumericColumn ? Table.numbers(column.name()) : Table.words(column.name()));
        var rows = new ArrayList<List<String>>();
        for (int r = 0; r < source.rowCount(); r++) {
            var row = new ArrayList<String>();
            for (Column<?> column : source.columns()) row.add(cell(column, r));
            rows.add(row);
        }
        return new Table(name(source), columns, rows);
    }

    private static String name(tech.tablesaw.api.Table source) {
        return source.name() == null ? "" : source.name();
    }

    private static String cell(Column<?> column, int row) {
        return column.isMissing(row) ? "" : column.getString(row);
    }
}
