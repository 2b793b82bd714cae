package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import stillpoint.machine.Agent;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Recorder;
import stillpoint.program.Section;
import stillpoint.program.Val;

/// Tree RCU, for readers that turn preemption off: each leaf keeps a mask of the CPUs that it still
/// waits for, the root a mask of the leaves.
///
/// A CPU notes a new grace period in its tick, and reports a quiescent state in a later tick if it
/// has been through the scheduler since. The grace-period thread sets up the masks, root first;
/// credits CPUs that are idle (a forced quiescent state); waits for the root to be empty; and runs
/// the callback, which wakes the caller. Source: kernel/rcu/tree.c (`rcu_gp_init`,
/// `note_gp_changes`, `rcu_report_qs_rnp`, `rcu_gp_fqs_loop`, `rcu_gp_cleanup`), v5.10. What is
/// done under one node's lock is one step here. Not modelled: callback lists of several callers,
/// hotplug, readers that are preempted, the softirq between a tick and its report.
final class TreeRcu {
    /// Leaf 0 has the first reader, leaf 1 the second and the writer.
    private static final List<List<Integer>> LEAVES = List.of(List.of(0), List.of(1, 2));

    private static final List<String> HOSTS = List.of("reader0", "reader1", "writer");
    private static final int READERS = 2;
    private static final int ALL_LEAVES = 3;

    private TreeRcu() {}

    /// What a version does; the kernel's does all of it.
    ///
    /// @param root the leaves that a grace period waits for, one bit each
    /// @param forgets whether a CPU that notes a grace period forgets the quiescent states before
    ///   it
    private record Version(int root, boolean forgets) {
        static final Version KERNEL = new Version(ALL_LEAVES, true);
    }

    static Primitive primitive() {
        return new Primitive(
                "RCU, tree",
                specification(2, 1),
                implementation(Version.KERNEL, 2, 1),
                List.of(
                        new Primitive.Client(
                                "two sections each", implementation(Version.KERNEL, 2, 1)),
                        new Primitive.Client(
                                "readers keep coming",
                                implementation(Version.KERNEL, Sections.FOR_EVER, 1))),
                "return",
                new Primitive.Planted(
                        "the root forgets a leaf",
                        implementation(new Version(1, true), 1, 1),
                        specification(1, 1)),
                new Primitive.Planted(
                        "a quiescent state from before the grace period counts",
                        implementation(new Version(ALL_LEAVES, false), 2, 1),
                        specification(2, 1)));
    }

    private static Model specification(int sections, int calls) {
        return Sections.of(Section.PREEMPT, Cpu::synchronizeRcu)
                .apart("synchronize_rcu", READERS, sections, calls);
    }

    private static Model implementation(Version version, int sections, int calls) {
        return new Tree(new Memory(), version)
                .sections()
                .apart("tree RCU", READERS, sections, calls);
    }

    /// A leaf: whom it waits for, and which grace period it knows of.
    private record Leaf(int number, List<Integer> cpus, Cell<Val> qsmask, Cell<Val> gpSeq) {
        Leaf(Memory memory, int number) {
            this(
                    number,
                    LEAVES.get(number),
                    memory.word("leaf" + number + ".qsmask", LEAVES.get(number).size(), 0),
                    memory.word("leaf" + number + ".gp_seq", 1, 0));
        }

        int everybody() {
            return (1 << cpus.size()) - 1;
        }

        int bit(int cpu) {
            return 1 << cpus.indexOf(cpu);
        }
    }

    private record Tree(
            Memory memory,
            Version version,
            List<Leaf> leaves,
            Cell<Val> root,
            Cell<Val> request,
            Cell<Val> done,
            PerCpu gpSeen,
            PerCpu needs,
            PerCpu passed,
            PerCpu idle) {
        Tree(Memory memory, Version version) {
            this(
                    memory,
                    version,
                    List.of(new Leaf(memory, 0), new Leaf(memory, 1)),
                    memory.word("root.qsmask", LEAVES.size(), 0),
                    memory.word("gp requested", 1, 0),
                    memory.word("done", 1, 0),
                    memory.perCpuWord("rdp->gp_seq", 1, 0),
                    memory.perCpuWord("core_needs_qs", 1, 0),
                    memory.perCpuWord("been through schedule()", 1, 0),
                    memory.perCpuWord("idle", 1, 0));
        }

        Sections sections() {
            var others = new ArrayList<Agent>();
            others.add(
                    new Agent("rcu_gp", Recorder.record("rcu_gp", this::gracePeriod), 1)
                            .on("writer")
                            .repeating());
            for (Leaf leaf : leaves)
                for (int cpu : leaf.cpus())
                    others.add(
                            Agent.handler(
                                            "tick",
                                            Recorder.interrupt("tick", c -> tick(c, leaf, cpu)),
                                            1,
                                            Level.IRQ,
                                            HOSTS.get(cpu))
                                    .repeating());
            return new Sections(
                    memory,
                    (cpu, inside) -> {
                        cpu.write(idle.mine(), 0);
                        cpu.preemptDisable();
                        inside.run();
                        cpu.preemptEnable();
                        cpu.write(passed.mine(), 1);
                        cpu.write(idle.mine(), 1);
                    },
                    cpu -> {
                        cpu.write(done, 0);
                        cpu.write(request, 1);
                        cpu.waitFor(done, value -> value.is(1));
                    },
                    others);
        }

        /// `note_gp_changes()`, or else `rcu_check_quiescent_state()`.
        private void tick(Cpu cpu, Leaf leaf, int number) {
            cpu.when(
                    () ->
                            emptied(
                                    cpu,
                                    leaf,
                                    "rcu_core",
                                    () -> noteOrReport(cpu, leaf, leaf.bit(number))),
                    () -> cpu.clearBits(root, 1 << leaf.number()));
        }

        private void noteOrReport(Cpu cpu, Leaf leaf, int bit) {
            Val now = cpu.read(leaf.gpSeq());
            if (!cpu.read(gpSeen.mine()).is(now)) {
                cpu.write(gpSeen.mine(), now);
                if (version.forgets()) cpu.write(passed.mine(), 0);
                cpu.write(needs.mine(), 1);
            } else if (cpu.read(needs.mine()).is(1) && cpu.read(passed.mine()).is(1)) {
                cpu.write(needs.mine(), 0);
                cpu.clearBits(leaf.qsmask(), bit);
            }
        }

        /// Whether what is done under a leaf's lock empties its mask.
        private boolean emptied(Cpu cpu, Leaf leaf, String function, Runnable step) {
            return cpu.test(
                    "",
                    () -> {
                        var answer = cpu.local("emptied", 1, 0);
                        cpu.atomic(() -> {
                            Val before = cpu.read(leaf.qsmask());
                            cpu.call(function, step);
                            cpu.when(
                                    () -> before.isNot(0) && cpu.read(leaf.qsmask()).is(0),
                                    () -> answer.set(1));
                        });
                        return answer.get().is(1);
                    });
        }

        /// The grace-period thread.
        private void gracePeriod(Cpu cpu) {
            cpu.waitFor(request, value -> value.is(1));
            cpu.write(request, 0);
            cpu.write(root, version.root());
            for (Leaf leaf : leaves)
                cpu.atomic(() -> {
                    cpu.write(leaf.qsmask(), leaf.everybody());
                    cpu.write(leaf.gpSeq(), cpu.read(leaf.gpSeq()).plus(Val.of(1)));
                });
            cpu.loop(() -> {
                // It sleeps here, so its CPU goes through the scheduler.
                cpu.write(passed.mine(), 1);
                if (cpu.read(root).is(0)) return false;
                for (Leaf leaf : leaves) force(cpu, leaf);
                return true;
            });
            cpu.write(done, 1);
        }

        /// `force_qs_rnp()`: credits the CPUs of a leaf that are idle.
        private void force(Cpu cpu, Leaf leaf) {
            cpu.when(
                    () ->
                            emptied(
                                    cpu,
                                    leaf,
                                    "force_qs_rnp",
                                    () -> {
                                        for (int member : leaf.cpus())
                                            cpu.when(
                                                    () -> cpu.read(idle.of(Val.of(member))).is(1),
                                                    () ->
                                                            cpu.clearBits(
                                                                    leaf.qsmask(),
                                                                    leaf.bit(member)));
                                    }),
                    () -> cpu.clearBits(root, 1 << leaf.number()));
        }
    }
}
