package stillpoint.simulate;

import java.util.Arrays;
import java.util.List;
import stillpoint.random.Stream;
import stillpoint.random.Streams;

/// Where the readers are, in one run: which CPUs are idle, and what a reader that has not been
/// looked at yet is doing.
///
/// Streams are named for what they are for and by CPU, so that two designs see the same readers.
///
/// A hot core: mutable, one thread.
final class Readers {
    /// Nothing is known.
    private static final long UNKNOWN = -1;

    /// After so many mean times of a fault it does not matter where a reader was seen last: the
    /// time in user mode has no memory, so a reader and another that stands anywhere are alike from
    /// when both are in user mode.
    private static final int FORGOTTEN = 20;

    private static final Cycle UNKNOWN_CYCLE = new Cycle(List.of());

    private final int cpus;
    private final Load load;
    private Cycle cycle = UNKNOWN_CYCLE;
    private double thinks;
    private double forgotten;
    private final long[] position;
    private final long[] thinking;
    private final long[] times;
    private final long[] interrupts;
    private final long[] begins;
    private final int[] stands;
    private final long[] ends;
    private final boolean[] idle;
    private final Stream stream = Stream.of(0, "scratch", 0, 0);
    private long left;
    private long began;

    Readers(int cpus, Load load) {
        this.cpus = cpus;
        this.load = load;
        this.position = new long[cpus];
        this.thinking = new long[cpus];
        this.times = new long[cpus];
        this.interrupts = new long[cpus];
        this.begins = new long[cpus];
        this.stands = new int[cpus];
        this.ends = new long[cpus];
        this.idle = new boolean[cpus];
    }

    /// A fault of theirs is like this.
    ///
    /// @throws IllegalArgumentException if there is no time for so many of them
    void go(Cycle fault) {
        cycle = fault;
        thinks = thinks(load, fault);
        double user = thinks / (thinks + fault.mean());
        forgotten = FORGOTTEN * fault.mean() / (user * user);
    }

    /// Mean time in user mode between two faults, ns.
    private static double thinks(Load load, Cycle cycle) {
        double between = 1e9 / load.faults();
        if (between <= cycle.mean())
            throw new IllegalArgumentException(
                    String.format(
                            java.util.Locale.ROOT,
                            "faults = %s a second: a fault takes %.0f ns here, so a CPU is in one all"
                                    + " the time (utilisation %.2f, and it has to be under 1); at"
                                    + " most %.0f a second",
                            load.faults(),
                            cycle.mean(),
                            cycle.mean() / between,
                            Math.floor(1e9 / cycle.mean())));
        return between - cycle.mean();
    }

    /// Names the streams of a replication.
    void start(long seed, long replication) {
        Streams places = Streams.of(seed, "where readers are", replication);
        Streams user = Streams.of(seed, "time in user mode", replication);
        Streams spent = Streams.of(seed, "time besides steps", replication);
        Streams devices = Streams.of(seed, "interrupts of devices", replication);
        Streams rests = Streams.of(seed, "which CPUs are idle", replication);
        for (int c = 0; c < cpus; c++) {
            position[c] = places.start(c);
            thinking[c] = user.start(c);
            times[c] = spent.start(c);
            interrupts[c] = devices.start(c);
            stream.state(rests.start(c));
            idle[c] = c > 0 && stream.nextDouble() < load.idle();
        }
        Arrays.fill(begins, UNKNOWN);
        Arrays.fill(stands, -1);
    }

    /// Mean time in user mode between two faults, ns.
    double thinks() {
        return thinks;
    }

    boolean idle(int cpu) {
        return idle[cpu];
    }

    /// Time of a kind that is drawn, on this CPU.
    long draw(stillpoint.random.Distribution time, int cpu) {
        stream.state(times[cpu]);
        long drawn = time.sample(stream);
        times[cpu] = stream.state();
        return drawn;
    }

    /// Time until the next interrupt of a device, ns.
    long untilInterrupt(int cpu) {
        double rate = load.interrupts().map(Load.Interrupts::rate).orElse(0.0);
        stream.state(interrupts[cpu]);
        long time = Math.round(stream.nextExponential() * 1e9 / rate);
        interrupts[cpu] = stream.state();
        return time;
    }

    /// A fault has ended; gives the time in user mode until the next.
    long think(int cpu, long now) {
        stream.state(thinking[cpu]);
        long time = Math.round(stream.nextExponential() * thinks);
        thinking[cpu] = stream.state();
        begins[cpu] = now + time;
        return time;
    }

    /// When the fault began that a reader is in, where all are simulated, ns.
    long begins(int cpu) {
        return begins[cpu];
    }

    /// A reader that was looked at stands in a stretch until a time, and nobody looks any more.
    void goesOn(int cpu, int stretch, long until) {
        stands[cpu] = stretch;
        ends[cpu] = until;
    }

    /// The stretch in which a reader stands now, drawn if nothing is known; -1 in user mode.
    /// [#left] then says for how long.
    int where(int cpu, long now) {
        int s = stands[cpu];
        long at = s < 0 ? begins[cpu] : ends[cpu];
        stands[cpu] = -1;
        if (at == UNKNOWN || now - at > forgotten) return anywhere(cpu, now);
        if (s < 0 && at > now) return -1;
        // Goes on from where it was seen last.
        stream.state(times[cpu]);
        while (at <= now) {
            if (++s == cycle.size()) {
                at += think(at, cpu);
                s = -1;
                if (at > now) break;
            } else at += cycle.stretch(s).draw(stream);
        }
        times[cpu] = stream.state();
        left = at - now;
        began = begins[cpu];
        return s;
    }

    private long think(long at, int cpu) {
        times[cpu] = stream.state();
        long time = think(cpu, at);
        stream.state(times[cpu]);
        return time;
    }

    /// When the fault that was found began, ns; before the run if it is negative.
    long began() {
        return began;
    }

    private int anywhere(int cpu, long now) {
        stream.state(position[cpu]);
        double at = stream.nextDouble() * (thinks + cycle.mean());
        if (at < thinks) {
            begins[cpu] = now + Math.round(stream.nextExponential() * thinks);
            position[cpu] = stream.state();
            return -1;
        }
        int s = cycle.at(at - thinks);
        began = now - Math.round(at - thinks);
        begins[cpu] = now;
        left = cycle.residual(cycle.stretch(s), stream);
        position[cpu] = stream.state();
        return s;
    }

    /// How long the stretch that was found still lasts, ns.
    long left() {
        return left;
    }

    Cycle cycle() {
        return cycle;
    }
}
