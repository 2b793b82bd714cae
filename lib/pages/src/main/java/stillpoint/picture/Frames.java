package stillpoint.picture;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import stillpoint.evidence.Tabular;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/// Results as Tablesaw tables, to filter, group and join in a notebook.
public final class Frames {
    private static final char REMARK = '#';
    private static final Set<String> FIGURES = Set.of("mean", "median", "p99", "min", "max");

    private Frames() {}

    /// A column for each column of the file; what is `none` there is missing here. The lines of the
    /// provenance are left to [Tabular#csv].
    public static Table frame(Tabular results) {
        String values =
                results.csv()
                        .lines()
                        .filter(line -> line.isEmpty() || line.charAt(0) != REMARK)
                        .collect(Collectors.joining("\n"));
        return Table.read()
                .usingOptions(
                        CsvReadOptions.builderFromString(values)
                                .tableName(results.name())
                                .missingValueIndicator("none")
                                .sample(false)
                                .columnTypesPartial(Frames::type)
                                .build());
    }

    /// Figures are decimal numbers even where all of them happen to be whole.
    private static Optional<ColumnType> type(String column) {
        boolean figure =
                column.endsWith("_low") || column.endsWith("_high") || FIGURES.contains(column);
        return figure ? Optional.of(ColumnType.DOUBLE) : Optional.empty();
    }
}
