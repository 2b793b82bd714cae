package stillpoint.evidence;

import java.util.List;
import java.util.stream.Collectors;

/// What a search was limited to: without it "exhaustive" means nothing. The order of the entries is
/// the order of print.
public record Bounds(List<Bound> entries) {
    /// One limit, for example `readers = 3`.
    public record Bound(String name, String value) {
        @Override
        public String toString() {
            return name + " = " + value;
        }
    }

    public Bounds {
        entries = List.copyOf(entries);
    }

    /// Bounds from alternating names and values.
    public static Bounds of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0)
            throw new IllegalArgumentException(
                    namesAndValues.length + " words: bounds are pairs of a name and a value");
        var entries = new java.util.ArrayList<Bound>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            entries.add(new Bound(namesAndValues[i], namesAndValues[i + 1]));
        return new Bounds(entries);
    }

    @Override
    public String toString() {
        return entries.stream().map(Bound::toString).collect(Collectors.joining(", "));
    }
}
