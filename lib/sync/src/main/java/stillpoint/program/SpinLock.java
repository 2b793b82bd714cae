package stillpoint.program;

/// A spin lock: taking it turns preemption off first, then spins.
///
/// @param place where the lock word is; inside an object, taking it dereferences the object
public record SpinLock(Place place) {}
