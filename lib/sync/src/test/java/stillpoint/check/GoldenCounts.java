package stillpoint.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.swap.Tight;
import stillpoint.swap.TightLives;

/// The exact size of every search in these tests, kept in one file that a reviewer reads in one go.
final class GoldenCounts {
    private static final String HEADER =
            """
            # Verdict and exact size of each search, by model and reductions: the oracle for every change to the checker.
            # Regenerate: mvn -q -Dquick -pl lib/sync test -Dexcluded.tests= -Dgolden.update=true (then read the diff).
            # SPIN 6.5.2 and TLC give the same states and transitions on the tight models under "fusion + merging": see
            # GoldenCountsTest; cpus = readers + 1. depth = transitions to the farthest state; a violation is one transition behind it.
            model,cpus,reductions,outcome,states,transitions,depth
            """;
    private static final Reductions SORTED = Reductions.ALL.withoutMovers();

    /// One search: its key in the file, and how it is run.
    record Row(String key, boolean slow, Supplier<Verdict> search) {
        /// Runs it; gives its line.
        String line() {
            Verdict verdict = search.get();
            Counts c = verdict.counts();
            return key
                    + ","
                    + Scene.outcome(verdict)
                    + ","
                    + c.states()
                    + ","
                    + c.transitions()
                    + ","
                    + c.depth();
        }

        @Override
        public String toString() {
            return key;
        }
    }

    private GoldenCounts() {}

    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (Tight tight : Tight.values()) {
            for (int readers : new int[] {3, 5, 6})
                for (Reductions with : List.of(Reductions.VERBS, SORTED, Reductions.ALL))
                    rows.add(tight(tight, readers, with));
            rows.add(tight(tight, 3, Reductions.NONE));
        }
        rows.add(tight(Tight.STOP_MACHINE, 7, Reductions.VERBS));
        rows.add(tight(Tight.REFCOUNT, 7, Reductions.VERBS));
        rows.add(tight(Tight.STOP_MACHINE, 10, SORTED));
        rows.add(tight(Tight.STOP_MACHINE, 10, Reductions.ALL));
        rows.add(tight(Tight.STOP_MACHINE, 24, Reductions.ALL));
        rows.add(row(Tight.sixSteps(6), Reductions.VERBS, false));
        rows.add(row(Tight.sixSteps(6), SORTED, false));
        rows.add(row(Tight.sixSteps(32), Reductions.ALL, false));
        var small = new ArrayList<>(List.of(TightLives.readers(4), TightLives.unprotected(4)));
        for (SmallPrograms each : SmallPrograms.values()) small.add(each.model());
        for (Model each : small)
            for (Reductions with :
                    List.of(Reductions.VERBS, SORTED, Reductions.ALL, Reductions.NONE))
                rows.add(row(each, with, false));
        return rows;
    }

    private static Row tight(Tight tight, int readers, Reductions with) {
        return row(tight.readers(readers), with, readers == 7);
    }

    private static Row row(Model model, Reductions with, boolean slow) {
        String key = model.title() + "," + model.cpus() + "," + with;
        return new Row(key, slow, () -> Checker.of(Config.PREEMPT_Y_4_20).with(with).check(model));
    }

    /// The lines of the file, by key.
    static Map<String, String> recorded() throws IOException {
        var lines = new LinkedHashMap<String, String>();
        for (String line : Files.readAllLines(file()))
            if (!line.startsWith("#") && !line.startsWith("model,")) lines.put(key(line), line);
        return lines;
    }

    /// Runs every search and writes the file beside itself, then in its place.
    static void regenerate() throws IOException {
        var text = new StringBuilder(HEADER);
        for (Row row : rows()) text.append(row.line()).append('\n');
        Path beside = file().resolveSibling(file().getFileName() + ".new");
        Files.createDirectories(file().getParent());
        Files.writeString(beside, text, StandardCharsets.UTF_8);
        Files.move(beside, file(), StandardCopyOption.REPLACE_EXISTING);
    }

    /// The recorded line of a tight model.
    static String tightKey(Tight tight, int readers, Reductions with) {
        return tight(tight, readers, with).key();
    }

    private static String key(String line) {
        String[] cells = line.split(",", 4);
        return String.join(",", cells[0], cells[1], cells[2]);
    }

    private static Path file() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("lib/sync/pom.xml")))
            at = Objects.requireNonNull(at.getParent());
        return at.resolve("data/golden/check-counts.csv");
    }
}
