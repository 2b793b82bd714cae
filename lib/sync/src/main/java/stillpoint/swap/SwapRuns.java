package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import stillpoint.evidence.Basis;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Evident;
import stillpoint.evidence.Plot;
import stillpoint.evidence.Timing;
import stillpoint.evidence.TimingDifference;
import stillpoint.simulate.Load;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Outcome;
import stillpoint.simulate.Price;
import stillpoint.simulate.Runs;
import stillpoint.statistics.Estimate;
import stillpoint.statistics.Estimates;
import stillpoint.statistics.Paired;
import stillpoint.statistics.Sample;
import stillpoint.statistics.StoppingRule;

/// What the runs of a [SwapTiming] came to. It shows as a [Timing].
///
/// @param question what was asked
/// @param runs the replications
public record SwapRuns(SwapTiming question, Runs runs) implements Evident {
    private static final int POINTS = 60;

    /// What a card leaves to the tables of a sweep: parts of what it has, and what is no time.
    private static final Set<Measure> OF_SWEEPS =
            EnumSet.of(
                    Measure.TICKS,
                    Measure.IPIS,
                    Measure.FAULT,
                    Measure.LOST,
                    Measure.AMPLIFICATION);

    /// The replications' results, in their order.
    public List<Outcome> outcomes() {
        return runs.outcomes();
    }

    /// Why there are so many; none if it was interrupted.
    public Optional<StoppingRule.Stop> stop() {
        return runs.stop();
    }

    /// Whether the rule, and not an interruption, ended it.
    public boolean complete() {
        return runs.complete();
    }

    /// The values of a measure, ns.
    public Sample sample(Measure measure) {
        return runs.sample(measure);
    }

    /// The mean of a measure, ns.
    public double mean(Measure measure) {
        return sample(measure).mean();
    }

    /// Every time that is not 0 throughout, with what it rests on.
    @Override
    public Timing evidence() {
        double level = level();
        var lines = new ArrayList<Timing.Line>();
        for (Measure measure : Measure.values()) {
            Sample sample = sample(measure);
            if (!OF_SWEEPS.contains(measure) && (measure == Measure.LATENCY || sample.max() != 0))
                lines.add(
                        new Timing.Line(
                                measure.words(),
                                figure(Estimates.mean(sample, level)),
                                sample.median(),
                                figure(Estimates.quantile(sample, 0.99, level)),
                                sample.max()));
        }
        return new Timing(
                title(), Basis.SIMULATED, level, outcomes().size(), enough(), assumptions(), lines);
    }

    /// What this has more than another that saw the same readers: of the watched measure, if none
    /// is named. With several, `p` is Bonferroni's: so many times as large.
    ///
    /// @throws IllegalArgumentException if they did not see the same, or have not as many runs
    public TimingDifference against(SwapRuns other, Measure... measures) {
        List<Measure> asked =
                measures.length == 0 ? List.of(question.watched()) : Arrays.asList(measures);
        var lines =
                asked.stream()
                        .map(measure -> {
                            Paired pairs = Paired.of(sample(measure), other.sample(measure));
                            var p = pairs.wilcoxon();
                            return new TimingDifference.Line(
                                    measure.words(),
                                    figure(pairs.meanDifference(level())),
                                    Math.min(1, p.p() * asked.size()),
                                    p.test() + ", " + p.method());
                        })
                        .toList();
        return new TimingDifference(
                title(),
                other.title(),
                Basis.SIMULATED,
                level(),
                outcomes().size(),
                assumptions(),
                lines);
    }

    /// Which part of the runs a measure is at most so large in, for one or more sets of runs.
    public static Plot distribution(Measure measure, SwapRuns... all) {
        return new Plot(
                "Distribution of: " + measure.words(),
                new Plot.Axis(measure.words() + ", us", false),
                new Plot.Axis("part of the runs at or under it", false),
                Basis.SIMULATED,
                Plot.Form.LINES,
                Arrays.stream(all).map(each -> each.steps(measure)).toList());
    }

    private Plot.Series steps(Measure measure) {
        Sample sample = sample(measure);
        int n = sample.size();
        int stride = Math.max(1, n / POINTS);
        var labels = new ArrayList<String>();
        var parts = new ArrayList<Double>();
        for (int rank = 1; rank <= n; rank += stride) {
            labels.add(String.format(Locale.ROOT, "%.3f", sample.ordered(rank) / 1e3));
            parts.add((double) rank / n);
        }
        return new Plot.Series(question.design().id(), labels, parts);
    }

    private String title() {
        return SwapModel.title(question.design(), DeviceKind.SSD);
    }

    private double level() {
        return question.rule().level();
    }

    private static Timing.Figure figure(Estimate estimate) {
        return new Timing.Figure(
                estimate.value(),
                estimate.interval().map(i -> new Timing.Range(i.low(), i.high())));
    }

    private String enough() {
        return stop().map(stop ->
                        String.format(
                                Locale.ROOT,
                                "%s: half-width of %s is %.2g %% of its mean, the rule asks for"
                                        + " %.2g %%",
                                stop.precise() ? "enough" : "not as precise as the rule asks",
                                question.watched().words(),
                                100 * stop.relativeHalfWidth(),
                                100 * question.rule().relativeHalfWidth()))
                .orElse("cut short by an interruption");
    }

    private Bounds assumptions() {
        var setup = question.setup();
        Load load = setup.load();
        return Bounds.of(
                "machine",
                setup.hardware().title(),
                "its prices",
                prices(),
                "CPUs",
                number(question.cpus()),
                "kernel",
                setup.kernel().config().toString(),
                "HZ",
                number(setup.kernel().hz()),
                "idle CPUs tick",
                setup.kernel().nohz() ? "no" : "yes",
                "faults a second on a CPU",
                number(load.faults()),
                "read-ahead window",
                number(question.window()),
                "section",
                load.section().toString(),
                "idle part",
                number(load.idle()),
                "straggler",
                load.straggler() == 0 ? "none" : load.straggler() / 1000 + " us",
                "who spins",
                setup.spinning().words(),
                "readers",
                setup.readers().name().toLowerCase(Locale.ROOT),
                "seed",
                Long.toString(question.seed()));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }

    /// How many of the machine's prices rest on what.
    private String prices() {
        return question.setup().hardware().prices().values().stream()
                .collect(Collectors.groupingBy(Price::basis, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }
}
