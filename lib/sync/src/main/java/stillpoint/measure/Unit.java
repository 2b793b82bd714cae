package stillpoint.measure;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What the whole numbers of a measurement count.
public enum Unit {
    /// Nanoseconds of the clock that was read.
    NS("ns"),
    /// Picoseconds: of one thing, where many were timed together.
    PS("ps"),
    /// Instructions of the measured processor.
    INSTRUCTIONS("instructions"),
    /// Ticks of the measured kernel.
    TICKS("ticks"),
    /// 1024 bytes.
    KB("kB"),
    /// A number of things.
    COUNT("count"),
    /// Parts of a thousand.
    PER_MILLE("per mille");

    private final String word;

    Unit(String word) {
        this.word = word;
    }

    /// The name in a file.
    public String word() {
        return word;
    }

    /// The unit with this name.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static Unit named(String word) {
        return Arrays.stream(values())
                .filter(unit -> unit.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unit \"" + word + "\": a measured value is in one of " + words()));
    }

    private static String words() {
        return Arrays.stream(values()).map(Unit::word).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return word;
    }
}
