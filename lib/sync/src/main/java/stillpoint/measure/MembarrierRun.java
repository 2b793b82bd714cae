package stillpoint.measure;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import stillpoint.statistics.Values;

/// Times the commands of [Membarrier] beside each other: warmed up, in turns, with and without
/// threads that run.
///
/// `GLOBAL` waits for ticks, so it matters when it begins: it is called once at a random moment,
/// from a CPU that was busy before, and once right behind that, when a tick was just now. The
/// others are called [#EACH] times for each such pair.
///
/// @param samples how often `GLOBAL` is called under each condition, 1 to 100,000
/// @param loads running threads besides, one condition each
/// @param cpus of the machine
/// @param call how the kernel is reached
public record MembarrierRun(int samples, List<Integer> loads, int cpus, Membarrier.Call call) {
    /// What two readings of the clock are called, with nothing between them: part of every row.
    public static final String CLOCK = "two readings of the clock";

    /// Added to a condition where `GLOBAL` begins just behind another one.
    public static final String BEHIND = "; one behind another";

    /// The item of the provenance that says what [Host#gracePeriods] are.
    public static final String GRACE_PERIODS = "grace periods";

    /// Why a run stopped that was asked to.
    public static final String INTERRUPTED = "interrupted";

    /// Short calls for one call of `GLOBAL`.
    public static final int EACH = 25;

    private static final int MOST_SAMPLES = 100_000;
    private static final int WARM = 20_000;
    private static final int WARM_PERIODS = 3;

    /// Longer than a tick of any usual kernel.
    private static final long LONGEST_PAUSE = 12_000_000;

    public MembarrierRun {
        loads = List.copyOf(loads);
        if (samples < 1 || samples > MOST_SAMPLES)
            throw new IllegalArgumentException(
                    "samples = " + samples + ": 1 to " + MOST_SAMPLES + ", for instance 300");
        if (loads.isEmpty() || loads.stream().distinct().count() < loads.size())
            throw new IllegalArgumentException(
                    "load = " + loads + ": numbers of threads, each once, for instance 0,2");
        for (int load : loads)
            if (load < 0 || load > Provenance.MOST_CPUS)
                throw new IllegalArgumentException(
                        "load = " + load + ": 0 to " + Provenance.MOST_CPUS + " threads");
    }

    /// Told how far it is: the condition, and how many of [#samples] it has.
    @FunctionalInterface
    public interface Progress {
        void at(String condition, int done);
    }

    /// What came of a run.
    ///
    /// @param rows what was measured, also if it did not finish
    /// @param missing commands that the kernel does not have
    /// @param stopped why it did not finish; empty if it did
    public record Outcome(List<Measured> rows, List<Membarrier> missing, String stopped) {
        public Outcome {
            rows = List.copyOf(rows);
            missing = List.copyOf(missing);
        }

        /// Whether all was measured.
        public boolean complete() {
            return stopped.isEmpty();
        }
    }

    /// The condition of so many threads, in a file.
    public static String condition(int load) {
        return load == 0 ? "idle" : "load " + load;
    }

    /// Measures.
    ///
    /// @param stop asked between calls; once it is true, what was measured so far is all
    /// @throws Unavailable if nothing can be measured
    public Outcome run(Progress progress, BooleanSupplier stop) {
        Set<Membarrier> there = Membarrier.prepare(EnumSet.allOf(Membarrier.class), call);
        var rows = new ArrayList<Measured>();
        String stopped = "";
        for (int load : loads) {
            if (!stopped.isEmpty()) break;
            var values = new LinkedHashMap<String, Values>();
            try (var _ = new Spinners(load)) {
                warmUp(there);
                stopped = measure(there, load, values, progress, stop);
            }
            values.forEach((name, each) -> {
                if (each.size() > 0) rows.add(row(name, condition(load), each));
            });
        }
        if (rows.isEmpty())
            throw new Unavailable(
                    (stopped.isEmpty() ? "no command" : stopped)
                            + ": nothing was measured, so no file was written");
        List<Membarrier> missing =
                List.of(Membarrier.values()).stream().filter(c -> !there.contains(c)).toList();
        return new Outcome(rows, missing, stopped);
    }

    /// A condition behind the name's own mark goes to the condition of the row.
    private Measured row(String name, String condition, Values values) {
        boolean behind = name.endsWith(BEHIND);
        return Measured.of(
                behind ? name.substring(0, name.length() - BEHIND.length()) : name,
                behind ? condition + BEHIND : condition,
                cpus,
                Unit.NS,
                values);
    }

    private void warmUp(Set<Membarrier> there) {
        var none = new Values();
        for (int i = 0; i < WARM; i++) {
            for (Membarrier each : there) if (each != Membarrier.GLOBAL) time(each, none);
            clock(none);
        }
        for (int i = 0; i < WARM_PERIODS && there.contains(Membarrier.GLOBAL); i++)
            time(Membarrier.GLOBAL, none);
    }

    /// @return why it stopped before the end; empty if it did not
    private String measure(
            Set<Membarrier> there,
            int load,
            Map<String, Values> values,
            Progress progress,
            BooleanSupplier stop) {
        values.put(CLOCK, new Values());
        for (Membarrier each : Membarrier.values())
            if (there.contains(each)) {
                values.put(each.word(), new Values());
                if (each == Membarrier.GLOBAL) values.put(each.word() + BEHIND, new Values());
            }
        var moments = new SplittableRandom(load);
        var order = new ArrayList<Membarrier>(there);
        order.remove(Membarrier.GLOBAL);
        try {
            for (int done = 0; done < samples; done++) {
                progress.at(condition(load), done);
                if (there.contains(Membarrier.GLOBAL)) {
                    busy(moments.nextLong(LONGEST_PAUSE));
                    time(Membarrier.GLOBAL, of(values, Membarrier.GLOBAL.word()));
                    time(Membarrier.GLOBAL, of(values, Membarrier.GLOBAL.word() + BEHIND));
                }
                for (int i = 0; i < EACH; i++) {
                    clock(of(values, CLOCK));
                    for (int c = 0; c < order.size(); c++) {
                        Membarrier each = order.get((c + i) % order.size());
                        time(each, of(values, each.word()));
                    }
                }
                if (stop.getAsBoolean()) return INTERRUPTED;
            }
        } catch (Unavailable e) {
            return String.valueOf(e.getMessage());
        }
        progress.at(condition(load), samples);
        return "";
    }

    private static Values of(Map<String, Values> values, String name) {
        return Objects.requireNonNull(values.get(name));
    }

    private void time(Membarrier what, Values into) {
        long begin = System.nanoTime();
        what.issue(call);
        into.add(System.nanoTime() - begin);
    }

    private static void clock(Values into) {
        long begin = System.nanoTime();
        into.add(System.nanoTime() - begin);
    }

    /// A sleeping caller would come back with its CPU's ticks stopped.
    private static void busy(long ns) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < ns) Thread.onSpinWait();
    }
}
