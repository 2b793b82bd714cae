package stillpoint.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import stillpoint.evidence.Table;
import stillpoint.notebook.AtomicFile;
import stillpoint.notebook.NotebookException;
import stillpoint.picture.TablePicture;
import stillpoint.swap.MatrixFile;
import stillpoint.swap.MatrixRow;
import stillpoint.swap.VerdictMatrix;

/// `matrix`: computes which design shows which failure, for each reader flavour on each kernel.
final class MatrixCommand implements Command {
    private static final int USUAL_READERS = 3;
    private static final int MOST_READERS = 8;

    private final Checkout checkout = Checkout.here();

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "matrix",
                "",
                0,
                List.of(
                        "Computes the verdict matrix: design by failure class by reader section by kernel, one exhaustive search for",
                        "each design, kernel and kind of device, with a swapon after swapoff. With as many readers as the recorded",
                        "matrix (data/golden/matrix.csv) it is compared with it."),
                List.of(
                        new Synopsis.Option(
                                "--readers",
                                "N",
                                "CPUs that take a page fault, 1 to 8 (default "
                                        + USUAL_READERS
                                        + ")"),
                        Synopsis.Option.flag("--update", "writes the recorded matrix anew"),
                        Synopsis.Option.flag("--json", "the searches as JSON, in place of tables")),
                List.of(
                        "0   every search was exhaustive, and says what is recorded",
                        "1   a search says something else than what is recorded",
                        "2   a search was cut short: its cells are inconclusive",
                        "64  wrong usage",
                        "65  the recorded matrix is malformed",
                        "73  the recorded matrix cannot be written"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        int readers = arguments.number("--readers", USUAL_READERS, 1, MOST_READERS);
        boolean update = arguments.has("--update");
        if (update && readers != USUAL_READERS)
            throw synopsis()
                    .usage(
                            "--update with --readers "
                                    + readers
                                    + ": the recorded matrix is of "
                                    + USUAL_READERS
                                    + " readers; leave one of the two out");
        // A malformed file is said before minutes of searching, not after.
        String recorded =
                update || readers != USUAL_READERS ? "" : RecordedMatrix.of(checkout).file().text();
        long start = System.nanoTime();
        VerdictMatrix matrix = VerdictMatrix.computed(readers, row -> progress(row));
        System.err.printf(
                Locale.ROOT,
                "measured: %d searches in %.1f s on %d processors%n",
                matrix.rows().size(),
                (System.nanoTime() - start) / 1e9,
                Runtime.getRuntime().availableProcessors());
        System.out.print(arguments.has("--json") ? json(matrix) : text(matrix));
        long open = matrix.count(MatrixRow.Word.INCONCLUSIVE);
        if (open > 0) {
            String keeps = update ? "; the recorded matrix stays as it is" : "";
            return Main.fail(
                    ExitCode.INCONCLUSIVE,
                    open
                            + " cells are inconclusive: "
                            + matrix.rows().stream()
                                    .map(MatrixRow::open)
                                    .filter(reason -> !reason.isEmpty())
                                    .filter(reason -> !reason.equals(MatrixRow.ORDER))
                                    .findFirst()
                                    .orElse("no reason given")
                            + keeps);
        }
        String text = MatrixFile.text(matrix);
        if (update) write(text);
        else if (!recorded.isEmpty() && !recorded.equals(text))
            return Main.fail(ExitCode.FOUND, difference(recorded, text));
        return ExitCode.FINE;
    }

    private static void progress(MatrixRow row) {
        if (Terminal.isStandardError())
            System.err.printf("\r\033[K%s %s %s\r", row.design(), row.config(), row.device());
    }

    private void write(String text) throws IOException {
        try {
            AtomicFile.write(RecordedMatrix.file(checkout), text.getBytes(StandardCharsets.UTF_8));
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.UNWRITABLE, String.valueOf(e.getMessage()));
        }
    }

    private static String difference(String recorded, String text) {
        List<String> old = recorded.lines().toList();
        List<String> now = text.lines().toList();
        int line = 0;
        while (line < Math.min(old.size(), now.size()) && old.get(line).equals(now.get(line)))
            line++;
        return "data/golden/matrix.csv:"
                + (line + 1)
                + ": recorded is\n  "
                + (line < old.size() ? old.get(line) : "nothing")
                + "\nand computed is\n  "
                + (line < now.size() ? now.get(line) : "nothing")
                + "\n  Way on: if that is meant, ./stillpoint matrix --update writes it; then read the diff";
    }

    private static String text(VerdictMatrix matrix) {
        var text = new StringBuilder();
        for (VerdictMatrix.Tables tables : matrix.tables((line, column, words) -> words)) {
            text.append("On ").append(tables.on()).append('\n');
            for (Table table : List.of(tables.designs(), tables.order()))
                if (!table.rows().isEmpty()) text.append(TablePicture.text(table)).append('\n');
        }
        for (MatrixRow.Word word : MatrixRow.Word.values())
            text.append(matrix.count(word)).append(' ').append(word.words()).append('\n');
        return text.toString();
    }

    private static String json(VerdictMatrix matrix) throws IOException {
        var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        var rows = mapper.createArrayNode();
        for (MatrixRow row : matrix.rows()) {
            ObjectNode node = rows.addObject();
            node.put("design", row.design()).put("section", row.section());
            node.put("config", row.config().word()).put("device", row.device().word());
            node.put("readers", row.readers()).put("states", row.states());
            node.put("transitions", row.transitions()).put("depth", row.depth());
            ObjectNode met = node.putObject("met");
            row.cells().forEach(met::put);
            node.put("open", row.open());
        }
        return mapper.writeValueAsString(rows) + "\n";
    }
}
