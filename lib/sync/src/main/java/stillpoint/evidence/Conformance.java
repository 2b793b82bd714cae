package stillpoint.evidence;

import java.util.List;

/// Whether an implementation does only what its specification allows, as an observer of its events
/// sees it: never a bare boolean, and never [Refines] when anything was cut short.
public sealed interface Conformance {
    /// What was compared with what.
    String subject();

    /// What the comparison was limited to.
    Bounds bounds();

    /// The size of the implementation's graph; of what was built of it, if the comparison was cut
    /// short.
    Counts counts();

    /// Every finite sequence of events of the implementation is one of the specification's, and
    /// where it comes to rest, the specification may come to rest too.
    ///
    /// @param specification the size of the specification's graph
    /// @param pairs pairs of a state of the implementation and a set of states of the specification
    /// @param events what was seen, each at least once
    record Refines(
            String subject,
            Bounds bounds,
            Counts counts,
            Counts specification,
            long pairs,
            List<String> events)
            implements Conformance {
        public Refines {
            events = List.copyOf(events);
        }
    }

    /// The implementation does what the specification does not allow.
    ///
    /// @param event what it does: an event, a fault, or that it comes to rest
    /// @param allowed what the specification allows there
    /// @param seen the events before it, in the order of time
    /// @param trace a shortest run of the implementation up to that event
    record DoesNotRefine(
            String subject,
            Bounds bounds,
            Counts counts,
            String event,
            List<String> allowed,
            List<String> seen,
            Trace trace)
            implements Conformance {
        public DoesNotRefine {
            allowed = List.copyOf(allowed);
            seen = List.copyOf(seen);
        }
    }

    /// The comparison says nothing: it was cut short, or what it compared cannot carry an answer.
    ///
    /// @param reason what stopped it, and the way on
    record Inconclusive(String subject, Bounds bounds, Counts counts, String reason)
            implements Conformance {}

    /// `refines`, `does not refine` or `inconclusive`.
    default String word() {
        return switch (this) {
            case Refines r -> "refines";
            case DoesNotRefine d -> "does not refine";
            case Inconclusive i -> "inconclusive";
        };
    }
}
