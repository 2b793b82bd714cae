package stillpoint.program;

/// A symbolic value: what a read returns. It stands for every value the cell may hold when the
/// program runs.
public sealed interface Value permits Val, Ptr {
    /// Where the value is kept, or the constant it is.
    Operand operand();
}
