package stillpoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stillpoint.evidence.Plot;
import stillpoint.evidence.Table;
import stillpoint.page.Block;
import stillpoint.page.Page;
import stillpoint.page.PageOf;
import stillpoint.page.Provenance;
import stillpoint.picture.Charts;
import stillpoint.validate.Curves;
import stillpoint.validate.Expectation;
import stillpoint.validate.Family;
import stillpoint.validate.Finding;
import stillpoint.validate.ValidationFile;
import stillpoint.validate.ValidationFile.Row;

/// The page that says how far the simulator can be believed: each number beside a formula or a
/// published measurement, with the error in per cent.
final class ValidationPage {
    private static final String INTRODUCTION =
            """
            How far the simulator can be believed: small programs in the language of the designs, run by the simulator that runs \
            the designs, of which something is known without it. No simulated number here is typed: `./stillpoint validate` \
            computes it again, and `./stillpoint test --all` compares.

            - **holds**: the known value lies in the interval of the simulated one; or, for a formula that leaves something out \
            by design, the two are as near as the note says
            - **differs**: the formula assumes something that is not so; the note says what, and the check fails if that is no \
            longer so
            - **compared**: a measurement on a real machine, by others as published, or by this project as recorded; nothing was \
            tuned to it, and where a price of the machine was derived from such a figure the note says so

            Each interval is at 99.9 %%, so that all hold together (those of *intervals and tests*: 95 %%). Recorded in `%s`: %d \
            numbers, of which %d hold, %d differ for a known reason, %d fail and %d are compared with a measurement.
            """;

    private ValidationPage() {}

    static final String TITLE = "Simulated beside known";

    static Page of(Provenance provenance) {
        return of(RecordedValidation.of(Checkout.here()), provenance);
    }

    static Page of(RecordedValidation recorded, Provenance provenance) {
        List<Row> rows = recorded.rows();
        var blocks =
                new ArrayList<Block>(
                        PageOf.prose(
                                String.format(
                                        Locale.ROOT,
                                        INTRODUCTION,
                                        ValidationFile.NAME,
                                        rows.size(),
                                        count(rows, Finding.Outcome.HOLDS),
                                        count(rows, Finding.Outcome.DIFFERS),
                                        count(rows, Finding.Outcome.FAILS),
                                        count(rows, Finding.Outcome.COMPARED))));
        blocks.add(new Block.Heading(2, "over-cpus", "Over the number of CPUs"));
        blocks.add(chart(Curves.latency(rows), "latency"));
        blocks.add(chart(Curves.errors(rows), "errors"));
        for (Family family : Family.values()) {
            List<Row> own = rows.stream().filter(row -> row.family() == family).toList();
            if (!own.isEmpty()) add(blocks, family, own);
        }
        return PageOf.blocks(TITLE, blocks, provenance);
    }

    private static long count(List<Row> rows, Finding.Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).count();
    }

    private static Block chart(Plot plot, String id) {
        return new Block.Display(Charts.of(plot, id).data());
    }

    private static void add(List<Block> blocks, Family family, List<Row> rows) {
        blocks.add(new Block.Heading(2, family.word(), family.title()));
        blocks.add(
                new Block.Prose(
                        plain(family.what()) + "\n\nSource: " + plain(family.source()) + "."));
        List<String> notes =
                rows.stream().map(Row::words).filter(w -> !w.isEmpty()).distinct().toList();
        blocks.add(new Block.Tabular(table(family, rows, notes)));
        var text = new StringBuilder();
        for (int n = 0; n < notes.size(); n++)
            text.append(n + 1).append(". ").append(plain(notes.get(n))).append('\n');
        if (!notes.isEmpty()) blocks.add(new Block.Prose(text.toString()));
    }

    private static Table table(Family family, List<Row> rows, List<String> notes) {
        boolean published = family == Family.PUBLISHED;
        boolean measured = family == Family.MEASURED;
        return new Table(
                "",
                List.of(
                        Table.words("what"),
                        Table.words(measured ? "figure" : published ? "published by" : "formula"),
                        Table.numbers(measured ? "measured" : published ? "published" : "known"),
                        Table.numbers("simulated"),
                        Table.numbers("interval"),
                        Table.numbers("error %"),
                        Table.words("outcome")),
                rows.stream().map(row -> cells(row, notes)).toList());
    }

    private static List<String> cells(Row row, List<String> notes) {
        String note = row.words().isEmpty() ? "" : " (" + (notes.indexOf(row.words()) + 1) + ")";
        return List.of(
                plain(row.parameters() + ": " + row.name()),
                plain(row.form()),
                shown(row.unit(), row.theory()),
                shown(row.unit(), row.simulated()),
                interval(row),
                String.format(Locale.ROOT, "%+.2f", row.errorPercent()),
                row.outcome().name().toLowerCase(Locale.ROOT) + note);
    }

    private static String interval(Row row) {
        return row.low() == row.high()
                ? "always"
                : shown(row.unit(), row.low()) + " to " + shown(row.unit(), row.high());
    }

    private static String shown(Expectation.Unit unit, double value) {
        return switch (unit) {
            case NS -> time(value);
            case PART -> String.format(Locale.ROOT, "%.4f", value);
            case COUNT -> String.format(Locale.ROOT, "%,.0f", value);
        };
    }

    /// Four digits, in a unit in which they are read easily.
    private static String time(double ns) {
        if (ns < 10) return String.format(Locale.ROOT, "%.2f ns", ns);
        if (ns < 10_000) return String.format(Locale.ROOT, "%,.0f ns", ns);
        if (ns < 1e7)
            return String.format(Locale.ROOT, ns < 1e6 ? "%.2f us" : "%,.0f us", ns / 1e3);
        if (ns < 1e10)
            return String.format(Locale.ROOT, ns < 1e9 ? "%.2f ms" : "%,.0f ms", ns / 1e6);
        return String.format(Locale.ROOT, "%.2f s", ns / 1e9);
    }

    /// Words that are not Markdown.
    private static String plain(String words) {
        return words.replace("_", "\\_").replace("*", "\\*");
    }
}
