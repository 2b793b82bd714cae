package stillpoint.program;

/// What kind of reader a call waits for.
///
/// Source: kernel/rcu/tree_plugin.h and kernel/rcu/update.c (v4.19), commit 45975c7d21a1 (v4.20),
/// kernel/rcu/srcutree.c. What each waits for on a kernel configuration is said by
/// `machine/Config`.
public enum GracePeriod {
    /// Readers in `rcu_read_lock`; since 4.20 also code with preemption or interrupts off.
    RCU("synchronize_rcu"),
    /// The promise of [#RCU], kept sooner.
    RCU_EXPEDITED("synchronize_rcu_expedited"),
    /// Code with preemption or interrupts off, before 4.20 too.
    SCHED("synchronize_sched"),
    /// Readers in `srcu_read_lock`, which may sleep there; nobody else.
    SRCU("synchronize_srcu");

    private final String verb;

    GracePeriod(String verb) {
        this.verb = verb;
    }

    /// The kernel's verb that waits.
    public String verb() {
        return verb;
    }

    /// The kind whose promise it gives: its readers are waited for.
    public GracePeriod promise() {
        return this == RCU_EXPEDITED ? RCU : this;
    }
}
