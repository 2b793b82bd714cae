package stillpoint.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stillpoint.random.Distribution;

/// How much longer a step of a reader takes because readers on all other CPUs want the same line,
/// where these are not simulated.
///
/// One fault shows when a fault wants which line, and how long it holds a lock; so does every other
/// reader, at a known rate. What the step waits then is that of a [LineQueue], or of a [LockQueue].
/// Who comes back to a line finds it as he left it if nobody has come since. Lines that a CPU has
/// to itself are left out. It is the mean that is added, so that what is said of the distribution
/// of a fault's time lacks this part of its spread. A store waits in its buffer, and holds up
/// nobody.
///
/// Against readers that are all simulated, what a shared count costs is right to 3 per cent. A lock
/// that a fault takes many times in a row is right to about a tenth as long as it is free most of
/// the time; beyond that faults hold up one another in bursts, which are not in it, and the way on
/// is [Setup.ReaderMode#FULL].
final class Contention {
    /// One look at a line.
    ///
    /// @param at ns since the fault began, without what is drawn
    /// @param drawn how many times had been drawn by then
    /// @param waits how long it was held up, ns
    private record Visit(Instr step, long at, int drawn, long waits) {}

    /// What a fault wants of a line.
    private static final class Wishes {
        final List<Visit> visits = new ArrayList<>();
        final List<Visit> ends = new ArrayList<>();
        List<Double> delays = List.of();

        /// How many of the visits are counted where others queue.
        long changes() {
            return visits.stream().filter(v -> v.step().op != Instr.Op.READ).count();
        }
    }

    private static final int MOST_ROUNDS = 100;

    private final Scene scene;
    private final Lines lines;
    private final Load load;
    private final boolean full;
    private final Map<Integer, Wishes> wishes = new TreeMap<>();
    private final List<Distribution> drawn = new ArrayList<>();
    private Optional<Ways> ways = Optional.empty();
    private boolean counted;

    Contention(Scene scene, Lines lines, Load load, boolean full) {
        this.scene = scene;
        this.lines = lines;
        this.load = load;
        this.full = full;
    }

    /// A fault begins.
    void begins() {
        drawn.clear();
        for (Wishes each : wishes.values()) {
            each.visits.clear();
            each.ends.clear();
        }
    }

    /// What a fault wants is not known, or no longer.
    void forget() {
        wishes.clear();
        counted = false;
    }

    /// A fault has ended.
    ///
    /// @param warm whether what it took is what the next will take too
    void ends(boolean warm) {
        if (warm || !counted) for (Wishes each : wishes.values()) each.delays = delays(each);
        counted = true;
        begins();
    }

    /// A time that is drawn passes.
    void draws(Distribution time) {
        drawn.add(time);
    }

    /// Nothing, until the first fault has shown what a fault wants.
    long delay(Instr i, long now) {
        if (!i.contended) return 0;
        Wishes line = wishes.computeIfAbsent(i.location + i.line, _ -> new Wishes());
        if (releases(i)) {
            line.ends.add(new Visit(i, now, drawn.size(), 0));
            return 0;
        }
        int number = line.visits.size();
        long waits = number < line.delays.size() ? Math.round(line.delays.get(number)) : 0;
        line.visits.add(new Visit(i, now, drawn.size(), waits));
        return waits;
    }

    private static boolean releases(Instr i) {
        return i.op == Instr.Op.SPIN_RELEASE || i.op == Instr.Op.MUTEX_RELEASE;
    }

    // ---- how long each visit waits

    /// What others make of a line depends on how often it is gone, and that on how long they are at
    /// it: it is gone through until both agree.
    private List<Double> delays(Wishes line) {
        double comes = load.faults() * 1e-9 * others();
        if (line.visits.isEmpty() || comes <= 0) return List.of();
        List<Double> delays = Collections.nCopies(line.visits.size(), 0.0);
        for (int again = 0; again < MOST_ROUNDS; again++) {
            List<Double> still = still(line, comes, delays);
            List<Double> before = delays;
            delays =
                    line.ends.isEmpty()
                            ? atLine(line, comes, still)
                            : atLock(line, comes, still, delays);
            if (delays.isEmpty() || near(before, delays)) break;
        }
        return whole(delays);
    }

    /// Whole nanoseconds, which add up to what the delays add up to.
    private static List<Double> whole(List<Double> delays) {
        var whole = new ArrayList<Double>();
        double sum = 0;
        for (double each : delays) {
            whole.add((double) (Math.round(sum + each) - Math.round(sum)));
            sum += each;
        }
        return whole;
    }

    private static boolean near(List<Double> some, List<Double> others) {
        for (int v = 0; v < some.size(); v++)
            if (Math.abs(some.get(v) - others.get(v)) > 0.1) return false;
        return true;
    }

    /// Mean times from each visit to the next.
    private List<Double> gaps(Wishes line, List<Double> delays) {
        var gaps = new ArrayList<Double>();
        for (int v = 1; v < line.visits.size(); v++) {
            Visit before = line.visits.get(v - 1);
            Visit now = line.visits.get(v);
            double gap = now.at() - before.at() - before.waits() + delays.get(v - 1);
            for (Distribution time : drawn.subList(before.drawn(), now.drawn())) gap += time.mean();
            gaps.add(gap);
        }
        return gaps;
    }

    /// How likely nobody else has come since the visit before. Others come at random; after a time
    /// in user mode, in whole faults.
    private List<Double> still(Wishes line, double comes, List<Double> delays) {
        List<Double> gaps = gaps(line, delays);
        var still = new ArrayList<Double>();
        double fault = gaps.stream().mapToDouble(g -> g).sum();
        still.add(Math.exp(-comes * fault) / (1 + comes * 1e9 / load.faults()));
        double rate = comes * line.visits.size();
        for (int v = 1; v < line.visits.size(); v++) {
            double gap = gaps.get(v - 1);
            Visit before = line.visits.get(v - 1);
            Visit now = line.visits.get(v);
            double none = 1;
            for (Distribution time : drawn.subList(before.drawn(), now.drawn())) {
                none *= Moments.none(time, rate);
                gap -= time.mean();
            }
            still.add(none * Math.exp(-rate * gap));
        }
        return still;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElse(0);
    }

    private List<Double> atLine(Wishes line, double comes, List<Double> still) {
        double rate = comes * line.changes();
        double change = lines.price(Quantity.CONTENDED);
        if (tooMuch(line, rate, change)) return List.of();
        var queue = new LineQueue(rate, change, ways(), mean(still));
        var delays = new ArrayList<Double>();
        for (int v = 0; v < still.size(); v++)
            delays.add(
                    switch (line.visits.get(v).step().op) {
                        case READ -> queue.read(still.get(v));
                        case WRITE -> 0.0;
                        default -> queue.change(still.get(v));
                    });
        return delays;
    }

    private List<Double> atLock(Wishes line, double comes, List<Double> still, List<Double> now) {
        double rate = comes * line.visits.size();
        Ways from = ways();
        double moved = 1 - mean(still);
        double way = moved * from.mean();
        double held = 0;
        double square = 0;
        int times = Math.min(line.visits.size(), line.ends.size());
        for (int v = 0; v < times; v++) {
            Visit takes = line.visits.get(v);
            Visit gives = line.ends.get(v);
            double mean = gives.at() - takes.at() - takes.waits();
            double spread = 0;
            for (Distribution time : drawn.subList(takes.drawn(), gives.drawn())) {
                mean += time.mean();
                spread += Moments.square(time) - time.mean() * time.mean();
            }
            held += mean / times;
            square += (spread + mean * mean) / times;
        }
        double handover = lines.price(Quantity.LOCK_HANDOVER);
        double serves = held + way + handover;
        if (tooMuch(line, rate, serves)) return List.of();
        square += moved * from.square() + 2 * held * way + handover * (serves + held + way);
        double forgets = serves / Math.pow(1 - Math.sqrt(rate * serves), 2);
        long rows = 1 + gaps(line, now).stream().filter(g -> g > forgets).count();
        double row = (double) line.visits.size() / rows;
        var queue = new LockQueue(tasks(), rate * tasks() / others(), serves, square, row);
        double waits = queue.waits() + queue.busy() * handover;
        return still.stream().map(s -> waits + (1 - s) * from.mean()).toList();
    }

    /// Whether more is asked for than there is, which is refused where readers are drawn.
    private boolean tooMuch(Wishes line, double rate, double once) {
        double rho = rate * once;
        if (rho < 1) return false;
        if (full) return true;
        throw new IllegalArgumentException(
                String.format(
                        Locale.ROOT,
                        "faults = %s a second on each of %d CPUs: %s is wanted %.3g times a"
                                + " second, and can be had %.3g times (utilisation %.2f, and it has"
                                + " to be under 1 where readers are drawn); ask for at most %.0f"
                                + " faults a second, or simulate all readers (ReaderMode.FULL)",
                        load.faults(),
                        scene.cpus(),
                        line.visits.getFirst().step().node.step().where().orElseThrow().variable(),
                        rate * 1e9,
                        1e9 / once,
                        rho,
                        Math.floor(load.faults() / rho)));
    }

    private Ways ways() {
        if (ways.isEmpty()) ways = Optional.of(lines.ways());
        return ways.get();
    }

    /// Readers that are not idle.
    private int tasks() {
        return (int) Math.round((scene.cpus() - 1) * (1 - load.idle()));
    }

    private double others() {
        return Math.max(0, (scene.cpus() - 2) * (1 - load.idle()));
    }
}
