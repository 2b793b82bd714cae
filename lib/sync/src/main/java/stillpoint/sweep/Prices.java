package stillpoint.sweep;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Quantity;

/// Prices in place of a machine's own.
record Prices(SortedMap<Quantity, Double> set) {
    static final String LISTED = "listed";

    static Prices parse(String text) {
        var set = new TreeMap<Quantity, Double>();
        if (!text.equals(LISTED))
            for (String each : text.split(";")) {
                String[] sides = each.split("=", 2);
                if (sides.length < 2)
                    throw new IllegalArgumentException(
                            "prices = "
                                    + text
                                    + ": a price is a quantity and its ns, with ; between two:"
                                    + " \"wake up=800; ipi=1000\"");
                Quantity quantity = Quantity.named(sides[0].strip());
                double ns =
                        Double.parseDouble(Parameter.decimal(quantity.word(), sides[1].strip()));
                if (set.put(quantity, ns) != null)
                    throw new IllegalArgumentException(
                            "prices = " + text + ": sets " + quantity.word() + " twice");
            }
        return new Prices(set);
    }

    Hardware on(Hardware machine) {
        Hardware changed = machine;
        for (var price : set.entrySet()) changed = changed.with(price.getKey(), price.getValue());
        return changed;
    }

    @Override
    public String toString() {
        if (set.isEmpty()) return LISTED;
        return set.entrySet().stream()
                .map(e ->
                        e.getKey().word()
                                + "="
                                + Parameter.decimal("price", Double.toString(e.getValue())))
                .collect(Collectors.joining("; "));
    }
}
