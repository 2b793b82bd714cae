package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.primitive.ReportTree.Grain;
import stillpoint.primitive.ScaledRcu.Version;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.Section;
import stillpoint.program.Val;

/// Tree RCU as a simulation runs it on thousands of CPUs, with the clients that show whether it
/// keeps its promise on few: the same Java, with ticks on every CPU, the grace-period thread, and
/// its timers.
///
/// One search has three CPUs, two under one leaf and one under another, so that reports meet and go
/// up; the other has two CPUs under a leaf that is the root, and two grace periods, so that what is
/// late from the first meets the second. Readers are on all CPUs but the last, which is the
/// writer's and the grace-period thread's. A CPU is idle outside of its sections, but not before
/// its first.
///
/// @param readers on CPUs of their own; the writer has one more
/// @param leafFanout how many CPUs are under a leaf
/// @param sections that each reader goes through
/// @param calls of the writer
/// @param grain how fine the steps are
record RcuOfAnySize(int readers, int leafFanout, int sections, int calls, Grain grain) {
    /// Reports meet and go up.
    static final RcuOfAnySize TWO_LEAVES = new RcuOfAnySize(2, 2, 1, 1, Grain.PIECES);

    /// One grace period follows another.
    static final RcuOfAnySize TWICE = new RcuOfAnySize(1, 2, 2, 2, Grain.PIECES);

    /// The least that has a reader.
    static final RcuOfAnySize ONE_READER = new RcuOfAnySize(1, 2, 1, 1, Grain.PIECES);

    static Primitive twoLeaves() {
        return new Primitive(
                "RCU, tree of any size",
                TWO_LEAVES.specification(),
                TWO_LEAVES.implementation(Version.KERNEL),
                List.of(),
                "return",
                TWO_LEAVES.planted(
                        "the root waits for one leaf of two", Version.KERNEL.withoutLeaf()),
                TWO_LEAVES.planted(
                        "a CPU that was credited reports again", Version.KERNEL.withoutMark()));
    }

    /// Without an argument about pieces: each verb is a step.
    static Primitive verbByVerb() {
        return new Primitive(
                "RCU, tree of any size, verb by verb",
                ONE_READER.specification(),
                ONE_READER.in(Grain.STEPS).implementation(Version.KERNEL),
                List.of(),
                "return",
                ONE_READER
                        .in(Grain.STEPS)
                        .planted(
                                "a tick reports from inside a section",
                                Version.KERNEL.withoutAsking()));
    }

    static Primitive twice() {
        return new Primitive(
                "RCU, tree of any size, one leaf",
                TWICE.specification(),
                TWICE.implementation(Version.KERNEL),
                List.of(
                        new Primitive.Client(
                                "one section", ONE_READER.implementation(Version.KERNEL))),
                "return",
                ONE_READER.planted(
                        "a tick reports from inside a section", Version.KERNEL.withoutAsking()),
                ONE_READER.planted(
                        "a CPU is credited that is not idle", Version.KERNEL.withoutIdle()),
                TWICE.planted(
                        "a report of one grace period counts for the next",
                        Version.KERNEL.withoutPeriod()),
                TWICE.planted(
                        "the second grace period is over with the first",
                        Version.KERNEL.withoutTaking()));
    }

    /// The same with other steps.
    RcuOfAnySize in(Grain other) {
        return new RcuOfAnySize(readers, leafFanout, sections, calls, other);
    }

    /// The same clients with the machine's own grace period.
    Model specification() {
        return Sections.of(Section.PREEMPT, Cpu::synchronizeRcu)
                .apart("synchronize_rcu", readers, sections, calls);
    }

    private Primitive.Planted planted(String words, Version version) {
        return new Primitive.Planted(words, implementation(version), specification());
    }

    Model implementation(Version version) {
        var memory = new Memory();
        int cpus = readers + 1;
        var rcu = new ScaledRcu(memory, ReportTree.small(memory, cpus, leafFanout, grain), version);
        var others = new ArrayList<Agent>();
        others.add(onWriters("rcu_gp", Recorder.record("rcu_gp", rcu::gracePeriod)));
        for (int t = 0; t < ScaledRcu.TIMERS; t++) {
            int number = t;
            others.add(
                    onWriters(
                            "timer" + t,
                            Recorder.record("fqs timer", cpu -> rcu.timer(cpu, number))));
        }
        for (int c = 0; c < cpus; c++) {
            Val number = Val.of(c);
            Program tick = Recorder.interrupt("tick", cpu -> rcu.tick(cpu, number));
            String host = c == readers ? "writer" : "reader" + c;
            others.add(Agent.handler("tick", tick, 1, Level.IRQ, host).repeating());
        }
        return named(
                new Sections(
                                memory,
                                (cpu, inside) -> section(cpu, rcu, inside),
                                rcu::synchronize,
                                others)
                        .apart("tree RCU of any size", readers, sections, calls));
    }

    private static Agent onWriters(String name, Program program) {
        return new Agent(name, program, 1).on("writer").repeating();
    }

    private static void section(Cpu cpu, ScaledRcu rcu, Runnable inside) {
        cpu.write(rcu.idle().mine(), 0);
        cpu.preemptDisable();
        inside.run();
        cpu.preemptEnable();
        cpu.write(rcu.idle().mine(), 1);
    }

    /// Says what its bounds are besides the clients.
    private Model named(Model model) {
        var entries = new ArrayList<>(model.bounds().entries());
        entries.add(new Bounds.Bound("CPUs under a leaf", "" + leafFanout));
        entries.add(
                new Bounds.Bound(
                        "steps",
                        switch (grain) {
                            case STEPS -> "verbs";
                            case PIECES -> "pieces";
                        }));
        return new Model(
                model.title(),
                model.memory(),
                model.agents(),
                model.sometimes(),
                new Bounds(entries),
                model.classes());
    }
}
