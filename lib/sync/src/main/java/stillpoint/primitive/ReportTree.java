package stillpoint.primitive;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Place;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;
import stillpoint.program.Variable;

/// A tree over the CPUs that tells when all have reported: each node counts whom it still waits
/// for, under a lock of its own, and the last to report under a node reports to the node above.
///
/// Nodes are numbered from the root, level by level; what belongs to a node is declared as
/// belonging to a CPU with its number, as there are fewer nodes than CPUs, or one more. Source:
/// kernel/rcu/tree.h (`struct rcu_node`), kernel/rcu/rcu.h for its shape, kernel/rcu/tree.c
/// (`rcu_report_qs_rnp`), v5.10, with masks as counts, so that the same graph serves two CPUs and
/// 8192.
final class ReportTree {
    private static final Val ROOT = Val.of(0);

    private final Shape shape;
    private final PerCpu leaf;
    private final PerCpu parent;
    private final PerCpu children;
    private final PerCpu first;
    private final PerCpu expected;
    private final Variable lock;

    /// How fine the steps are that are taken at once.
    enum Grain {
        /// As the language says: each verb. So a simulation runs.
        STEPS,

        /// So a search runs: what is given to [ReportTree#piece] is one step, because each order of
        /// its verbs and those of other CPUs shows an observer no more than some order in which
        /// nothing comes between them.
        ///
        /// - Under a node's lock interrupts are off, and all who write `expected` have the lock:
        ///   taking it moves right, letting go moves left, and one verb between them is noticed
        ///   (Lipton, 1975): the one at `gp_seq`, which ticks read without the lock.
        /// - A tick holds off whoever else is on its CPU, so that what belongs to its CPU alone,
        ///   and what it interrupted, stay as they are. The rest of what it looked at may be out of
        ///   date when it comes to its report; it looks again under the lock.
        /// - With one caller a request, the callback and `completed` take turns.
        /// - Whoever comes between waiting for `wake` and clearing it could only set it again; a
        ///   wake-up that comes late, or is lost before the next timer is armed, is one that a
        ///   timer gives, as timers take any time.
        ///
        /// A test compares what is seen of both, both ways, on two CPUs.
        PIECES
    }

    /// How many nodes there are. The kernel's tree has up to 16 CPUs under a leaf, and up to 64
    /// children under any other node.
    ///
    /// @param words whether where a CPU and a node belong is read from words that are
    ///   [given][#given]; a search, which starts with the same word on every CPU, asks instead
    private record Shape(int cpus, int leafFanout, int fanout, boolean words, Grain grain) {
        /// As wide as the largest tree needs, so that every tree has the same graph; or as few bits
        /// as this one needs.
        int bits(int largest, int here) {
            return words ? largest : Integer.SIZE - Integer.numberOfLeadingZeros(here);
        }

        int leaves() {
            return Math.ceilDiv(cpus, leafFanout);
        }

        int middles() {
            return leaves() > fanout ? Math.ceilDiv(leaves(), fanout) : 0;
        }

        int firstLeaf() {
            return leaves() == 1 ? 0 : 1 + middles();
        }

        int nodes() {
            return firstLeaf() + leaves();
        }

        int leafOf(int cpu) {
            return firstLeaf() + cpu / leafFanout;
        }

        int parentOf(int node) {
            return node >= firstLeaf() && middles() > 0 ? 1 + (node - firstLeaf()) / fanout : 0;
        }

        int firstOf(int node) {
            return node < firstLeaf() ? 0 : (node - firstLeaf()) * leafFanout;
        }

        int childrenOf(int node) {
            if (node >= firstLeaf()) return Math.min(leafFanout, cpus - firstOf(node));
            if (node == 0) return middles() > 0 ? middles() : leaves();
            return Math.min(fanout, leaves() - (node - 1) * fanout);
        }
    }

    /// The kernel's tree.
    ///
    /// @param prefix before the name of each of its words
    static ReportTree ofKernel(Memory memory, String prefix, int cpus) {
        return new ReportTree(memory, prefix, new Shape(cpus, 16, 64, true, Grain.STEPS));
    }

    /// A tree for a search, which has one leaf that is the root, or leaves under the root.
    ///
    /// @param leafFanout how many CPUs are under a leaf; the last may have fewer
    static ReportTree small(Memory memory, int cpus, int leafFanout, Grain grain) {
        var shape = new Shape(cpus, leafFanout, cpus, false, grain);
        if (shape.nodes() > cpus)
            throw new IllegalArgumentException(
                    shape.nodes()
                            + " nodes over "
                            + cpus
                            + " CPUs: what belongs to a node is kept where there are CPUs; try a"
                            + " wider leaf");
        return new ReportTree(memory, "", shape);
    }

    private ReportTree(Memory memory, String prefix, Shape shape) {
        this.shape = shape;
        expected = memory.perCpuWord(prefix + "rnp->expected", countBits(), 0);
        lock = memory.perCpuLock(prefix + "rnp->lock");
        if (shape.words()) {
            leaf = memory.perCpuWord(prefix + "rdp->mynode", nodeBits(), 0);
            parent = memory.perCpuWord(prefix + "rnp->parent", nodeBits(), 0);
            children = memory.perCpuWord(prefix + "rnp->children", countBits(), 0);
            first = memory.perCpuWord(prefix + "rnp->grplo", cpuBits(), 0);
        } else {
            leaf = expected;
            parent = expected;
            children = expected;
            first = expected;
        }
    }

    /// The words that are not as declared at the start, by CPU or by node.
    Map<Variable, IntUnaryOperator> given() {
        return Map.of(
                leaf.variable(), shape::leafOf,
                parent.variable(), n -> n < shape.nodes() ? shape.parentOf(n) : 0,
                children.variable(), n -> n < shape.nodes() ? shape.childrenOf(n) : 0,
                first.variable(), n -> n < shape.nodes() ? shape.firstOf(n) : 0);
    }

    /// Words of a node, which lie in one line.
    List<Variable> nodeWords() {
        return List.of(
                parent.variable(),
                children.variable(),
                first.variable(),
                expected.variable(),
                lock);
    }

    /// The word of a CPU that says which leaf is its own.
    Variable leafWord() {
        return leaf.variable();
    }

    Val leafOf(Cpu cpu, Val each) {
        return shape.words()
                ? cpu.read(leaf.of(each))
                : asked(cpu, each, shape.cpus(), shape::leafOf);
    }

    /// The leaf of the CPU that this runs on.
    ///
    /// @param number which that is, where the recording is of one CPU
    Val myLeaf(Cpu cpu, Val number) {
        return shape.words()
                ? cpu.read(leaf.mine())
                : asked(cpu, number, shape.cpus(), shape::leafOf);
    }

    /// The first of the CPUs under a leaf.
    Val firstOf(Cpu cpu, Val node) {
        return shape.words()
                ? cpu.read(first.of(node))
                : asked(cpu, node, shape.nodes(), shape::firstOf);
    }

    /// How many are under a node.
    Val under(Cpu cpu, Val node) {
        return shape.words()
                ? cpu.read(children.of(node))
                : asked(cpu, node, shape.nodes(), shape::childrenOf);
    }

    /// Width of a word that holds a node, or how many there are.
    int nodeBits() {
        return shape.bits(10, shape.nodes());
    }

    /// Width of a word that holds a CPU, or how many there are.
    int cpuBits() {
        return shape.bits(14, shape.cpus());
    }

    /// Width of a word that counts the children of a node.
    int countBits() {
        return shape.bits(7, shape.cpus());
    }

    int firstLeaf() {
        return shape.firstLeaf();
    }

    int nodes() {
        return shape.nodes();
    }

    Cell<Val> expected(Val node) {
        return expected.of(node);
    }

    boolean allReported(Cpu cpu) {
        return cpu.read(expected.of(ROOT)).is(0);
    }

    /// Does something under the lock of a node: with interrupts off, as handlers take it too.
    void underLock(Cpu cpu, Val node, Runnable body) {
        piece(
                cpu,
                () -> {
                    cpu.localIrqDisable();
                    cpu.spinLock(lockOf(node));
                    body.run();
                    cpu.spinUnlock(lockOf(node));
                    cpu.localIrqEnable();
                });
    }

    /// Does something that a search in [coarse][Grain#PIECES] steps takes for one step.
    void piece(Cpu cpu, Runnable body) {
        switch (shape.grain()) {
            case STEPS -> body.run();
            case PIECES -> cpu.atomic(body);
        }
    }

    /// From now on a node waits for all that are under it. The caller holds its lock.
    void expectAll(Cpu cpu, Val node) {
        cpu.write(expected.of(node), under(cpu, node));
    }

    /// What a function of a number below `end` gives, without a word to read it from.
    private static Val asked(Cpu cpu, Val number, int end, IntUnaryOperator function) {
        int usual = function.applyAsInt(0);
        Local answer = cpu.local("answer", 2, usual);
        for (int n = 1; n < end; n++) {
            int special = n;
            int there = function.applyAsInt(n);
            if (there != usual) cpu.when(() -> number.is(special), () -> answer.set(there));
        }
        return answer.get();
    }

    /// Does something for each node, the root first.
    void forEachNode(Cpu cpu, Consumer<Val> body) {
        forEach(cpu, cpu.local("node", nodeBits(), 0), shape.nodes(), body);
    }

    /// Does something for each CPU, leaf by leaf.
    void forEachCpu(Cpu cpu, Consumer<Val> body) {
        forEach(cpu, cpu.local("cpu", cpuBits(), 0), shape.cpus(), body);
    }

    private static void forEach(Cpu cpu, Local each, int end, Consumer<Val> body) {
        cpu.loop(() -> {
            Val here = each.get();
            body.accept(here);
            each.set(here.plus(Val.of(1)));
            return each.get().below(Val.of(end));
        });
    }

    /// `rcu_report_qs_rnp()`: from a leaf upwards, as long as it was the last one.
    ///
    /// @param all what is done when everybody has reported
    void report(Cpu cpu, Val from, Runnable all) {
        report(cpu, from, () -> true, all);
    }

    /// The same if, under the leaf's lock, the report is still wanted.
    void report(Cpu cpu, Val from, BooleanSupplier wanted, Runnable all) {
        cpu.call(
                "rcu_report_qs_rnp",
                () -> {
                    if (!wasLast(cpu, from, wanted)) return;
                    Local node = cpu.local("node", nodeBits(), 0);
                    node.set(from);
                    cpu.loop(() -> {
                        Val here = node.get();
                        if (here.is(0)) {
                            all.run();
                            return false;
                        }
                        node.set(shape.words() ? cpu.read(parent.of(here)) : ROOT);
                        return wasLast(cpu, node.get(), () -> true);
                    });
                });
    }

    /// Counts a report under a node; whether it was the last one.
    private boolean wasLast(Cpu cpu, Val node, BooleanSupplier wanted) {
        var last = new AtomicBoolean();
        underLock(
                cpu,
                node,
                () -> last.set(wanted.getAsBoolean() && cpu.decAndTest(expected.of(node))));
        return last.get();
    }

    private SpinLock lockOf(Val node) {
        return new SpinLock(new Place(lock, new Place.Which.OfCpu(node.operand())));
    }
}
