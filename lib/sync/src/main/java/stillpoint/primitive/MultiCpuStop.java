package stillpoint.primitive;

import java.util.Optional;
import java.util.function.Consumer;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Hotplug;
import stillpoint.program.Memory;
import stillpoint.program.Mutex;
import stillpoint.program.PerCpu;
import stillpoint.program.Val;

/// How the kernel stops the machine: the caller queues work to the stopper thread of every CPU and
/// sleeps; the stoppers go through a sequence of states together, each next one set by the last to
/// acknowledge.
///
/// Source: kernel/stop_machine.c (`stop_machine_cpuslocked`, `stop_cpus`, `multi_cpu_stop`). A
/// stopper waits for the next state by `condLoad` instead of looking again and again. Not modelled:
/// the list of works of a stopper, which `stop_cpus_mutex` keeps at one.
///
/// @param hotplug the hotplug lock, where somebody contends for it
/// @param cpus how many CPUs there are
/// @param state `struct multi_stop_data`, of which `acks` is a part
/// @param fn which caller's callback it is
/// @param todo `struct cpu_stop_done`
/// @param work 1 on a CPU whose stopper has something to do
public record MultiCpuStop(
        Optional<Hotplug> hotplug,
        int cpus,
        Version version,
        Mutex mutex,
        Cell<Val> state,
        Cell<Val> acks,
        Cell<Val> fn,
        Cell<Val> todo,
        Cell<Val> done,
        PerCpu work) {
    private static final int STATE_BITS = 3;
    private static final int FEWEST_ACK_BITS = 2;
    private static final int PREPARE = 1;
    private static final int DISABLE_IRQ = 2;
    private static final int RUN = 3;
    private static final int EXIT = 4;

    /// What a version does; the kernel's does all of it.
    ///
    /// @param missing how many acknowledgements fewer than CPUs are waited for
    /// @param setsLast whether only the last to acknowledge sets the next state
    /// @param queued whether a second caller waits for the first
    /// @param locks whether it takes the hotplug lock
    public record Version(int missing, boolean setsLast, boolean queued, boolean locks) {
        static final Version KERNEL = new Version(0, true, true, true);

        Version missing(int acks) {
            return new Version(acks, setsLast, queued, locks);
        }

        Version setsLast(boolean does) {
            return new Version(missing, does, queued, locks);
        }

        Version queued(boolean does) {
            return new Version(missing, setsLast, does, locks);
        }

        Version locks(boolean does) {
            return new Version(missing, setsLast, queued, does);
        }
    }

    /// As the kernel does it, where no CPU goes on or off line.
    ///
    /// @param cpus how many there are, and are stopped
    public static MultiCpuStop ofKernel(Memory memory, int cpus) {
        return new MultiCpuStop(memory, Optional.empty(), cpus, Version.KERNEL);
    }

    private static int bits(int cpus) {
        return Math.max(FEWEST_ACK_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(cpus));
    }

    MultiCpuStop(Memory memory, Optional<Hotplug> hotplug, int cpus, Version version) {
        this(
                hotplug,
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
                memory.word("thread_ack", bits(cpus), 0),
                memory.word("fn", 1, 0),
                memory.word("nr_todo", bits(cpus), 0),
                memory.word("done", 1, 0),
                memory.perCpuWord("work", 1, 0));
    }

    /// `stop_machine()`.
    ///
    /// @param caller whose callback it is
    public void stop(Cpu cpu, int caller) {
        Optional<Hotplug> lock = hotplug.filter(h -> version.locks());
        lock.ifPresent(h -> h.cpusReadLock(cpu));
        cpu.call("stop_machine_cpuslocked", () -> stopCpus(cpu, caller));
        lock.ifPresent(h -> h.cpusReadUnlock(cpu));
    }

    private void stopCpus(Cpu cpu, int caller) {
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

    /// `cpu_stopper_thread()` with `multi_cpu_stop()` for its work; `run` is what this CPU does in
    /// RUN.
    public void stopper(Cpu cpu, Consumer<Cpu> run) {
        cpu.waitFor(work.mine(), queued -> queued.is(1));
        cpu.write(work.mine(), 0);
        cpu.preemptDisable();
        reach(cpu, PREPARE);
        acknowledge(cpu);
        reach(cpu, DISABLE_IRQ);
        cpu.localIrqDisable();
        acknowledge(cpu);
        reach(cpu, RUN);
        run.accept(cpu);
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
