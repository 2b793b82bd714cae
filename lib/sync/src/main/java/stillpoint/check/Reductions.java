package stillpoint.check;

/// What makes a search smaller without changing its verdict. Each can be switched off.
///
/// @param fusion local steps (questions, arithmetic) happen with the step before them
/// @param merging equal futures are one node
/// @param movers a step that commutes with every step of the other CPUs joins its neighbour:
///   entering a section or taking a lock joins the step after it, leaving or releasing joins the
///   step before it (Lipton 1975)
/// @param symmetry CPUs that run the same program are interchangeable
public record Reductions(boolean fusion, boolean merging, boolean movers, boolean symmetry) {
    /// All of them.
    public static final Reductions ALL = new Reductions(true, true, true, true);

    /// Fusion and merging only: every verb is a transition, every state is counted.
    public static final Reductions VERBS = new Reductions(true, true, false, false);

    /// None.
    public static final Reductions NONE = new Reductions(false, false, false, false);

    /// The same without movers.
    public Reductions withoutMovers() {
        return new Reductions(fusion, merging, false, symmetry);
    }

    /// The same without merging: every node knows its own line and functions.
    public Reductions withoutMerging() {
        return new Reductions(fusion, false, movers, symmetry);
    }

    /// The same without symmetry.
    public Reductions withoutSymmetry() {
        return new Reductions(fusion, merging, movers, false);
    }

    @Override
    public String toString() {
        var words = new java.util.ArrayList<String>();
        if (fusion) words.add("fusion");
        if (merging) words.add("merging");
        if (movers) words.add("movers");
        if (symmetry) words.add("symmetry");
        return words.isEmpty() ? "none" : String.join(" + ", words);
    }
}
