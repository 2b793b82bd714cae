package stillpoint.sweep;

import java.util.function.DoubleUnaryOperator;

/// What a formula says, to be drawn in beside what was simulated.
///
/// @param name as the curve is called
/// @param value what it says, in the unit of the measure it is drawn beside (ns or millionths),
///   where the parameter along the axis has this value (lengths of time in us)
public record ClosedForm(String name, DoubleUnaryOperator value) {}
