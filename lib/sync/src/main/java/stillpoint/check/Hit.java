package stillpoint.check;

import stillpoint.program.Fault;

/// A fault that a transition ran into.
///
/// @param fault what happened
/// @param object the kind, variable or lock it happened to; empty if none
/// @param function the function it happened in; empty if none
/// @param text in one sentence
record Hit(Fault fault, String object, String function, String text) {
    /// A fault of a state, not of a step.
    static Hit of(Fault fault, String object, String text) {
        return new Hit(fault, object, "", text);
    }
}
