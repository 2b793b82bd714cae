package stillpoint.simulate;

/// What one run came to. All times in nanoseconds; those of several CPUs are added up.
///
/// @param latency from the writer's first step to its last
/// @param waited the part of it in `stop_machine` and grace periods
/// @param still how long every CPU stood still, held by its stopper
/// @param irqOff longest time that a stopper kept interrupts off on its CPU
/// @param stopping CPU time that stoppers had
/// @param spinning the part of it in which they looked at a word again and again
/// @param interrupts CPU time that ticks and IPIs had, of those that did something for the writer
/// @param threads CPU time that other threads of the kernel had
/// @param steps how many steps were simulated
public record Outcome(
        long latency,
        long waited,
        long still,
        long irqOff,
        long stopping,
        long spinning,
        long interrupts,
        long threads,
        long steps) {
    /// Throughput lost meanwhile, in per cent: the part of all CPU time that was taken. A CPU that
    /// would have waited for its device loses less.
    ///
    /// @param cpus of the machine
    public double lostPercent(int cpus) {
        return latency == 0 ? 0 : 100.0 * stolen() / ((double) latency * cpus);
    }

    /// CPU time that the call took from others.
    public long stolen() {
        return stopping + interrupts + threads;
    }
}
