package stillpoint.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Findings as a file that is reviewed: one line each, numbers in six digits, so that processors
/// which differ in the last bit of a logarithm write the same bytes.
public final class ValidationFile {
    /// From the checkout on.
    public static final String NAME = "data/golden/validation.csv";

    private static final List<String> COLUMNS =
            List.of(
                    "family",
                    "cpus",
                    "name",
                    "parameters",
                    "form",
                    "unit",
                    "theory",
                    "simulated",
                    "low",
                    "high",
                    "n",
                    "error_percent",
                    "outcome",
                    "words");
    private static final Pattern CELL = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^,\"]*)");

    private ValidationFile() {}

    /// One line of the file.
    ///
    /// @param family what is checked
    /// @param cpus of the scene
    /// @param name the number in words
    /// @param parameters in words
    /// @param form the formula, or who published it
    /// @param unit of the numbers
    /// @param theory the known value
    /// @param simulated the simulated one
    /// @param low lower end of its interval
    /// @param high upper end
    /// @param n replications
    /// @param errorPercent how far off
    /// @param outcome what it came to
    /// @param words why
    public record Row(
            Family family,
            int cpus,
            String name,
            String parameters,
            String form,
            Expectation.Unit unit,
            double theory,
            double simulated,
            double low,
            double high,
            int n,
            double errorPercent,
            Finding.Outcome outcome,
            String words) {}

    /// The whole text, the same for the same findings.
    public static String text(List<Finding> findings) {
        var text = new StringBuilder();
        List.of(
                        "# What the simulator says beside closed forms and published measurements: stillpoint.validate, one line a number.",
                        "# Regenerate: ./stillpoint validate --update (then read the diff). ./stillpoint test --all computes it again.",
                        "# Seed "
                                + Trial.SEED
                                + "; machine xeon-8176 of data/machines/ where none is named; times in ns; intervals at 99.9 %"
                                + " (those of the family intervals at 95 %).",
                        "# outcome: holds, fails, differs (the form assumes what is not so here: words say what), compared (published, not judged).")
                .forEach(line -> text.append(line).append('\n'));
        text.append(String.join(",", COLUMNS)).append('\n');
        for (Finding finding : findings) text.append(line(finding)).append('\n');
        return text.toString();
    }

    /// The line of one finding.
    public static String line(Finding f) {
        return String.join(
                ",",
                f.family().word(),
                String.valueOf(f.cpus()),
                quoted(f.name()),
                quoted(f.parameters()),
                quoted(f.form()),
                f.unit().name().toLowerCase(Locale.ROOT),
                number(f.theory()),
                number(f.simulated()),
                number(f.low()),
                number(f.high()),
                String.valueOf(f.n()),
                percent(f.errorPercent()),
                f.outcome().name().toLowerCase(Locale.ROOT),
                quoted(f.words()));
    }

    /// Adding 0 takes the sign off a zero.
    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f", Math.round(value * 100) / 100.0 + 0.0);
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.5e", value);
    }

    private static String quoted(String words) {
        return words.contains(",") || words.contains("\"")
                ? "\"" + words.replace("\"", "\"\"") + "\""
                : words;
    }

    /// Reads what [#text] wrote.
    ///
    /// @param name as messages name the file
    /// @throws IllegalArgumentException with the line, if it is of another form
    public static List<Row> parse(String name, String text) {
        List<String> lines = text.lines().toList();
        var rows = new ArrayList<Row>();
        boolean headed = false;
        for (int l = 0; l < lines.size(); l++) {
            String line = lines.get(l);
            if (line.startsWith("#")) continue;
            if (!headed) {
                if (!line.equals(String.join(",", COLUMNS)))
                    throw bad(name, l, "the columns are not " + String.join(",", COLUMNS));
                headed = true;
            } else rows.add(row(name, l, cells(line)));
        }
        if (rows.isEmpty()) throw bad(name, lines.size(), "no line with a finding");
        return List.copyOf(rows);
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var matcher = CELL.matcher(line);
        int at = 0;
        while (at <= line.length() && matcher.region(at, line.length()).lookingAt()) {
            cells.add(
                    matcher.group(1) == null
                            ? matcher.group(2)
                            : matcher.group(1).replace("\"\"", "\""));
            if (matcher.end() < line.length() && line.charAt(matcher.end()) != ',') break;
            at = matcher.end() + 1;
        }
        return cells;
    }

    private static Row row(String name, int line, List<String> c) {
        if (c.size() != COLUMNS.size())
            throw bad(name, line, c.size() + " cells: a finding has " + COLUMNS.size());
        try {
            return new Row(
                    family(c.get(0)),
                    Integer.parseInt(c.get(1)),
                    c.get(2),
                    c.get(3),
                    c.get(4),
                    Expectation.Unit.valueOf(c.get(5).toUpperCase(Locale.ROOT)),
                    Double.parseDouble(c.get(6)),
                    Double.parseDouble(c.get(7)),
                    Double.parseDouble(c.get(8)),
                    Double.parseDouble(c.get(9)),
                    Integer.parseInt(c.get(10)),
                    Double.parseDouble(c.get(11)),
                    Finding.Outcome.valueOf(c.get(12).toUpperCase(Locale.ROOT)),
                    c.get(13));
        } catch (IllegalArgumentException e) {
            throw bad(name, line, String.valueOf(e.getMessage()));
        }
    }

    private static Family family(String word) {
        return Arrays.stream(Family.values())
                .filter(f -> f.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no family \"" + word + "\""));
    }

    private static IllegalArgumentException bad(String name, int line, String rule) {
        return new IllegalArgumentException(
                name
                        + ":"
                        + (line + 1)
                        + ": "
                        + rule
                        + "; ./stillpoint validate --update writes it anew");
    }
}
