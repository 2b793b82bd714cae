package stillpoint.check;

import stillpoint.program.Node;

/// One node of a graph, flattened into fields: what the hot loop reads. Mutable only while [Code]
/// builds it.
final class Instr {
    /// How a step commutes with the steps of other CPUs.
    enum Mobility {
        BOTH,
        RIGHT,
        LEFT,
        NON
    }

    final Node node;
    Transition.Op op = Transition.Op.FENCE;

    /// A task may rest before it.
    boolean visible;

    boolean glued;

    /// It waits, or the scheduler may run: a task always rests before it.
    boolean barrier;

    /// It takes a lock, or begins an atomic piece: it may wait, but only as the first such step of
    /// a transition.
    boolean acquires;

    Mobility mobility = Mobility.NON;
    int register = -1;
    Way.Which which = Way.Which.ONLY;
    int location;

    /// The pointer value that stands for a freed object, where `which` is an object.
    int dangling;

    int whichKind;
    int whichValue;
    int leftKind;
    int leftValue;
    int rightKind;
    int rightValue;

    /// Relation, update, arithmetic, kind of object, label or callback, as a number.
    int detail;

    int bits;

    /// Whether a stop has a set of CPUs that was evaluated before, as its left operand.
    boolean copied;

    long values;

    /// What comes next; itself where nothing does.
    Instr next = this;

    /// What comes next where a branch is not taken.
    Instr otherwise = this;

    /// The number a resting task keeps in its state; -1 for a local step.
    int pc = -1;

    /// Registers that are live here: what a resting task keeps.
    int[] live = {};

    /// The levels that may run on the CPU of a task which rests here, one bit each.
    int admits;

    /// The kinds of grace period that a task which rests here does not hold off, one bit each.
    int quiescent;

    Instr(Node node) {
        this.node = node;
    }

    /// Whether another instruction made from the same node does the same: all that a kernel
    /// configuration decides.
    boolean alike(Instr other) {
        return node == other.node
                && op == other.op
                && visible == other.visible
                && barrier == other.barrier
                && acquires == other.acquires
                && mobility == other.mobility
                && admits == other.admits
                && quiescent == other.quiescent
                && pc == other.pc;
    }
}
