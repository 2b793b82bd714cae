package stillpoint.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import stillpoint.simulate.Measure;
import stillpoint.statistics.Histogram;
import stillpoint.statistics.Interval;

/// The CSV of a sweep: [Header], a line of column names, a line for each point and measure, and a
/// last line that says whether that is all, with a digest of the lines before.
///
/// ```
/// # complete: 84 of 84 points, sha256 0f3a...
/// # partial: 12 of 84 points, sha256 77b1...
/// ```
final class SweepCsv {
    private static final List<String> FIGURES =
            List.of(
                    "unit",
                    "mean",
                    "mean_low",
                    "mean_high",
                    "median",
                    "median_low",
                    "median_high",
                    "p99",
                    "p99_low",
                    "p99_high",
                    "n",
                    "precise",
                    "hdr");
    private static final String NONE = "none";
    private static final int MEASURES = Measure.values().length;

    private SweepCsv() {}

    /// All of the file.
    static String text(Results results) {
        var text = new StringBuilder(head(results.header()));
        for (Finished each : results.finished()) text.append(block(each));
        return text + last(results, text.toString());
    }

    private static String last(Results results, String before) {
        return "# "
                + (results.complete() ? "complete" : "partial")
                + ": "
                + results.finished().size()
                + " of "
                + results.of()
                + " points, sha256 "
                + Header.digest(before)
                + "\n";
    }

    /// What comes before the first point.
    static String head(Header header) {
        return header.text() + columns() + "\n";
    }

    private static String columns() {
        return "point,design,"
                + Arrays.stream(Parameter.values())
                        .map(Parameter::word)
                        .collect(Collectors.joining(","))
                + ",measure,"
                + String.join(",", FIGURES);
    }

    /// The lines of a point.
    static String block(Finished finished) {
        return finished.rows().stream()
                .map(row -> key(finished.point()) + "," + line(row) + "\n")
                .collect(Collectors.joining());
    }

    private static String key(Point point) {
        return point.number()
                + ","
                + point.design()
                + ","
                + String.join(",", point.values().values());
    }

    private static String line(Row row) {
        return row.measure().word()
                + ","
                + row.measure().unit().word()
                + ","
                + line(row.mean())
                + ","
                + line(row.median())
                + ","
                + line(row.p99())
                + ","
                + row.n()
                + ","
                + (row.precise() ? "yes" : "no")
                + ","
                + row.histogram().text();
    }

    private static String line(Figure figure) {
        return Figure.text(figure.value())
                + ","
                + figure.interval()
                        .map(i -> Figure.text(i.low()) + "," + Figure.text(i.high()))
                        .orElse(NONE + "," + NONE);
    }

    /// Reads a whole file.
    ///
    /// @throws Unfit if it is not one: cut off, damaged, edited, of another version
    static Results parse(String file, String text) {
        List<String> lines = text.lines().toList();
        Header header = Header.parse(file, lines);
        String end = lines.getLast();
        if (!text.endsWith("\n")
                || !end.startsWith("# complete: ") && !end.startsWith("# partial: "))
            throw new Unfit(
                    file
                            + ": its last line is \""
                            + shortened(end)
                            + "\", and that of a whole file says \"# complete\" or \"# partial\": it"
                            + " was cut off; copy it again, or repeat the sweep with the same --out"
                            + " and it goes on");
        Results results =
                new Results(
                        header.plan(),
                        header.shard(),
                        blocks(file, header, lines.subList(0, lines.size() - 1)).all());
        if (!text(results).equals(text))
            throw new Unfit(
                    file
                            + ": \""
                            + end.substring(2)
                            + "\" does not go with the lines before it, which would end \""
                            + text(results).lines().toList().getLast().substring(2)
                            + "\": the file was edited or damaged; run the sweep again");
        return results;
    }

    /// Points that a file has, and how far it can be used.
    ///
    /// @param all the whole ones, in the order of the file
    /// @param lines how many lines of the file they take, header included; what follows is the
    ///   beginning of another point
    record Blocks(List<Finished> all, int lines) {}

    /// Reads the points between the header and the last line. Lines at the end that are not a whole
    /// point are left out.
    static Blocks blocks(String file, Header header, List<String> lines) {
        int at = (int) header.text().lines().count();
        if (at >= lines.size() || !lines.get(at).equals(columns()))
            throw new Unfit(
                    file
                            + ", line "
                            + (at + 1)
                            + ": \""
                            + shortened(at < lines.size() ? lines.get(at) : "")
                            + "\", where the names of the columns are to be: it was cut or edited;"
                            + " run the sweep again");
        at++;
        Map<String, Point> own = new HashMap<>();
        for (Point point : header.shard().points(header.plan())) own.put(key(point), point);
        var seen = new HashSet<Integer>();
        var all = new ArrayList<Finished>();
        for (; at + MEASURES <= lines.size(); at += MEASURES) {
            Finished next = finished(file, header, own, lines, at);
            if (!seen.add(next.point().number()))
                throw wrong(
                        file,
                        at,
                        lines.get(at),
                        "point " + next.point().number() + " is there twice, and each is once");
            all.add(next);
        }
        return new Blocks(List.copyOf(all), at);
    }

    private static Finished finished(
            String file, Header header, Map<String, Point> own, List<String> lines, int at) {
        Optional<Point> point = Optional.empty();
        var rows = new ArrayList<Row>();
        for (int m = 0; m < MEASURES; m++) {
            String line = lines.get(at + m);
            int end = line.indexOf("," + Measure.values()[m].word() + ",");
            Optional<Point> found =
                    Optional.ofNullable(own.get(line.substring(0, Math.max(0, end))));
            if (found.isEmpty())
                throw wrong(
                        file,
                        at + m,
                        line,
                        "is no line for \""
                                + Measure.values()[m].word()
                                + "\" of a point of shard "
                                + header.shard());
            if (point.isPresent() && !point.equals(found))
                throw wrong(
                        file, at + m, line, "a point has " + MEASURES + " lines, one a measure");
            point = found;
            double level = header.plan().rule().level();
            rows.add(row(file, at + m, line, Measure.values()[m], level, line.substring(end + 1)));
        }
        return new Finished(point.orElseThrow(), rows);
    }

    private static Row row(
            String file, int at, String line, Measure measure, double level, String text) {
        String[] cells = text.split(",", -1);
        try {
            if (cells.length != FIGURES.size() + 1)
                throw new IllegalArgumentException(
                        "has " + cells.length + " cells from the measure on");
            return new Row(
                    measure,
                    figure(cells, 2, level),
                    figure(cells, 5, level),
                    figure(cells, 8, level),
                    Integer.parseInt(cells[11]),
                    cells[12].equals("yes"),
                    Histogram.parse(cells[13]));
        } catch (IllegalArgumentException e) {
            throw wrong(file, at, line, "numbers, or none, and a distribution: " + e.getMessage());
        }
    }

    private static Figure figure(String[] cells, int at, double level) {
        Optional<Interval> interval =
                cells[at + 1].equals(NONE)
                        ? Optional.empty()
                        : Optional.of(
                                new Interval(
                                        Double.parseDouble(cells[at + 1]),
                                        Double.parseDouble(cells[at + 2]),
                                        level));
        return new Figure(Double.parseDouble(cells[at]), interval);
    }

    private static Unfit wrong(String file, int at, String line, String rule) {
        return new Unfit(
                file
                        + ", line "
                        + (at + 1)
                        + ": \""
                        + shortened(line)
                        + "\": "
                        + rule
                        + "; it was cut or edited: run the sweep again");
    }

    private static String shortened(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
