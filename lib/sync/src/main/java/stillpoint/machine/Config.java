package stillpoint.machine;

import java.util.Arrays;
import java.util.stream.Collectors;
import stillpoint.program.Context;
import stillpoint.program.GracePeriod;
import stillpoint.program.Node;
import stillpoint.program.Section;
import stillpoint.program.Step;

/// A kernel configuration: what `stop_machine` and `synchronize_rcu` wait for on it.
///
/// With `PREEMPT=n` preemption counts are kept only where `PREEMPT_COUNT` is set (by debug
/// options); the names that do not say `nocount` have it. Without it `preempt_disable` is a
/// compiler barrier and `rcu_read_lock` is empty: sleeping inside is not noticed, and it is a
/// quiescent state, so that the section protects nothing across it.
///
/// With `PREEMPT=n` all kernel code between two schedule points holds off the stopper and the grace
/// period, marked or not: a design that is safe only there *happens to hold*. What the API
/// guarantees is what holds with `PREEMPT=y` too. Source: kernel/stop_machine.c,
/// kernel/rcu/tree_plugin.h, include/linux/preempt.h (v4.19) and commit 45975c7d21a1 (v4.20, the
/// consolidation of the RCU flavours).
public enum Config {
    /// `PREEMPT=n` before 4.20.
    PREEMPT_N_4_19("preempt-n-4.19", false, true, false),
    /// `PREEMPT=n` since 4.20.
    PREEMPT_N_4_20("preempt-n-4.20", false, true, true),
    /// `PREEMPT=y` before 4.20: a grace period waits for `rcu_read_lock` sections only.
    PREEMPT_Y_4_19("preempt-y-4.19", true, true, false),
    /// `PREEMPT=y` since 4.20: a grace period waits for preempt-off and irq-off code too.
    PREEMPT_Y_4_20("preempt-y-4.20", true, true, true),
    /// `PREEMPT=n`, `PREEMPT_COUNT=n` before 4.20.
    PREEMPT_N_NOCOUNT_4_19("preempt-n-nocount-4.19", false, false, false),
    /// `PREEMPT=n`, `PREEMPT_COUNT=n` since 4.20.
    PREEMPT_N_NOCOUNT_4_20("preempt-n-nocount-4.20", false, false, true);

    private final String word;
    private final boolean preemptible;
    private final boolean counted;
    private final boolean consolidated;

    Config(String word, boolean preemptible, boolean counted, boolean consolidated) {
        this.word = word;
        this.preemptible = preemptible;
        this.counted = counted;
        this.consolidated = consolidated;
    }

    /// The name on the command line.
    public String word() {
        return word;
    }

    /// `PREEMPT=y`.
    public boolean preemptible() {
        return preemptible;
    }

    /// `PREEMPT_COUNT=y`: the kernel knows whether preemption is off.
    public boolean counted() {
        return counted;
    }

    /// Whether the kernel notices that a task is atomic when it sleeps there.
    public boolean noticesSleep(Node node) {
        return counted || node.context().irq() > 0;
    }

    /// 4.20 or later.
    public boolean consolidated() {
        return consolidated;
    }

    /// The configuration with this name.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static Config named(String word) {
        return Arrays.stream(values())
                .filter(c -> c.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "--config "
                                        + word
                                        + ": a configuration is one of "
                                        + Arrays.stream(values())
                                                .map(Config::word)
                                                .collect(Collectors.joining(", "))));
    }

    /// Whether a task of level `entering` may run on the CPU of a task of level `standing` that is
    /// about to take the step of `node`.
    ///
    /// Of two tasks of one level, and below a task of a higher one, a task runs while the other is
    /// off its CPU; plain tasks also preempt one another where the stopper could.
    public boolean admits(Node node, Level standing, Level entering) {
        if (offCpu(node)) return true;
        if (standing == Level.TASK && entering.compareTo(Level.STOP) <= 0) return stoppable(node);
        if (entering.compareTo(standing) <= 0) return false;
        return entering == Level.NMI || node.context().irq() == 0;
    }

    /// Whether the stopper thread can run on a CPU whose plain task is about to take the step of
    /// `node`.
    public boolean stoppable(Node node) {
        if (offCpu(node)) return true;
        Context context = node.context();
        return preemptible && context.preempt() == 0 && context.irq() == 0;
    }

    /// Whether a task that is about to take the step of `node` does not hold off a grace period of
    /// this kind.
    public boolean quiescent(Node node, GracePeriod kind) {
        Context context = node.context();
        if (kind == GracePeriod.SRCU) return context.srcu() == 0;
        if (gone(node) || !preemptible) return offCpu(node);
        boolean on = context.preempt() == 0 && context.irq() == 0;
        boolean outside = context.rcu() == 0;
        return switch (kind) {
            case RCU, RCU_EXPEDITED -> outside && (on || !consolidated);
            // Since 4.20 it is another name for synchronize_rcu().
            case SCHED -> on && (outside || !consolidated);
            case SRCU -> context.srcu() == 0;
        };
    }

    /// Whether entering or leaving `section` may begin or end what holds off a grace period of this
    /// kind.
    public boolean waitedFor(Section section, GracePeriod kind) {
        if (kind == GracePeriod.SRCU || section == Section.SRCU)
            return kind == GracePeriod.SRCU && section == Section.SRCU;
        if (!preemptible) return false;
        return consolidated || (kind == GracePeriod.SCHED) != (section == Section.RCU);
    }

    /// In user mode, asleep, at its end, or at a point where the scheduler may run.
    private static boolean offCpu(Node node) {
        return gone(node) || schedules(node.step());
    }

    /// Not begun, or at its end.
    private static boolean gone(Node node) {
        return node.context().user() || node.step() instanceof Step.End;
    }

    /// Whether a task that stands before this step is, or may be, off its CPU.
    public static boolean schedules(Step step) {
        return step instanceof Step.Schedule
                || step instanceof Step.MutexAcquire
                || step instanceof Step.SleepUntil
                || step instanceof Step.GraceEnd
                || step instanceof Step.StopMachine
                || step instanceof Step.End;
    }

    @Override
    public String toString() {
        return word;
    }
}
