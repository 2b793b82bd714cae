package stillpoint.evidence;

/// The size of a finished or cut-short search. All but [#seconds] and [#bytesPerState] are the same
/// on every run.
///
/// @param states distinct states stored
/// @param transitions transitions taken, those to a known state included
/// @param depth length in transitions of the longest shortest path
/// @param bitsPerState width of a packed state
/// @param bytesPerState memory of the table and the queue, divided by the states (*measured*)
/// @param seconds wall time of the search alone (*measured*)
public record Counts(
        long states,
        long transitions,
        int depth,
        int bitsPerState,
        double bytesPerState,
        double seconds) {}
