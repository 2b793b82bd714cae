package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

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
    /// @param result of a run of this notebook
    public Notebook withOutputs(RunResult result) {
        return result.notebook();
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
