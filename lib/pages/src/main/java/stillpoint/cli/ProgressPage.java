package stillpoint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stillpoint.evidence.Table;
import stillpoint.page.Block;
import stillpoint.page.Page;
import stillpoint.page.PageOf;
import stillpoint.page.Provenance;
import stillpoint.swap.ProgressFile;
import stillpoint.swap.ProgressLine;
import stillpoint.swap.ProgressRow.Word;
import stillpoint.swap.Stalling;
import stillpoint.swap.SwapProgress.Asked;

/// The page of what must happen at last: for each design whether the calls return and nothing
/// starves, as recorded, and what was planted to show that a search finds it if not.
final class ProgressPage {
    static final String TITLE = "What happens at last";

    private static final String NAME = "data/golden/swap-progress.csv";
    private static final String WRITER = "the command in its first lines";

    private final RecordedFile file;
    private final List<ProgressLine> designs;
    private final List<ProgressLine> planted;

    private ProgressPage(RecordedFile file) {
        this.file = file;
        Map<Boolean, List<ProgressLine>> lines =
                file.parsed(ProgressFile::parse).stream()
                        .collect(Collectors.partitioningBy(ProgressLine::planted));
        designs = lines.getOrDefault(false, List.of());
        planted = lines.getOrDefault(true, List.of());
    }

    static Page of(Provenance provenance) {
        return of(Checkout.here(), provenance);
    }

    static Page of(Checkout checkout, Provenance provenance) {
        return PageOf.blocks(TITLE, new ProgressPage(recorded(checkout)).blocks(), provenance);
    }

    /// What it is made of.
    static Path file() {
        return Checkout.here().root().resolve(NAME);
    }

    /// Refuses a file that no page can be made of.
    static void check() {
        recorded(Checkout.here()).parsed(ProgressFile::parse);
    }

    private static RecordedFile recorded(Checkout checkout) {
        return RecordedFile.of(checkout, NAME, WRITER);
    }

    private List<Block> blocks() {
        var blocks = new ArrayList<Block>(PageOf.prose(introduction()));
        add(blocks, "designs", "Designs", words());
        add(blocks, "broken", "Where a promise does not hold", shown(Word.BROKEN));
        add(blocks, "cut", "Where nothing is shown", shown(Word.INCONCLUSIVE));
        add(blocks, "in-turn", "What queues for locks keep from happening", inTurn());
        add(blocks, "planted", "Planted, and found", planted());
        return blocks;
    }

    private static void add(List<Block> blocks, String id, String title, Table table) {
        if (table.rows().isEmpty()) return;
        blocks.add(new Block.Heading(2, id, title));
        blocks.add(new Block.Tabular(table));
    }

    private String introduction() {
        return String.format(
                Locale.ROOT,
                """
                Does what must happen under a design happen at last? Searched on the whole graph of states, under fairness: \
                whoever can go on for ever goes on at last. *kept* holds on every such run; *kept in turn* if tasks also queue \
                for locks, as they do in the kernel; *broken* names a run on which it never comes. A run ends at its first fault \
                and breaks no promise behind it, so that a design that is not safe is asked about its other runs. A CPU that \
                stands still in a stop goes on between two of them.

                %s

                Bounds: %s; %s; scenarios: %s; kernels: %s; sequentially consistent memory. A word is the worst over all searches \
                of its design.

                Recorded in `%s` (SHA-256 `%s`): %,d searches, %,d states. `./stillpoint test --all` compares.
                """,
                Arrays.stream(Asked.values())
                        .map(asked -> "- **" + asked.head() + "**: " + asked)
                        .collect(Collectors.joining("\n")),
                values("readers", line -> "" + line.readers()),
                values("devices", line -> line.device().word()),
                values("", line -> line.scenario().word()).strip(),
                values("", line -> line.config().word()).strip(),
                file.name(),
                file.digest(),
                designs.size() + planted.size(),
                Stream.concat(designs.stream(), planted.stream())
                        .mapToLong(ProgressLine::states)
                        .sum());
    }

    private String values(String what, Function<ProgressLine, String> value) {
        return what
                + " "
                + designs.stream().map(value).distinct().collect(Collectors.joining(", "));
    }

    private Table words() {
        var heads = new ArrayList<>(List.of("design"));
        Arrays.stream(Asked.values()).map(Asked::head).forEach(heads::add);
        heads.addAll(List.of("searches", "states"));
        var rows = new ArrayList<List<Object>>();
        byDesign(designs)
                .forEach((design, lines) -> {
                    var row = new ArrayList<Object>(List.of(design));
                    for (Asked asked : Asked.values()) row.add(bold(worst(lines, asked)));
                    row.add(lines.size());
                    row.add(lines.stream().mapToLong(ProgressLine::states).sum());
                    rows.add(row);
                });
        return Table.of("", heads, rows);
    }

    private static Map<String, List<ProgressLine>> byDesign(List<ProgressLine> lines) {
        return lines.stream()
                .collect(
                        Collectors.groupingBy(
                                ProgressLine::design, LinkedHashMap::new, Collectors.toList()));
    }

    private static Word worst(List<ProgressLine> lines, Asked asked) {
        return lines.stream()
                .map(line -> line.words().getOrDefault(asked, Word.NONE))
                .max(Comparator.naturalOrder())
                .orElse(Word.NONE);
    }

    private static String bold(Word word) {
        return switch (word) {
            case NONE -> "";
            case KEPT, IN_TURN, INCONCLUSIVE -> word.toString();
            case BROKEN -> "**" + word + "**";
        };
    }

    /// The lines that say a word, one for each thing that is shown of a design.
    private Table shown(Word word) {
        var rows = new ArrayList<List<Object>>();
        byDesign(designs.stream().filter(line -> line.words().containsValue(word)).toList())
                .forEach((design, lines) ->
                        lines.stream()
                                .map(ProgressLine::shown)
                                .distinct()
                                .forEach(shown -> rows.add(List.of(design, code(shown)))));
        return Table.of("", List.of("design", "what is shown"), rows);
    }

    /// One run a design, the first that is recorded; those together that show the same.
    private Table inTurn() {
        var runs = new LinkedHashMap<String, List<String>>();
        byDesign(designs)
                .forEach((design, lines) ->
                        lines.stream()
                                .filter(line -> !line.words().containsValue(Word.BROKEN))
                                .filter(line -> line.words().containsValue(Word.IN_TURN))
                                .findFirst()
                                .ifPresent(line ->
                                        runs.computeIfAbsent(line.shown(), s -> new ArrayList<>())
                                                .add(design)));
        var rows = new ArrayList<List<Object>>();
        runs.forEach((shown, of) -> rows.add(List.of(String.join(", ", of), code(shown))));
        return Table.of("", List.of("designs", "under weak fairness alone"), rows);
    }

    private Table planted() {
        var rows = new ArrayList<List<Object>>();
        for (Stalling each : Stalling.values())
            planted.stream()
                    .filter(line -> line.design().equals(ProgressLine.PLANTED + each.word()))
                    .forEach(line ->
                            rows.add(
                                    List.of(
                                            each.design().id() + ", " + escaped(each.why()),
                                            each.breaks().toString(),
                                            bold(
                                                    line.words()
                                                            .getOrDefault(
                                                                    each.breaks(), Word.NONE)),
                                            code(line.shown()))));
        return Table.of("", List.of("changed in", "to break", "found", "what is shown"), rows);
    }

    private static String escaped(String words) {
        return words.replace("_", "\\_");
    }

    private static String code(String words) {
        return "`" + words + "`";
    }
}
