package stillpoint.primitive;

import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Val;
import stillpoint.program.Variable;

/// Expedited RCU for any number of CPUs: every CPU that is not idle is interrupted, leaf by leaf,
/// by a worker of each leaf; the caller takes the last leaf itself.
///
/// The handler reports if its CPU is outside of a section; otherwise it comes back when it is. In
/// the kernel it leaves word, and the reader reports as it leaves (`rcu_read_unlock_special`, or
/// the next context switch): the moment is the same, the way there costs an interrupt more here.
/// Source: kernel/rcu/tree_exp.h (`sync_exp_reset_tree`, `sync_rcu_exp_select_cpus`,
/// `sync_rcu_exp_select_node_cpus`, `rcu_exp_handler`), v5.10, with masks as counts ([ReportTree]).
/// A worker runs on the first CPU of its leaf. Not modelled: several callers that share a grace
/// period, hotplug, that a CPU does not interrupt itself.
public final class ScaledExpeditedRcu {
    private final Version version;
    private final ReportTree tree;
    private final PerCpu interrupt;
    private final PerCpu work;
    private final PerCpu idle;
    private final Cell<Val> done;

    /// What a version does; the kernel's does all of it.
    ///
    /// @param asks whether the handler looks whether it has interrupted a section
    record Version(boolean asks) {
        static final Version KERNEL = new Version(true);
    }

    /// As the kernel does it.
    ///
    /// @param idle 1 on a CPU that is idle
    public ScaledExpeditedRcu(Memory memory, PerCpu idle, int cpus) {
        this(memory, idle, ReportTree.ofKernel(memory, "exp ", cpus), Version.KERNEL);
    }

    ScaledExpeditedRcu(Memory memory, PerCpu idle, ReportTree tree, Version version) {
        this.version = version;
        this.tree = tree;
        this.idle = idle;
        interrupt = memory.perCpuWord("exp IPI pending", 1, 0);
        work = memory.perCpuWord("rnp->rew", 1, 0);
        done = memory.word("expedited done", 1, 0);
    }

    /// The words that are not as declared at the start, by CPU or by node.
    public Map<Variable, IntUnaryOperator> given() {
        return tree.given();
    }

    /// `synchronize_rcu_expedited()`.
    public void synchronize(Cpu cpu) {
        cpu.call(
                "synchronize_rcu_expedited",
                () -> {
                    cpu.write(done, 0);
                    cpu.call(
                            "sync_exp_reset_tree", () -> tree.forEachNode(cpu, n -> reset(cpu, n)));
                    int last = tree.nodes() - 1;
                    cpu.call("sync_rcu_exp_select_cpus", () -> queue(cpu, last));
                    select(cpu, Val.of(last));
                    cpu.waitFor(done, value -> value.is(1));
                });
    }

    private void reset(Cpu cpu, Val node) {
        tree.underLock(cpu, node, () -> tree.expectAll(cpu, node));
    }

    private void queue(Cpu cpu, int last) {
        if (tree.firstLeaf() == last) return;
        Local leaf = cpu.local("leaf", tree.nodeBits(), tree.firstLeaf());
        cpu.loop(() -> {
            cpu.write(work.of(tree.firstOf(cpu, leaf.get())), 1);
            leaf.set(leaf.get().plus(Val.of(1)));
            return leaf.get().below(Val.of(last));
        });
    }

    /// The worker of a CPU's leaf.
    public void worker(Cpu cpu) {
        worker(cpu, Val.of(0));
    }

    /// The same.
    ///
    /// @param number of the CPU, where the recording is of one
    void worker(Cpu cpu, Val number) {
        cpu.waitFor(work.mine(), value -> value.is(1));
        cpu.write(work.mine(), 0);
        select(cpu, tree.myLeaf(cpu, number));
    }

    /// Interrupts the CPUs of a leaf; an idle one is in a quiescent state.
    private void select(Cpu cpu, Val leaf) {
        cpu.call(
                "sync_rcu_exp_select_node_cpus",
                () -> {
                    Local each = cpu.local("cpu", tree.cpuBits(), 0);
                    each.set(tree.firstOf(cpu, leaf));
                    Local left = cpu.local("left", tree.countBits(), 0);
                    left.set(tree.under(cpu, leaf));
                    cpu.loop(() -> {
                        cpu.when(
                                () -> cpu.read(idle.of(each.get())).is(1),
                                () -> report(cpu, leaf),
                                () -> cpu.write(interrupt.of(each.get()), 1));
                        each.set(each.get().plus(Val.of(1)));
                        left.set(left.get().minus(Val.of(1)));
                        return left.get().isNot(0);
                    });
                });
    }

    /// `rcu_exp_handler()`.
    public void handler(Cpu cpu) {
        handler(cpu, Val.of(0));
    }

    /// The same.
    ///
    /// @param number of the CPU, where the recording is of one
    void handler(Cpu cpu, Val number) {
        cpu.when(
                () ->
                        cpu.read(interrupt.mine()).is(1)
                                && (!version.asks() || cpu.interruptedQuiescent()),
                () -> {
                    cpu.write(interrupt.mine(), 0);
                    report(cpu, tree.myLeaf(cpu, number));
                });
    }

    private void report(Cpu cpu, Val leaf) {
        tree.report(cpu, leaf, () -> cpu.write(done, 1));
    }

    /// Words that lie in one line: those of a node.
    public List<List<Variable>> lines() {
        return List.of(tree.nodeWords());
    }
}
