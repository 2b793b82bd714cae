package stillpoint.notebook;

/// How a code cell ended.
public enum Outcome {
    /// It ran, and raised nothing.
    OK("ok"),
    /// It raised, or the kernel would not run it.
    FAILED("failed"),
    /// It raised, as its tag `raises-exception` says.
    EXPECTED_FAILURE("failed as expected"),
    /// It raised nothing although its tag `raises-exception` says so.
    UNEXPECTED_SUCCESS("did not fail, but should"),
    /// It was stopped when its budget was spent.
    TIMED_OUT("timed out"),
    /// The kernel's process ended while it ran.
    KERNEL_DIED("kernel died"),
    /// An earlier cell stopped the notebook, or the kernel did not start.
    NOT_RUN("not run");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /// The words a summary shows.
    public String words() {
        return words;
    }

    /// Whether the notebook goes on after it.
    public boolean good() {
        return this == OK || this == EXPECTED_FAILURE;
    }
}
