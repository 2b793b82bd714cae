package stillpoint.machine;

/// How urgent a task is: on one CPU a higher level runs before a lower one, wherever the lower one
/// lets it in.
///
/// Source: the scheduling classes of kernel/sched/ (a stopper thread preempts every other thread),
/// and the nesting of contexts in include/linux/preempt.h.
public enum Level {
    /// A thread of any other scheduling class.
    TASK,
    /// A stopper thread (`migration/N`): runs where preemption is possible.
    STOP,
    /// An interrupt handler: enters where interrupts are on. Handlers do not nest.
    IRQ,
    /// A handler of an interrupt that cannot be turned off: enters everywhere, even while every CPU
    /// stands still.
    NMI;

    /// A handler interrupts whatever runs, and need never come.
    public boolean interrupts() {
        return this == IRQ || this == NMI;
    }
}
