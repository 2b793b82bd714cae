package stillpoint.program;

import java.util.List;

/// CPUs that go on and off line. `stop_machine` takes the lock itself, for reading: a stop waits
/// while somebody writes or waits to write.
///
/// Source: kernel/cpu.c (v4.19). What is left out: the states between off and on, and that threads
/// move away from a CPU that goes off line; here they go on, while no callback runs there.
///
/// @param online 1 on a CPU that is on line
/// @param lock `cpu_hotplug_lock`
public record Hotplug(PerCpu online, PercpuRwsem lock) {
    /// `cpus_read_lock`: until the unlock, no CPU goes on or off line. It may sleep.
    public void cpusReadLock(Cpu cpu) {
        cpu.call("cpus_read_lock()", () -> lock.downRead(cpu));
    }

    /// `cpus_read_unlock`.
    public void cpusReadUnlock(Cpu cpu) {
        cpu.call("cpus_read_unlock()", () -> lock.upRead(cpu));
    }

    /// `cpus_write_lock`: it may sleep.
    public void cpusWriteLock(Cpu cpu) {
        cpu.call("cpus_write_lock()", () -> lock.downWrite(cpu));
    }

    /// `cpus_write_unlock`.
    public void cpusWriteUnlock(Cpu cpu) {
        cpu.call("cpus_write_unlock()", () -> lock.upWrite(cpu));
    }

    /// `cpu_down`: takes the lock, and the CPU off line.
    public void cpuDown(Cpu cpu, Val which) {
        set(cpu, "cpu_down()", which, 0);
    }

    /// `cpu_up`: takes the lock, and the CPU on line.
    public void cpuUp(Cpu cpu, Val which) {
        set(cpu, "cpu_up()", which, 1);
    }

    private void set(Cpu cpu, String function, Val which, int value) {
        cpu.call(
                function,
                () -> {
                    cpusWriteLock(cpu);
                    cpu.write(online.of(which), value);
                    cpusWriteUnlock(cpu);
                });
    }

    /// What a search looks at without a verb that names it.
    public List<Variable> variables() {
        return List.of(
                online.variable(),
                lock.readers().place().variable(),
                lock.writer().place().variable());
    }
}
