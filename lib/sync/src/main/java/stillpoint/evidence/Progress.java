package stillpoint.evidence;

import java.util.List;

/// Whether what must happen does happen at last, when every task that can go on for ever goes on at
/// last (weak fairness): never a bare boolean, and never [Kept] when anything was cut short.
public sealed interface Progress {
    /// What was searched.
    String subject();

    /// What the search was limited to.
    Bounds bounds();

    /// How large it was.
    Counts counts();

    /// Every promise is kept on every fair run within the bounds.
    ///
    /// @param promises what was promised, each of which came to pass at least once
    record Kept(String subject, Bounds bounds, Counts counts, List<String> promises)
            implements Progress {
        public Kept {
            promises = List.copyOf(promises);
        }
    }

    /// A fair run breaks a promise.
    ///
    /// @param promise which
    /// @param what how, in one sentence: who waits for ever
    /// @param why what keeps each that has not come to its end, and who has it; empty where the
    ///   stem alone breaks the promise
    /// @param stem the way to where it goes wrong
    /// @param cycle what goes on for ever behind it, every task that can taking its turns; no rows
    ///   where nothing goes on, or where the stem alone breaks the promise
    record Broken(
            String subject,
            Bounds bounds,
            Counts counts,
            String promise,
            String what,
            List<String> why,
            Trace stem,
            Trace cycle)
            implements Progress {
        public Broken {
            why = List.copyOf(why);
        }
    }

    /// The search says nothing.
    ///
    /// @param reason what stopped it, and the way on
    record Inconclusive(String subject, Bounds bounds, Counts counts, String reason)
            implements Progress {}

    /// `kept`, `broken` or `inconclusive`.
    default String word() {
        return switch (this) {
            case Kept k -> "kept";
            case Broken b -> "broken";
            case Inconclusive i -> "inconclusive";
        };
    }
}
