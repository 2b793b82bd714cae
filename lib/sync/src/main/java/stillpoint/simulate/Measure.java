package stillpoint.simulate;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// What is asked of runs, in nanoseconds.
public enum Measure {
    LATENCY("swapoff latency", Outcome::latency),
    WAITED("time in stop_machine and grace periods", Outcome::waited),
    STILL("time every CPU stood still", Outcome::still),
    IRQ_OFF("longest time with interrupts off", Outcome::irqOff),
    STOLEN("CPU time stolen", Outcome::stolen),
    STOPPING("CPU time stolen by stoppers", Outcome::stopping),
    SPINNING("CPU time spent spinning", Outcome::spinning),
    INTERRUPTS("CPU time stolen by ticks and IPIs", Outcome::interrupts),
    THREADS("CPU time of kernel threads", Outcome::threads);

    private final String words;
    private final ToLongFunction<Outcome> of;

    Measure(String words, ToLongFunction<Outcome> of) {
        this.words = words;
        this.of = of;
    }

    /// What it is, in words.
    public String words() {
        return words;
    }

    /// The name on a command line and in a CSV: `irq-off`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Its value in one run, ns.
    public long of(Outcome outcome) {
        return of.applyAsLong(outcome);
    }

    /// The measure with this name.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static Measure named(String word) {
        return Arrays.stream(values())
                .filter(m -> m.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "measure \""
                                        + word
                                        + "\": there are "
                                        + Arrays.stream(values())
                                                .map(Measure::word)
                                                .collect(Collectors.joining(", "))));
    }
}
