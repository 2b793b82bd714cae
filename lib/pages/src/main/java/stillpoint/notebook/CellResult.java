package stillpoint.notebook;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// What became of one code cell.
///
/// @param number place among the code cells, from 1
/// @param id the cell's id
/// @param title as [Notebook#titleOf] gives it
/// @param executionCount from 1 in running order; empty if not run or blank
/// @param outputs all that it showed, to the point where it was stopped
/// @param elapsed wall time (*measured*)
/// @param message why it did not end well, fit to be printed; empty if it did
/// @param notes what a reader should know although the cell ended well: output that was cut, or
///   came too late
public record CellResult(
        int number,
        String id,
        String title,
        Outcome outcome,
        OptionalInt executionCount,
        List<Output> outputs,
        Duration elapsed,
        String message,
        List<String> notes) {
    public CellResult {
        outputs = List.copyOf(outputs);
        notes = List.copyOf(notes);
    }

    /// `cell 4 "the search" (c07)`.
    public String label() {
        return label(number, id, title);
    }

    static String label(int number, String id, String title) {
        return "cell " + number + " \"" + title + "\" (" + id + ")";
    }
}
