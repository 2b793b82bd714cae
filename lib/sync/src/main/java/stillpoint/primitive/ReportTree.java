package stillpoint.primitive;

import java.util.List;
import java.util.Map;
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

    /// How many nodes there are. The kernel's tree has up to 16 CPUs under a leaf, and up to 64
    /// children under any other node.
    ///
    /// @param words whether where a CPU and a node belong is read from words that are
    ///   [given][#given]; a search, which starts with the same word on every CPU, asks instead
    private record Shape(int cpus, int leafFanout, int fanout, boolean words) {
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
        return new ReportTree(memory, prefix, new Shape(cpus, 16, 64, true));
    }

    /// The smallest tree that has reports meet and go up: three CPUs, of which two share a leaf.
    static ReportTree ofThree(Memory memory, String prefix) {
        return new ReportTree(memory, prefix, new Shape(3, 2, 64, false));
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
        return shape.words() ? cpu.read(leaf.of(each)) : ofThree(cpu, each, 2, 2, 1);
    }

    /// The leaf of the CPU that this runs on.
    ///
    /// @param number which that is, where the recording is of one CPU
    Val myLeaf(Cpu cpu, Val number) {
        return shape.words() ? cpu.read(leaf.mine()) : ofThree(cpu, number, 2, 2, 1);
    }

    /// The first of the CPUs under a leaf.
    Val firstOf(Cpu cpu, Val node) {
        return shape.words() ? cpu.read(first.of(node)) : ofThree(cpu, node, 2, 2, 0);
    }

    /// How many are under a node.
    Val under(Cpu cpu, Val node) {
        return shape.words() ? cpu.read(children.of(node)) : ofThree(cpu, node, 2, 1, 2);
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

    /// With interrupts off, as handlers take it too.
    void lock(Cpu cpu, Val node) {
        cpu.localIrqDisable();
        cpu.spinLock(lockOf(node));
    }

    void unlock(Cpu cpu, Val node) {
        cpu.spinUnlock(lockOf(node));
        cpu.localIrqEnable();
    }

    /// From now on a node waits for all that are under it. The caller holds its lock.
    void expectAll(Cpu cpu, Val node) {
        cpu.write(expected.of(node), under(cpu, node));
    }

    /// One value where a number is `special`, another elsewhere.
    private static Val ofThree(Cpu cpu, Val number, int special, int there, int elsewhere) {
        Local answer = cpu.local("of three", 2, elsewhere);
        cpu.when(() -> number.is(special), () -> answer.set(there));
        return answer.get();
    }

    /// Does something for each node, the root first.
    void forEachNode(Cpu cpu, Consumer<Val> body) {
        Local node = cpu.local("node", nodeBits(), 0);
        cpu.loop(() -> {
            Val here = node.get();
            body.accept(here);
            node.set(here.plus(Val.of(1)));
            return node.get().below(Val.of(shape.nodes()));
        });
    }

    /// `rcu_report_qs_rnp()`: from a leaf upwards, as long as it was the last one.
    ///
    /// @param all what is done when everybody has reported
    void report(Cpu cpu, Val from, Runnable all) {
        cpu.call(
                "rcu_report_qs_rnp",
                () -> {
                    Local node = cpu.local("node", nodeBits(), 0);
                    node.set(from);
                    cpu.loop(() -> {
                        Val here = node.get();
                        lock(cpu, here);
                        boolean last = cpu.decAndTest(expected.of(here));
                        unlock(cpu, here);
                        if (!last) return false;
                        if (here.is(0)) {
                            all.run();
                            return false;
                        }
                        node.set(shape.words() ? cpu.read(parent.of(here)) : ROOT);
                        return true;
                    });
                });
    }

    private SpinLock lockOf(Val node) {
        return new SpinLock(new Place(lock, new Place.Which.OfCpu(node.operand())));
    }
}
