package stillpoint.simulate;

import stillpoint.random.Distribution;

/// What happens at a point at which the scheduler may run, or time passes without a step.
public sealed interface Pause {
    /// The CPU is busy for a time; it may be preempted where the program allows.
    record Busy(Distribution time) implements Pause {}

    /// The task sleeps for a time.
    record Asleep(Distribution time) implements Pause {}

    /// The task sleeps until a tick of its CPU: 1 for the next one.
    record Ticks(int number) implements Pause {
        public Ticks {
            if (number < 1 || number > 1_000_000)
                throw new IllegalArgumentException(
                        "ticks = " + number + ": a task sleeps for 1 to 1,000,000 ticks");
        }
    }
}
