package stillpoint.notebook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One run of one notebook on a fresh kernel, finished or stopped.
///
/// @param path the notebook, for messages
/// @param notebook the notebook with the outputs of this run; cells that were not run have none
/// @param cells one result for each code cell, in order
/// @param trouble why there was no kernel to run on; empty if there was
/// @param elapsed wall time from the kernel's start to its end (*measured*)
public record RunResult(
        Path path,
        Notebook notebook,
        List<CellResult> cells,
        Optional<String> trouble,
        Duration elapsed) {
    public RunResult {
        cells = List.copyOf(cells);
    }

    /// Whether every cell ended as it should.
    public boolean ok() {
        return trouble.isEmpty() && cells.stream().allMatch(cell -> cell.outcome().good());
    }

    /// The cell that stopped the notebook.
    public Optional<CellResult> stoppedBy() {
        return cells.stream()
                .filter(cell -> !cell.outcome().good() && cell.outcome() != Outcome.NOT_RUN)
                .findFirst();
    }

    /// What happened, in a line for a good run and in a few for another: the notebook, the cell,
    /// the reason, and what was not run.
    public String message() {
        if (trouble.isPresent()) return path + ": " + trouble.get();
        if (stoppedBy().isEmpty())
            return path + ": " + cells.size() + (cells.size() == 1 ? " cell ok" : " cells ok");
        CellResult cell = stoppedBy().get();
        long left = cells.stream().filter(each -> each.outcome() == Outcome.NOT_RUN).count();
        return path
                + ": "
                + cell.label()
                + " "
                + cell.outcome().words()
                + ": "
                + cell.message()
                + (left == 0
                        ? ""
                        : "\n" + left + (left == 1 ? " cell" : " cells") + " after it not run");
    }

    /// Notes of all cells, each with its cell's label.
    public List<String> notes() {
        return cells.stream()
                .flatMap(cell ->
                        cell.notes().stream().map(note -> path + ": " + cell.label() + ": " + note))
                .collect(Collectors.toList());
    }
}
