package stillpoint.simulate;

import java.util.Optional;
import stillpoint.machine.Level;
import stillpoint.program.GracePeriod;
import stillpoint.program.Program;

/// A program that the kernel runs for others, again and again.
///
/// @param program what it does; where it waits first, it is woken by a write
/// @param level how urgent it is
/// @param where on which CPUs
/// @param when what makes a handler run; empty for a thread
/// @param asks the kind of grace period for which it asks whether it interrupted a quiescent state
public record Service(
        Program program, Level level, Where where, Optional<When> when, GracePeriod asks) {
    /// On which CPUs a service has a task.
    public enum Where {
        EVERY_CPU,
        LAST_CPU,
        /// On no CPU: a timer, which takes nobody's time.
        BACKGROUND
    }

    /// What makes a handler run.
    public enum When {
        /// The tick of its CPU.
        TICK,
        /// A write, by another CPU, to a word that it reads.
        IPI,
        /// A device, at random times: [Load#interrupts].
        DEVICE
    }

    public Service {
        if (level.interrupts() != when.isPresent())
            throw new IllegalArgumentException(
                    program.name()
                            + ": level "
                            + level
                            + (level.interrupts()
                                    ? " runs at a tick or an IPI: say which"
                                    : " runs when it is woken: leave `when` empty"));
    }

    /// A handler on every CPU, which asks about this kind of grace period.
    public static Service handler(Program program, When when, GracePeriod asks) {
        return new Service(program, Level.IRQ, Where.EVERY_CPU, Optional.of(when), asks);
    }

    /// A thread.
    public static Service thread(Program program, Level level, Where where) {
        return new Service(program, level, where, Optional.empty(), GracePeriod.RCU);
    }

    /// A handler on every CPU.
    public static Service handler(Program program, When when) {
        return handler(program, when, GracePeriod.RCU);
    }
}
