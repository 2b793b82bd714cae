package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Val;
import stillpoint.program.Variable;

/// Tree RCU for any number of CPUs: [TreeRcu] with its masks as counts ([ReportTree]), so that the
/// same graph serves two CPUs and 8192.
///
/// A CPU notes a new grace period in one tick, and reports in a later tick that finds it in a
/// quiescent state. The grace-period thread sets the nodes up, looks after idle CPUs whenever its
/// time is up, and is done when the root is. The caller's callback runs in a tick of its CPU.
/// Source: kernel/rcu/tree.c (`rcu_gp_init`, `note_gp_changes`, `rcu_gp_fqs_loop`,
/// `rcu_gp_cleanup`), v5.10. Not modelled: callbacks of others, priority boosting, hotplug.
///
/// That this refines its specification is shown within bounds ([RcuOfAnySize]), in coarser steps
/// than a simulation takes ([ReportTree.Grain]).
public final class ScaledRcu {
    private static final int SEQ_BITS = 2;

    /// What the grace-period thread sleeps for between two looks at idle CPUs.
    public static final String FQS = "jiffies_till_fqs";

    /// How many timers there are: they take turns, so that one which is no longer waited for wakes
    /// nobody.
    public static final int TIMERS = 2;

    private final Version version;
    private final ReportTree tree;
    private final PerCpu sequence;
    private final PerCpu noted;
    private final PerCpu reported;
    private final PerCpu idle;
    private final Cell<Val> request;
    private final Cell<Val> wake;
    private final List<Cell<Val>> timers;
    private final Cell<Val> armed;
    private final PerCpu waits;
    private final Cell<Val> completed;
    private final Cell<Val> done;

    /// What a version does; the kernel's does all of it.
    ///
    /// @param asks whether a tick looks whether it has interrupted a section
    /// @param idle whether only an idle CPU is credited
    /// @param leaves whether the root waits for all that is under it, rather than for one
    /// @param period whether a report is held against the grace period it was made for
    /// @param mark whether a CPU's second report for a grace period is refused
    /// @param takes whether a callback takes the end of its grace period with it
    record Version(
            boolean asks,
            boolean idle,
            boolean leaves,
            boolean period,
            boolean mark,
            boolean takes) {
        static final Version KERNEL = new Version(true, true, true, true, true, true);

        Version withoutAsking() {
            return new Version(false, idle, leaves, period, mark, takes);
        }

        Version withoutIdle() {
            return new Version(asks, false, leaves, period, mark, takes);
        }

        Version withoutLeaf() {
            return new Version(asks, idle, false, period, mark, takes);
        }

        Version withoutPeriod() {
            return new Version(asks, idle, leaves, false, mark, takes);
        }

        Version withoutMark() {
            return new Version(asks, idle, leaves, period, false, takes);
        }

        Version withoutTaking() {
            return new Version(asks, idle, leaves, period, mark, false);
        }
    }

    /// As the kernel does it.
    ///
    /// @param flavour before the names of its words, where there are several
    public ScaledRcu(Memory memory, String flavour, int cpus) {
        this(memory, flavour, ReportTree.ofKernel(memory, flavour, cpus), Version.KERNEL);
    }

    ScaledRcu(Memory memory, ReportTree tree, Version version) {
        this(memory, "", tree, version);
    }

    private ScaledRcu(Memory memory, String flavour, ReportTree tree, Version version) {
        this.version = version;
        this.tree = tree;
        sequence = memory.perCpuWord(flavour + "rnp->gp_seq", SEQ_BITS, 0);
        noted = memory.perCpuWord(flavour + "rdp->gp_seq", SEQ_BITS, 0);
        reported = memory.perCpuWord(flavour + "rdp->reported", SEQ_BITS, 0);
        idle = memory.perCpuWord(flavour + "idle", 1, 0);
        request = memory.word(flavour + "gp requested", 1, 0);
        wake = memory.word(flavour + "gp_wq", 1, 0);
        timers =
                List.of(
                        memory.word(flavour + "fqs timer 0", 1, 0),
                        memory.word(flavour + "fqs timer 1", 1, 0));
        armed = memory.word(flavour + "fqs timer armed", 1, 0);
        waits = memory.perCpuWord(flavour + "rcu callback", 1, 0);
        completed = memory.word(flavour + "gp completed", 1, 0);
        done = memory.word(flavour + "rcu done", 1, 0);
    }

    /// The words that are not as declared at the start, by CPU or by node.
    public Map<Variable, IntUnaryOperator> given() {
        return tree.given();
    }

    /// 1 on a CPU that is idle.
    public PerCpu idle() {
        return idle;
    }

    /// Whether a call that may block is a grace period by itself: on the only CPU of a kernel that
    /// preempts nothing, whoever calls is not in a section and nobody else runs.
    ///
    /// `rcu_blocking_is_gp()`, kernel/rcu/tree.c, v5.10.
    public static boolean blockingIsGracePeriod(int cpus, Config config) {
        return cpus == 1 && !config.preemptible();
    }

    /// `synchronize_rcu()` where [#blockingIsGracePeriod]: it counts the CPUs and returns.
    ///
    /// @param online how many CPUs there are
    public static void returnAtOnce(Cpu cpu, Cell<Val> online) {
        cpu.call(
                "rcu_blocking_is_gp",
                () -> {
                    cpu.preemptDisable();
                    cpu.read(online).ignored();
                    cpu.preemptEnable();
                });
    }

    /// `synchronize_rcu()`.
    public void synchronize(Cpu cpu) {
        cpu.call(
                "synchronize_rcu",
                () -> {
                    tree.piece(
                            cpu,
                            () -> {
                                cpu.write(done, 0);
                                cpu.write(waits.mine(), 1);
                                cpu.write(request, 1);
                            });
                    cpu.waitFor(done, value -> value.is(1));
                });
    }

    /// The tick of a CPU: `rcu_sched_clock_irq()` and `rcu_core()` in one. The callback that wakes
    /// a caller runs in a tick of the caller's CPU, once the grace period is over.
    public void tick(Cpu cpu) {
        tick(cpu, Val.of(0));
    }

    /// The same.
    ///
    /// @param number of the CPU, where the recording is of one
    void tick(Cpu cpu, Val number) {
        Val node = tree.myLeaf(cpu, number);
        Local now = cpu.local("now", SEQ_BITS, 0);
        Local reports = cpu.local("reports", 1, 0);
        tree.piece(
                cpu,
                () -> {
                    callback(cpu);
                    look(cpu, node, now, reports);
                });
        cpu.when(() -> reports.get().is(1), () -> report(cpu, node, reported.mine(), now.get()));
    }

    private void callback(Cpu cpu) {
        cpu.when(
                () -> cpu.read(waits.mine()).is(1) && cpu.read(completed).is(1),
                () -> {
                    cpu.write(waits.mine(), 0);
                    if (version.takes()) cpu.write(completed, 0);
                    cpu.write(done, 1);
                });
    }

    /// `note_gp_changes()`, or else whether there is something to report.
    private void look(Cpu cpu, Val leaf, Local now, Local reports) {
        now.set(cpu.read(sequence.of(leaf)));
        cpu.when(
                () -> !cpu.read(noted.mine()).is(now.get()),
                () -> cpu.write(noted.mine(), now.get()),
                () ->
                        cpu.when(
                                () ->
                                        !cpu.read(reported.mine()).is(now.get())
                                                && (!version.asks() || cpu.interruptedQuiescent()),
                                () -> reports.set(1)));
    }

    /// `rcu_report_qs_rdp()`: a CPU that looked before it had the lock looks again, as the
    /// grace-period thread may have credited it, and the grace period may be over.
    private void report(Cpu cpu, Val leaf, Cell<Val> mark, Val now) {
        tree.report(
                cpu,
                leaf,
                () -> {
                    if (version.period() && !cpu.read(sequence.of(leaf)).is(now)) return false;
                    if (version.mark() && cpu.read(mark).is(now)) return false;
                    cpu.write(mark, now);
                    return true;
                },
                () -> cpu.write(wake, 1));
    }

    /// The grace-period thread.
    public void gracePeriod(Cpu cpu) {
        Local next = cpu.local("gp_seq", SEQ_BITS, 0);
        tree.piece(
                cpu,
                () -> {
                    cpu.waitFor(request, value -> value.is(1));
                    cpu.write(request, 0);
                    cpu.write(wake, 0);
                    next.set(cpu.read(sequence.of(Val.of(0))).plus(Val.of(1)));
                });
        cpu.call("rcu_gp_init", () -> init(cpu, next));
        cpu.call("rcu_gp_fqs_loop", () -> force(cpu, next));
        cpu.call("rcu_gp_cleanup", () -> cpu.write(completed, 1));
    }

    private void init(Cpu cpu, Local next) {
        tree.forEachNode(
                cpu,
                node ->
                        tree.piece(
                                cpu,
                                () -> {
                                    tree.underLock(cpu, node, () -> begin(cpu, node, next));
                                    cpu.mightSleep("cond_resched_tasks_rcu_qs()");
                                }));
    }

    private void begin(Cpu cpu, Val node, Local next) {
        tree.expectAll(cpu, node);
        if (!version.leaves()) cpu.when(() -> node.is(0), () -> cpu.write(tree.expected(node), 1));
        cpu.write(sequence.of(node), next.get());
    }

    private void force(Cpu cpu, Local next) {
        Local turn = cpu.local("turn", 1, 0);
        turn.set(cpu.read(armed));
        cpu.loop(() -> {
            tree.piece(cpu, () -> arm(cpu, turn));
            Local over = cpu.local("over", 1, 0);
            tree.piece(
                    cpu,
                    () -> {
                        cpu.waitFor(wake, value -> value.is(1));
                        cpu.write(wake, 0);
                        cpu.when(() -> tree.allReported(cpu), () -> over.set(1));
                    });
            if (over.get().is(1)) return false;
            tree.forEachCpu(cpu, each -> credit(cpu, each, next.get()));
            return true;
        });
    }

    private void arm(Cpu cpu, Local turn) {
        turn.set(Val.of(1).minus(turn.get()));
        cpu.write(armed, turn.get());
        cpu.when(
                () -> turn.get().is(0),
                () -> cpu.write(timers.get(0), 1),
                () -> cpu.write(timers.get(1), 1));
    }

    /// `force_qs_rnp()` for one CPU: an idle one is in a quiescent state.
    private void credit(Cpu cpu, Val each, Val now) {
        Local credits = cpu.local("credits", 1, 0);
        tree.piece(
                cpu,
                () ->
                        cpu.when(
                                () ->
                                        !cpu.read(reported.of(each)).is(now)
                                                && (!version.idle()
                                                        || cpu.read(idle.of(each)).is(1)),
                                () -> credits.set(1)));
        cpu.when(
                () -> credits.get().is(1),
                () -> report(cpu, tree.leafOf(cpu, each), reported.of(each), now));
    }

    /// A timer of the grace-period thread.
    ///
    /// @param number 0 or 1
    public void timer(Cpu cpu, int number) {
        tree.piece(
                cpu,
                () -> {
                    cpu.waitFor(timers.get(number), value -> value.is(1));
                    cpu.write(timers.get(number), 0);
                    cpu.mightSleep(FQS);
                });
        tree.piece(cpu, () -> cpu.when(() -> cpu.read(armed).is(number), () -> cpu.write(wake, 1)));
    }

    /// Words that lie in one line: what belongs to a CPU, and what belongs to a node.
    public List<List<Variable>> lines() {
        var node = new ArrayList<>(tree.nodeWords());
        node.add(sequence.variable());
        return List.of(
                List.of(tree.leafWord(), noted.variable(), reported.variable(), waits.variable()),
                node);
    }
}
