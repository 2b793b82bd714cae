package stillpoint.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The values that narrow registers may still have on a path, so that a question that is decided is
/// not asked again.
///
/// Sound because a register that can be asked about is written once: a [Local] is asked through a
/// copy.
final class Possible {
    private static final int WIDEST = 6;

    private final List<Register> registers;
    private final Map<Integer, Long> known;

    private Possible(List<Register> registers, Map<Integer, Long> known) {
        this.registers = registers;
        this.known = known;
    }

    /// Nothing is known yet.
    ///
    /// @param registers the shapes, which may still grow
    static Possible any(List<Register> registers) {
        return new Possible(registers, new HashMap<>());
    }

    Possible copy() {
        return new Possible(registers, new HashMap<>(known));
    }

    /// A register is written.
    void forget(int register) {
        known.remove(register);
    }

    /// The answer, if all values that are left give the same.
    Optional<Boolean> decide(Question question) {
        long all = values(question.left());
        if (all == 0 || !(question.right() instanceof Operand.Const(int right)))
            return Optional.empty();
        long yes = those(all, question.relation(), right, true);
        if (yes == 0) return Optional.of(false);
        return yes == all ? Optional.of(true) : Optional.empty();
    }

    /// A question was answered.
    void refine(Question question, boolean answer) {
        long all = values(question.left());
        if (all != 0
                && question.right() instanceof Operand.Const(int right)
                && question.left() instanceof Operand.Reg(int register))
            known.put(register, those(all, question.relation(), right, answer));
    }

    private static long those(long all, Question.Relation relation, int right, boolean answer) {
        long kept = 0;
        for (int v = 0; v < 64; v++)
            if ((all >>> v & 1) != 0 && Question.holds(relation, v, right) == answer)
                kept |= 1L << v;
        return kept;
    }

    /// Bit n for value n; 0 when the register is too wide to be tracked.
    private long values(Operand operand) {
        if (!(operand instanceof Operand.Reg(int register))) return 0;
        int bits = registers.get(register).bits();
        if (bits < 1 || bits > WIDEST) return 0;
        return known.getOrDefault(register, bits == WIDEST ? -1L : (1L << (1 << bits)) - 1);
    }
}
