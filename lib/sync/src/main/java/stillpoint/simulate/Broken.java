package stillpoint.simulate;

/// A simulated task did what a design should rule out: it went through a freed pointer, or waits
/// for ever. The search ([stillpoint.check]) says how; a simulation only refuses to time it.
public final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(String what) {
        super(what + ": such a run has no times; ask for its verdict first");
    }
}
