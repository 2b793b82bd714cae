package stillpoint.check;

import java.util.List;

/// Whether everything that one model lets an observer see may be seen of another too.
public sealed interface Inclusion {
    /// It may.
    ///
    /// @param pairs how many pairs of places were looked at
    record Within(long pairs) implements Inclusion {}

    /// It may not.
    ///
    /// @param seen a shortest sequence of events that both show, in the order of time
    /// @param event what the other does not show after it
    record Beyond(List<String> seen, String event) implements Inclusion {
        public Beyond {
            seen = List.copyOf(seen);
        }
    }

    /// The comparison was cut short.
    ///
    /// @param reason what stopped it, and the way on
    record Unknown(String reason) implements Inclusion {}
}
