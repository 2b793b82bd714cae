package stillpoint.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import stillpoint.evidence.Basis;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Evident;
import stillpoint.evidence.Table;
import stillpoint.evidence.Tabular;
import stillpoint.evidence.Timing;
import stillpoint.statistics.Estimate;
import stillpoint.statistics.Estimates;

/// What a run measured, with its provenance.
///
/// ```java
/// Measurements.load(Path.of("data/measured/membarrier.csv")).named("MEMBARRIER_CMD_GLOBAL")
/// ```
///
/// @param provenance where, on what, how and when
/// @param rows at least one; each with words of its own
/// @param complete whether the run finished; an interrupted one keeps what it has, and says so
public record Measurements(Provenance provenance, List<Measured> rows, boolean complete)
        implements Evident, Tabular {
    private static final Object NONE = "";

    public Measurements {
        rows = List.copyOf(rows);
        if (rows.isEmpty())
            throw new IllegalArgumentException(
                    "0 rows: something was measured, or there is no file");
        var seen = new HashSet<String>();
        for (Measured row : rows)
            if (!seen.add(row + " " + row.unit()))
                throw new IllegalArgumentException(
                        "\"" + row + "\" is there twice: each row has words of its own");
    }

    /// Reads a file of a run that finished.
    ///
    /// @throws Refused if there is none, or it is not what [#csv] gave, or its run did not finish
    public static Measurements load(Path file) throws IOException {
        try {
            Measurements found = parse(file.toString(), Files.readString(file));
            if (found.complete()) return found;
        } catch (NoSuchFileException e) {
            throw new Refused(file + ": no such file; `./stillpoint measure` makes those");
        } catch (CharacterCodingException e) {
            throw new Refused(
                    file + ": is no text; name a CSV file that `./stillpoint measure` made");
        }
        throw new Refused(
                file
                        + ": says \"# partial\": its run was interrupted, and what did not finish is"
                        + " not used; run the command that it names again");
    }

    /// A recording of `data/measured/` that the library carries with it, so that a notebook needs
    /// no checkout; none if it was not recorded.
    ///
    /// @param name of the file: `membarrier.csv`
    public static Optional<Measurements> recorded(String name) {
        try (InputStream in = Measurements.class.getResourceAsStream("recorded/" + name)) {
            if (in == null) return Optional.empty();
            return Optional.of(
                    parse(
                            "data/measured/" + name,
                            new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads what [#csv] gave, of a run that finished or did not.
    ///
    /// @param file as messages call it
    /// @throws Refused if it is not that: cut off, edited, of another version, without units or
    ///   provenance
    public static Measurements parse(String file, String text) {
        return MeasuredCsv.parse(file, text);
    }

    /// The CSV, with its provenance above and its digest below. The same bytes for the same
    /// measurements.
    @Override
    public String csv() {
        return MeasuredCsv.text(this);
    }

    /// The command that measured it.
    @Override
    public String name() {
        return provenance.command();
    }

    /// The SHA-256 of the CSV's lines before the last, in hexadecimal: what its last line says.
    public String digest() {
        return MeasuredCsv.digest(MeasuredCsv.body(this));
    }

    /// Its rows of this name only.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public Measurements named(String what) {
        List<Measured> own = rows.stream().filter(row -> row.what().equals(what)).toList();
        if (own.isEmpty())
            throw new IllegalArgumentException(
                    "\""
                            + what
                            + "\" is not measured here; there are "
                            + String.join(
                                    ", ", rows.stream().map(Measured::what).distinct().toList()));
        return new Measurements(provenance, own, complete);
    }

    /// Its rows under these conditions only.
    ///
    /// @throws IllegalArgumentException naming the one that no row has
    public Measurements under(String... conditions) {
        for (String condition : conditions)
            if (rows.stream().noneMatch(row -> row.condition().equals(condition)))
                throw new IllegalArgumentException(
                        "\""
                                + condition
                                + "\": no row has this condition; there are "
                                + rows.stream()
                                        .map(Measured::condition)
                                        .distinct()
                                        .collect(Collectors.joining("\", \"", "\"", "\"")));
        List<String> kept = List.of(conditions);
        return new Measurements(
                provenance,
                rows.stream().filter(row -> kept.contains(row.condition())).toList(),
                complete);
    }

    /// The row with these words.
    public Optional<Measured> row(String what, String condition, int cpus) {
        return rows.stream().filter(row -> row.is(what, condition, cpus)).findFirst();
    }

    /// Every row as it is shown: the values in their own unit, the median with its 95 % interval,
    /// no 99th percentile where there are fewer than 100 values.
    public Table table() {
        var shown = new ArrayList<List<?>>();
        for (Measured row : rows) {
            Estimate median = row.median();
            shown.add(
                    List.of(
                            row.what(),
                            row.condition(),
                            row.cpus(),
                            row.unit().word(),
                            row.n(),
                            row.min(),
                            shown(median.value()),
                            median.interval().<Object>map(i -> (long) i.low()).orElse(NONE),
                            median.interval().<Object>map(i -> (long) i.high()).orElse(NONE),
                            row.hasTail() ? shown(row.quantile(0.99).value()) : NONE,
                            row.max()));
        }
        return Table.of(
                title(),
                List.of(
                        "what",
                        "condition",
                        "CPUs",
                        "unit",
                        "n",
                        "min",
                        "median",
                        "from",
                        "to",
                        "p99",
                        "max"),
                shown);
    }

    private static Object shown(double value) {
        return value == Math.rint(value) ? (Object) (long) value : BigDecimal.valueOf(value);
    }

    @Override
    public Table evidence() {
        return table();
    }

    private String title() {
        return Basis.MEASURED.words()
                + " on "
                + provenance.machine()
                + ", "
                + provenance.cpu()
                + ", "
                + provenance.cpus()
                + " CPUs, Linux "
                + provenance.kernel()
                + ", "
                + provenance.date()
                + (complete ? "" : "; interrupted");
    }

    /// Mean, median, 99th percentile and maximum of one row in nanoseconds.
    ///
    /// @throws IllegalArgumentException if the row is in another unit, or has too few values to
    ///   speak of a 99th percentile
    public Timing timing(Measured row) {
        double scale =
                switch (row.unit()) {
                    case NS -> 1;
                    case PS -> 1e-3;
                    case INSTRUCTIONS, TICKS, KB, COUNT, PER_MILLE ->
                            throw new IllegalArgumentException(
                                    row
                                            + " is in "
                                            + row.unit()
                                            + ", which is no time; see table()");
                };
        if (!row.hasTail())
            throw new IllegalArgumentException(
                    row
                            + ": "
                            + row.n()
                            + " values, and a 99th percentile takes "
                            + Measured.TAIL_NEEDS
                            + "; see table()");
        return new Timing(
                row.toString(),
                Basis.MEASURED,
                Measured.LEVEL,
                row.n(),
                "as many as were asked for",
                assumptions(),
                List.of(
                        new Timing.Line(
                                row.what(),
                                figure(Estimates.mean(row.sample(), Measured.LEVEL), scale),
                                row.median().value() * scale,
                                figure(row.quantile(0.99), scale),
                                row.max() * scale)));
    }

    private static Timing.Figure figure(Estimate estimate, double scale) {
        return new Timing.Figure(
                estimate.value() * scale,
                estimate.interval().map(i -> new Timing.Range(i.low() * scale, i.high() * scale)));
    }

    private Bounds assumptions() {
        return new Bounds(
                provenance.items().entrySet().stream()
                        .map(item -> new Bounds.Bound(item.getKey(), item.getValue()))
                        .toList());
    }

    @Override
    public String toString() {
        return rows.size()
                + (rows.size() == 1 ? " row" : " rows")
                + (complete ? "" : ", interrupted");
    }
}
