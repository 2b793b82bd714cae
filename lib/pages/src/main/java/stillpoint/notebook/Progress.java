package stillpoint.notebook;

import java.nio.file.Path;
import java.time.Duration;

/// Where a runner says what it is doing.
///
/// With several workers, events of different notebooks interleave, one at a time; each names its
/// notebook.
public interface Progress {
    /// Takes one event; must return quickly.
    void tell(Event event);

    /// Something that happened in a run.
    sealed interface Event {
        /// The notebook it happened in.
        Path path();

        /// A kernel is being started for a notebook, the `number`th of `total`.
        record NotebookStarted(Path path, int number, int total, int cells) implements Event {}

        /// A code cell begins, the `number`th of `total`.
        record CellStarted(Path path, int number, int total, String title) implements Event {}

        /// The cell is still at it; told about once a second.
        record StillRunning(Path path, int number, int total, String title, Duration elapsed)
                implements Event {}

        /// A code cell ended.
        record CellEnded(Path path, int total, CellResult result) implements Event {}

        /// The notebook ended.
        record NotebookEnded(Path path, RunResult result) implements Event {}
    }

    /// Tells nobody.
    static Progress none() {
        return event -> {};
    }
}
