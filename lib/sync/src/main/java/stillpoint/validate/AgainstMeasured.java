package stillpoint.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import stillpoint.calibrate.CalibratedMachine;
import stillpoint.calibrate.Fit;
import stillpoint.measure.Host;
import stillpoint.measure.Measured;
import stillpoint.measure.Measurements;
import stillpoint.measure.Membarrier;
import stillpoint.measure.MembarrierRun;
import stillpoint.measure.Provenance;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Quantity;
import stillpoint.statistics.Key;
import stillpoint.statistics.Sample;

/// The simulator beside what this project measured, with prices that were calibrated where they
/// could be: the recordings that the library carries.
///
/// A figure that a price was fitted to says so: it shows what is lost between the fit and the
/// simulator, and no more. A recording that is not there gives no rows.
final class AgainstMeasured {
    private static final int TIMES = 100;
    private static final int REPLICATIONS = 5;
    private static final int PERIODS = 1000;
    private static final String RCU = "synchronize_rcu";
    private static final String ANY_PHASE = "idle; any phase";
    private static final String FITTED =
            "a price was fitted to this figure: what differs is lost in rounding to whole ns, or"
                    + " charged by the simulator where the fit had no term";
    private static final String PHASE =
            "nothing was fitted; the kernel's own callbacks and threads are not simulated";
    private static final String ONE_CPU =
            "nothing was fitted; the guest has one CPU and the scene two, of which both are busy";

    private AgainstMeasured() {}

    static List<Check> checks() {
        Optional<Measurements> readers = Measurements.recorded(CalibratedMachine.READERS);
        Optional<Measurements> membarrier = Measurements.recorded(CalibratedMachine.MEMBARRIER);
        var checks = new ArrayList<Check>();
        if (readers.isPresent() || membarrier.isPresent()) {
            CalibratedMachine calibration = CalibratedMachine.recorded(Hardware.named("i7-8750h"));
            readers.flatMap(found -> pair(found, calibration)).ifPresent(checks::add);
            membarrier.flatMap(found -> interrupt(found, calibration)).ifPresent(checks::add);
        }
        membarrier.flatMap(AgainstMeasured::running).ifPresent(checks::add);
        Measurements.recorded("guest-icount.csv")
                .flatMap(AgainstMeasured::guest)
                .ifPresent(checks::add);
        return checks;
    }

    /// A counted section less one without protection.
    private static Optional<Check> pair(Measurements found, CalibratedMachine calibration) {
        Optional<Measured> plain = found.row("plain flag", "1 reader", 1);
        Optional<Measured> counted = found.row("reference count", "1 reader", 1);
        if (plain.isEmpty() || counted.isEmpty() || calibration.fit(Quantity.ATOMIC).isEmpty())
            return Optional.empty();
        double ns = (counted.get().median().value() - plain.get().median().value()) / 1000;
        Trial trial = Trial.of(Scenes.count(2, TIMES, true)).idle(1);
        return Optional.of(
                check(
                        1,
                        "get and put of one counter, 1 reader",
                        source(found, counted.get()),
                        ns,
                        FITTED,
                        trial.with(trial.setup().hardware(calibration.hardware())),
                        TIMES,
                        REPLICATIONS));
    }

    /// One CPU asks the other and waits for its answer.
    private static Optional<Check> interrupt(Measurements found, CalibratedMachine calibration) {
        Optional<Fit> fit = calibration.fit(Quantity.IPI);
        Optional<Measured> alone =
                found.row(
                        Membarrier.PRIVATE_EXPEDITED.word(),
                        MembarrierRun.condition(0),
                        found.provenance().cpus());
        if (fit.isEmpty() || alone.isEmpty()) return Optional.empty();
        Fit.Residual most = fit.get().residuals().getFirst();
        Trial trial = Trial.of(Scenes.broadcast(2));
        return Optional.of(
                check(
                        2,
                        "interrupt to the other CPU and wait, in a virtual machine",
                        most.what() + ", less one without; " + place(found, most.n()),
                        most.measuredNs() - alone.get().median().value(),
                        FITTED,
                        trial.with(trial.setup().hardware(calibration.hardware())),
                        1,
                        REPLICATIONS));
    }

    /// A grace period of the running kernel, where it is none that interrupts.
    private static Optional<Check> running(Measurements found) {
        Provenance where = found.provenance();
        if (!Host.NORMAL.equals(where.more().get(MembarrierRun.GRACE_PERIODS)))
            return Optional.empty();
        return found.row(Membarrier.GLOBAL.word(), MembarrierRun.condition(0), where.cpus())
                .flatMap(row -> period(found, row, PHASE));
    }

    private static Optional<Check> guest(Measurements found) {
        return found.rows().stream()
                .filter(row -> row.what().equals(RCU) && row.condition().equals(ANY_PHASE))
                .findFirst()
                .flatMap(row -> period(found, row, ONE_CPU));
    }

    private static Optional<Check> period(Measurements found, Measured row, String reservation) {
        String hz = found.provenance().hz();
        if (hz.equals(Provenance.UNKNOWN)) return Optional.empty();
        int cpus = Math.max(2, row.cpus());
        return Optional.of(
                check(
                        cpus,
                        "synchronize_rcu(), HZ=" + hz + ", " + row.condition(),
                        source(found, row),
                        row.sample().mean(),
                        reservation,
                        GracePeriods.trial(cpus, Integer.parseInt(hz), false),
                        1,
                        PERIODS));
    }

    private static Check check(
            int cpus,
            String parameters,
            String source,
            double ns,
            String reservation,
            Trial trial,
            int times,
            int replications) {
        return new Check(
                Family.MEASURED,
                cpus,
                parameters,
                true,
                () -> divided(trial.sample(Measure.LATENCY, replications), times),
                List.of(Expectation.mean(source, ns, new Holds.Compared(reservation))));
    }

    private static Sample divided(Sample sample, int by) {
        long[] each = new long[sample.size()];
        for (int r = 0; r < each.length; r++) each[r] = Math.round((double) sample.at(r) / by);
        return Sample.of(new Key("validation", Trial.SEED), each);
    }

    private static String source(Measurements found, Measured row) {
        return row + "; " + place(found, row.n());
    }

    private static String place(Measurements found, int n) {
        Provenance where = found.provenance();
        return String.format(
                Locale.ROOT,
                "n %d, %s, Linux %s, %s, %s",
                n,
                where.cpu(),
                where.kernel(),
                where.environment(),
                where.date());
    }
}
