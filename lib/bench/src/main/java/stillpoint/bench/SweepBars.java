package stillpoint.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import stillpoint.simulate.Outcome;
import stillpoint.simulate.Simulator;
import stillpoint.swap.Designs;
import stillpoint.swap.SwapTiming;
import stillpoint.sweep.Results;
import stillpoint.sweep.Sweep;

/// The promised times of the simulator: an event and a swapoff on 8192 CPUs, and a sweep of six
/// designs by 14 numbers of CPUs by 200 replications in one warm JVM, as in a notebook.
///
/// An event and a swapoff are taken in processor time of their thread, since what is promised is a
/// quiet core; the sweep is taken by the clock, and its processor time is printed beside. Exit code
/// 1 if a bar is missed.
public final class SweepBars {
    private static final int CPUS = 8192;
    private static final int WARM_UP = 10;
    private static final int RUNS = 20;
    private static final int REPLICATIONS = 200;
    private static final double EVENT_BAR_NS = 60;
    private static final double SWAPOFF_BAR_MS = 50;
    private static final double SWEEP_BAR_S = 30;

    /// What the thread argues about: the count of V1, SRCU of V2, RCU of V8, the stop of V7, what
    /// is changed inside of the stop, and a percpu_ref.
    private static final List<String> DESIGNS = List.of("D1", "D4", "D6", "D8", "D10", "D13");

    private SweepBars() {}

    /// @param arguments designs of the single runs; every one unless given
    public static void main(String... arguments) {
        boolean met = true;
        List<String> single =
                arguments.length == 0
                        ? Designs.all().stream().map(Designs::nameOf).toList()
                        : List.of(arguments);
        System.out.println("on 8192 CPUs, readers lazy       events   ns an event   ms a swapoff");
        for (String name : single) met &= single(name);
        met &= sweep();
        System.exit(met ? 0 : 1);
    }

    private static boolean single(String name) {
        Simulator simulator;
        try {
            simulator = SwapTiming.of(Designs.named(name)).cpus(CPUS).simulator();
        } catch (IllegalArgumentException e) {
            // It has no steady state under the usual load: there is no such swapoff to be timed.
            System.out.println(name + " cannot be asked: " + e.getMessage());
            return true;
        }
        for (int r = 0; r < WARM_UP; r++) simulator.run(0, r);
        var threads = ManagementFactory.getThreadMXBean();
        double[] event = new double[RUNS];
        double[] swapoff = new double[RUNS];
        long events = 0;
        for (int r = 0; r < RUNS; r++) {
            long before = threads.getCurrentThreadCpuTime();
            Outcome outcome = simulator.run(1, r);
            long ns = threads.getCurrentThreadCpuTime() - before;
            event[r] = (double) ns / outcome.steps();
            swapoff[r] = ns / 1e6;
            events += outcome.steps();
        }
        boolean met = median(event) <= EVENT_BAR_NS && median(swapoff) <= SWAPOFF_BAR_MS;
        System.out.printf(
                Locale.ROOT,
                "%-30s %,9d   %5.1f (%.1f)  %6.1f (%.1f)  %s%n",
                name,
                events / RUNS,
                median(event),
                event[0],
                median(swapoff),
                swapoff[0],
                met ? "holds" : "MISSED (60 ns, 50 ms)");
        return met;
    }

    /// Sorts; the quietest is then the first.
    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static boolean sweep() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpuBefore = system.getProcessCpuTime();
        long before = System.nanoTime();
        Results results =
                Sweep.of(DESIGNS.toArray(String[]::new))
                        .cpus("1..8192*2")
                        .replications(REPLICATIONS)
                        .workers(2)
                        .run(stage -> {});
        double seconds = (System.nanoTime() - before) / 1e9;
        double cpu = (system.getProcessCpuTime() - cpuBefore) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "sweep of %s by 200 replications on two workers: %.1f s, %.1f s of processors"
                        + " (%.1f s on two quiet ones)  %s%n",
                results,
                seconds,
                cpu,
                cpu / 2,
                seconds <= SWEEP_BAR_S ? "holds" : "MISSED (30 s)");
        return seconds <= SWEEP_BAR_S;
    }
}
