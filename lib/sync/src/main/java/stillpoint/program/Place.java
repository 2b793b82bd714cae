package stillpoint.program;

/// Where a step reads or writes: a variable, and for a field or a per-CPU copy, which one.
///
/// @param variable what is addressed
/// @param which which copy of it
public record Place(Variable variable, Which which) {
    /// Which copy of a variable is meant.
    public sealed interface Which {
        /// The only one.
        record Only() implements Which {}

        /// That of the object a pointer points to: this is a dereference.
        record Of(Operand object) implements Which {}

        /// That of the CPU that takes the step.
        record Mine() implements Which {}

        /// That of the CPU with a number.
        record OfCpu(Operand cpu) implements Which {}
    }

    @Override
    public String toString() {
        return switch (which) {
            case Which.Only only -> variable.name();
            case Which.Of of -> variable.name();
            case Which.Mine mine -> "this_cpu(" + variable.name() + ")";
            case Which.OfCpu of -> "per_cpu(" + variable.name() + ", " + of.cpu() + ")";
        };
    }
}
