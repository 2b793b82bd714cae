package stillpoint.bench.reader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import stillpoint.bench.Recorded;
import stillpoint.measure.Measured;
import stillpoint.measure.Unit;
import stillpoint.statistics.Values;

/// Runs [ReaderBenchmark] with 1 reader, 2, 4 and so on to one a CPU, and writes what came of it.
public final class MeasureReaders {
    private static final String BATCH =
            "a value is picoseconds a section: nanoseconds of a batch of 1000 sections, one after"
                    + " another, by JMH 1.37 (SampleTime, which keeps 10 bits of each)";
    private static final String CPUS =
            "cpus is the number of threads that read at once; where others use the machine too, they"
                    + " seldom ran at the same time, so that rows of 2 and more show little contention";

    private MeasureReaders() {}

    /// @param arguments the file to write; what to say of the machine
    public static void main(String... arguments) throws Exception {
        var rows = new ArrayList<Measured>();
        Recorded recorded = Recorded.begin(arguments);
        int cpus = Runtime.getRuntime().availableProcessors();
        for (int threads : threads(cpus)) {
            System.err.println("stillpoint: measuring readers, " + threads + " at once");
            for (RunResult result : run(threads)) rows.add(row(result, threads));
        }
        recorded.end("lib/bench/jvm.sh readers", Map.of("batches", BATCH, "threads", CPUS), rows);
    }

    private static List<Integer> threads(int cpus) {
        var counts = new ArrayList<Integer>();
        for (int threads = 1; threads < cpus; threads *= 2) counts.add(threads);
        counts.add(cpus);
        return counts;
    }

    private static Collection<RunResult> run(int threads) throws RunnerException {
        return new Runner(
                        new OptionsBuilder()
                                .include(ReaderBenchmark.class.getName())
                                .threads(threads)
                                .shouldFailOnError(true)
                                .verbosity(VerboseMode.SILENT)
                                .build())
                .run();
    }

    private static Measured row(RunResult result, int threads) {
        var counts = new TreeMap<Long, Long>();
        Iterator<Map.Entry<Double, Long>> raw =
                result.getPrimaryResult().getStatistics().getRawData();
        while (raw.hasNext()) {
            Map.Entry<Double, Long> each = raw.next();
            counts.merge(Math.round(each.getKey()), each.getValue(), Long::sum);
        }
        var values = new Values();
        counts.forEach((value, count) -> {
            for (long i = 0; i < count; i++) values.add(value);
        });
        return Measured.of(
                result.getParams().getParam("scheme"),
                threads == 1 ? "1 reader" : threads + " readers",
                threads,
                Unit.PS,
                values);
    }
}
