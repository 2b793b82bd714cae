package stillpoint.measure;

import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/// What a guest whose instructions are counted must show on any Debian kernel, whatever its exact
/// figures are: those move with the kernel's version.
///
/// @param claim in words
/// @param holds whether it does
/// @param shown the figures that it was judged by
public record GuestShape(String claim, boolean holds, String shown) {
    private static final String IDLE = "idle";
    private static final String EXPEDITED = "idle; rcu_expedited=1";
    private static final String RCU = "synchronize_rcu";
    private static final String RCU_EXPEDITED = "synchronize_rcu_expedited";
    private static final String SWAPOFF = "swapoff's wait";
    private static final List<String> GRACE_PERIODS =
            List.of(RCU, "percpu_ref kill to release", SWAPOFF);
    private static final long SHORT_NANOS = 100_000;

    /// How far from a whole tick, as a part of one: what the path around the wait takes.
    private static final double OFF_TICK = 0.02;

    /// Every claim, judged.
    ///
    /// @throws IllegalArgumentException naming a row that is missing, or if the kernel's ticks are
    ///   not known
    public static List<GuestShape> of(Measurements measured) {
        return List.of(
                ticks(measured),
                every(
                        measured,
                        "an expedited grace period takes less than 100 us",
                        List.of(row(measured, RCU_EXPEDITED, IDLE)),
                        value -> value < SHORT_NANOS),
                every(
                        measured,
                        "with rcu_expedited a grace period takes less than 100 us",
                        List.of(row(measured, RCU, EXPEDITED)),
                        value -> value < SHORT_NANOS),
                same(
                        "rcu_expedited does not speed up swapoff's wait",
                        row(measured, SWAPOFF, IDLE),
                        row(measured, SWAPOFF, EXPEDITED)),
                same(
                        "stop_machine stops as long with no mask as with all CPUs in it",
                        row(measured, "stop_machine(NULL)", IDLE),
                        row(measured, "stop_machine(all)", IDLE)),
                less(
                        "a stop of one CPU is short of a grace period",
                        row(measured, "stop_machine(all)", IDLE),
                        row(measured, RCU, IDLE)),
                less(
                        "on one CPU a shared counter takes fewer instructions than percpu_ref",
                        row(measured, "1000 shared atomic pairs", IDLE),
                        row(measured, "1000 percpu_ref pairs", IDLE)),
                less(
                        "swapoff takes longer than its wait for readers",
                        row(measured, "of it synchronize_rcu", "0 readers; traced"),
                        row(measured, "swapoff by the function graph", "0 readers; traced")));
    }

    private static Measured row(Measurements measured, String what, String condition) {
        Optional<Measured> found = measured.row(what, condition, measured.provenance().cpus());
        return found.orElseThrow(() ->
                new IllegalArgumentException(
                        "no row \"" + what + ", " + condition + "\": the run is not whole"));
    }

    private static GuestShape ticks(Measurements measured) {
        String hz = measured.provenance().hz();
        if (hz.equals(Provenance.UNKNOWN))
            throw new IllegalArgumentException("hz = unknown: its ticks are to be known");
        double tick = 1e9 / Integer.parseInt(hz);
        return every(
                measured,
                "grace periods of an idle CPU, one behind another, take whole ticks",
                GRACE_PERIODS.stream().map(what -> row(measured, what, IDLE)).toList(),
                value ->
                        Math.rint(value / tick) >= 1
                                && Math.abs(value / tick - Math.rint(value / tick)) < OFF_TICK);
    }

    private static GuestShape every(
            Measurements measured, String claim, List<Measured> rows, LongPredicate holds) {
        boolean all = true;
        var shown = new StringBuilder();
        for (Measured row : rows) {
            for (int rank = 1; rank <= row.n(); rank++)
                all &= holds.test(row.sample().ordered(rank));
            if (!shown.isEmpty()) shown.append("; ");
            shown.append(row).append(": ").append(row.min()).append(" to ").append(row.max());
        }
        return new GuestShape(claim, all, shown.toString());
    }

    private static GuestShape same(String claim, Measured one, Measured other) {
        double ratio = other.median().value() / one.median().value();
        return new GuestShape(claim, ratio > 0.95 && ratio < 1.05, medians(one, other));
    }

    private static GuestShape less(String claim, Measured one, Measured other) {
        return new GuestShape(
                claim, one.median().value() < other.median().value(), medians(one, other));
    }

    private static String medians(Measured one, Measured other) {
        return one
                + ": "
                + (long) one.median().value()
                + "; "
                + other
                + ": "
                + (long) other.median().value();
    }

    @Override
    public String toString() {
        return (holds ? "holds: " : "FAILS: ") + claim + " (" + shown + ")";
    }
}
