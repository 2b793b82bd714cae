package stillpoint.notebook;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// Progress as lines for a person: notebook n/m, cell n/m, title, elapsed.
///
/// On a terminal the running cell has a line that is rewritten each second; elsewhere, where a
/// carriage return would fill a log, a cell gets its line when it ends, and one each 10 s before
/// that.
public final class ConsoleProgress implements Progress {
    private static final String WIPE = "\r\u001B[K";

    /// Around the running line: what does not fit is not wrapped, for a second row would stay.
    private static final String UNWRAPPED = "\u001B[?7l";

    private static final String WRAPPED = "\u001B[?7h";

    private final PrintStream out;
    private final boolean live;

    /// @param live whether the stream is a terminal
    public ConsoleProgress(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    @Override
    public void tell(Event event) {
        switch (event) {
            case Event.NotebookStarted e ->
                    out.println(
                            "notebook "
                                    + e.number()
                                    + "/"
                                    + e.total()
                                    + "  "
                                    + e.path()
                                    + "  ("
                                    + e.cells()
                                    + " code cells)");
            case Event.CellStarted e ->
                    running(e.path(), e.number(), e.total(), e.title(), Duration.ZERO);
            case Event.StillRunning e ->
                    running(e.path(), e.number(), e.total(), e.title(), e.elapsed());
            case Event.CellEnded e -> {
                CellResult cell = e.result();
                String end = cell.outcome() == Outcome.OK ? "" : "  " + cell.outcome().words();
                out.println(
                        (live ? WIPE : "")
                                + line(
                                        e.path(),
                                        cell.number(),
                                        e.total(),
                                        cell.title(),
                                        cell.elapsed())
                                + end);
            }
            case Event.NotebookEnded e ->
                    out.println(
                            "  "
                                    + name(e.path())
                                    + "  "
                                    + summary(e.result())
                                    + "  "
                                    + seconds(e.result().elapsed()));
        }
        out.flush();
    }

    private void running(Path path, int number, int total, String title, Duration elapsed) {
        if (live) out.print(WIPE + UNWRAPPED + line(path, number, total, title, elapsed) + WRAPPED);
        else if (elapsed.toSeconds() > 0 && elapsed.toSeconds() % 10 == 0)
            out.println(line(path, number, total, title, elapsed) + "  still running");
    }

    private static String summary(RunResult result) {
        if (result.trouble().isPresent()) return "not run";
        long good = result.cells().stream().filter(cell -> cell.outcome().good()).count();
        return good + " of " + result.cells().size() + " cells ok";
    }

    private static String line(Path path, int number, int total, String title, Duration elapsed) {
        return "  "
                + name(path)
                + "  cell "
                + number
                + "/"
                + total
                + "  "
                + title
                + "  "
                + seconds(elapsed);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName()).replaceFirst("\\.ipynb$", "");
    }

    private static String seconds(Duration elapsed) {
        return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
    }
}
