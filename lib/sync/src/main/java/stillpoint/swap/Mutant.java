package stillpoint.swap;

/// A design with one small mistake in it, and whether that was noticed.
///
/// @param line the line of the step that was changed, `StopMachineV7.java:121`
/// @param change what was done, `stop_machine(dummy, NULL, cpu_online_mask): dropped`
/// @param outcome what became of it
/// @param what what was broken and where it was seen, or why nothing can be
public record Mutant(String line, String change, Outcome outcome, String what) {
    /// What became of a mutant.
    public enum Outcome {
        /// A failure was found that the design does not have.
        CAUGHT("caught"),
        /// It cannot be recorded: the message is what a reader would get.
        RECORDING("caught at recording"),
        /// It is the same program.
        EQUIVALENT("equivalent"),
        /// Only the order of memory differs, which a search over interleavings cannot see.
        OPEN("open: needs the memory model"),
        /// No question that was asked tells it from the design.
        SURVIVED("survived");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
