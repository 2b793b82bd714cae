package stillpoint.primitive;

import stillpoint.evidence.Bounds;

/// What was found about a primitive.
///
/// @param primitive its name
/// @param question what was asked
/// @param bounds within which
/// @param answer `refines`, `does not refine`, `kept`, `broken` or `inconclusive`
/// @param states how many states of the implementation were built
/// @param shown by what: the event that is not allowed, who waits for ever, or the size of the
///   proof
public record Finding(
        String primitive,
        String question,
        Bounds bounds,
        String answer,
        long states,
        String shown) {
    /// On one line.
    @Override
    public String toString() {
        return String.join(
                " | ", primitive, question, bounds.toString(), answer, "" + states, shown);
    }
}
