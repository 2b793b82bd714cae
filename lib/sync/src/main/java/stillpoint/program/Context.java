package stillpoint.program;

/// What holds at a point of a program on every path to it: it belongs to the node and costs no
/// state.
///
/// @param preempt how often preemption was turned off, spin locks included
/// @param irq how often interrupts were turned off
/// @param rcu how deep in RCU read-side sections
/// @param srcu how deep in SRCU read-side sections
/// @param user whether it has not begun: a task is in user mode, a handler has not been called
public record Context(int preempt, int irq, int rcu, int srcu, boolean user) {
    /// In user mode, before the first step.
    public static final Context USER = new Context(0, 0, 0, true);

    /// Before an interrupt handler: in it, interrupts are off and nothing preempts.
    public static final Context INTERRUPT = new Context(1, 1, 0, true);

    /// In a `stop_machine` callback: stopper thread, interrupts off.
    public static final Context STOPPED = new Context(1, 1, 0, false);

    /// Outside every SRCU section.
    public Context(int preempt, int irq, int rcu, boolean user) {
        this(preempt, irq, rcu, 0, user);
    }

    /// Whether sleeping is a bug here.
    public boolean atomic() {
        return preempt > 0 || irq > 0 || rcu > 0;
    }

    /// Whether a trace shows that the task is in a section here: it has begun, and is atomic.
    public boolean inside() {
        return atomic() && !user;
    }

    /// How deep in `section`.
    public int depth(Section section) {
        return switch (section) {
            case PREEMPT -> preempt;
            case IRQ -> irq;
            case RCU -> rcu;
            case SRCU -> srcu;
        };
    }

    Context add(Section section, int n) {
        return switch (section) {
            case PREEMPT -> new Context(preempt + n, irq, rcu, srcu, false);
            case IRQ -> new Context(preempt, irq + n, rcu, srcu, false);
            case RCU -> new Context(preempt, irq, rcu + n, srcu, false);
            case SRCU -> new Context(preempt, irq, rcu, srcu + n, false);
        };
    }

    Context inKernel() {
        return user ? new Context(preempt, irq, rcu, srcu, false) : this;
    }
}
