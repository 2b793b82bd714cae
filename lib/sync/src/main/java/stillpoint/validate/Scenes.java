package stillpoint.validate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import stillpoint.machine.Level;
import stillpoint.primitive.MultiCpuStop;
import stillpoint.primitive.ScaledRcu;
import stillpoint.primitive.SleepableRcu;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.GracePeriod;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;
import stillpoint.program.Variable;
import stillpoint.simulate.Scene;
import stillpoint.simulate.Service;
import stillpoint.swap.TreeRcuServices;

/// Small scenes of which something is known without simulating them.
final class Scenes {
    /// The label of what takes a reader's time.
    static final String SECTION = "section";

    /// The label of what the writer does under its lock.
    static final String OWN = "own section";

    /// The label at which the writer may wait before it begins.
    static final String START = "start";

    private Scenes() {}

    /// Readers with preemption off for [#SECTION]; the writer stops the machine.
    static Scene stop(int cpus) {
        var memory = new Memory();
        var machine = MultiCpuStop.ofKernel(memory, cpus);
        Program stopper =
                Recorder.record(
                        "stopper", cpu -> machine.stopper(cpu, each -> each.nop(Scene.CALLBACK)));
        return scene(
                "a stop",
                memory,
                cpus,
                cpu -> {
                    cpu.mightSleep(START);
                    cpu.stopMachine(CpuMask.ONLINE, each -> {});
                },
                cpu -> {
                    cpu.preemptDisable();
                    cpu.nop(SECTION);
                    cpu.preemptEnable();
                },
                new Scene.Calls(
                        Optional.of(Recorder.record("stop_machine", cpu -> machine.stop(cpu, 0))),
                        Map.of(),
                        Map.of(),
                        Map.of()),
                List.of(Service.thread(stopper, Level.STOP, Service.Where.EVERY_CPU)),
                List.of(
                        List.of(
                                machine.state().place().variable(),
                                machine.acks().place().variable(),
                                machine.fn().place().variable())));
    }

    /// Readers hold one lock for [#SECTION]; the writer takes it once, for [#OWN].
    static Scene lock(int cpus) {
        var memory = new Memory();
        SpinLock lock = memory.spinLock("lock");
        return scene(
                "a lock",
                memory,
                cpus,
                cpu -> {
                    cpu.spinLock(lock);
                    cpu.nop(OWN);
                    cpu.spinUnlock(lock);
                },
                cpu -> {
                    cpu.spinLock(lock);
                    cpu.nop(SECTION);
                    cpu.spinUnlock(lock);
                },
                none(),
                List.of(),
                List.of());
    }

    /// The writer waits for a grace period; readers do nothing that it would wait for.
    ///
    /// @param idle whether all CPUs but the first are idle
    static Scene gracePeriod(int cpus, boolean idle) {
        var memory = new Memory();
        var rcu = new ScaledRcu(memory, "rcu", cpus);
        var given = new HashMap<>(rcu.given());
        if (idle) given.put(rcu.idle().variable(), cpu -> cpu == 0 ? 0 : 1);
        Program reader = Recorder.record("reader", cpu -> cpu.nop(SECTION));
        Program writer = Recorder.record("writer", Cpu::synchronizeRcu);
        Program synchronize = Recorder.record("synchronize_rcu", rcu::synchronize);
        return new Scene(
                "a grace period",
                memory,
                cpus,
                writer,
                List.of(reader),
                new Scene.Calls(
                        Optional.empty(), Map.of(GracePeriod.RCU, synchronize), Map.of(), Map.of()),
                TreeRcuServices.of(rcu, GracePeriod.RCU),
                Set.of(),
                Set.of(),
                rcu.lines(),
                given);
    }

    /// The writer waits for SRCU; nobody is in a section.
    static Scene sleepable(int cpus) {
        var memory = new Memory();
        var srcu = SleepableRcu.ofKernel(memory);
        Program synchronize = Recorder.record("synchronize_srcu", srcu::synchronize);
        return scene(
                "SRCU",
                memory,
                cpus,
                Cpu::synchronizeSrcu,
                cpu -> cpu.nop(SECTION),
                new Scene.Calls(
                        Optional.empty(),
                        Map.of(GracePeriod.SRCU, synchronize),
                        Map.of(),
                        Map.of()),
                List.of(),
                srcu.lines());
    }

    /// Readers of a kind, for whom nobody waits; all have one count.
    static Scene reader(int cpus, BiConsumer<Cpu, Cell<Val>> reader) {
        var memory = new Memory();
        var count = memory.word("count", 16, 0);
        return scene(
                "readers",
                memory,
                cpus,
                cpu -> cpu.nop(START),
                cpu -> reader.accept(cpu, count),
                none(),
                List.of(),
                List.of());
    }

    /// All CPUs change one word, again and again; the writer does it `times` times.
    ///
    /// @param both whether each time is a get and a put, or a get alone
    static Scene count(int cpus, int times, boolean both) {
        var memory = new Memory();
        var count = memory.word("count", 16, 0);
        Consumer<Cpu> body =
                again(
                        times,
                        cpu -> {
                            cpu.inc(count);
                            if (both) cpu.dec(count);
                        });
        return scene("a count", memory, cpus, body, body, none(), List.of(), List.of());
    }

    /// The writer enters and leaves an empty RCU section `times` times.
    static Scene sections(int times) {
        return scene(
                "empty sections",
                new Memory(),
                Scene.MIN_CPUS,
                again(
                        times,
                        cpu -> {
                            cpu.rcuReadLock();
                            cpu.rcuReadUnlock();
                        }),
                cpu -> cpu.nop(SECTION),
                none(),
                List.of(),
                List.of());
    }

    private static Consumer<Cpu> again(int times, Consumer<Cpu> body) {
        return cpu -> {
            Local turn = cpu.local("turn", 16, 0);
            cpu.loop(() -> {
                body.accept(cpu);
                turn.set(turn.get().plus(Val.of(1)));
                return turn.get().below(Val.of(times));
            });
        };
    }

    /// The writer interrupts all other CPUs and waits until all have answered.
    static Scene broadcast(int cpus) {
        var memory = new Memory();
        var asked = memory.perCpuWord("csd", 1, 0);
        var open = memory.word("open", 14, 0);
        var done = memory.word("done", 1, 0);
        Program answer =
                Recorder.interrupt(
                        "call function",
                        cpu ->
                                cpu.when(
                                        () -> cpu.read(asked.mine()).is(1),
                                        () -> {
                                            cpu.write(asked.mine(), 0);
                                            cpu.when(
                                                    () -> cpu.decAndTest(open),
                                                    () -> cpu.write(done, 1));
                                        }));
        return scene(
                "a broadcast",
                memory,
                cpus,
                cpu -> {
                    cpu.write(open, cpus);
                    cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(asked.of(each), 1));
                    cpu.condLoad(done, value -> value.is(1)).ignored();
                },
                cpu -> cpu.nop(SECTION),
                none(),
                List.of(Service.handler(answer, Service.When.IPI)),
                List.of());
    }

    private static Scene.Calls none() {
        return new Scene.Calls(Optional.empty(), Map.of(), Map.of(), Map.of());
    }

    private static Scene scene(
            String title,
            Memory memory,
            int cpus,
            Consumer<Cpu> writer,
            Consumer<Cpu> reader,
            Scene.Calls calls,
            List<Service> services,
            List<List<Variable>> lines) {
        return new Scene(
                title,
                memory,
                cpus,
                Recorder.record("writer", writer),
                List.of(Recorder.record("reader", reader)),
                calls,
                services,
                Set.of(),
                Set.of(),
                lines,
                Map.of());
    }
}
