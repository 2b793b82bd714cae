package stillpoint.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import stillpoint.machine.Config;
import stillpoint.random.Distribution;
import stillpoint.random.Nanos;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Load;
import stillpoint.simulate.Setup;
import stillpoint.simulate.Spinning;
import stillpoint.swap.SwapTiming;
import stillpoint.swap.Unprotected;

/// What a sweep may vary besides the design: its name, its usual value, how a value is written, and
/// what it does to a question. A new one is one constant; the command line, the notebook and the
/// CSV have it then.
public enum Parameter {
    MACHINE(
            "xeon-8176",
            "machine, by its name in data/machines",
            text -> Hardware.named(text).name(),
            (timing, text) -> timing.hardware(Hardware.named(text))),
    CPUS(
            "64",
            "CPUs, 1 to 8192; the first is the writer's",
            text -> Integer.toString(whole("cpus", text)),
            (timing, text) -> timing.cpus(whole("cpus", text))),
    HZ(
            "250",
            "ticks a second",
            text -> Integer.toString(whole("hz", text)),
            (timing, text) -> timing.kernel(kernel(timing).hz(whole("hz", text)))),
    CONFIG(
            Config.PREEMPT_Y_4_20.word(),
            "kernel configuration, as `check` takes it",
            text -> Config.named(text).word(),
            (timing, text) -> timing.kernel(kernel(timing).config(Config.named(text)))),
    FAULTS(
            "1000",
            "page faults a second on each CPU",
            text -> decimal("faults", text),
            (timing, text) -> timing.load(load(timing).faults(Double.parseDouble(text)))),
    SECTION(
            "exp 300ns",
            "time between get and put, such as \"exp 2us\"",
            text -> Distribution.parse(text).toString(),
            (timing, text) -> timing.load(load(timing).section(Distribution.parse(text)))),
    IDLE(
            "0",
            "part of the CPUs that is idle, 0 to 1",
            text -> decimal("idle", text),
            (timing, text) -> timing.load(load(timing).idle(Double.parseDouble(text)))),
    STRAGGLER(
            "0ns",
            "how long one CPU cannot be preempted, such as 3ms",
            text -> duration("straggler", text).toString(),
            (timing, text) ->
                    timing.load(load(timing).straggler(duration("straggler", text).ns()))),
    WINDOW(
            "8",
            "entries that a fault looks at, read-ahead included",
            text -> Integer.toString(whole("window", text)),
            (timing, text) -> timing.window(whole("window", text))),
    PAGES(
            "0",
            "pages left on the device; swapoff reads each back (try_to_unuse)",
            text -> Integer.toString(whole("pages", text)),
            (timing, text) -> timing.load(load(timing).pages(whole("pages", text)))),
    SWAPOFFS(
            "1",
            "devices that are switched off one after another, as `swapoff -a` does",
            text -> Integer.toString(whole("swapoffs", text)),
            (timing, text) -> timing.load(load(timing).swapoffs(whole("swapoffs", text)))),
    INTERRUPTS(
            Parameter.NONE,
            "interrupts of devices a second on each CPU, such as \"1000 of exp 5us\"",
            text -> interrupts(text).map(Load.Interrupts::toString).orElse(Parameter.NONE),
            (timing, text) -> timing.load(load(timing).interrupts(interrupts(text)))),
    NOHZ(
            "on",
            "whether an idle CPU has no ticks: on or off",
            text -> word(constant("nohz", text, Switch.values())),
            (timing, text) ->
                    timing.kernel(
                            kernel(timing)
                                    .nohz(constant("nohz", text, Switch.values()) == Switch.ON))),
    SPINNING(
            "together",
            "how a line that many spin on goes round: together or in-turn",
            text -> word(constant("spinning", text, Spinning.values())),
            (timing, text) ->
                    timing.setup(
                            timing.setup()
                                    .spinning(constant("spinning", text, Spinning.values())))),
    READERS(
            "lazy",
            "readers that are simulated: lazy (those that somebody meets) or full",
            text -> word(constant("readers", text, Setup.ReaderMode.values())),
            (timing, text) ->
                    timing.setup(
                            timing.setup()
                                    .readers(
                                            constant("readers", text, Setup.ReaderMode.values())))),
    PRICES(
            Prices.LISTED,
            "prices in place of the machine's, in ns: \"wake up=800; ipi=1000\"",
            text -> Prices.parse(text).toString(),
            (timing, text) -> timing.hardware(Prices.parse(text).on(timing.setup().hardware())));

    private static final String NONE = "none";

    private enum Switch {
        ON,
        OFF
    }

    private final String usual;
    private final String meaning;
    private final UnaryOperator<String> canonical;
    private final BiFunction<SwapTiming, String, SwapTiming> effect;

    Parameter(
            String usual,
            String meaning,
            UnaryOperator<String> canonical,
            BiFunction<SwapTiming, String, SwapTiming> effect) {
        this.usual = usual;
        this.meaning = meaning;
        this.canonical = canonical;
        this.effect = effect;
    }

    /// The name in a CSV, and on a command line behind two dashes.
    public String word() {
        return word(this);
    }

    /// The value where a sweep says nothing.
    public String usual() {
        return usual;
    }

    /// What it is, in one line.
    public String meaning() {
        return meaning;
    }

    /// One value as it is always written, whatever way it was put.
    ///
    /// @throws IllegalArgumentException if there is no such value, or it is out of its range
    public String value(String text) {
        if (text.contains(","))
            throw new IllegalArgumentException(
                    word() + " = " + text + ": one value has no comma, which is between values");
        String value = canonical.apply(text.strip());
        on(SwapTiming.of(new Unprotected()), value);
        return value;
    }

    /// Values with commas between; numbers may be a range: `1..8`, `1..8192*2`, `100..1000+100`.
    ///
    /// @throws IllegalArgumentException naming the one that is wrong
    public List<String> values(String list) {
        var values = new ArrayList<String>();
        for (String each : list.split(",", -1))
            for (String one : Range.expand(word(), each)) values.add(value(one));
        return values;
    }

    /// The question with this value.
    SwapTiming on(SwapTiming timing, String value) {
        return effect.apply(timing, value);
    }

    private static Kernel kernel(SwapTiming timing) {
        return timing.setup().kernel();
    }

    private static Load load(SwapTiming timing) {
        return timing.setup().load();
    }

    static int whole(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " = " + text + ": a whole number such as 64", e);
        }
    }

    static String decimal(String name, String text) {
        try {
            return Double.toString(Double.parseDouble(text)).replaceFirst("\\.0$", "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " = " + text + ": a number such as 0.5", e);
        }
    }

    private static Optional<Load.Interrupts> interrupts(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(Load.Interrupts.parse(text));
    }

    private static Nanos duration(String name, String text) {
        try {
            return Nanos.parse(text.equals("0") ? "0ns" : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static <E extends Enum<E>> E constant(String name, String text, E[] all) {
        return Arrays.stream(all)
                .filter(e -> word(e).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                name
                                        + " = "
                                        + text
                                        + ": one of "
                                        + Arrays.stream(all)
                                                .map(Parameter::word)
                                                .collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The parameter with this name.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static Parameter named(String word) {
        return constant("parameter", word, values());
    }
}
