package stillpoint.simulate;

/// A line that CPUs change at random times, as [Lines] has it go round: how long one who comes has
/// to wait.
///
/// Who finds the line at rest has it come over, which takes its way, and keeps it busy for that
/// long. Who finds it on its way to another queues, and has it one change behind, though not before
/// it can have come over. That is a queue M/G/1 in which the first customer of a busy period has a
/// service of his own (P. D. Welch, *Operations Research* 12, 1964). How long the line still is
/// busy when somebody comes, `V`, has the density `f(x) = rate (P0 P(way > x) + F(x) - F(x -
/// change))`, which is followed in small steps here, and `P0 + integral of f = 1`.
///
/// What it leaves out: those who come are few and come again, which shows where they are fewer than
/// about ten.
final class LineQueue {
    private static final int STEPS = 1024;
    private static final int MOST_STEPS = 1 << 20;
    private static final double NOTHING = 1e-12;

    private final Ways ways;
    private double free = 1;
    private double busyFor;
    private double queued;

    /// @param rate changes by others, a nanosecond
    /// @param change how long one takes while they queue, ns; `rate * change` is under 1
    /// @param ways how long the line is on its way
    /// @param own how many of those who come find the line at rest and as they left it
    LineQueue(double rate, double change, Ways ways, double own) {
        this.ways = ways;
        double longest = ways.longest();
        if (rate <= 0 || longest <= 0) return;
        // Whoever finds it as they left it does not keep it busy: so many of those at rest.
        double moved = 1;
        for (int again = 0; again < 8; again++) {
            follow(rate, change, moved, longest);
            moved = Math.max(0, 1 - own / free);
        }
    }

    private void follow(double rate, double change, double moved, double longest) {
        int behind = (int) Math.ceil(change * STEPS / longest);
        double step = behind == 0 ? longest / STEPS : change / behind;
        double[] mass = new double[behind + 1];
        double sum = 0;
        double rest = 0;
        double pays = 0;
        double f = 0;
        for (int i = 0; i < MOST_STEPS; i++) {
            double x = i * step;
            double before = sum + (i == 0 ? 0 : f * step / 2);
            double left = i < behind ? 0 : mass[(i - behind) % (behind + 1)];
            double comes = moved * ways.longer(x);
            double come = rate * (comes + (behind == 0 ? 0 : before - left));
            f = behind == 0 ? come : come / (1 - rate * step / 2 * (i == 0 ? 0 : 1));
            sum = i == 0 ? 0 : before + f * step / 2;
            mass[i % (behind + 1)] = sum;
            double weight = i == 0 ? f * step / 2 : f * step;
            rest += weight * x;
            pays += weight * ways.atLeast(x + change);
            if (x > longest && f * longest < NOTHING) break;
        }
        free = 1 / (1 + sum);
        busyFor = rest * free;
        queued = pays * free;
    }

    /// Probability that the line is at rest.
    double free() {
        return free;
    }

    /// How long one who changes it waits until it is there.
    ///
    /// @param still probability that nobody has had it since he had
    double change(double still) {
        return queued + Math.max(0, free - still) * ways.mean();
    }

    /// How long one who reads it waits.
    double read(double still) {
        return busyFor + Math.max(0, 1 - still) * ways.mean();
    }
}
