package stillpoint.check;

import java.time.Duration;
import java.util.Optional;

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

    /// Why a search has to end, if it has.
    ///
    /// @param start when it began, as [System#nanoTime] said
    Optional<String> reached(long found, long held, long start) {
        if (found > states)
            return Optional.of(
                    "more than " + states + " states; allow more, or take fewer readers");
        if (held > bytes)
            return Optional.of(
                    "more than "
                            + bytes / (1 << 20)
                            + " MiB of states; give the JVM more memory, or take fewer readers");
        if (System.nanoTime() - start > time.toNanos())
            return Optional.of(
                    "more than " + time.toSeconds() + " s; allow more, or take fewer readers");
        return Optional.empty();
    }
}
