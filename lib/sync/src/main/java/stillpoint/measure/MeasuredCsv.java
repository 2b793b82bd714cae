package stillpoint.measure;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stillpoint.statistics.Sample;
import stillpoint.statistics.Values;

/// The file of [Measurements]: provenance, column names, a line a row, and a last line that says
/// whether the run finished, with a digest of the lines before.
///
/// Values are ascending, each once, with `*count` where it came more than once. What can be
/// computed from them stands there too, for readers without a program, and has to agree.
final class MeasuredCsv {
    static final String FORMAT = "# stillpoint measured 1";
    static final String COLUMNS = "what,condition,cpus,unit,n,min,median,p99,max,values";

    private static final String ANY_FORMAT = "# stillpoint measured ";
    private static final String NONE = "none";
    private static final int FIELDS = 10;
    private static final double TAIL = 0.99;

    /// More than any run measures; a count over it is a slip, and would not fit in memory.
    private static final int MOST_VALUES = 20_000_000;

    private MeasuredCsv() {}

    /// All of the file.
    static String text(Measurements measurements) {
        String body = body(measurements);
        return body + last(measurements, body) + "\n";
    }

    /// All but the last line.
    static String body(Measurements measurements) {
        var text = new StringBuilder(FORMAT).append('\n');
        measurements
                .provenance()
                .items()
                .forEach((name, value) -> text.append("# " + name + ": " + value + "\n"));
        text.append(COLUMNS).append('\n');
        for (Measured row : measurements.rows()) text.append(line(row)).append('\n');
        return text.toString();
    }

    private static String last(Measurements measurements, String body) {
        int rows = measurements.rows().size();
        return (measurements.complete() ? "# complete: " : "# partial: ")
                + rows
                + (rows == 1 ? " row" : " rows")
                + ", sha256 "
                + digest(body);
    }

    /// SHA-256 in hexadecimal.
    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String line(Measured row) {
        return row.what()
                + ","
                + row.condition()
                + ","
                + row.cpus()
                + ","
                + row.unit().word()
                + ","
                + String.join(",", figures(row).values())
                + ","
                + values(row.sample());
    }

    /// What is computed from the values, by the name of its column.
    private static Map<String, String> figures(Measured row) {
        var figures = new LinkedHashMap<String, String>();
        figures.put("n", Integer.toString(row.n()));
        figures.put("min", Long.toString(row.min()));
        figures.put("median", number(row.sample().median()));
        figures.put("p99", row.hasTail() ? Long.toString(row.sample().quantile(TAIL)) : NONE);
        figures.put("max", Long.toString(row.max()));
        return figures;
    }

    /// A whole number, or one with a half.
    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String values(Sample sample) {
        var text = new StringBuilder();
        for (int rank = 1, next; rank <= sample.size(); rank = next) {
            next = rank + 1;
            while (next <= sample.size() && sample.ordered(next) == sample.ordered(rank)) next++;
            if (rank > 1) text.append(' ');
            text.append(sample.ordered(rank));
            if (next - rank > 1) text.append('*').append(next - rank);
        }
        return text.toString();
    }

    /// Reads a whole file.
    ///
    /// @throws Refused if it is not one
    static Measurements parse(String file, String text) {
        List<String> lines = text.lines().toList();
        String first = lines.isEmpty() ? "" : lines.getFirst();
        if (!first.equals(FORMAT))
            throw wrong(
                    file,
                    0,
                    first,
                    first.startsWith(ANY_FORMAT)
                            ? "is of another version than this library's, \""
                                    + FORMAT
                                    + "\"; measure again with this one, or read it with that one"
                            : "a file of measurements begins with \""
                                    + FORMAT
                                    + "\"; name one that `./stillpoint measure` made");
        String end = lines.getLast();
        if (!text.endsWith("\n")
                || !end.startsWith("# complete: ") && !end.startsWith("# partial: "))
            throw wrong(
                    file,
                    lines.size() - 1,
                    end,
                    "the last line of a whole file says \"# complete\" or \"# partial\": it was cut"
                            + " off; copy it again, or measure again");
        int head = head(file, lines);
        Provenance provenance = provenance(file, lines.subList(1, head));
        var rows = new ArrayList<Measured>();
        for (int at = head + 1; at < lines.size() - 1; at++) {
            Measured row = row(file, at, lines.get(at));
            if (rows.stream().anyMatch(before -> same(before, row)))
                throw wrong(file, at, lines.get(at), "\"" + row + "\" is there twice");
            rows.add(row);
        }
        if (rows.isEmpty()) throw wrong(file, head, COLUMNS, "no row follows; measure again");
        var found = new Measurements(provenance, rows, end.startsWith("# complete: "));
        String again = text(found);
        if (!again.equals(text))
            throw wrong(
                    file,
                    lines.size() - 1,
                    end,
                    "does not go with the lines before it, which would end \""
                            + last(found, body(found))
                            + "\": it was edited or damaged; measure again");
        return found;
    }

    private static boolean same(Measured one, Measured other) {
        return one.is(other.what(), other.condition(), other.cpus()) && one.unit() == other.unit();
    }

    /// Which line has the column names.
    private static int head(String file, List<String> lines) {
        int at = 1;
        while (lines.get(at).startsWith("# ") && at < lines.size() - 1) at++;
        if (!lines.get(at).equals(COLUMNS))
            throw wrong(
                    file,
                    at,
                    lines.get(at),
                    "the names of the columns are to be here, \""
                            + COLUMNS
                            + "\": a value without its unit is no measurement; measure again");
        return at;
    }

    private static Provenance provenance(String file, List<String> lines) {
        var items = new LinkedHashMap<String, String>();
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            int colon = line.indexOf(": ");
            if (colon < 0)
                throw wrong(file, n + 1, line, "a line of the provenance is \"# name: value\"");
            String name = line.substring(2, colon);
            if (items.put(name, line.substring(colon + 2)) != null)
                throw wrong(file, n + 1, line, "\"" + name + "\" is there twice; leave one out");
        }
        try {
            return Provenance.of(items);
        } catch (IllegalArgumentException e) {
            int at = 0;
            String message = String.valueOf(e.getMessage());
            for (int n = 0; n < lines.size(); n++)
                if (message.startsWith(lines.get(n).substring(2).split(":", 2)[0] + " "))
                    at = n + 1;
            throw new Refused(place(file, at) + message + "; measure again, or restore the file");
        }
    }

    private static Measured row(String file, int at, String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS)
            throw wrong(
                    file,
                    at,
                    line,
                    "has " + fields.length + " fields, and a row has " + FIELDS + ": " + COLUMNS);
        Measured row;
        try {
            row =
                    new Measured(
                            fields[0],
                            fields[1],
                            count(fields[2], "cpus"),
                            Unit.named(fields[3]),
                            values(fields[FIELDS - 1])
                                    .sample(
                                            Measured.key(
                                                    fields[0],
                                                    fields[1],
                                                    count(fields[2], "cpus"))));
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    place(file, at) + e.getMessage() + "; measure again, or restore the file");
        }
        List<String> names = List.copyOf(figures(row).keySet());
        for (int i = 0; i < names.size(); i++) {
            String computed = figures(row).getOrDefault(names.get(i), "");
            if (!fields[4 + i].equals(computed))
                throw new Refused(
                        place(file, at)
                                + names.get(i)
                                + " = "
                                + fields[4 + i]
                                + ", and its values give "
                                + computed
                                + ": it was edited or damaged; measure again, or restore the file");
        }
        return row;
    }

    private static Values values(String text) {
        var values = new Values();
        long before = -1;
        for (String run : text.split(" ", -1)) {
            int star = run.indexOf('*');
            long value = value(star < 0 ? run : run.substring(0, star));
            int count = star < 0 ? 1 : count(run.substring(star + 1), "count");
            if (value <= before)
                throw new IllegalArgumentException(
                        "values: "
                                + run
                                + " after "
                                + before
                                + ": each is larger than that before");
            if (star >= 0 && count < 2 || count > MOST_VALUES - values.size())
                throw new IllegalArgumentException(
                        "values: "
                                + run
                                + ": a count is from 2, and all together are at most "
                                + MOST_VALUES);
            for (int i = 0; i < count; i++) values.add(value);
            before = value;
        }
        return values;
    }

    private static long value(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "values: \"" + text + "\": a value is a whole number, or one and *count", e);
        }
    }

    private static int count(String text, String name) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " = " + text + ": a whole number", e);
        }
    }

    private static String place(String file, int at) {
        return file + ", line " + (at + 1) + ": ";
    }

    private static Refused wrong(String file, int at, String line, String rule) {
        String shown = line.length() <= 80 ? line : line.substring(0, 77) + "...";
        return new Refused(place(file, at) + "\"" + shown + "\": " + rule);
    }
}
