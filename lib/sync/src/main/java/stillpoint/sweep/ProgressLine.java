package stillpoint.sweep;

import java.io.PrintStream;
import java.util.function.Consumer;

/// How far a sweep is, for a person: a line that is written anew, or for a log, a line now and
/// then.
///
/// What stays behind of it is the same at every run.
public final class ProgressLine implements Consumer<Stage> {
    private static final long NANOS_BETWEEN = 10_000_000_000L;
    private static final double SECOND = 1e9;

    private final PrintStream out;
    private final boolean anew;
    private final long start = System.nanoTime();
    private long last = start;
    private double before = -1;

    /// @param anew whether a carriage return takes the line back, as on a terminal and in a
    ///   notebook
    public ProgressLine(PrintStream out, boolean anew) {
        this.out = out;
        this.anew = anew;
    }

    @Override
    public void accept(Stage stage) {
        long now = System.nanoTime();
        if (before < 0) before = stage.last().isPresent() ? 0 : stage.part();
        if (!anew && now - last < NANOS_BETWEEN) return;
        last = now;
        String line = stage + left(stage, now);
        out.print(anew ? "\r" + line + "  " : line + "\n");
        out.flush();
    }

    private String left(Stage stage, long now) {
        double done = stage.part() - before;
        if (done <= 0) return "";
        long seconds = Math.round((now - start) / SECOND * (1 - stage.part()) / done);
        return ", about " + seconds + " s left";
    }

    /// The last line.
    public void end(Results results) {
        out.print((anew ? "\r" : "") + results + "\n");
        out.flush();
    }
}
