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

    // Of a line, side by side, since what a step needs of it should come over in one go: who owns
    // it, -1 if it is shared; who read it last; how often it has changed; its number among those
    // that all CPUs may share, -1 for one that belongs to a CPU.
    private static final int OWNER = 0;
    private static final int READER = 1;
    private static final int VERSION = 2;
    private static final int NUMBER = 3;
    private static final int FIELDS = 4;

    private final int[] line;
    private final int[] initial;
    private final long[] free;
    // The version of each shared line that a CPU has seen; those of one CPU side by side.
    private final int[] seen;
    private final int shared;
    private final int[] spinners;
    private final boolean[] spunOn;
    private final int[] burst;

    Lines(Cells cells, int cpus, Hardware hardware, Spinning bound) {
        this.cpus = cpus;
        this.topology = hardware.topology();
        this.bound = bound;
        for (Quantity q : Quantity.values()) price[q.ordinal()] = hardware.whole(q);
        int size = cells.size();
        int[] home = cells.homes();
        initial = new int[size * FIELDS];
        line = new int[size * FIELDS];
        free = new long[size];
        spinners = new int[size];
        spunOn = new boolean[size];
        burst = new int[size];
        int numbered = 0;
        for (int l = 0; l < size; l++) {
            initial[l * FIELDS + OWNER] = home[l];
            initial[l * FIELDS + READER] = -1;
            initial[l * FIELDS + VERSION] = 1;
            initial[l * FIELDS + NUMBER] = cells.shared(l) ? numbered++ : -1;
        }
        shared = numbered;
        seen = new int[shared * cpus];
    }

    void reset() {
        System.arraycopy(initial, 0, line, 0, initial.length);
        Arrays.fill(free, 0);
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
    long load(int number, int cpu, long now) {
        int at = number * FIELDS;
        int from = line[at + OWNER];
        if (from == cpu || from < 0 && has(at, cpu)) return now + price[0];
        long begins = Math.max(now, free[number]);
        long ends = begins + transfer(Math.max(0, from < 0 ? line[at + READER] : from), cpu);
        if (bound == Spinning.IN_TURN && spinners[number] > 0)
            free[number] = begins + price[Quantity.CONTENDED.ordinal()];
        share(at, cpu, from);
        return ends;
    }

    /// When the line is this CPU's alone. Who finds it on its way to another queues: then changes
    /// follow one another sooner than a line can travel there and back.
    long own(int number, int cpu, long now) {
        int at = number * FIELDS;
        int from = line[at + OWNER];
        long free = this.free[number];
        if (from == cpu && free <= now) return now + price[0];
        int holder = from < 0 ? line[at + READER] : from;
        // Nobody in particular has it: the farthest copy has to go.
        long way = transfer(holder < 0 ? (cpu < cpus / 2 ? cpus - 1 : 0) : holder, cpu);
        long begins = Math.max(now, free);
        boolean queues = begins > now;
        long reads = bound == Spinning.IN_TURN ? readsBefore(number, queues) : 0;
        long change = price[Quantity.CONTENDED.ordinal()] + reads;
        long ends = queues ? Math.max(begins + change, now + way) : now + way;
        this.free[number] = queues ? begins + change : ends + reads;
        line[at + OWNER] = cpu;
        line[at + VERSION]++;
        return ends;
    }

    /// Before a change, whoever spins on the line may look at it again: those who spun when changes
    /// began to queue, and those who have changed it since and will spin by then.
    private long readsBefore(int number, boolean queues) {
        burst[number] = queues ? burst[number] + 1 : spinners[number];
        return spunOn[number] ? price[Quantity.CONTENDED.ordinal()] * burst[number] : 0;
    }

    /// A read-modify-write by this CPU: it ends at the time that is returned.
    long modify(int number, int cpu, long now) {
        return own(number, cpu, now) + price[Quantity.ATOMIC.ordinal()] - price[0];
    }

    void spins(int number, int more) {
        spinners[number] += more;
        spunOn[number] = true;
    }

    private boolean has(int at, int cpu) {
        int number = line[at + NUMBER];
        return number < 0
                ? line[at + READER] == cpu
                : seen[cpu * shared + number] == line[at + VERSION];
    }

    private void share(int at, int cpu, int from) {
        int number = line[at + NUMBER];
        if (number >= 0) {
            if (from >= 0) seen[from * shared + number] = line[at + VERSION];
            seen[cpu * shared + number] = line[at + VERSION];
        }
        line[at + OWNER] = -1;
        line[at + READER] = cpu;
    }
}
