package stillpoint.simulate;

import java.util.ArrayList;
import java.util.List;
import stillpoint.random.Distribution;
import stillpoint.random.Stream;

/// One fault of a reader, alone on its machine and with warm caches: where it stands for how long.
///
/// It comes out of a run of the reader's graph. A reader that nobody disturbs goes through it again
/// and again, with a time in user mode in between; so where it stands at a random moment can be
/// drawn, and nothing has to be simulated before that moment.
final class Cycle {
    /// A stretch between two steps.
    ///
    /// @param pc the step behind it
    /// @param fixed nanoseconds that it always takes
    /// @param extra the time that is drawn besides; [Load#NO_TIME] if none
    /// @param asleep whether the reader has given up its CPU meanwhile
    /// @param calls that it has to come back from, the outermost first
    /// @param registers of the task
    /// @param cells values of what its CPU has of its own
    record Stretch(
            int pc,
            long fixed,
            Distribution extra,
            boolean asleep,
            int[] calls,
            int[] registers,
            int[] cells) {
        double mean() {
            return fixed + extra.mean();
        }

        long draw(Stream stream) {
            return extra == Load.NO_TIME ? fixed : fixed + extra.sample(stream);
        }
    }

    private final List<Stretch> stretches;
    private final double[] until;

    Cycle(List<Stretch> stretches) {
        this.stretches = new ArrayList<>(stretches);
        until = new double[stretches.size()];
        double sum = 0;
        for (int s = 0; s < until.length; s++) {
            sum += stretches.get(s).mean();
            until[s] = sum;
        }
    }

    /// Mean time of a fault, in nanoseconds.
    double mean() {
        return until.length == 0 ? 0 : until[until.length - 1];
    }

    /// The part of it in which the reader has its CPU.
    double onCpu() {
        return stretches.stream().filter(s -> !s.asleep()).mapToDouble(Stretch::mean).sum();
    }

    /// The same of one fault, with what is drawn.
    long onCpu(Stream stream) {
        long time = 0;
        for (Stretch each : stretches) {
            long drawn = each.draw(stream);
            if (!each.asleep()) time += drawn;
        }
        return time;
    }

    Stretch stretch(int number) {
        return stretches.get(number);
    }

    int size() {
        return stretches.size();
    }

    /// The stretch in which a time since the fault began lies, on average.
    int at(double time) {
        int low = 0;
        int high = until.length - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (until[middle] <= time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// What is left of a stretch at a random moment in it.
    long residual(Stretch stretch, Stream stream) {
        double mean = stretch.mean();
        if (mean <= 0) return 0;
        double at = stream.nextDouble() * mean;
        if (at < stretch.fixed()) return (long) (stretch.fixed() - at) + drawExtra(stretch, stream);
        return stretch.extra().residual(stream);
    }

    private static long drawExtra(Stretch stretch, Stream stream) {
        return stretch.extra() == Load.NO_TIME ? 0 : stretch.extra().sample(stream);
    }
}
