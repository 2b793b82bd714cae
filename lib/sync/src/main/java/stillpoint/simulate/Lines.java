package stillpoint.simulate;

import java.util.Arrays;

/// Who has which cache line, and until when it is on its way: what a load, a store or a
/// read-modify-write costs.
///
/// A line is owned by one CPU, which may write it, or is shared by several, which may read it. It
/// goes to one CPU after another: a transfer for writing begins when the one before it has ended.
/// How the reads of CPUs that spin on a line get in between is not known, so there are two bounds
/// ([Spinning]).
///
/// A hot core: mutable arrays, one thread.
final class Lines {
    private static final int SAMPLE = 64;

    private final int cpus;
    private final Topology topology;
    private final long[] price = new long[Quantity.values().length];
    private final Spinning bound;
    private final int[] home;
    private final int[] owner;
    private final long[] free;
    private final int[] version;
    private final int[] seen;
    private final int[] reader;
    private final int[] sharedNumber;
    private final int[] spinners;
    private final boolean[] spunOn;
    private final int[] burst;

    Lines(Cells cells, int cpus, Hardware hardware, Spinning bound) {
        this.cpus = cpus;
        this.topology = hardware.topology();
        this.bound = bound;
        for (Quantity q : Quantity.values()) price[q.ordinal()] = hardware.whole(q);
        int size = cells.size();
        home = cells.homes();
        owner = new int[size];
        free = new long[size];
        version = new int[size];
        reader = new int[size];
        spinners = new int[size];
        spunOn = new boolean[size];
        burst = new int[size];
        sharedNumber = new int[size];
        int shared = 0;
        for (int line = 0; line < size; line++)
            sharedNumber[line] = cells.shared(line) ? shared++ : -1;
        seen = new int[shared * cpus];
    }

    void reset() {
        System.arraycopy(home, 0, owner, 0, home.length);
        Arrays.fill(free, 0);
        Arrays.fill(version, 1);
        Arrays.fill(reader, -1);
        Arrays.fill(spinners, 0);
        Arrays.fill(spunOn, false);
        Arrays.fill(burst, 0);
        // Every CPU has read what all share: readers have run for a while.
        Arrays.fill(seen, 1);
    }

    long price(Quantity quantity) {
        return price[quantity.ordinal()];
    }

    long transfer(int from, int to) {
        return price[topology.between(from, to).ordinal()];
    }

    /// How long a line is on its way from one CPU to another, beyond what a hit takes, ns.
    Ways ways() {
        double[] time = new double[price.length];
        double[] part = new double[price.length];
        double pairs = 0;
        // Every CPU is like another: it is enough to look from some of them.
        int stride = Math.max(1, cpus / SAMPLE);
        for (int from = 0; from < cpus; from += stride)
            for (int to = 0; to < cpus; to++)
                if (from != to) {
                    part[topology.between(from, to).ordinal()]++;
                    pairs++;
                }
        for (int q = 0; q < part.length; q++) {
            time[q] = Math.max(0, price[q] - price[0]);
            if (pairs > 0) part[q] /= pairs;
        }
        return new Ways(time, part);
    }

    /// When a load by this CPU has its value.
    long load(int line, int cpu, long now) {
        int from = owner[line];
        if (from == cpu || from < 0 && has(line, cpu)) return now + price[0];
        long begins = Math.max(now, free[line]);
        long ends = begins + transfer(Math.max(0, from < 0 ? reader[line] : from), cpu);
        if (bound == Spinning.IN_TURN && spinners[line] > 0)
            free[line] = begins + price[Quantity.CONTENDED.ordinal()];
        share(line, cpu, from);
        return ends;
    }

    /// When the line is this CPU's alone. Who finds it on its way to another queues: then changes
    /// follow one another sooner than a line can travel there and back.
    long own(int line, int cpu, long now) {
        int from = owner[line];
        if (from == cpu && free[line] <= now) return now + price[0];
        int at = from < 0 ? reader[line] : from;
        // Nobody in particular has it: the farthest copy has to go.
        long way = transfer(at < 0 ? (cpu < cpus / 2 ? cpus - 1 : 0) : at, cpu);
        long begins = Math.max(now, free[line]);
        boolean queues = begins > now;
        burst[line] = queues ? burst[line] + 1 : spinners[line];
        long change = price[Quantity.CONTENDED.ordinal()] + readsBefore(line);
        long ends = queues ? Math.max(begins + change, now + way) : now + way;
        free[line] = queues ? begins + change : ends + readsBefore(line);
        owner[line] = cpu;
        version[line]++;
        return ends;
    }

    /// Before a change, whoever spins on the line may look at it again: those who spun when changes
    /// began to queue, and those who have changed it since and will spin by then.
    private long readsBefore(int line) {
        return bound == Spinning.IN_TURN && spunOn[line]
                ? price[Quantity.CONTENDED.ordinal()] * burst[line]
                : 0;
    }

    /// A read-modify-write by this CPU: it ends at the time that is returned.
    long modify(int line, int cpu, long now) {
        return own(line, cpu, now) + price[Quantity.ATOMIC.ordinal()] - price[0];
    }

    void spins(int line, int more) {
        spinners[line] += more;
        spunOn[line] = true;
    }

    private boolean has(int line, int cpu) {
        int number = sharedNumber[line];
        return number < 0 ? reader[line] == cpu : seen[number * cpus + cpu] == version[line];
    }

    private void share(int line, int cpu, int from) {
        int number = sharedNumber[line];
        if (number >= 0) {
            if (from >= 0) seen[number * cpus + from] = version[line];
            seen[number * cpus + cpu] = version[line];
        }
        owner[line] = -1;
        reader[line] = cpu;
    }
}
