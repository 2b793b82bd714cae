package stillpoint.program;

/// What a CPU may turn off, or enter, and must turn on, or leave, again. Sections nest.
public enum Section {
    PREEMPT("preempt_disable", "preempt_enable"),
    IRQ("local_irq_disable", "local_irq_enable"),
    RCU("rcu_read_lock", "rcu_read_unlock"),
    /// One domain; a reader may sleep in it.
    SRCU("srcu_read_lock", "srcu_read_unlock");

    private final String enter;
    private final String leave;

    Section(String enter, String leave) {
        this.enter = enter;
        this.leave = leave;
    }

    /// The kernel's verb that enters.
    public String enter() {
        return enter;
    }

    /// The kernel's verb that leaves.
    public String leave() {
        return leave;
    }
}
