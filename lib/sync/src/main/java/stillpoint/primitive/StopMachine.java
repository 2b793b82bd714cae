package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import stillpoint.check.Promise;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Hotplug;
import stillpoint.program.Memory;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// stop_machine: a callback runs at a moment at which every CPU stands still, and the call returns
/// behind it.
///
/// The specification is the step of the language; the implementation is [MultiCpuStop]. Clients:
/// callers on CPUs of their own; perhaps a CPU on which `cpus_write_lock` is taken; a reader that
/// shows what it does in preemptible code (`work`) and in a section.
final class StopMachine {
    private static final int READERS = 1;
    private static final String STARTS = "callback 0 starts";

    private StopMachine() {}

    /// Where the callback runs.
    private enum Where {
        FIRST("NULL"),
        EVERYWHERE("cpu_online_mask"),
        ON_THE_READERS_CPU("the mask of one other CPU");

        private final String words;

        Where(String words) {
            this.words = words;
        }

        boolean includes(int cpu, int cpus) {
            return switch (this) {
                case FIRST -> cpu == 0;
                case EVERYWHERE -> true;
                case ON_THE_READERS_CPU -> cpu == cpus - 1;
            };
        }

        void stop(Cpu cpu, int cpus, Consumer<Cpu> callback) {
            switch (this) {
                case FIRST -> cpu.stopMachine(CpuMask.NULL, callback);
                case EVERYWHERE -> cpu.stopMachine(CpuMask.ONLINE, callback);
                case ON_THE_READERS_CPU -> cpu.stopMachineOn(Val.of(1 << cpus - 1), callback);
            }
        }

        int times(int cpus) {
            return this == EVERYWHERE ? cpus : 1;
        }
    }

    /// The clients.
    ///
    /// @param callers how many call, once each
    /// @param plugs whether a CPU takes `cpus_write_lock` meanwhile
    /// @param sections how many sections the reader goes through
    private record Cast(Where where, int callers, boolean plugs, int sections) {
        static Cast one(Where where) {
            return new Cast(where, 1, false, 1);
        }

        static Cast two(Where where) {
            return new Cast(where, 2, false, 1);
        }

        static Cast forEver(Where where) {
            return new Cast(where, 1, false, Sections.FOR_EVER);
        }

        int cpus() {
            return callers + (plugs ? 1 : 0) + READERS;
        }

        private List<String> hosts() {
            var hosts = new ArrayList<String>();
            for (int c = 0; c < callers; c++) hosts.add("caller" + c);
            if (plugs) hosts.add("plugger");
            hosts.add("reader");
            return hosts;
        }
    }

    static Primitive onOneCpu() {
        return primitive(Where.FIRST);
    }

    static Primitive onEveryCpu() {
        return primitive(Where.EVERYWHERE);
    }

    static Primitive onAMask() {
        return primitive(Where.ON_THE_READERS_CPU);
    }

    private static Primitive primitive(Where where) {
        var two = Cast.two(where);
        var forEver = Cast.forEver(where);
        var once = new Promise.Runs(STARTS, where.times(forEver.cpus()), "call", "return");
        return new Primitive(
                "stop_machine, " + where.words,
                specification(two),
                implementation(two, MultiCpuStop.Version.KERNEL),
                List.of(
                        new Primitive.Client(
                                "one section, two callers",
                                implementation(two, MultiCpuStop.Version.KERNEL)),
                        new Primitive.Client(
                                "readers keep coming",
                                implementation(forEver, MultiCpuStop.Version.KERNEL),
                                List.of(once))),
                "return",
                mistake(
                        "waits for one acknowledgement too few",
                        Cast.one(where),
                        v -> v.missing(1)),
                mistake(
                        "the first to acknowledge sets the next state",
                        Cast.one(where),
                        v -> v.setsLast(false)),
                mistake("a second caller does not wait for the first", two, v -> v.queued(false)));
    }

    static Primitive withHotplug() {
        var cast = new Cast(Where.FIRST, 1, true, 1);
        return new Primitive(
                "stop_machine, hotplug lock",
                specification(cast),
                implementation(cast, MultiCpuStop.Version.KERNEL),
                List.of(
                        new Primitive.Client(
                                "a hotplug at the same time",
                                implementation(cast, MultiCpuStop.Version.KERNEL))),
                "return",
                mistake("does not take the hotplug lock", cast, v -> v.locks(false)));
    }

    private static Primitive.Planted mistake(
            String words, Cast cast, UnaryOperator<MultiCpuStop.Version> made) {
        return new Primitive.Planted(
                words,
                implementation(cast, made.apply(MultiCpuStop.Version.KERNEL)),
                specification(cast));
    }

    private static void callback(Cpu cpu, int caller) {
        cpu.event(caller == 0 ? STARTS : "callback 1 starts");
        cpu.event(caller == 0 ? "callback 0 ends" : "callback 1 ends");
    }

    private static Model specification(Cast cast) {
        var memory = new Memory();
        return model(
                "stop_machine",
                memory,
                cast,
                hotplug(memory, cast),
                (cpu, caller) ->
                        cast.where().stop(cpu, cast.cpus(), each -> callback(each, caller)),
                List.of());
    }

    private static Model implementation(Cast cast, MultiCpuStop.Version version) {
        var memory = new Memory();
        Optional<Hotplug> hotplug = hotplug(memory, cast);
        var machine = new MultiCpuStop(memory, hotplug, cast.cpus(), version);
        var stoppers = new ArrayList<Agent>();
        for (String host : cast.hosts()) {
            boolean active = cast.where().includes(stoppers.size(), cast.cpus());
            Consumer<Cpu> fn = active ? cpu -> run(cpu, machine, cast.callers()) : cpu -> {};
            stoppers.add(
                    new Agent(
                                    "migration",
                                    Recorder.record("migration", cpu -> machine.stopper(cpu, fn)),
                                    1)
                            .at(Level.STOP)
                            .on(host)
                            .repeating());
        }
        return model("multi_cpu_stop", memory, cast, hotplug, machine::stop, stoppers);
    }

    private static void run(Cpu cpu, MultiCpuStop machine, int callers) {
        if (callers == 1) callback(cpu, 0);
        else
            cpu.when(
                    () -> cpu.read(machine.fn()).is(0),
                    () -> callback(cpu, 0),
                    () -> callback(cpu, 1));
    }

    private static Optional<Hotplug> hotplug(Memory memory, Cast cast) {
        return cast.plugs() ? Optional.of(memory.cpuHotplug()) : Optional.empty();
    }

    @FunctionalInterface
    private interface Call {
        void by(Cpu cpu, int caller);
    }

    private static Model model(
            String title,
            Memory memory,
            Cast cast,
            Optional<Hotplug> hotplug,
            Call call,
            List<Agent> stoppers) {
        var agents = new ArrayList<Agent>();
        for (int c = 0; c < cast.callers(); c++) {
            int caller = c;
            agents.add(
                    alone(
                            "caller" + c,
                            cpu -> {
                                cpu.event("call");
                                call.by(cpu, caller);
                                cpu.event("return");
                            }));
        }
        hotplug.ifPresent(lock -> agents.add(alone("plugger", cpu -> plug(cpu, lock))));
        agents.add(alone("reader", reader(cast.sections())));
        agents.addAll(stoppers);
        return new Model(
                title,
                memory,
                agents,
                List.of(),
                Bounds.of(
                        "callers",
                        "" + cast.callers(),
                        "hotplugs",
                        cast.plugs() ? "1" : "none",
                        "readers",
                        "" + READERS,
                        "sections each",
                        cast.sections() == Sections.FOR_EVER ? "for ever" : "" + cast.sections()),
                FailureClasses.NONE);
    }

    private static Agent alone(String name, Consumer<Cpu> body) {
        return new Agent(name, Recorder.record(name, body), 1);
    }

    private static void plug(Cpu cpu, Hotplug hotplug) {
        hotplug.cpusWriteLock(cpu);
        cpu.event("hotplug starts");
        cpu.event("hotplug ends");
        hotplug.cpusWriteUnlock(cpu);
    }

    private static Consumer<Cpu> reader(int sections) {
        return Sections.times(
                sections,
                cpu -> {
                    cpu.event("work");
                    cpu.preemptDisable();
                    cpu.event("enter");
                    cpu.event("exit");
                    cpu.preemptEnable();
                });
    }
}
