package stillpoint.bench.reader;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What is protected: whether it is valid, and a value that is destroyed at the end. Accesses are
/// whole and in no order but that of each variable, as the kernel's `READ_ONCE`: order is what a
/// [Scheme] gives.
final class Guarded {
    private static final VarHandle VALID = handle("valid");
    private static final VarHandle VALUE = handle("value");

    /// How many spin hints a reader stays between its two reads: 0, but where a test asks for more,
    /// as a fault that has more to do. Back to back, two reads are too near for anything to come
    /// between.
    private static final int DWELL = Integer.getInteger("stillpoint.dwell", 0);

    private boolean valid = true;
    private int value = Scheme.ALIVE;

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup()
                    .findVarHandle(
                            Guarded.class,
                            field,
                            field.equals("valid") ? boolean.class : int.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the field is here", e);
        }
    }

    /// The body of a section.
    int read() {
        if (!(boolean) VALID.getOpaque(this)) return Scheme.GONE;
        for (int i = 0; i < DWELL; i++) Thread.onSpinWait();
        return (int) VALUE.getOpaque(this);
    }

    void invalidate() {
        VALID.setOpaque(this, false);
    }

    void destroy() {
        VALUE.setOpaque(this, Scheme.DESTROYED);
    }
}
