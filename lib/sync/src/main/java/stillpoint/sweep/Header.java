package stillpoint.sweep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Quantity;
import stillpoint.statistics.StoppingRule;

/// The provenance that a CSV begins with: one line for each thing that its numbers depend on.
///
/// @param plan what was asked
/// @param shard which part of it
record Header(Plan plan, Shard shard) {
    static final String FORMAT = "# Stillpoint sweep, format 2";
    private static final int DIGEST_BYTES = 8;

    /// The lines, each with its line feed.
    String text() {
        var text = new StringBuilder(FORMAT).append('\n');
        lines().forEach((name, value) -> text.append(line(name, value)).append('\n'));
        return text.toString();
    }

    private Map<String, String> lines() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("library", Sweep.VERSION);
        lines.put("basis", "simulated");
        lines.put("designs", String.join(",", plan.designs()));
        plan.values()
                .forEach((parameter, all) -> lines.put(parameter.word(), String.join(",", all)));
        for (String machine : machines()) {
            Hardware hardware = Hardware.named(machine);
            lines.put("price list of " + machine, "sha256 " + digest(prices(hardware)));
            lines.put("assumed prices of " + machine, assumed(hardware));
        }
        lines.put("seed", Long.toString(plan.seed()));
        StoppingRule rule = plan.rule();
        lines.put("half-width", Double.toString(rule.relativeHalfWidth()));
        lines.put("level", Double.toString(rule.level()));
        lines.put("replications", rule.minimum() + ".." + rule.maximum());
        lines.put("watched", plan.watched().word());
        lines.put("measures", measures());
        lines.put("shard", shard.toString());
        return lines;
    }

    private List<String> machines() {
        return Objects.requireNonNull(plan.values().get(Parameter.MACHINE));
    }

    private static String line(String name, String value) {
        return "# " + name + " = " + value;
    }

    private static String measures() {
        return Arrays.stream(Measure.values()).map(Measure::word).collect(Collectors.joining(","));
    }

    private static String prices(Hardware hardware) {
        var text = new StringBuilder(hardware.topology().toString());
        hardware.prices()
                .forEach((quantity, price) ->
                        text.append('\n').append(quantity.word()).append('=').append(price.ns()));
        return text.toString();
    }

    private static String assumed(Hardware hardware) {
        String assumed =
                hardware.prices().entrySet().stream()
                        .filter(e -> e.getValue().basis().equals("assumed"))
                        .map(Map.Entry::getKey)
                        .map(Quantity::word)
                        .collect(Collectors.joining(", "));
        return assumed.isEmpty() ? "none" : assumed;
    }

    static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Reads what [#text] gives.
    ///
    /// @param file as messages call it
    /// @param lines of the file; those behind the header are passed over
    /// @throws Unfit if it is of another format or library, or no such header
    static Header parse(String file, List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().startsWith("# Stillpoint sweep, format "))
            throw new Unfit(
                    file
                            + ": does not begin with \""
                            + FORMAT
                            + "\": it is no CSV of `sweep`; name one that is");
        if (!lines.getFirst().equals(FORMAT))
            throw new Unfit(
                    file
                            + ": \""
                            + lines.getFirst().substring(2)
                            + "\", and this Stillpoint reads format 2: read it with the version that"
                            + " wrote it, or run the sweep again");
        var given = new LinkedHashMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            if (!line.startsWith("# ")) break;
            String[] sides = line.substring(2).split(" = ", 2);
            if (sides.length == 2) given.put(sides[0], sides[1]);
        }
        String library = given(file, given, "library");
        if (!library.equals(Sweep.VERSION))
            throw new Unfit(
                    file
                            + ": library = "
                            + library
                            + ", and this is "
                            + Sweep.VERSION
                            + ": figures of two versions are not to be mixed; run the sweep again");
        Header header;
        try {
            header = new Header(plan(file, given), Shard.parse(given(file, given, "shard")));
        } catch (IllegalArgumentException e) {
            throw new Unfit(file + ": its header says " + e.getMessage());
        }
        header.mustBe(file, given);
        return header;
    }

    private static Plan plan(String file, Map<String, String> given) {
        var values = new EnumMap<Parameter, List<String>>(Parameter.class);
        for (Parameter parameter : Parameter.values())
            values.put(parameter, parameter.values(given(file, given, parameter.word())));
        String[] ends = given(file, given, "replications").split("\\.\\.", 2);
        return new Plan(
                List.of(given(file, given, "designs").split(",")),
                values,
                number(file, given, "seed", Long::parseLong),
                new StoppingRule(
                        number(file, given, "half-width", Double::parseDouble),
                        number(file, given, "level", Double::parseDouble),
                        Parameter.whole("replications", ends[0]),
                        Parameter.whole("replications", ends[ends.length - 1])),
                Measure.named(given(file, given, "watched")));
    }

    private static <N> N number(
            String file, Map<String, String> given, String name, Function<String, N> parse) {
        String text = given(file, given, name);
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " = " + text + ": a number", e);
        }
    }

    private static String given(String file, Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null)
            throw new Unfit(
                    file
                            + ": its header has no \""
                            + name
                            + "\": it was cut or edited; run the sweep again");
        return value;
    }

    /// What the header says of the machines has to be what they are here.
    private void mustBe(String file, Map<String, String> given) {
        lines().forEach((name, value) -> {
            String found = given(file, given, name);
            if (!found.equals(value))
                throw new Unfit(
                        file
                                + ": "
                                + name
                                + " = "
                                + found
                                + ", and here it is "
                                + value
                                + ": its figures are not comparable with this library's; run the"
                                + " sweep again");
        });
    }

    /// The first thing in which two headers differ, but for the shard; empty if nothing.
    Optional<String> difference(Header other) {
        Map<String, String> theirs = other.lines();
        for (var mine : lines().entrySet()) {
            String their = theirs.getOrDefault(mine.getKey(), "nothing");
            if (!mine.getKey().equals("shard") && !mine.getValue().equals(their))
                return Optional.of(
                        mine.getKey() + " = " + mine.getValue() + ", and there it is " + their);
        }
        return Optional.empty();
    }
}
