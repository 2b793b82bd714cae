package stillpoint.cli;

import java.io.PrintStream;

/// How far a measurement is: one line that is written anew on a terminal, else one line a
/// condition.
///
/// @param of how many there are under each condition
record CountLine(int of, boolean terminal, PrintStream to) {
    private static final String CLEAR = "\r\033[K";

    CountLine(int of) {
        this(of, Terminal.isStandardError(), System.err);
    }

    void at(String condition, int done) {
        if (terminal) to.print(CLEAR + "stillpoint: " + condition + ": " + done + " of " + of);
        else if (done == 0) to.println("stillpoint: measuring, " + condition);
    }

    void end() {
        if (terminal) to.print(CLEAR);
    }
}
