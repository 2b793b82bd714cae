package stillpoint.program;

/// A place that holds a value of type `V`: what [Cpu#read] and [Cpu#write] take.
///
/// @param place the variable and which copy of it
public record Cell<V extends Value>(Place place) {}
