package stillpoint.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// [HoldBenchmark] in rounds, so that a machine that becomes busy slows both rivals: each round
/// gives each of them one new JVM at each size. Prints for all iterations the median and, in
/// brackets, the quietest one in ns an event; the garbage in bytes an event; and SSJ's median
/// divided by ours.
///
/// Exit code 1 if SSJ takes less than three times as long at any size, or if an event of ours
/// leaves garbage.
public final class EventRace {
    private static final double BAR = 3;

    private static final List<String> SIZES = List.of("100", "10000", "1000000");

    /// Bytes an event: the harness allocates a few kilobytes for each iteration, while one object
    /// for each event would be 16 or more.
    private static final double NO_GARBAGE = 0.1;

    private EventRace() {}

    /// All that was measured of one rival at one size.
    private static final class Lane {
        private final List<Double> nanos = new ArrayList<>();
        private final List<Double> garbage = new ArrayList<>();

        @Override
        public String toString() {
            double quietest = nanos.stream().min(Double::compare).orElseThrow();
            return String.format(Locale.ROOT, "%.1f (%.1f)", median(nanos), quietest);
        }
    }

    /// @param arguments how many rounds; 3 unless given
    public static void main(String... arguments) throws RunnerException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Map<String, Lane> lanes = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String size : SIZES)
                for (String rival : List.of("ours", "ssj"))
                    measure("HoldBenchmark." + rival + "$", size, lanes);
            measure("SingleServerBenchmark", "", lanes);
        }
        boolean met = true;
        System.out.println("pending     ours ns           ssj ns            ours B  ssj B  ratio");
        for (String size : SIZES) {
            Lane ours = lanes.getOrDefault("ours " + size, new Lane());
            Lane ssj = lanes.getOrDefault("ssj " + size, new Lane());
            double ratio = median(ssj.nanos) / median(ours.nanos);
            met &= ratio >= BAR && median(ours.garbage) < NO_GARBAGE;
            String form = "%-10s %-18s %-18s %-6.3f %6.1f %6.1f%n";
            double garbage = median(ours.garbage);
            System.out.printf(
                    Locale.ROOT, form, size, ours, ssj, garbage, median(ssj.garbage), ratio);
        }
        System.out.println("M/M/1, an event all in: " + lanes.get("customers ") + " ns");
        if (!met) System.exit(1);
    }

    private static void measure(String benchmark, String size, Map<String, Lane> lanes)
            throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include(benchmark)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT);
        if (!size.isEmpty()) options.param("pending", size);
        for (RunResult run : new Runner(options.build()).run()) {
            String method = run.getParams().getBenchmark();
            Lane lane =
                    lanes.computeIfAbsent(
                            method.substring(method.lastIndexOf('.') + 1) + " " + size,
                            name -> new Lane());
            for (BenchmarkResult fork : run.getBenchmarkResults())
                fork.getIterationResults()
                        .forEach(iteration ->
                                lane.nanos.add(iteration.getPrimaryResult().getScore()));
            lane.garbage.add(
                    Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
                            .getScore());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
