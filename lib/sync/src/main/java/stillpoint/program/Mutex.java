package stillpoint.program;

/// A sleeping lock: taking it may sleep, so it may not be taken with preemption or interrupts off.
///
/// @param place where the lock word is
public record Mutex(Place place) {}
