package stillpoint.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the price lists of `data/machines/`, which the library carries with it.
///
/// A list is rows of `what,value,unit,basis,source`; a source is the rest of its row. Lines that
/// begin with `#` are for people; the first of them is the machine's title.
final class Machines {
    /// The machines there are, smallest first.
    static final List<String> NAMES = List.of("i7-8750h", "x5550", "xeon-8176", "numa-4096");

    private static final int FIELDS = 5;
    private static final String HEAD = "what,value,unit,basis,source";

    private Machines() {}

    static Hardware named(String name) {
        if (!NAMES.contains(name))
            throw new IllegalArgumentException(
                    "machine \"" + name + "\": there are " + String.join(", ", NAMES));
        try (InputStream in = Machines.class.getResourceAsStream("machines/" + name + ".csv")) {
            if (in == null)
                throw new IllegalStateException(
                        "machines/" + name + ".csv is not in the library: build it again");
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return parse(name, lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalArgumentException naming the line that is wrong
    static Hardware parse(String name, List<String> lines) {
        var topology = new HashMap<String, Integer>();
        var prices = new EnumMap<Quantity, Price>(Quantity.class);
        String title = "";
        boolean head = false;
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            if (title.isEmpty() && line.startsWith("#")) title = line.substring(1).strip();
            if (line.isBlank() || line.startsWith("#")) continue;
            if (!head && !line.equals(HEAD)) throw wrong(name, n, line, "the first row is " + HEAD);
            if (head) row(name, n, line, topology, prices);
            head = true;
        }
        return new Hardware(name, title, topology(name, topology), prices);
    }

    private static void row(
            String name,
            int n,
            String line,
            Map<String, Integer> topology,
            Map<Quantity, Price> prices) {
        String[] fields = line.split(",", FIELDS);
        if (fields.length < FIELDS) throw wrong(name, n, line, "a row is " + HEAD);
        try {
            switch (fields[2]) {
                case "count" -> topology.put(fields[0], Integer.parseInt(fields[1]));
                case "ns" ->
                        prices.put(
                                Quantity.named(fields[0]),
                                new Price(Double.parseDouble(fields[1]), fields[3], fields[4]));
                default -> throw wrong(name, n, line, "a unit is count or ns");
            }
        } catch (NumberFormatException e) {
            throw wrong(name, n, line, "a value is a number");
        }
    }

    private static Topology topology(String name, Map<String, Integer> counts) {
        return new Topology(
                count(name, counts, "threads of a core"),
                count(name, counts, "cores of a socket"),
                count(name, counts, "sockets of a board"),
                count(name, counts, "boards"));
    }

    private static int count(String name, Map<String, Integer> counts, String what) {
        Integer count = counts.get(what);
        if (count == null)
            throw new IllegalArgumentException(
                    name + ".csv has no row \"" + what + ",N,count,...\": add it");
        return count;
    }

    private static IllegalArgumentException wrong(String name, int line, String text, String rule) {
        return new IllegalArgumentException(
                name + ".csv, line " + (line + 1) + ": \"" + text + "\": " + rule);
    }
}
