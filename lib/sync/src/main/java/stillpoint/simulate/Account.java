package stillpoint.simulate;

/// What a run adds up to: who stood still, and whose time was taken.
///
/// A hot core: mutable, one thread.
final class Account {
    private final int cpus;
    private final long[] irqFrom;
    private int held;
    private long stillFrom;
    private long waitFrom;

    long begun;
    long ended;
    long waited;
    long still;
    long irqOff;
    long stopping;
    long spinning;
    long ticks;
    long ipis;
    long threads;

    /// CPU time of interrupts that have nothing to do with the writer.
    long devices;

    /// Faults that ended.
    long faults;

    /// How long they took together, ns.
    long inFaults;

    Account(int cpus) {
        this.cpus = cpus;
        this.irqFrom = new long[cpus];
    }

    void reset() {
        held = 0;
        begun = 0;
        ended = 0;
        waited = 0;
        still = 0;
        irqOff = 0;
        stopping = 0;
        spinning = 0;
        ticks = 0;
        ipis = 0;
        threads = 0;
        devices = 0;
        faults = 0;
        inFaults = 0;
    }

    /// The writer begins again.
    void next(long now) {
        int holding = held;
        long from = stillFrom;
        reset();
        held = holding;
        stillFrom = from;
        begun = now;
    }

    void waitBegins(long now) {
        waitFrom = now;
    }

    void waitEnds(long now) {
        waited += now - waitFrom;
    }

    /// A stopper has its CPU.
    void holds(long now) {
        if (++held == cpus) stillFrom = now;
    }

    /// It gives the CPU back, which it had for so long.
    void letsGo(long now, long had) {
        if (held == cpus) still += now - stillFrom;
        held--;
        stopping += had;
    }

    void irqOff(int cpu, long now) {
        irqFrom[cpu] = now;
    }

    void irqOn(int cpu, long now) {
        irqOff = Math.max(irqOff, now - irqFrom[cpu]);
    }

    Outcome outcome(long steps) {
        return new Outcome(
                ended - begun,
                waited,
                still,
                irqOff,
                stopping,
                spinning,
                ticks,
                ipis,
                threads,
                0,
                cpus,
                stopping + ticks + ipis + threads,
                steps);
    }
}
