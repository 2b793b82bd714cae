package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import stillpoint.check.Promise;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Memory;
import stillpoint.program.Mutex;
import stillpoint.program.PerCpu;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// stop_machine: the caller queues work to the stopper thread of every CPU and sleeps; the stoppers
/// go through a sequence of states together, each next one set by the last to acknowledge.
///
/// What is seen is what the specification says: a callback runs at a moment at which every CPU
/// stands still, on the first CPU or on all, and the call returns behind it. Source:
/// kernel/stop_machine.c (`stop_machine_cpuslocked`, `multi_cpu_stop`). A stopper waits for the
/// next state by `condLoad` instead of looking again and again. Not modelled: the hotplug lock,
/// which no writer contends for here, and the list of works of a stopper, which `stop_cpus_mutex`
/// keeps at one.
final class MultiCpuStop {
    private static final int STATE_BITS = 3;
    private static final int ACK_BITS = 2;

    // The states of kernel/stop_machine.c.
    private static final int PREPARE = 1;
    private static final int DISABLE_IRQ = 2;
    private static final int RUN = 3;
    private static final int EXIT = 4;

    private static final int READERS = 1;

    private static final String STARTS = "callback 0 starts";

    private MultiCpuStop() {}

    /// What a version does; the kernel's does all of it.
    ///
    /// @param missing how many acknowledgements fewer than CPUs are waited for
    /// @param setsLast whether only the last to acknowledge sets the next state
    /// @param queued whether a second caller waits for the first
    private record Version(int missing, boolean setsLast, boolean queued) {
        static final Version KERNEL = new Version(0, true, true);
    }

    static Primitive onOneCpu() {
        return primitive("stop_machine, NULL", CpuMask.NULL);
    }

    static Primitive onEveryCpu() {
        return primitive("stop_machine, cpu_online_mask", CpuMask.ONLINE);
    }

    private static Primitive primitive(String name, CpuMask mask) {
        return new Primitive(
                name,
                specification(mask, 2, 1),
                implementation(mask, Version.KERNEL, 2, 1),
                List.of(
                        new Primitive.Client(
                                "one section, two callers",
                                implementation(mask, Version.KERNEL, 2, 1)),
                        new Primitive.Client(
                                "readers keep coming",
                                implementation(mask, Version.KERNEL, 1, Sections.FOR_EVER),
                                List.of(
                                        new Promise.Runs(
                                                STARTS,
                                                mask == CpuMask.NULL ? 1 : 1 + READERS,
                                                "call",
                                                "return")))),
                "return",
                new Primitive.Planted(
                        "waits for one acknowledgement too few",
                        implementation(mask, new Version(1, true, true), 1, 1),
                        specification(mask, 1, 1)),
                new Primitive.Planted(
                        "the first to acknowledge sets the next state",
                        implementation(mask, new Version(0, false, true), 1, 1),
                        specification(mask, 1, 1)),
                new Primitive.Planted(
                        "a second caller does not wait for the first",
                        implementation(mask, new Version(0, true, false), 2, 1),
                        specification(mask, 2, 1)));
    }

    private static Model specification(CpuMask mask, int callers, int sections) {
        return model(
                "stop_machine",
                new Memory(),
                callers,
                sections,
                (cpu, caller) -> cpu.stopMachine(mask, each -> callback(each, caller)),
                List.of());
    }

    private static void callback(Cpu cpu, int caller) {
        cpu.event(caller == 0 ? STARTS : "callback 1 starts");
        cpu.event(caller == 0 ? "callback 0 ends" : "callback 1 ends");
    }

    private static Model implementation(CpuMask mask, Version version, int callers, int sections) {
        int cpus = callers + READERS;
        var machine = new Shared(new Memory(), cpus, version);
        var stoppers = new ArrayList<Agent>();
        for (int c = 0; c < callers; c++)
            stoppers.add(stopper(machine, mask, "caller" + c, c == 0, callers));
        stoppers.add(stopper(machine, mask, "reader", false, callers));
        return model(
                "multi_cpu_stop", machine.memory(), callers, sections, machine::stop, stoppers);
    }

    private static Agent stopper(
            Shared machine, CpuMask mask, String host, boolean first, int callers) {
        boolean active = first || mask == CpuMask.ONLINE;
        return new Agent(
                        "migration of " + host,
                        Recorder.record("migration", cpu -> machine.stopper(cpu, active, callers)),
                        1)
                .at(Level.STOP)
                .on(host)
                .repeating();
    }

    /// Callers on CPUs of their own, and a reader.
    private static Model model(
            String title,
            Memory memory,
            int callers,
            int sections,
            Call call,
            List<Agent> stoppers) {
        var agents = new ArrayList<Agent>();
        for (int c = 0; c < callers; c++) {
            int caller = c;
            agents.add(
                    new Agent(
                            "caller" + c,
                            Recorder.record(
                                    "caller" + c,
                                    cpu -> {
                                        cpu.event("call");
                                        call.by(cpu, caller);
                                        cpu.event("return");
                                    }),
                            1));
        }
        agents.add(new Agent("reader", Recorder.record("reader", reader(sections)), READERS));
        agents.addAll(stoppers);
        return new Model(
                title,
                memory,
                agents,
                List.of(),
                Bounds.of(
                        "callers",
                        "" + callers,
                        "readers",
                        "" + READERS,
                        "sections each",
                        sections == Sections.FOR_EVER ? "for ever" : "" + sections),
                FailureClasses.NONE);
    }

    @FunctionalInterface
    private interface Call {
        void by(Cpu cpu, int caller);
    }

    /// Preemptible code, then a section.
    private static Consumer<Cpu> reader(int sections) {
        return cpu -> {
            if (sections == Sections.FOR_EVER)
                cpu.loop(() -> {
                    through(cpu);
                    return true;
                });
            else for (int s = 0; s < sections; s++) through(cpu);
        };
    }

    private static void through(Cpu cpu) {
        cpu.event("work");
        cpu.preemptDisable();
        cpu.event("enter");
        cpu.event("exit");
        cpu.preemptEnable();
    }

    /// `struct multi_stop_data`, the stoppers' work, and the completion.
    private record Shared(
            Memory memory,
            int cpus,
            Version version,
            Mutex mutex,
            Cell<Val> state,
            Cell<Val> acks,
            Cell<Val> fn,
            Cell<Val> todo,
            Cell<Val> done,
            PerCpu work) {
        Shared(Memory memory, int cpus, Version version) {
            this(
                    memory,
                    cpus,
                    version,
                    memory.mutex("stop_cpus_mutex"),
                    memory.named(
                            memory.word("state", STATE_BITS, 0),
                            "NONE",
                            "PREPARE",
                            "DISABLE_IRQ",
                            "RUN",
                            "EXIT",
                            "EXIT + 1"),
                    memory.word("thread_ack", ACK_BITS, 0),
                    memory.word("fn", 1, 0),
                    memory.word("nr_todo", ACK_BITS, 0),
                    memory.word("done", 1, 0),
                    memory.perCpuWord("work", 1, 0));
        }

        /// `stop_machine_cpuslocked()` and `stop_cpus()`.
        void stop(Cpu cpu, int caller) {
            if (version.queued()) cpu.mutexLock(mutex);
            cpu.write(fn, caller);
            cpu.write(acks, cpus - version.missing());
            cpu.write(state, PREPARE);
            cpu.write(todo, cpus);
            cpu.write(done, 0);
            cpu.preemptDisable();
            cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(work.of(each), 1));
            cpu.preemptEnable();
            cpu.waitFor(done, value -> value.is(1));
            if (version.queued()) cpu.mutexUnlock(mutex);
        }

        /// `cpu_stopper_thread()` with `multi_cpu_stop()` for its work.
        void stopper(Cpu cpu, boolean active, int callers) {
            cpu.waitFor(work.mine(), queued -> queued.is(1));
            cpu.write(work.mine(), 0);
            cpu.preemptDisable();
            reach(cpu, PREPARE);
            acknowledge(cpu);
            reach(cpu, DISABLE_IRQ);
            cpu.localIrqDisable();
            acknowledge(cpu);
            reach(cpu, RUN);
            if (active) run(cpu, callers);
            acknowledge(cpu);
            reach(cpu, EXIT);
            acknowledge(cpu);
            cpu.localIrqEnable();
            cpu.when(() -> cpu.decAndTest(todo), () -> cpu.write(done, 1));
            cpu.preemptEnable();
        }

        private void reach(Cpu cpu, int wanted) {
            cpu.condLoad(state, now -> now.atLeast(Val.of(wanted))).ignored();
        }

        private void run(Cpu cpu, int callers) {
            if (callers == 1) callback(cpu, 0);
            else cpu.when(() -> cpu.read(fn).is(0), () -> callback(cpu, 0), () -> callback(cpu, 1));
        }

        /// `ack_state()`: the last sets the next state.
        private void acknowledge(Cpu cpu) {
            cpu.call(
                    "ack_state",
                    () -> {
                        boolean last = cpu.decAndTest(acks);
                        if (!last && version.setsLast()) return;
                        cpu.write(acks, cpus - version.missing());
                        cpu.smpWmb();
                        cpu.write(state, cpu.read(state).plus(Val.of(1)));
                    });
        }
    }
}
