package stillpoint.primitive;

import java.util.List;
import java.util.stream.IntStream;
import stillpoint.machine.Agent;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Recorder;
import stillpoint.program.Section;
import stillpoint.program.Val;

/// Expedited RCU, for readers that count their nesting: the caller interrupts every CPU that is not
/// idle.
///
/// The handler reports at once if its CPU is outside of a section, and otherwise leaves word for
/// the reader, who reports when it leaves. Source: kernel/rcu/tree_exp.h
/// (`sync_rcu_exp_select_node_cpus`, `rcu_exp_handler`), kernel/rcu/tree_plugin.h
/// (`rcu_read_unlock_special`), v5.10. Not modelled: the tree of masks (one mask is enough for
/// these CPUs; [TreeRcu] has the tree), readers that are preempted or move.
final class ExpeditedRcu {
    private static final int READERS = 2;

    private ExpeditedRcu() {}

    /// What a version does; the kernel's does all of it.
    ///
    /// @param asks whether the handler looks whether it has interrupted a section
    /// @param leaves whether a reader for whom word was left reports when it leaves
    private record Version(boolean asks, boolean leaves) {
        static final Version KERNEL = new Version(true, true);
    }

    static Primitive primitive() {
        return new Primitive(
                "RCU, expedited",
                specification(2, 2),
                implementation(Version.KERNEL, 2, 2),
                List.of(
                        new Primitive.Client(
                                "two sections each", implementation(Version.KERNEL, 2, 2)),
                        new Primitive.Client(
                                "readers keep coming",
                                implementation(Version.KERNEL, Sections.FOR_EVER, 1))),
                "return",
                new Primitive.Planted(
                        "the handler reports from inside a section",
                        implementation(new Version(false, true), 1, 1),
                        specification(1, 1)),
                new Primitive.Planted(
                        "a reader leaves without its report",
                        implementation(new Version(true, false), 1, 1),
                        specification(1, 1)));
    }

    private static Model specification(int sections, int calls) {
        return Sections.of(Section.RCU, Cpu::synchronizeRcuExpedited)
                .model("synchronize_rcu_expedited", READERS, sections, calls);
    }

    private static Model implementation(Version version, int sections, int calls) {
        return new Built(new Memory(), version)
                .sections()
                .model("RCU by interrupts", READERS, sections, calls);
    }

    private record Built(
            Memory memory,
            Version version,
            PerCpu expected,
            PerCpu interrupt,
            PerCpu nesting,
            PerCpu special,
            PerCpu idle) {
        Built(Memory memory, Version version) {
            this(
                    memory,
                    version,
                    memory.perCpuWord("in expmask", 1, 0),
                    memory.perCpuWord("IPI pending", 1, 0),
                    memory.perCpuWord("rcu_read_lock_nesting", 1, 0),
                    memory.perCpuWord("exp_hint", 1, 0),
                    memory.perCpuWord("idle", 1, 0));
        }

        Sections sections() {
            return new Sections(
                    memory,
                    (cpu, inside) -> {
                        cpu.write(idle.mine(), 0);
                        cpu.write(nesting.mine(), 1);
                        inside.run();
                        cpu.write(nesting.mine(), 0);
                        cpu.when(
                                () -> version.leaves() && cpu.read(special.mine()).is(1),
                                () -> {
                                    cpu.write(special.mine(), 0);
                                    cpu.write(expected.mine(), 0);
                                });
                        cpu.write(idle.mine(), 1);
                    },
                    this::expedite,
                    List.of(
                            Agent.handler(
                                            "IPI",
                                            Recorder.interrupt("IPI", this::handler),
                                            READERS,
                                            Level.IRQ,
                                            "reader")
                                    .repeating()));
        }

        private void expedite(Cpu cpu) {
            List<Val> readers = IntStream.range(0, READERS).mapToObj(Val::of).toList();
            for (Val reader : readers)
                cpu.when(
                        () -> cpu.read(idle.of(reader)).is(0),
                        () -> {
                            cpu.write(expected.of(reader), 1);
                            cpu.write(interrupt.of(reader), 1);
                        });
            for (Val reader : readers) cpu.waitFor(expected.of(reader), value -> value.is(0));
        }

        private void handler(Cpu cpu) {
            cpu.when(
                    () -> cpu.read(interrupt.mine()).is(1),
                    () -> {
                        cpu.write(interrupt.mine(), 0);
                        cpu.when(
                                () -> version.asks() && cpu.read(nesting.mine()).is(1),
                                () -> cpu.write(special.mine(), 1),
                                () -> cpu.write(expected.mine(), 0));
                    });
        }
    }
}
