package stillpoint.program;

import java.util.Optional;

/// A declared piece of shared state: a global cell, a field of a kind of object, or one copy a CPU.
///
/// @param name as the kernel spells it, for example `p->flags`
/// @param sort what is kept in it
/// @param bits its width, 1 to 16
/// @param initial its value in the initial state; for a field, in the objects that exist then
/// @param owner the kind whose objects have it as a field; empty for a global
/// @param pointee the kind it points to; empty unless `sort` is `POINTER`
/// @param perCpu whether each CPU has its own copy
public record Variable(
        String name,
        Sort sort,
        int bits,
        int initial,
        Optional<Kind> owner,
        Optional<Kind> pointee,
        boolean perCpu) {
    /// What is kept in a variable.
    public enum Sort {
        WORD,
        POINTER,
        SPIN_LOCK,
        MUTEX
    }

    public Variable {
        if (bits < 1 || bits > 16)
            throw new IllegalArgumentException(
                    name + ": " + bits + " bits: a variable has 1 to 16 bits");
        if (initial < 0 || initial >= 1 << bits)
            throw new IllegalArgumentException(
                    name
                            + ": initial value "
                            + initial
                            + " does not fit in "
                            + bits
                            + " bits: give it more bits");
    }

    @Override
    public String toString() {
        return name;
    }
}
