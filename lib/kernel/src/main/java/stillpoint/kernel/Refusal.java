package stillpoint.kernel;

/// What cells may not do, since it would end the kernel and all that it keeps: the [Weaver] calls
/// these in place of `System.exit`, `Runtime.exit` and `Runtime.halt`.
///
/// JDK 24 took the security manager away, which once did this. Calls by reflection or from inside a
/// library are not seen.
public final class Refusal extends Error {
    private static final long serialVersionUID = 1;

    private Refusal(String call) {
        super(
                call
                        + ": a cell must not end the kernel; return or throw instead, or restart the kernel from its client",
                null,
                false,
                true);
    }

    /// In place of `System.exit(status)`.
    public static void exit(int status) {
        throw new Refusal("System.exit(" + status + ")");
    }

    /// In place of `runtime.exit(status)`.
    public static void exit(Runtime runtime, int status) {
        throw new Refusal("Runtime.exit(" + status + ")");
    }

    /// In place of `runtime.halt(status)`.
    public static void halt(Runtime runtime, int status) {
        throw new Refusal("Runtime.halt(" + status + ")");
    }
}
