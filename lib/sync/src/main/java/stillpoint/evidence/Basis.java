package stillpoint.evidence;

/// How a statement is supported. Every number that is shown carries one of these words.
public enum Basis {
    /// Every state within stated bounds was visited.
    EXHAUSTIVE("exhaustive within bounds"),
    /// Drawn from a model of costs, with its assumptions.
    SIMULATED("simulated"),
    /// Read off a clock or a counter on a named machine.
    MEASURED("measured"),
    /// Argued in prose only.
    ARGUED("argued");

    private final String words;

    Basis(String words) {
        this.words = words;
    }

    /// The words a page shows.
    public String words() {
        return words;
    }
}
