package stillpoint.kernel;

import java.util.List;

/// How a cell ended.
sealed interface Outcome {
    /// It ran to its end.
    record Done() implements Outcome {}

    /// It did not.
    ///
    /// @param name the kind of failure: an exception's simple name, `CompilationError` or
    ///   `Interrupted`
    /// @param message one line
    /// @param trace what a reader sees, line by line; may hold ANSI colours
    record Failed(String name, String message, List<String> trace) implements Outcome {
        public Failed {
            trace = List.copyOf(trace);
        }
    }
}
