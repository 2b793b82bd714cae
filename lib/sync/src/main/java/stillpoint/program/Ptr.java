package stillpoint.program;

/// A symbolic pointer to an object of one kind: NULL, an object, or dangling.
public final class Ptr implements Value {
    private final Operand operand;
    private final Kind kind;
    private final Val.Asker asker;

    Ptr(Operand operand, Kind kind, Val.Asker asker) {
        this.operand = operand;
        this.kind = kind;
        this.asker = asker;
    }

    /// Whether it is NULL. A dangling pointer is not.
    public boolean isNull() {
        return asker.ask(new Question(Question.Relation.EQUAL, operand, Operand.of(Kind.NULL)));
    }

    /// Whether it is not NULL.
    public boolean exists() {
        return !isNull();
    }

    /// Whether both point to the same address. If one dangles, the answer is yes and no: its
    /// address may be in use again.
    public boolean same(Ptr other) {
        return asker.ask(new Question(Question.Relation.SAME_OBJECT, operand, other.operand));
    }

    /// Says that nothing will be asked of it, on purpose.
    public Ptr ignored() {
        if (asker instanceof Recording recording) recording.use(operand);
        return this;
    }

    /// A field of the object it points to; reading or writing it is a dereference.
    public <V extends Value> Cell<V> at(Field<V> field) {
        return new Cell<>(inside(field.variable()));
    }

    /// The lock inside the object it points to.
    public SpinLock lock(SpinLockField field) {
        return new SpinLock(inside(field.variable()));
    }

    /// The kind of object it points to.
    public Kind kind() {
        return kind;
    }

    @Override
    public Operand operand() {
        return operand;
    }

    Val.Asker asker() {
        return asker;
    }

    private Place inside(Variable variable) {
        if (!variable.owner().map(kind::equals).orElse(false))
            throw new IllegalArgumentException(
                    variable + " is not a field of " + kind + ": use a pointer to its owner");
        return new Place(variable, new Place.Which.Of(operand));
    }

    @Override
    public boolean equals(Object other) {
        throw new IllegalStateException(
                "equals on a symbolic pointer: ask it with same(...) or isNull()");
    }

    @Override
    public int hashCode() {
        throw new IllegalStateException("hashCode of a symbolic pointer: it has no value yet");
    }

    @Override
    public String toString() {
        return operand.toString();
    }
}
