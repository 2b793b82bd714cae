package stillpoint.program;

/// A variable of which each CPU has a copy.
///
/// @param variable its declaration
public record PerCpu(Variable variable) {
    /// The copy of the CPU that takes the step.
    public Cell<Val> mine() {
        return new Cell<>(new Place(variable, new Place.Which.Mine()));
    }

    /// The copy of the CPU with this number.
    public Cell<Val> of(Val cpu) {
        return new Cell<>(new Place(variable, new Place.Which.OfCpu(cpu.operand())));
    }
}
