package stillpoint.evidence;

import java.util.List;

/// What an exhaustive search found: never a bare boolean, and never [Safe] when anything was cut
/// short.
public sealed interface Verdict {
    /// What was searched, for example `D8 V7: dummy stop_machine`.
    String subject();

    /// What the search was limited to.
    Bounds bounds();

    /// How large it was.
    Counts counts();

    /// No reachable state within the bounds breaks a rule, and every condition that had to occur
    /// did occur.
    ///
    /// @param occurred the `sometimes` conditions, each of which was reached at least once
    record Safe(String subject, Bounds bounds, Counts counts, List<String> occurred)
            implements Verdict {
        public Safe {
            occurred = List.copyOf(occurred);
        }
    }

    /// A reachable state breaks a rule.
    ///
    /// @param kind the class of the fault, for example `NULL dereference`
    /// @param what the fault in one sentence, with the object and the function
    /// @param failureClass `F1` to `F7` where the model names one, otherwise empty
    /// @param trace a shortest way there
    record Violation(
            String subject,
            Bounds bounds,
            Counts counts,
            String kind,
            String what,
            String failureClass,
            Trace trace)
            implements Verdict {}

    /// The search says nothing: it was cut short, or what it searched cannot carry a verdict.
    ///
    /// @param reason what stopped it, and the way on
    record Inconclusive(String subject, Bounds bounds, Counts counts, String reason)
            implements Verdict {}

    /// `safe`, `violation` or `inconclusive`.
    default String word() {
        return switch (this) {
            case Safe s -> "safe";
            case Violation v -> "violation";
            case Inconclusive i -> "inconclusive";
        };
    }
}
