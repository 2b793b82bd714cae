package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import stillpoint.machine.Agent;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// Expedited RCU as a simulation runs it on thousands of CPUs, with the client that shows whether
/// it keeps its promise on three: the same Java, with two CPUs under one leaf and one under
/// another, so that reports meet and go up.
///
/// Each of two readers goes through a section and the writer waits; a CPU is idle outside of its
/// section. [RcuOfAnySize] is the same of [ScaledRcu].
final class ScaledPrimitives {
    private static final int READERS = 2;
    private static final List<String> HOSTS = List.of("reader0", "reader1", "writer");
    private static final int CPUS = HOSTS.size();

    private ScaledPrimitives() {}

    static Primitive expedited() {
        return new Primitive(
                "RCU, expedited, of any size",
                specification(1),
                expedited(ScaledExpeditedRcu.Version.KERNEL, 1),
                List.of(),
                "return",
                new Primitive.Planted(
                        "the handler reports from inside a section",
                        expedited(new ScaledExpeditedRcu.Version(false), 1),
                        specification(1)));
    }

    private static Model specification(int sections) {
        return new Sections(
                        new Memory(),
                        ScaledPrimitives::section,
                        Cpu::synchronizeRcuExpedited,
                        List.of())
                .apart("synchronize_rcu_expedited", READERS, sections, 1);
    }

    private static void section(Cpu cpu, Runnable inside) {
        cpu.preemptDisable();
        inside.run();
        cpu.preemptEnable();
    }

    private static Model expedited(ScaledExpeditedRcu.Version version, int sections) {
        var memory = new Memory();
        var idle = memory.perCpuWord("idle", 1, 0);
        var rcu =
                new ScaledExpeditedRcu(
                        memory,
                        idle,
                        ReportTree.small(memory, CPUS, 2, ReportTree.Grain.STEPS),
                        version);
        var others = new ArrayList<Agent>();
        for (int c = 0; c < CPUS; c++) {
            Val number = Val.of(c);
            Program worker = Recorder.record("worker", cpu -> rcu.worker(cpu, number));
            others.add(new Agent("worker" + c, worker, 1).on(HOSTS.get(c)).repeating());
        }
        handlers(others, "IPI", rcu::handler);
        return new Sections(
                        memory,
                        (cpu, inside) -> {
                            cpu.write(idle.mine(), 0);
                            section(cpu, inside);
                            cpu.write(idle.mine(), 1);
                        },
                        rcu::synchronize,
                        others)
                .apart("expedited RCU of any size", READERS, sections, 1);
    }

    private static void handlers(List<Agent> others, String name, BiConsumer<Cpu, Val> handler) {
        for (int c = 0; c < CPUS; c++) {
            Val number = Val.of(c);
            Program program = Recorder.interrupt(name, cpu -> handler.accept(cpu, number));
            others.add(Agent.handler(name, program, 1, Level.IRQ, HOSTS.get(c)).repeating());
        }
    }
}
