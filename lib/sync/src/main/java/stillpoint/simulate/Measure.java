package stillpoint.simulate;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// What is asked of runs, as whole numbers of a [unit][#unit].
public enum Measure {
    LATENCY("swapoff latency", Outcome::latency),
    WAITED("time in stop_machine and grace periods", Outcome::waited),
    STILL("time every CPU stood still", Outcome::still),
    IRQ_OFF("longest time with interrupts off", Outcome::irqOff),
    STOLEN("CPU time stolen", Outcome::stolen),
    STOPPING("CPU time stolen by stoppers", Outcome::stopping),
    SPINNING("CPU time spent spinning", Outcome::spinning),
    INTERRUPTS("CPU time stolen by ticks and IPIs", Outcome::interrupts),
    TICKS("CPU time stolen by ticks", Outcome::ticks),
    IPIS("CPU time stolen by IPIs", Outcome::ipis),
    THREADS("CPU time of kernel threads", Outcome::threads),
    FAULT("CPU time of a reader's fault", Outcome::fault),
    LOST("throughput lost while swapoff runs", Unit.PART, Outcome::lost),
    AMPLIFICATION(
            "CPU time stolen, of that without a straggler", Unit.TIMES, Outcome::amplification);

    /// What a value counts.
    public enum Unit {
        /// Nanoseconds; shown in us.
        TIME("ns", "us", 1e3),
        /// Millionths; shown in per cent.
        PART("ppm", "%", 1e4),
        /// Millionths; shown as a factor.
        TIMES("ppm", "times", 1e6);

        private final String word;
        private final String shown;
        private final double scale;

        Unit(String word, String shown, double scale) {
            this.word = word;
            this.shown = shown;
            this.scale = scale;
        }

        /// Its name in a CSV.
        public String word() {
            return word;
        }

        /// The unit that a person is shown.
        public String shown() {
            return shown;
        }

        /// How many of it are one of what a person is shown.
        public double scale() {
            return scale;
        }

        /// A value in the unit that a person is shown.
        public double shown(double value) {
            return Math.round(value) / scale;
        }
    }

    private final String words;
    private final Unit unit;
    private final ToLongFunction<Outcome> of;

    Measure(String words, ToLongFunction<Outcome> of) {
        this(words, Unit.TIME, of);
    }

    Measure(String words, Unit unit, ToLongFunction<Outcome> of) {
        this.words = words;
        this.unit = unit;
        this.of = of;
    }

    /// What it is, in words.
    public String words() {
        return words;
    }

    /// What its values count.
    public Unit unit() {
        return unit;
    }

    /// The name on a command line and in a CSV: `irq-off`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Its value in one run.
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
