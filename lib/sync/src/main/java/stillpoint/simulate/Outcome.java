package stillpoint.simulate;

import java.util.List;
import java.util.function.ToLongFunction;

/// What one run came to. All times in nanoseconds; those of several CPUs are added up.
///
/// @param latency from the writer's first step to its last
/// @param waited the part of it in `stop_machine` and grace periods
/// @param still how long every CPU stood still, held by its stopper
/// @param irqOff longest time that a stopper kept interrupts off on its CPU
/// @param stopping CPU time that stoppers had
/// @param spinning the part of it in which they looked at a word again and again
/// @param ticks CPU time that ticks had, of those that did something for the writer
/// @param ipis CPU time that interrupts had which a CPU sent for the writer
/// @param threads CPU time that other threads of the kernel had
/// @param fault CPU time of one fault of a reader that nobody switches anything off for
/// @param cpus of the machine
/// @param calm what [#stolen] is where no CPU is a straggler, and all else is the same
/// @param steps how many steps were simulated
public record Outcome(
        long latency,
        long waited,
        long still,
        long irqOff,
        long stopping,
        long spinning,
        long ticks,
        long ipis,
        long threads,
        long fault,
        int cpus,
        long calm,
        long steps) {
    private static final double MILLION = 1e6;

    /// CPU time that the call took from others.
    public long stolen() {
        return stopping + interrupts() + threads;
    }

    /// CPU time that ticks and IPIs had.
    public long interrupts() {
        return ticks + ipis;
    }

    /// Throughput lost meanwhile: the part of all CPU time that was taken, in millionths. A CPU
    /// that would have waited for its device loses less.
    public long lost() {
        return latency == 0 ? 0 : Math.round(MILLION * stolen() / ((double) latency * cpus));
    }

    /// How many times as much CPU time is stolen because one CPU is a straggler, in millionths. One
    /// nanosecond is added to both, so that nothing is as much as nothing.
    public long amplification() {
        return Math.round(MILLION * (stolen() + 1.0) / (calm + 1.0));
    }

    /// Several turns of the writer as one: times are added up, and of [#irqOff] it is the longest.
    static Outcome together(List<Outcome> turns) {
        if (turns.size() == 1) return turns.getFirst();
        Outcome first = turns.getFirst();
        return new Outcome(
                sum(turns, Outcome::latency),
                sum(turns, Outcome::waited),
                sum(turns, Outcome::still),
                turns.stream().mapToLong(Outcome::irqOff).max().orElse(0),
                sum(turns, Outcome::stopping),
                sum(turns, Outcome::spinning),
                sum(turns, Outcome::ticks),
                sum(turns, Outcome::ipis),
                sum(turns, Outcome::threads),
                first.fault,
                first.cpus,
                sum(turns, Outcome::calm),
                sum(turns, Outcome::steps));
    }

    private static long sum(List<Outcome> turns, ToLongFunction<Outcome> of) {
        return turns.stream().mapToLong(of).sum();
    }

    /// The same, with what is found out in other ways.
    Outcome with(long ofFault, long stolenInCalm) {
        return new Outcome(
                latency,
                waited,
                still,
                irqOff,
                stopping,
                spinning,
                ticks,
                ipis,
                threads,
                ofFault,
                cpus,
                stolenInCalm,
                steps);
    }
}
