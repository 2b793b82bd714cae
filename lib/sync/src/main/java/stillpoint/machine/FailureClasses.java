package stillpoint.machine;

import stillpoint.program.Fault;

/// Names the failure class of a fault, for example `F1` for a NULL dereference of `swap_map`.
@FunctionalInterface
public interface FailureClasses {
    /// No model-specific classes.
    FailureClasses NONE = (fault, object) -> "";

    /// The class of a fault at an object.
    ///
    /// @param fault what happened
    /// @param object the kind of the object, the variable or the lock it happened to; empty if none
    /// @return the name of the class; empty if it has none
    String of(Fault fault, String object);
}
