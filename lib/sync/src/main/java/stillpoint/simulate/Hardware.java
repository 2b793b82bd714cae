package stillpoint.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import stillpoint.evidence.Table;

/// A machine as data: where its CPUs are, and what each [Quantity] costs on it.
///
/// ```java
/// Hardware.named("xeon-8176").with(Quantity.WAKE_UP, 800)
/// ```
///
/// @param name the key in `data/machines/`
/// @param title what it is, in one line
/// @param topology where its CPUs are
/// @param prices one for each quantity
public record Hardware(String name, String title, Topology topology, Map<Quantity, Price> prices) {
    public Hardware {
        var all = new EnumMap<Quantity, Price>(Quantity.class);
        all.putAll(prices);
        for (Quantity quantity : Quantity.values())
            if (!all.containsKey(quantity))
                throw new IllegalArgumentException(
                        name
                                + " has no price for \""
                                + quantity.word()
                                + "\": add a row for it in data/machines/"
                                + name
                                + ".csv");
        prices = Collections.unmodifiableMap(all);
    }

    /// The machine with this name in `data/machines/`.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static Hardware named(String name) {
        return Machines.named(name);
    }

    /// A machine from its price list, as `data/machines/` has them and `./stillpoint calibrate`
    /// writes them.
    ///
    /// @param name as messages call it
    /// @param lines of the file
    /// @throws IllegalArgumentException naming the line that is wrong
    public static Hardware read(String name, List<String> lines) {
        return Machines.parse(name, lines);
    }

    /// The names of the machines there are, smallest machine first.
    public static List<String> names() {
        return Machines.NAMES;
    }

    /// The same machine with another price.
    ///
    /// @param ns nanoseconds each time
    /// @throws IllegalArgumentException if that is negative, not a number, or over a second
    public Hardware with(Quantity quantity, double ns) {
        return with(quantity, new Price(ns, "set", "by whoever ran it"));
    }

    /// The same machine with another price that has a source of its own.
    public Hardware with(Quantity quantity, Price price) {
        var changed = new EnumMap<>(prices);
        changed.put(quantity, price);
        return new Hardware(name, title, topology, changed);
    }

    /// The same machine with every price, in whole nanoseconds, so many times as high.
    ///
    /// @throws IllegalArgumentException if a price leaves its range
    public Hardware scaled(int factor) {
        var changed = new EnumMap<Quantity, Price>(Quantity.class);
        prices.forEach((quantity, price) ->
                changed.put(
                        quantity,
                        new Price((double) price.whole() * factor, price.basis(), price.source())));
        return new Hardware(name, title, topology, changed);
    }

    /// Nanoseconds each time.
    public double ns(Quantity quantity) {
        return Objects.requireNonNull(prices.get(quantity)).ns();
    }

    /// Whole nanoseconds each time.
    long whole(Quantity quantity) {
        return Math.round(ns(quantity));
    }

    /// The price list, with where each price is from; those that are assumed are marked.
    public Table table() {
        var rows = new ArrayList<List<String>>();
        prices.forEach((quantity, price) ->
                rows.add(
                        List.of(
                                quantity.word(),
                                price.ns() == Math.rint(price.ns())
                                        ? String.format(Locale.ROOT, "%,d", price.whole())
                                        : Double.toString(price.ns()),
                                price.basis().equals("assumed") ? "*\u00a0assumed" : price.basis(),
                                price.source())));
        return new Table(
                "Prices of: " + title,
                List.of(
                        Table.words("what"),
                        Table.numbers("ns each time"),
                        Table.words("basis"),
                        Table.words("source")),
                rows);
    }

    @Override
    public String toString() {
        return title;
    }
}
