package stillpoint.program;

/// A spin lock inside every object of a kind; [Ptr#lock] makes it the lock of one object.
///
/// @param variable its declaration, with its owner
public record SpinLockField(Variable variable) {}
