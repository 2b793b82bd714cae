package stillpoint.measure;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Where, on what, how and when something was measured. What the machine does not tell is
/// [#UNKNOWN], never guessed.
///
/// @param machine what it is, in one line
/// @param cpu the model
/// @param cpus how many the measured system had online
/// @param kernel its release
/// @param configuration of the kernel, as far as it matters: HZ, preemption
/// @param hz ticks a second, a whole number or [#UNKNOWN]
/// @param environment `host`, or what the measured system ran in
/// @param command what repeats it
/// @param date the day
/// @param more further items, each a line, in their order: load, versions, what a condition means
public record Provenance(
        String machine,
        String cpu,
        int cpus,
        String kernel,
        String configuration,
        String hz,
        String environment,
        String command,
        LocalDate date,
        Map<String, String> more) {
    /// What stands for an item that the machine does not tell.
    public static final String UNKNOWN = "unknown";

    static final int MOST_CPUS = 8192;

    private static final List<String> ITEMS =
            List.of(
                    "machine",
                    "cpu",
                    "cpus",
                    "kernel",
                    "configuration",
                    "hz",
                    "environment",
                    "command",
                    "date");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9 ._/-]*");
    private static final Pattern HZ = Pattern.compile("[1-9][0-9]{0,4}|" + UNKNOWN);

    /// @throws IllegalArgumentException naming the item that is empty, has a line feed or is out of
    ///   its range
    public Provenance {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
        if (cpus < 1 || cpus > MOST_CPUS)
            throw new IllegalArgumentException(
                    "cpus = " + cpus + ": a machine has 1 to " + MOST_CPUS + " CPUs");
        if (!HZ.matcher(hz).matches())
            throw new IllegalArgumentException(
                    "hz = " + hz + ": ticks a second, such as 250, or " + UNKNOWN);
        more.forEach((name, value) -> {
            if (ITEMS.contains(name) || !NAME.matcher(name).matches())
                throw new IllegalArgumentException(
                        "item \""
                                + name
                                + "\": a further item has a name of its own in small letters");
        });
        items(machine, cpu, cpus, kernel, configuration, hz, environment, command, date, more)
                .forEach(Provenance::demand);
    }

    private static void demand(String name, String value) {
        if (value.isBlank() || !value.equals(value.strip()) || value.lines().count() != 1)
            throw new IllegalArgumentException(
                    name
                            + " = \""
                            + value
                            + "\": an item is one line that is not empty; what is not known is \""
                            + UNKNOWN
                            + "\"");
    }

    /// The items by their name, in the order of a file.
    public Map<String, String> items() {
        return items(
                machine, cpu, cpus, kernel, configuration, hz, environment, command, date, more);
    }

    private static Map<String, String> items(
            String machine,
            String cpu,
            int cpus,
            String kernel,
            String configuration,
            String hz,
            String environment,
            String command,
            LocalDate date,
            Map<String, String> more) {
        var items = new LinkedHashMap<String, String>();
        items.put("machine", machine);
        items.put("cpu", cpu);
        items.put("cpus", Integer.toString(cpus));
        items.put("kernel", kernel);
        items.put("configuration", configuration);
        items.put("hz", hz);
        items.put("environment", environment);
        items.put("command", command);
        items.put("date", date.toString());
        items.putAll(more);
        return items;
    }

    /// The same with one more item.
    public Provenance with(String name, String value) {
        var items = new LinkedHashMap<>(more);
        items.put(name, value);
        return new Provenance(
                machine, cpu, cpus, kernel, configuration, hz, environment, command, date, items);
    }

    /// From the items of a file.
    ///
    /// @throws IllegalArgumentException naming the item that is missing or wrong
    public static Provenance of(Map<String, String> items) {
        var more = new LinkedHashMap<>(items);
        ITEMS.forEach(more::remove);
        return new Provenance(
                item(items, "machine"),
                item(items, "cpu"),
                number(item(items, "cpus")),
                item(items, "kernel"),
                item(items, "configuration"),
                item(items, "hz"),
                item(items, "environment"),
                item(items, "command"),
                day(item(items, "date")),
                more);
    }

    private static String item(Map<String, String> items, String name) {
        String value = items.get(name);
        if (value == null)
            throw new IllegalArgumentException(
                    "no \"# "
                            + name
                            + ": ...\": a measured figure carries "
                            + String.join(", ", ITEMS));
        return value;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("cpus = " + text + ": a whole number", e);
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("date = " + text + ": a day, as 2026-11-25", e);
        }
    }
}
