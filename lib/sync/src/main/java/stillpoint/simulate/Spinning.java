package stillpoint.simulate;

/// How a line that many CPUs spin on goes round while one after another changes it: nobody
/// publishes which it is, and the truth lies between the two.
public enum Spinning {
    /// All who spin get a copy at the same time, once the change is through: a change costs one
    /// transfer.
    TOGETHER("spinners read together"),
    /// Before each change everyone who spins has read the line again, one after another.
    IN_TURN("spinners read in turn");

    private final String words;

    Spinning(String words) {
        this.words = words;
    }

    /// As a result says it.
    public String words() {
        return words;
    }
}
