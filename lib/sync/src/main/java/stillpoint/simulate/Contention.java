package stillpoint.simulate;

import java.util.Arrays;
import java.util.Locale;

/// How much longer a step of a reader takes because readers on all other CPUs want the same line,
/// where these are not simulated.
///
/// They come at random, at a known rate; the line serves one after another, in the time of
/// [Quantity#CONTENDED]: a queue M/D/1, in which one waits `rho / (2 (1 - rho))` such times on
/// average (Pollaczek and Khinchin). Who comes back to the line finds it gone with probability `1 -
/// exp(-rate * time since)`, and has it come over then. Lines that a CPU has to itself are left
/// out; a lock serves for as long as it is held. It is the mean that is added, so that what is said
/// of the distribution of a fault's time lacks this part of its spread.
///
/// A hot core: mutable, one thread.
final class Contention {
    private final Scene scene;
    private final Lines lines;
    private final Load load;
    private final boolean full;
    private final double way;

    // By line: how often a fault wants it, and when the last time was.
    private final int[] uses;
    private final long[] last;

    // Of a lock: when it was taken, and how long a fault holds it, ns.
    private final long[] taken;
    private final long[] held;
    private boolean counted;

    Contention(Scene scene, Cells cells, Lines lines, Load load, boolean full) {
        this.scene = scene;
        this.lines = lines;
        this.load = load;
        this.full = full;
        uses = new int[cells.size()];
        last = new long[cells.size()];
        taken = new long[cells.size()];
        held = new long[cells.size()];
        way = lines.meanTransfer();
    }

    void begins() {
        if (!counted) Arrays.fill(uses, 0);
        if (!counted) Arrays.fill(held, 0);
        Arrays.fill(last, -1);
    }

    /// A fault has ended: from now on it is known what one wants.
    void ends() {
        counted = true;
    }

    /// Nothing, until the first fault has shown what a fault wants.
    long delay(Instr i, long now) {
        if (!i.contended) return 0;
        int line = i.location + i.line;
        if (!counted) {
            count(i, line, now);
            return 0;
        }
        if (releases(i)) return 0;
        double rate = load.faults() * 1e-9 * uses[line] * others();
        double once = serves(line);
        double rho = rate * once;
        if (rho >= 1) {
            if (full) return 0;
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "faults = %s a second on each of %d CPUs: %s is wanted %.3g times a"
                                    + " second, and can be had %.3g times (utilisation %.2f, and it has"
                                    + " to be under 1 where readers are drawn); ask for at most %.0f"
                                    + " faults a second, or simulate all readers (ReaderMode.FULL)",
                            load.faults(),
                            scene.cpus(),
                            i.node.step().where().orElseThrow().variable(),
                            rate * 1e9,
                            1e9 / once,
                            rho,
                            Math.floor(load.faults() / rho)));
        }
        double gone = last[line] < 0 ? 1 : -Math.expm1(-rate * (now - last[line]));
        double delay = gone * way + rho / (2 * (1 - rho)) * once;
        last[line] = now + Math.round(delay);
        return Math.round(delay);
    }

    private static boolean releases(Instr i) {
        return i.op == Instr.Op.SPIN_RELEASE || i.op == Instr.Op.MUTEX_RELEASE;
    }

    private void count(Instr i, int line, long now) {
        if (releases(i)) {
            held[line] += now - taken[line];
            return;
        }
        uses[line]++;
        taken[line] = now;
    }

    /// How long the line serves one: a lock is held, and then handed over.
    private double serves(int line) {
        double change = lines.price(Quantity.CONTENDED);
        if (held[line] == 0) return change;
        return (double) held[line] / uses[line] + way + lines.price(Quantity.LOCK_HANDOVER);
    }

    private double others() {
        return Math.max(0, (scene.cpus() - 2) * (1 - load.idle()));
    }
}
