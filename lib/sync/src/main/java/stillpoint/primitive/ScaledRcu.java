package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
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
/// That this refines its specification is not shown yet: the search is too large. Of [TreeRcu],
/// whose protocol it has, it is.
public final class ScaledRcu {
    private static final int SEQ_BITS = 2;

    /// What the grace-period thread sleeps for between two looks at idle CPUs.
    public static final String FQS = "jiffies_till_fqs";

    /// How many timers there are: they take turns, so that one which is no longer waited for wakes
    /// nobody.
    public static final int TIMERS = 2;

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

    /// As the kernel does it.
    ///
    /// @param flavour before the names of its words, where there are several
    public ScaledRcu(Memory memory, String flavour, int cpus) {
        tree = ReportTree.ofKernel(memory, flavour, cpus);
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

    /// `synchronize_rcu()`.
    public void synchronize(Cpu cpu) {
        cpu.call(
                "synchronize_rcu",
                () -> {
                    cpu.write(done, 0);
                    cpu.write(waits.mine(), 1);
                    cpu.write(request, 1);
                    cpu.waitFor(done, value -> value.is(1));
                });
    }

    /// The tick of a CPU: `rcu_sched_clock_irq()` and `rcu_core()` in one. The callback that wakes
    /// a caller runs in a tick of the caller's CPU, once the grace period is over.
    public void tick(Cpu cpu) {
        cpu.when(
                () -> cpu.read(waits.mine()).is(1) && cpu.read(completed).is(1),
                () -> {
                    cpu.write(waits.mine(), 0);
                    cpu.write(completed, 0);
                    cpu.write(done, 1);
                });
        Val node = tree.myLeaf(cpu, Val.of(0));
        Val now = cpu.read(sequence.of(node));
        cpu.when(
                () -> !cpu.read(noted.mine()).is(now),
                () -> cpu.write(noted.mine(), now),
                () -> report(cpu, node, now));
    }

    private void report(Cpu cpu, Val node, Val now) {
        cpu.when(
                () -> !cpu.read(reported.mine()).is(now) && cpu.interruptedQuiescent(),
                () -> {
                    cpu.write(reported.mine(), now);
                    reportUp(cpu, node);
                });
    }

    private void reportUp(Cpu cpu, Val from) {
        tree.report(cpu, from, () -> cpu.write(wake, 1));
    }

    /// The grace-period thread.
    public void gracePeriod(Cpu cpu) {
        cpu.waitFor(request, value -> value.is(1));
        cpu.write(request, 0);
        cpu.write(wake, 0);
        Local next = cpu.local("gp_seq", SEQ_BITS, 0);
        cpu.call("rcu_gp_init", () -> init(cpu, next));
        cpu.call("rcu_gp_fqs_loop", () -> force(cpu, next));
        cpu.call("rcu_gp_cleanup", () -> cpu.write(completed, 1));
    }

    private void init(Cpu cpu, Local next) {
        next.set(cpu.read(sequence.of(Val.of(0))).plus(Val.of(1)));
        tree.forEachNode(
                cpu,
                node -> {
                    tree.lock(cpu, node);
                    tree.expectAll(cpu, node);
                    cpu.write(sequence.of(node), next.get());
                    tree.unlock(cpu, node);
                    cpu.mightSleep("cond_resched_tasks_rcu_qs()");
                });
    }

    private void force(Cpu cpu, Local next) {
        Local turn = cpu.local("turn", 1, 0);
        turn.set(cpu.read(armed));
        cpu.loop(() -> {
            turn.set(Val.of(1).minus(turn.get()));
            cpu.write(armed, turn.get());
            cpu.when(
                    () -> turn.get().is(0),
                    () -> cpu.write(timers.get(0), 1),
                    () -> cpu.write(timers.get(1), 1));
            cpu.waitFor(wake, value -> value.is(1));
            cpu.write(wake, 0);
            if (tree.allReported(cpu)) return false;
            cpu.forEachCpu(CpuMask.ONLINE, each -> credit(cpu, each, next.get()));
            return true;
        });
    }

    /// `force_qs_rnp()` for one CPU: an idle one is in a quiescent state.
    private void credit(Cpu cpu, Val each, Val now) {
        cpu.when(
                () -> !cpu.read(reported.of(each)).is(now) && cpu.read(idle.of(each)).is(1),
                () -> {
                    cpu.write(reported.of(each), now);
                    reportUp(cpu, tree.leafOf(cpu, each));
                });
    }

    /// A timer of the grace-period thread.
    ///
    /// @param number 0 or 1
    public void timer(Cpu cpu, int number) {
        cpu.waitFor(timers.get(number), value -> value.is(1));
        cpu.write(timers.get(number), 0);
        cpu.mightSleep(FQS);
        cpu.when(() -> cpu.read(armed).is(number), () -> cpu.write(wake, 1));
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
