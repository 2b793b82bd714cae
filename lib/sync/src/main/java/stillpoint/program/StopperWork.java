package stillpoint.program;

import java.util.function.Consumer;

/// Work that is queued to the stopper thread of a CPU, at most one piece on each
/// (`cpu_stop_queue_work`). The thread is an agent of level STOP on that CPU which repeats
/// [#thread].
///
/// Source: kernel/stop_machine.c (v4.19). What is left out: a list of works, and the thread's
/// creation.
///
/// @param queued 1 on a CPU whose stopper has work
public record StopperWork(PerCpu queued) {
    /// No work on any CPU.
    public static StopperWork of(Memory memory, String name) {
        return new StopperWork(memory.perCpuWord(name + ".queued", 1, 0));
    }

    /// Queues the work to one CPU, and wakes its stopper.
    public void queue(Cpu cpu, Val to) {
        cpu.smpStoreRelease(queued.of(to), 1);
    }

    /// What a stopper thread does again and again: sleeps until there is work, takes it, does it.
    public void thread(Cpu cpu, Consumer<Cpu> work) {
        cpu.waitFor(queued.mine(), v -> v.is(1));
        cpu.write(queued.mine(), 0);
        work.accept(cpu);
    }
}
