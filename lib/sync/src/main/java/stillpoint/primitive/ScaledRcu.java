package stillpoint.primitive;

import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Place;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;
import stillpoint.program.Variable;

/// Tree RCU for any number of CPUs: [TreeRcu] with its masks as counts, so that the same graph
/// serves two CPUs and 8192.
///
/// A CPU notes a new grace period in one tick, and reports in a later tick that finds it in a
/// quiescent state; the last to report under a node reports to the node above. The grace-period
/// thread sets the nodes up, looks after idle CPUs whenever its time is up, and is done when the
/// root is. The caller's callback runs in a tick of its CPU. Source: kernel/rcu/tree.c
/// (`rcu_gp_init`, `note_gp_changes`, `rcu_report_qs_rnp`, `rcu_gp_fqs_loop`, `rcu_gp_cleanup`),
/// kernel/rcu/rcu.h for the shape of the tree, v5.10. Not modelled: callbacks of others, priority
/// boosting, hotplug, readers that are preempted inside a section.
///
/// What belongs to a node is declared as belonging to a CPU with its number: there are fewer nodes
/// than CPUs.
public final class ScaledRcu {
    /// CPUs under a leaf; children of any other node.
    private static final int LEAF_FANOUT = 16;

    private static final int FANOUT = 64;
    private static final int NODE_BITS = 10;
    private static final int COUNT_BITS = 7;
    private static final int SEQ_BITS = 2;

    /// What the grace-period thread sleeps for between two looks at idle CPUs.
    public static final String FQS = "jiffies_till_fqs";

    private final Shape shape;
    private final PerCpu leaf;
    private final PerCpu parent;
    private final PerCpu children;
    private final PerCpu expected;
    private final PerCpu sequence;
    private final Variable lock;
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

    /// The tree over a number of CPUs: nodes are numbered from the root, level by level.
    private record Shape(int cpus, int leaves, int middles) {
        static Shape of(int cpus) {
            int leaves = Math.ceilDiv(cpus, LEAF_FANOUT);
            return new Shape(cpus, leaves, leaves > FANOUT ? Math.ceilDiv(leaves, FANOUT) : 0);
        }

        int firstLeaf() {
            return leaves == 1 ? 0 : 1 + middles;
        }

        int nodes() {
            return firstLeaf() + leaves;
        }

        int leafOf(int cpu) {
            return firstLeaf() + cpu / LEAF_FANOUT;
        }

        int parentOf(int node) {
            return node >= firstLeaf() && middles > 0 ? 1 + (node - firstLeaf()) / FANOUT : 0;
        }

        int childrenOf(int node) {
            if (node >= firstLeaf()) {
                int first = (node - firstLeaf()) * LEAF_FANOUT;
                return Math.min(LEAF_FANOUT, cpus - first);
            }
            if (node == 0) return middles > 0 ? middles : leaves;
            return Math.min(FANOUT, leaves - (node - 1) * FANOUT);
        }
    }

    /// Declares the tree.
    public ScaledRcu(Memory memory, int cpus) {
        shape = Shape.of(cpus);
        leaf = memory.perCpuWord("rdp->mynode", NODE_BITS, 0);
        parent = memory.perCpuWord("rnp->parent", NODE_BITS, 0);
        children = memory.perCpuWord("rnp->children", COUNT_BITS, 0);
        expected = memory.perCpuWord("rnp->expected", COUNT_BITS, 0);
        sequence = memory.perCpuWord("rnp->gp_seq", SEQ_BITS, 0);
        lock = memory.perCpuLock("rnp->lock");
        noted = memory.perCpuWord("rdp->gp_seq", SEQ_BITS, 0);
        reported = memory.perCpuWord("rdp->reported", SEQ_BITS, 0);
        idle = memory.perCpuWord("idle", 1, 0);
        request = memory.word("gp requested", 1, 0);
        wake = memory.word("gp_wq", 1, 0);
        timers = List.of(memory.word("fqs timer 0", 1, 0), memory.word("fqs timer 1", 1, 0));
        armed = memory.word("fqs timer armed", 1, 0);
        waits = memory.perCpuWord("rcu callback", 1, 0);
        completed = memory.word("gp completed", SEQ_BITS, 0);
        done = memory.word("rcu done", 1, 0);
    }

    /// The words that are not as declared at the start, by CPU or by node.
    public Map<Variable, IntUnaryOperator> given() {
        return Map.of(
                leaf.variable(), shape::leafOf,
                parent.variable(), n -> n < shape.nodes() ? shape.parentOf(n) : 0,
                children.variable(), n -> n < shape.nodes() ? shape.childrenOf(n) : 0);
    }

    /// 1 on a CPU that is idle.
    public Variable idle() {
        return idle.variable();
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
        Val node = cpu.read(leaf.mine());
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

    /// `rcu_report_qs_rnp()`: from a leaf upwards, as long as it was the last one.
    private void reportUp(Cpu cpu, Val from) {
        cpu.call(
                "rcu_report_qs_rnp",
                () -> {
                    Local node = cpu.local("node", NODE_BITS, 0);
                    node.set(from);
                    cpu.loop(() -> {
                        Val here = node.get();
                        cpu.spinLock(lockOf(here));
                        boolean last = cpu.decAndTest(expected.of(here));
                        cpu.spinUnlock(lockOf(here));
                        if (!last) return false;
                        if (here.is(0)) {
                            cpu.write(wake, 1);
                            return false;
                        }
                        node.set(cpu.read(parent.of(here)));
                        return true;
                    });
                });
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
        Local node = cpu.local("node", NODE_BITS, 0);
        cpu.loop(() -> {
            Val here = node.get();
            cpu.spinLock(lockOf(here));
            cpu.write(expected.of(here), cpu.read(children.of(here)));
            cpu.write(sequence.of(here), next.get());
            cpu.spinUnlock(lockOf(here));
            cpu.mightSleep("cond_resched_tasks_rcu_qs()");
            node.set(here.plus(Val.of(1)));
            return node.get().below(Val.of(shape.nodes()));
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
            if (cpu.read(expected.of(Val.of(0))).is(0)) return false;
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
                    reportUp(cpu, cpu.read(leaf.of(each)));
                });
    }

    /// How many timers there are: they take turns, so that one which is no longer waited for wakes
    /// nobody.
    public static final int TIMERS = 2;

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
        return List.of(
                List.of(leaf.variable(), noted.variable(), reported.variable(), waits.variable()),
                List.of(
                        parent.variable(),
                        children.variable(),
                        expected.variable(),
                        sequence.variable(),
                        lock));
    }

    private SpinLock lockOf(Val node) {
        return new SpinLock(new Place(lock, new Place.Which.OfCpu(node.operand())));
    }
}
