package stillpoint.check;

import java.util.List;
import stillpoint.program.Fault;
import stillpoint.program.Node;
import stillpoint.program.Step;

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

    /// A fault of the step of a node.
    static Hit at(Node node, Fault fault, String object, String text) {
        List<String> frames = node.frames();
        return new Hit(fault, object, frames.isEmpty() ? "" : frames.getLast(), text);
    }

    /// What a step of the program itself says is wrong.
    static Hit told(Node node) {
        Fault fault =
                node.step() instanceof Step.Fail(Fault said, String _)
                        ? said
                        : Fault.SLEEP_WHILE_ATOMIC;
        String text =
                switch (node.step()) {
                    case Step.Fail fail -> fail.text();
                    case Step.AtomicSleep sleep -> sleep.text();
                    default -> throw new IllegalStateException(node.step() + " tells no fault");
                };
        return at(node, fault, text, fault.words() + ": " + text);
    }
}
