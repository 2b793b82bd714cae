package stillpoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import stillpoint.evidence.Table;
import stillpoint.evidence.Trace;
import stillpoint.machine.Config;
import stillpoint.page.Block;
import stillpoint.page.Page;
import stillpoint.page.PageOf;
import stillpoint.page.Provenance;
import stillpoint.picture.TraceText;
import stillpoint.swap.Designs;
import stillpoint.swap.MatrixLine;
import stillpoint.swap.MatrixRow;
import stillpoint.swap.ReplayString;
import stillpoint.swap.SwapModel;
import stillpoint.swap.VerdictMatrix;

/// The page of the verdict matrix: the recorded one, each cell with a link to what it rests on.
///
/// Every run is shown again while the page is made, so a string that does not belong to its design
/// any more ends the page with a message.
final class MatrixPage {
    static final String TITLE = "The verdict matrix";

    /// The timelines that the page holds are at most so long in all, so that it stays quick to
    /// open; behind it a run is shown by its string.
    private static final int MOST_TRACE_CHARACTERS = 90_000;

    private final RecordedMatrix recorded;
    private final VerdictMatrix matrix;
    private final List<MatrixLine> lines;
    private final List<List<Config>> kernels;
    private final Map<String, String> anchors = new LinkedHashMap<>();
    private final Map<String, Trace> traces = new LinkedHashMap<>();
    private int traceCharacters;

    private MatrixPage(RecordedMatrix recorded) {
        this.recorded = recorded;
        this.matrix = recorded.matrix();
        this.lines = matrix.lines();
        this.kernels = matrix.kernels();
    }

    static Page of(Provenance provenance) {
        return of(RecordedMatrix.of(Checkout.here()), provenance);
    }

    static Page of(RecordedMatrix recorded, Provenance provenance) {
        return PageOf.blocks(TITLE, new MatrixPage(recorded).blocks(), provenance);
    }

    private List<Block> blocks() {
        var details = new ArrayList<Block>();
        details.add(new Block.Heading(2, "rests-on", "What each cell rests on"));
        String design = "";
        for (List<Config> group : kernels)
            for (MatrixLine line : lines)
                if (line.config() == group.getFirst())
                    anchors.put(key(line), "l" + (anchors.size() + 1));
        for (MatrixLine line : lines) {
            if (!anchors.containsKey(key(line))) continue;
            if (!line.design().equals(design)) {
                design = line.design();
                details.add(new Block.Heading(3, "design-" + slug(design), title(design)));
            }
            details.add(line(line));
        }
        var blocks = new ArrayList<Block>(PageOf.prose(introduction()));
        for (VerdictMatrix.Tables tables : matrix.tables(this::cell)) {
            String number = number(tables.kernels());
            blocks.add(
                    new Block.Heading(
                            2, "kernels-" + number, "Kernels " + number + ": " + tables.on()));
            if (!tables.designs().rows().isEmpty()) blocks.add(untitled(tables.designs()));
            if (tables.order().rows().isEmpty()) continue;
            blocks.add(new Block.Heading(3, "order-" + number, tables.order().title()));
            blocks.add(untitled(tables.order()));
        }
        blocks.addAll(details);
        return blocks;
    }

    /// Its heading says the title.
    private static Block untitled(Table table) {
        return new Block.Tabular(new Table("", table.columns(), table.rows()));
    }

    private String number(List<Config> kernels) {
        return Integer.toString(matrix.kernels().indexOf(kernels) + 1);
    }

    private String introduction() {
        long states = matrix.rows().stream().mapToLong(MatrixRow::states).sum();
        String classes =
                SwapModel.failureClasses().stream()
                        .map(c -> "- **" + c + "**: " + escaped(SwapModel.describe(c)))
                        .collect(Collectors.joining("\n"));
        return String.format(
                Locale.ROOT,
                """
                Which design shows which failure, on which kernel. Each cell is computed: *safe* means that no interleaving within \
                the bounds shows the failure, *violation* leads to a shortest run that does, and *open: needs the memory \
                model* that no interleaving shows it, but that only the order of memory, which interleavings do not have, tells the \
                design from one that is right: these stand in tables of their own. Nothing here is typed.

                %s
                - **F7**: F1 on a rotating device
                - **other**: every fault without a class, such as a deadlock, a leak or a sleep while atomic

                Bounds: %d readers that take a page fault on one swap entry, swapoff once, then another device in the slot \
                once; on a solid state, a rotating and a synchronous device; sequentially consistent memory. One exhaustive \
                search answers for every class at once: each fault ends its task, and the search goes on. A run with the fewest \
                readers that show it stands for a violation, with its steps, how often it switches from one CPU to another, and the \
                string by which `./stillpoint replay STRING` shows it again.

                Recorded in `%s` (SHA-256 `%s`): %,d searches, %,d states. `./stillpoint matrix` computes it again, and \
                `./stillpoint test --all` compares.
                """,
                classes,
                matrix.rows().getFirst().readers(),
                recorded.file().name(),
                recorded.file().digest(),
                matrix.rows().size(),
                states);
    }

    /// A cell with a link to what it rests on: its run, or its line.
    private String cell(MatrixLine line, String column, String words) {
        String anchor =
                line.run(column)
                        .map(run -> anchors.getOrDefault(unplaced(run), ""))
                        .orElse(anchors.getOrDefault(key(line), ""));
        String shown = line.word(column) == MatrixRow.Word.BROKEN ? "**" + words + "**" : words;
        return "[" + shown + "](#" + anchor + ")";
    }

    private Block line(MatrixLine line) {
        String id = anchors.getOrDefault(key(line), "");
        var inside = new ArrayList<Block>();
        inside.add(
                new Block.Prose(
                        "On "
                                + kernels(line)
                                + ", section "
                                + code(line.section())
                                + ": "
                                + line.rows().stream()
                                        .map(MatrixPage::size)
                                        .collect(Collectors.joining("; "))
                                + "."));
        for (String column : VerdictMatrix.columns())
            for (MatrixLine.Run run : line.runs(column)) {
                boolean known = anchors.containsKey(unplaced(run));
                if (!known) inside.add(run(column, run));
                if (!known && shows(run)) inside.add(timeline(run));
            }
        return new Block.Cell(id, Block.Outcome.PROSE, inside);
    }

    private String kernels(MatrixLine line) {
        return kernels.stream()
                .filter(group -> group.contains(line.config()))
                .map(this::number)
                .map(number -> "[kernels " + number + "](#kernels-" + number + ")")
                .findFirst()
                .orElse(line.config().word());
    }

    private static String size(MatrixRow row) {
        String open = row.open().isEmpty() ? "" : " (open: " + row.open() + ")";
        return String.format(
                Locale.ROOT,
                "%s %,d states, %,d transitions, depth %d%s",
                row.device(),
                row.states(),
                row.transitions(),
                row.depth(),
                open);
    }

    private Block run(String column, MatrixLine.Run run) {
        String id = "r" + (traces.size() + 1);
        Trace trace = trace(run);
        anchors.put(unplaced(run), id);
        traces.put(id, trace);
        return new Block.Cell(
                id,
                Block.Outcome.PROSE,
                List.of(
                        new Block.Prose(
                                "**"
                                        + column
                                        + "**: "
                                        + code(trace.fault())
                                        + ", "
                                        + trace.rows().size()
                                        + " steps, "
                                        + trace.switches()
                                        + (trace.switches() == 1 ? " switch" : " switches")
                                        + ": "
                                        + code(run.replay()))));
    }

    private static Trace trace(MatrixLine.Run run) {
        try {
            Trace trace = ReplayString.parse(run.replay()).trace();
            if (!trace.fault().isEmpty()) return trace;
        } catch (IllegalArgumentException e) {
            throw stale(run, String.valueOf(e.getMessage()));
        }
        throw stale(run, "the run ends without a fault");
    }

    private static CommandException stale(MatrixLine.Run run, String why) {
        return new CommandException(
                ExitCode.BAD_INPUT,
                "data/golden/matrix.csv: "
                        + run.replay()
                        + " does not show "
                        + run.what()
                        + " any more: "
                        + why
                        + "; ./stillpoint matrix --update computes the matrix anew");
    }

    private boolean shows(MatrixLine.Run run) {
        return traceCharacters + text(run).length() <= MOST_TRACE_CHARACTERS;
    }

    private Block timeline(MatrixLine.Run run) {
        String text = text(run);
        traceCharacters += text.length();
        return new Block.Code("", "The shortest run, as a timeline", text, Block.Visibility.FOLDED);
    }

    private String text(MatrixLine.Run run) {
        Trace trace = traces.get(anchors.getOrDefault(unplaced(run), ""));
        return trace == null ? "" : TraceText.text(trace.folded());
    }

    private static String title(String design) {
        String title = Designs.named(design).title();
        return design.contains("/") ? design : design + ": " + escaped(title);
    }

    /// The run without its kernel: one run is shown once.
    private static String unplaced(MatrixLine.Run run) {
        String[] parts = run.replay().split(":", -1);
        return run.what() + " " + parts[0] + " " + parts[1] + " " + parts[2] + " " + parts[4];
    }

    private static String key(MatrixLine line) {
        return line.design() + " " + line.config();
    }

    private static String slug(String design) {
        return design.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static String escaped(String words) {
        return words.replace("_", "\\_");
    }

    private static String code(String words) {
        return "`" + words + "`";
    }
}
