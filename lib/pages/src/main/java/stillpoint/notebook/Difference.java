package stillpoint.notebook;

import java.nio.file.Path;

/// The first place where a cell's fresh outputs differ from the committed ones.
///
/// @param number place among the code cells, from 1
/// @param id the cell's id
/// @param title as [Notebook#titleOf] gives it
/// @param where which part: `output 2, text/plain`
/// @param line line in that part, from 1
/// @param expected the committed line, or what stands for its absence
/// @param found the fresh line, or what stands for its absence
/// @param diff a short unified diff of the cell
public record Difference(
        int number,
        String id,
        String title,
        String where,
        int line,
        String expected,
        String found,
        String diff) {
    /// Notebook, cell, place, expected and found, then the diff.
    public String message(Path notebook) {
        return notebook
                + ": "
                + CellResult.label(number, id, title)
                + ", "
                + where
                + ", line "
                + line
                + " differs:\n"
                + "  committed: "
                + expected
                + "\n  now:       "
                + found
                + "\n"
                + diff;
    }
}
