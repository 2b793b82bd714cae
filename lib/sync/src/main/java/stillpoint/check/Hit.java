package stillpoint.check;

import java.util.List;
import stillpoint.program.Fault;
import stillpoint.program.Kind;
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

    /// A pointer is followed that points to nothing, or to nothing any more.
    static Hit dereference(Node node, Fault fault) {
        String owner =
                node.step().where().flatMap(p -> p.variable().owner()).map(Kind::name).orElse("");
        return at(node, fault, owner, fault.words() + " of " + owner);
    }

    static Hit doubleFree(Node node, Kind kind) {
        return at(node, Fault.DOUBLE_FREE, kind.name(), Fault.DOUBLE_FREE.words() + " of " + kind);
    }

    static Hit outOfSlots(Node node, Kind kind) {
        return at(
                node,
                Fault.OUT_OF_SLOTS,
                kind.name(),
                Fault.OUT_OF_SLOTS.words()
                        + ": "
                        + kind
                        + " has room for "
                        + kind.slots()
                        + "; free one first, or give the kind more slots, at most 6");
    }

    static Hit unlockOfFreeLock(Node node) {
        String lock = lock(node);
        return at(
                node,
                Fault.UNLOCK_OF_FREE_LOCK,
                lock,
                Fault.UNLOCK_OF_FREE_LOCK.words() + " " + lock);
    }

    /// A callback of a stop waits for somebody who stands still.
    static Hit blockedCallback(Node node) {
        String lock = lock(node);
        return at(
                node,
                Fault.BLOCKED_CALLBACK,
                lock,
                Fault.BLOCKED_CALLBACK.words()
                        + ": "
                        + lock
                        + " is held, and its holder is stopped");
    }

    /// A mask was read before a CPU of it went off line.
    static Hit offline(Node node, int cpu) {
        return at(
                node,
                Fault.OFFLINE_CPU,
                "",
                Fault.OFFLINE_CPU.words()
                        + ": CPU"
                        + cpu
                        + " went off line after the mask was read");
    }

    private static String lock(Node node) {
        return node.step().where().map(p -> p.variable().name()).orElse("");
    }
}
