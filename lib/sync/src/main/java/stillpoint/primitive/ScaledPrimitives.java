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

/// The primitives that a simulation runs on thousands of CPUs, with the clients that show whether
/// they keep their promise on a few: the same Java, with a leaf for each CPU, so that reports go
/// up.
///
/// Timers and workers are recorded from the same methods as in a simulation. One reader goes
/// through sections and the writer waits; a CPU is idle between sections.
final class ScaledPrimitives {
    private static final int CPUS = 2;
    private static final List<String> HOSTS = List.of("reader0", "writer");

    private ScaledPrimitives() {}

    static Primitive tree() {
        return new Primitive(
                "RCU, tree of any size",
                specification(true, 2),
                tree(ScaledRcu.Version.KERNEL, 2),
                List.of(),
                "return",
                new Primitive.Planted(
                        "a tick reports from inside a section",
                        tree(new ScaledRcu.Version(false, true), 1),
                        specification(true, 1)),
                new Primitive.Planted(
                        "the grace-period thread does not wait for reports",
                        tree(new ScaledRcu.Version(true, false), 1),
                        specification(true, 1)));
    }

    static Primitive expedited() {
        return new Primitive(
                "RCU, expedited, of any size",
                specification(false, 2),
                expedited(ScaledExpeditedRcu.Version.KERNEL, 2),
                List.of(),
                "return",
                new Primitive.Planted(
                        "the handler reports from inside a section",
                        expedited(new ScaledExpeditedRcu.Version(false), 1),
                        specification(false, 1)));
    }

    private static Model specification(boolean ticks, int sections) {
        return new Sections(
                        new Memory(),
                        ScaledPrimitives::section,
                        ticks ? Cpu::synchronizeRcu : Cpu::synchronizeRcuExpedited,
                        List.of())
                .apart("synchronize_rcu", 1, sections, 1);
    }

    private static void section(Cpu cpu, Runnable inside) {
        cpu.preemptDisable();
        inside.run();
        cpu.preemptEnable();
    }

    private static Model tree(ScaledRcu.Version version, int sections) {
        var memory = new Memory();
        var rcu = new ScaledRcu(memory, "", ReportTree.leafEach(memory, "", CPUS), version);
        var others = new ArrayList<Agent>();
        others.add(
                new Agent("rcu_gp", Recorder.record("rcu_gp", rcu::gracePeriod), 1)
                        .on("writer")
                        .repeating());
        for (int t = 0; t < ScaledRcu.TIMERS; t++) {
            int number = t;
            Program timer = Recorder.record("timer", cpu -> rcu.timer(cpu, number));
            others.add(new Agent("fqs timer " + t, timer, 1).repeating());
        }
        handlers(others, "tick", rcu::tick);
        return new Sections(
                        memory,
                        (cpu, inside) -> {
                            cpu.write(rcu.idle().mine(), 0);
                            section(cpu, inside);
                            cpu.write(rcu.idle().mine(), 1);
                        },
                        rcu::synchronize,
                        others)
                .apart("tree RCU of any size", 1, sections, 1);
    }

    private static Model expedited(ScaledExpeditedRcu.Version version, int sections) {
        var memory = new Memory();
        var idle = memory.perCpuWord("idle", 1, 0);
        var rcu =
                new ScaledExpeditedRcu(
                        memory, idle, ReportTree.leafEach(memory, "", CPUS), version);
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
                .apart("expedited RCU of any size", 1, sections, 1);
    }

    private static void handlers(List<Agent> others, String name, BiConsumer<Cpu, Val> handler) {
        for (int c = 0; c < CPUS; c++) {
            Val number = Val.of(c);
            Program program = Recorder.interrupt(name, cpu -> handler.accept(cpu, number));
            others.add(Agent.handler(name, program, 1, Level.IRQ, HOSTS.get(c)).repeating());
        }
    }
}
