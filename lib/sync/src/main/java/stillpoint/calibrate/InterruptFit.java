package stillpoint.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stillpoint.measure.Measured;
import stillpoint.measure.Measurements;
import stillpoint.measure.Membarrier;
import stillpoint.measure.MembarrierRun;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Quantity;
import stillpoint.statistics.Key;
import stillpoint.statistics.Sample;
import stillpoint.statistics.Values;

/// What membarrier(2) tells of an interrupt to another CPU.
///
/// An expedited command interrupts only where a thread of the process runs at that moment, so its
/// times with threads that spin are of two kinds, far apart: those near a system call alone, and
/// those that wait for one interrupt. The latter, less the former, is the way there and back.
final class InterruptFit {
    /// Of the second kind is what takes so many times as long as a call alone ...
    private static final double FAR = 10;

    /// ... but less than this, over which the machine ran something else in between.
    private static final long SCHEDULED_NS = 400_000;

    private static final int ENOUGH = 100;

    private final Measurements measured;
    private final Hardware base;
    private final String source;

    InterruptFit(Measurements measured, Hardware base, String source) {
        this.measured = measured;
        this.base = base;
        this.source = source;
    }

    Optional<Fit> fit() {
        int cpus = measured.provenance().cpus();
        var residuals = new ArrayList<Fit.Residual>();
        Optional<Double> alone =
                measured.row(Membarrier.PRIVATE_EXPEDITED.word(), MembarrierRun.condition(0), cpus)
                        .map(row -> row.median().value());
        if (alone.isEmpty()) return Optional.empty();
        List<Measured> loaded =
                measured.rows().stream()
                        .filter(row -> row.what().equals(Membarrier.PRIVATE_EXPEDITED.word()))
                        .filter(row -> !row.condition().equals(MembarrierRun.condition(0)))
                        .toList();
        var interrupted = new Values();
        for (Measured row : loaded) far(row, alone.get(), interrupted);
        if (interrupted.size() < ENOUGH) return Optional.empty();
        double whole = sample(interrupted).median();
        double way = whole - alone.get();
        double rest =
                base.ns(Quantity.SEND_IPI)
                        + base.ns(Quantity.INTERRUPT)
                        + base.ns(Quantity.FROM_SOCKET);
        if (way <= rest) return Optional.empty();
        for (Measured row : measured.rows()) {
            if (!row.what().startsWith(Membarrier.PRIVATE_EXPEDITED.word())
                    && !row.what().equals(Membarrier.GLOBAL_EXPEDITED.word())) continue;
            var own = new Values();
            far(row, alone.get(), own);
            if (own.size() >= ENOUGH)
                residuals.add(
                        new Fit.Residual(
                                row.what() + " with an interrupt, " + row.condition(),
                                sample(own).median(),
                                own.size(),
                                whole));
        }
        if (residuals.isEmpty()) return Optional.empty();
        return Optional.of(
                new Fit(
                        Quantity.IPI,
                        way - rest,
                        "a command that interrupts one CPU, less one that interrupts none, is sending"
                                + " it, its way, the entry of the interrupt and the line with the answer;"
                                + " only their sum is measured: all but the way stay as they were",
                        residuals,
                        source));
    }

    private static void far(Measured row, double alone, Values into) {
        for (int rank = 1; rank <= row.n(); rank++) {
            long value = row.sample().ordered(rank);
            if (value > FAR * alone && value < SCHEDULED_NS) into.add(value);
        }
    }

    private static Sample sample(Values values) {
        return values.sample(new Key("measured: interrupts", 0));
    }
}
