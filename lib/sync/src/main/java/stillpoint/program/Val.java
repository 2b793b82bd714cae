package stillpoint.program;

import java.util.Objects;

/// A symbolic word. Asking it a question (`is`, `has`, `below`) goes one way now and the other way
/// in a later run.
///
/// It has no `equals`: two values are compared by asking, and `==` between them compiles but asks
/// nothing.
public final class Val implements Value {
    private final Operand operand;
    private final int bits;
    private final Asker asker;

    /// Who answers questions: the recording the value belongs to.
    interface Asker {
        boolean ask(Question question);

        Val compute(Step.Arithmetic op, Val left, Val right);
    }

    private static final Asker NOBODY =
            new Asker() {
                @Override
                public boolean ask(Question q) {
                    throw new IllegalStateException(
                            q + ": a question about constants needs no recording");
                }

                @Override
                public Val compute(Step.Arithmetic op, Val left, Val right) {
                    throw new IllegalStateException(
                            op + ": arithmetic on constants needs no recording");
                }
            };

    Val(Operand operand, int bits, Asker asker) {
        this.operand = operand;
        this.bits = bits;
        this.asker = asker;
    }

    /// The constant `value`, at least 0.
    public static Val of(int value) {
        if (value < 0)
            throw new IllegalArgumentException(
                    value + ": a word is not negative; subtract with minus()");
        return new Val(
                new Operand.Const(value),
                Math.max(1, 32 - Integer.numberOfLeadingZeros(value)),
                NOBODY);
    }

    /// Whether it is `value`.
    public boolean is(int value) {
        return is(of(value));
    }

    /// Whether it equals another word.
    public boolean is(Val other) {
        return ask(Question.Relation.EQUAL, other);
    }

    /// Whether it is anything but `value`.
    public boolean isNot(int value) {
        return !is(value);
    }

    /// Whether it is 0.
    public boolean isZero() {
        return is(0);
    }

    /// Whether it has any of the bits of `mask`.
    public boolean has(int mask) {
        return ask(Question.Relation.SHARES_BITS, of(mask));
    }

    /// Whether it has none of the bits of `mask`.
    public boolean lacks(int mask) {
        return !has(mask);
    }

    /// Whether it is smaller.
    public boolean below(Val other) {
        return ask(Question.Relation.BELOW, other);
    }

    /// Whether it is as large or larger.
    public boolean atLeast(Val other) {
        return !below(other);
    }

    /// The sum, cut to the wider of both widths.
    public Val plus(Val other) {
        return compute(Step.Arithmetic.PLUS, other);
    }

    /// The difference, cut to the wider of both widths.
    public Val minus(Val other) {
        return compute(Step.Arithmetic.MINUS, other);
    }

    /// The common bits.
    public Val and(int mask) {
        return compute(Step.Arithmetic.AND, of(mask));
    }

    /// The bits of both.
    public Val or(int mask) {
        return compute(Step.Arithmetic.OR, of(mask));
    }

    /// Declares that the value is read but of no interest, so that the recorder does not complain.
    public Val ignored() {
        if (asker instanceof Recording recording) recording.use(operand);
        return this;
    }

    @Override
    public Operand operand() {
        return operand;
    }

    int bits() {
        return bits;
    }

    Asker asker() {
        return asker;
    }

    private boolean ask(Question.Relation relation, Val other) {
        if (operand instanceof Operand.Const(int left)
                && other.operand instanceof Operand.Const(int right))
            return Question.holds(relation, left, right);
        return answering(other).ask(new Question(relation, operand, other.operand));
    }

    private Val compute(Step.Arithmetic op, Val other) {
        if (operand instanceof Operand.Const(int left)
                && other.operand instanceof Operand.Const(int right))
            return of(apply(op, left, right, Math.max(bits, other.bits)));
        return answering(other).compute(op, this, other);
    }

    private Asker answering(Val other) {
        return operand instanceof Operand.Const ? other.asker : asker;
    }

    /// The result of arithmetic on known values, cut to `bits`.
    public static int apply(Step.Arithmetic op, int left, int right, int bits) {
        int mask = (1 << bits) - 1;
        return switch (op) {
                    case COPY -> left;
                    case PLUS -> left + right;
                    case MINUS -> left - right;
                    case AND -> left & right;
                    case OR -> left | right;
                }
                & mask;
    }

    @Override
    public boolean equals(Object other) {
        throw new IllegalStateException(
                "equals on a symbolic value "
                        + operand
                        + ": it has no value yet; ask it with is(...)");
    }

    @Override
    public int hashCode() {
        throw new IllegalStateException(
                "hashCode of a symbolic value "
                        + operand
                        + ": it has no value yet; keep it in a cell or a local");
    }

    @Override
    public String toString() {
        return Objects.toString(operand);
    }
}
