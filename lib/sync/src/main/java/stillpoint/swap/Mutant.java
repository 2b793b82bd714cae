package stillpoint.swap;

/// A design with one small mistake in it, and whether that was noticed.
///
/// @param line the line of the step that was changed, `StopMachineV7.java:121`
/// @param change what was done, `stop_machine(dummy, NULL, cpu_online_mask): dropped`
/// @param outcome what became of it
/// @param what what was broken, in which function, and by which question it was seen; or what
///   callers may notice
public record Mutant(String line, String change, Outcome outcome, String what) {
    /// What became of a mutant.
    public enum Outcome {
        /// A failure was found that the design does not have.
        CAUGHT("caught"),
        /// It cannot be recorded: the message is what a reader would get.
        RECORDING("caught at recording"),
        /// It is the same program: the same minimised graph.
        EQUIVALENT("same graph"),
        /// Callers notice nothing, within the bounds: it lets happen what the design lets happen,
        /// and nothing else.
        ALIKE("same behaviours"),
        /// Callers notice nothing new, within the bounds: it lets happen nothing but what the
        /// design lets happen, and not all of that. Whatever the design is safe from it is safe
        /// from. A section that ends later, or a lock that is held longer, is of this kind.
        REFINES("refines the design"),
        /// The order of memory differs, which a search over interleavings cannot see, and callers
        /// notice nothing new where memory is sequentially consistent; or the design itself is
        /// open.
        OPEN("open: needs the memory model"),
        /// No question finds a failure in it, and callers may notice something that the design
        /// never shows, or the comparison was cut short.
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
