package stillpoint.check;

import java.time.Duration;

/// Where a search gives up. It then says *inconclusive*, never *safe*.
///
/// @param states the most states
/// @param bytes the most memory for states, in bytes
/// @param time the longest wall time
public record Limits(long states, long bytes, Duration time) {
    /// 200 million states, half of the heap, ten minutes.
    public static final Limits DEFAULT =
            new Limits(200_000_000, Runtime.getRuntime().maxMemory() / 2, Duration.ofMinutes(10));

    public Limits {
        if (states < 1)
            throw new IllegalArgumentException(
                    "states = " + states + ": a search has room for 1 or more");
        if (bytes < 1)
            throw new IllegalArgumentException(
                    "bytes = " + bytes + ": a search has room for 1 or more");
    }

    /// The same with another bound on states.
    public Limits states(long most) {
        return new Limits(most, bytes, time);
    }

    /// The same with another bound on wall time.
    public Limits time(Duration longest) {
        return new Limits(states, bytes, longest);
    }
}
