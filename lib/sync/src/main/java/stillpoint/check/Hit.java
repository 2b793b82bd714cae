package stillpoint.check;

import stillpoint.program.Fault;

/// A fault that a transition ran into.
///
/// @param fault what happened
/// @param object the kind, variable or lock it happened to; empty if none
/// @param text in one sentence
record Hit(Fault fault, String object, String text) {}
