package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import stillpoint.measure.Measured;
import stillpoint.measure.Measurements;
import stillpoint.notebook.AtomicFile;
import stillpoint.notebook.NotebookException;

/// Where the measurements of a command go: standard output, and a file if one was named.
///
/// @param out the file
record MeasuredFile(Optional<Path> out) {
    private static final String LINE = "%-42s %-26s %4s %7s %11s %11s %11s %11s%n";
    private static final String PARTIAL = ".partial";

    static final Synopsis.Option OPTION =
            new Synopsis.Option("--out", "FILE", "writes the CSV there; else the table is all");

    static MeasuredFile of(Arguments arguments) {
        MeasuredFile file = new MeasuredFile(arguments.value(OPTION.name()).map(Path::of));
        file.out().ifPresent(OutFile::demandWritable);
        return file;
    }

    /// Shows them, and writes them. What did not finish goes beside, so that a whole file stays.
    void take(Measurements found) throws IOException {
        System.out.printf(LINE, "what", "condition", "unit", "n", "min", "median", "p99", "max");
        for (Measured row : found.rows())
            System.out.printf(
                    Locale.ROOT,
                    LINE,
                    row.what(),
                    row.condition(),
                    row.unit(),
                    row.n(),
                    row.min(),
                    Math.round(row.median().value()),
                    row.hasTail() ? row.sample().quantile(0.99) : "none",
                    row.max());
        if (out.isEmpty()) return;
        Path file = out.get();
        if (!found.complete()) file = file.resolveSibling(file.getFileName() + PARTIAL);
        try {
            AtomicFile.write(file, found.csv().getBytes(StandardCharsets.UTF_8));
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.UNWRITABLE, String.valueOf(e.getMessage()));
        }
        System.out.println(file + ": " + found);
    }
}
