package stillpoint.program;

/// A question about values that decides which way a task goes. Asking it is local: it happens with
/// the step before.
///
/// @param relation what is asked
/// @param left the first value
/// @param right the second
public record Question(Relation relation, Operand left, Operand right) {
    /// What may be asked.
    public enum Relation {
        /// `left == right`
        EQUAL,
        /// `left < right`, both unsigned
        BELOW,
        /// `(left & right) != 0`
        SHARES_BITS,
        /// `left == right` for pointers: a dangling one may or may not be equal, since its address
        /// may be in use again
        SAME_OBJECT
    }

    /// The answer for values that are known.
    public static boolean holds(Relation relation, int left, int right) {
        return switch (relation) {
            case EQUAL, SAME_OBJECT -> left == right;
            case BELOW -> left < right;
            case SHARES_BITS -> (left & right) != 0;
        };
    }

    @Override
    public String toString() {
        return switch (relation) {
            case EQUAL, SAME_OBJECT -> left + " == " + right;
            case BELOW -> left + " < " + right;
            case SHARES_BITS -> left + " & " + right;
        };
    }
}
