package stillpoint.program;

/// The memory order in a verb. The search over interleavings is sequentially consistent and ignores
/// it; it is kept for printing and for memory models.
public enum Order {
    PLAIN(""),
    ONCE("ONCE"),
    ACQUIRE("acquire"),
    RELEASE("release"),
    /// A read that starts address dependencies: `rcu_dereference`.
    DEREFERENCE("dereference"),
    /// A read-modify-write that is a full barrier when it succeeds.
    FULL("full");

    private final String word;

    Order(String word) {
        this.word = word;
    }

    /// The word in the verb; empty for a plain access.
    public String word() {
        return word;
    }
}
