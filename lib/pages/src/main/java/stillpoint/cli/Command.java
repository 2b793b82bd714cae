package stillpoint.cli;

import java.io.IOException;

/// One word of the command line, such as `check`: what may follow it, and what it does.
public interface Command {
    /// What may follow the word, and its `--help`.
    Synopsis synopsis();

    /// Does it. Results go to standard output; everything else, such as progress, to standard
    /// error.
    ///
    /// @return one of [ExitCode]
    /// @throws CommandException to end with one message
    int run(Arguments arguments) throws IOException;
}
