package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import stillpoint.machine.Config;
import stillpoint.program.Section;

/// A line of the matrix as it is shown: one design on one kernel, over every kind of device.
///
/// F1 is asked where `swap_map` is guarded by the lock of a cluster or read past the swap cache,
/// and F7 is F1 on a rotating device, where the lock of the device guards it; the other columns are
/// over all devices, the worst word counts.
///
/// @param rows one a kind of device
public record MatrixLine(List<MatrixRow> rows) {
    private static final String ROTATING = "F7";
    private static final String OTHER = "other";

    public MatrixLine {
        rows = List.copyOf(rows);
    }

    /// The design, as it is asked for.
    public String design() {
        return rows.getFirst().design();
    }

    /// What opens the section of its readers.
    public String section() {
        return rows.getFirst().section();
    }

    /// The same in the words by which a design is asked for, `irq` as in `D8@irq`.
    public String flavour() {
        return Arrays.stream(section().split(" [+] ", -1))
                .map(MatrixLine::flavour)
                .collect(Collectors.joining(" + "));
    }

    private static String flavour(String enter) {
        return Arrays.stream(Section.values())
                .filter(section -> section.enter().equals(enter))
                .map(section -> section.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(enter);
    }

    /// The kernel.
    public Config config() {
        return rows.getFirst().config();
    }

    /// Whether only a weak memory model tells the design from one that is right, so that no search
    /// can call it safe.
    public boolean order() {
        return rows.stream().anyMatch(row -> row.open().equals(MatrixRow.ORDER));
    }

    /// What a column says.
    ///
    /// @param column one of [VerdictMatrix#columns]
    public MatrixRow.Word word(String column) {
        return asked(column).stream()
                .map(Asked::word)
                .max(Comparator.naturalOrder())
                .orElse(MatrixRow.Word.INCONCLUSIVE);
    }

    /// What a column says, in the words of a table: the kinds of fault too, where they have no
    /// class.
    public String words(String column) {
        MatrixRow.Word word = word(column);
        if (word != MatrixRow.Word.BROKEN || !column.equals(OTHER)) return word.words();
        return runs(column).stream().map(Run::what).distinct().collect(Collectors.joining(", "));
    }

    /// The shortest run that a column shows, and the failure it ends in; empty if there is none.
    public Optional<Run> run(String column) {
        return runs(column).stream().findFirst();
    }

    /// Every run that a column shows, the shortest string first.
    public List<Run> runs(String column) {
        return asked(column).stream()
                .filter(asked -> asked.word() == MatrixRow.Word.BROKEN)
                .map(asked -> new Run(asked.what(), asked.row().replay(asked.what())))
                .sorted(
                        Comparator.comparingInt((Run run) -> run.replay().length())
                                .thenComparing(Run::replay))
                .toList();
    }

    /// A run to a failure.
    ///
    /// @param what a failure class, or a kind of fault without one
    /// @param replay its string
    public record Run(String what, String replay) {}

    /// A search, and what it is asked for.
    private record Asked(MatrixRow row, String what) {
        MatrixRow.Word word() {
            return row.word(what);
        }
    }

    private List<Asked> asked(String column) {
        var asked = new ArrayList<Asked>();
        for (MatrixRow row : rows) {
            boolean rotating = row.device() == DeviceKind.HDD;
            if (column.equals(OTHER)) {
                var kinds = new TreeSet<>(row.cells().keySet());
                kinds.removeAll(SwapModel.failureClasses());
                if (kinds.isEmpty()) kinds.add(OTHER);
                kinds.forEach(kind -> asked.add(new Asked(row, kind)));
            } else if (column.equals(ROTATING)) {
                if (rotating) asked.add(new Asked(row, "F1"));
            } else if (!column.equals("F1") || !rotating) asked.add(new Asked(row, column));
        }
        return asked;
    }
}
