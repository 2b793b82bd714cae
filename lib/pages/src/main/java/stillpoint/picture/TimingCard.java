package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Table;
import stillpoint.evidence.Timing;
import stillpoint.evidence.TimingDifference;

/// What runs came to, or how two sets of them differ, as a card: the basis, the question, a table
/// of figures with their intervals, and all that they depend on.
final class TimingCard {
    private static final List<String> UNITS = List.of("ns", "us", "ms", "s");

    /// A blank at which no line ends.
    private static final char BOUND = '\u00a0';

    private TimingCard() {}

    static Bundle of(Timing timing) {
        String level = percent(timing.level());
        var rows = new ArrayList<List<String>>();
        for (Timing.Line line : timing.lines())
            rows.add(
                    List.of(
                            line.what(),
                            time(line.mean().ns()),
                            within(line.mean()),
                            time(line.median()),
                            time(line.p99().ns()),
                            within(line.p99()),
                            time(line.max())));
        var columns =
                List.of(
                        Table.words("what"),
                        Table.numbers("mean"),
                        Table.numbers(level + " interval"),
                        Table.numbers("median"),
                        Table.numbers("p99"),
                        Table.numbers(level + " of p99"),
                        Table.numbers("max"));
        return card(
                timing.basis().words(),
                timing.subject(),
                new Table("", columns, rows),
                timing.runs() + " runs; " + timing.enough() + ".",
                timing.assumptions());
    }

    static Bundle of(TimingDifference difference) {
        var rows = new ArrayList<List<String>>();
        for (TimingDifference.Line line : difference.lines())
            rows.add(
                    List.of(
                            line.what(),
                            signed(line.difference().ns()),
                            within(line.difference()),
                            p(line.p())));
        var columns =
                List.of(
                        Table.words("what"),
                        Table.numbers("first less second"),
                        Table.numbers(percent(difference.level()) + " interval"),
                        Table.numbers("p"));
        return card(
                difference.basis().words(),
                difference.first() + ", less " + difference.second(),
                new Table("", columns, rows),
                difference.pairs()
                        + " pairs that saw the same readers; p: "
                        + difference.lines().getFirst().test()
                        + (difference.lines().size() > 1
                                ? ", times " + difference.lines().size() + " (Bonferroni)."
                                : "."),
                difference.assumptions());
    }

    private static Bundle card(
            String word, String subject, Table table, String runs, Bounds assumptions) {
        String html =
                Card.head(Card.Sign.FIGURE, word, subject)
                        + "<div style=\"margin-top:.5em;overflow-x:auto\">"
                        + TablePicture.html(table, Integer.MAX_VALUE)
                        + "</div>\n<div style=\"margin-top:.45em;font-size:.9em;opacity:.85\">"
                        + Markup.escape(runs)
                        + "<br>assumed: "
                        + Card.list(assumptions)
                        + "</div>\n</div>";
        var text = new StringBuilder();
        text.append(wrapped(word + ": " + subject, 75, ""))
                .append("\n\n")
                .append(TablePicture.text(table).stripTrailing())
                .append("\n\n")
                .append(wrapped(runs, 71, "    "))
                .append('\n')
                .append(wrapped("assumed: " + assumptions, 71, "    "));
        return Bundle.of(Bundle.PLAIN, text.toString(), Bundle.HTML, html);
    }

    private static String wrapped(String words, int width, String margin) {
        return margin + String.join("\n" + margin, Wrap.lines(Ascii.of(words), width, "  "));
    }

    private static String percent(double level) {
        return Figures.of(100 * level) + " %";
    }

    private static String within(Timing.Figure figure) {
        return Optional.of(figure)
                .flatMap(Timing.Figure::within)
                .map(range -> {
                    int unit = unit(Math.max(Math.abs(range.low()), Math.abs(range.high())));
                    return number(range.low(), unit)
                            + " .. "
                            + number(range.high(), unit)
                            + BOUND
                            + UNITS.get(unit);
                })
                .orElse("none");
    }

    private static String p(double p) {
        return p >= 0.0001
                ? String.format(Locale.ROOT, "%.4f", p)
                : String.format(Locale.ROOT, "%.1e", p);
    }

    /// A time in the unit that leaves one to three digits before the point: `4.10 ms`.
    static String time(double ns) {
        int unit = unit(Math.abs(ns));
        return number(ns, unit) + BOUND + UNITS.get(unit);
    }

    private static String signed(double ns) {
        return (ns > 0 ? "+" : "") + time(ns);
    }

    private static int unit(double ns) {
        return ns >= 999.5e6 ? 3 : ns >= 999.5e3 ? 2 : ns >= 999.5 ? 1 : 0;
    }

    private static String number(double ns, int unit) {
        double value = ns / Math.pow(1000, unit);
        double size = Math.abs(value);
        if (size == 0) return "0";
        return String.format(
                Locale.ROOT, size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : "%.2f", value);
    }
}
