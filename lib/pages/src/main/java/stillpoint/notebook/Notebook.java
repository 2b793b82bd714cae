package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/// A notebook of nbformat 4.5: cells in reading order and metadata such as the kernel's name.
///
/// Read and written by [NotebookFile]; run by [Runner].
public record Notebook(List<Cell> cells, JsonNode metadata) {
    public Notebook {
        cells = List.copyOf(cells);
    }

    /// The code cells in the order they run; blank ones are among them and are not run.
    public List<Cell.Code> codeCells() {
        return cells.stream()
                .filter(Cell.Code.class::isInstance)
                .map(Cell.Code.class::cast)
                .toList();
    }

    /// The notebook for `--update`: outputs of the run, except that what was committed stays where
    /// only measurements differ, so that a second update without a change leaves the file byte for
    /// byte as it was.
    ///
    /// A cell with the tag `measured` is measured anew when its source or that of a cell before it
    /// changed, or when its outputs were cleared; a digest of the sources in
    /// `metadata.stillpoint.measuredFor` tells. Cells that were not run keep what they had.
    ///
    /// @param result of a run of this notebook
    public Notebook withOutputs(RunResult result) {
        var outcomes = new HashMap<String, Outcome>();
        result.cells().forEach(cell -> outcomes.put(cell.id(), cell.outcome()));
        var fresh = new HashMap<String, Cell.Code>();
        result.notebook().codeCells().forEach(cell -> fresh.put(cell.id(), cell));
        var sources = new StringBuilder();
        return mapCode(cell -> {
            sources.append(cell.source()).append('\0');
            Cell.Code now = fresh.get(cell.id());
            if (now == null || outcomes.get(cell.id()) == Outcome.NOT_RUN) return cell;
            if (cell.hasTag(Comparison.MEASURED_TAG)) {
                String digest = digest(sources.toString());
                if (digest.equals(measuredFor(cell))
                        && !cell.outputs().isEmpty()
                        && Comparison.same(cell, now)) return cell;
                ObjectNode metadata = cell.metadata().deepCopy();
                metadata.withObject("/stillpoint").put("measuredFor", digest);
                return new Cell.Code(
                        now.id(), now.source(), metadata, now.executionCount(), now.outputs());
            }
            return Comparison.same(cell, now) && measurements(cell).equals(measurements(now))
                    ? cell
                    : now;
        });
    }

    /// The outputs that carry measurements, by place.
    private static List<Boolean> measurements(Cell.Code cell) {
        return cell.outputs().stream()
                .map(output -> output.text(Output.MEASURED).isPresent())
                .toList();
    }

    private static String measuredFor(Cell.Code cell) {
        return cell.metadata().path("stillpoint").path("measuredFor").asText("");
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The notebook with each code cell replaced, in order.
    Notebook mapCode(UnaryOperator<Cell.Code> change) {
        return new Notebook(
                cells.stream()
                        .map(cell -> cell instanceof Cell.Code code ? change.apply(code) : cell)
                        .toList(),
                metadata);
    }

    /// The name a person would give the cell: its first line where that is a comment or a heading,
    /// else the heading it stands under, else its first line. At most 60 characters.
    ///
    /// @param id of a cell of this notebook
    public String titleOf(String id) {
        String heading = "";
        for (Cell cell : cells) {
            if (cell instanceof Cell.Markdown prose)
                for (String line : prose.source().split("\n", -1))
                    if (line.matches("#{1,6} .*")) heading = line.replaceFirst("^#+ +", "").strip();
            if (cell.id().equals(id)) return shortened(titleOf(cell, heading));
        }
        throw new IllegalArgumentException(id + ": no cell has this id");
    }

    private static String titleOf(Cell cell, String heading) {
        String first =
                cell.source()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .orElse("");
        if (cell instanceof Cell.Code && first.startsWith("//")) {
            String comment = first.replaceFirst("^/+ *", "");
            if (!comment.isEmpty()) return comment;
        }
        return heading.isEmpty() ? first : heading;
    }

    private static String shortened(String title) {
        return title.length() <= 60 ? title : title.substring(0, 59).stripTrailing() + "…";
    }
}
