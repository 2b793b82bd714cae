package stillpoint.program;

/// A lock that many hold to read, or one to write (`percpu_rw_semaphore`): a writer that waits
/// keeps new readers out, also one that reads already and asks again.
///
/// Source: kernel/locking/percpu-rwsem.c (v4.19). As a promise: the counters of each CPU are one
/// here, and a reader that is kept out sleeps.
///
/// @param readers how many hold it to read; up to 15
/// @param writer 1 while somebody writes or waits to write
public record PercpuRwsem(Cell<Val> readers, Cell<Val> writer) {
    /// `percpu_down_read`: may sleep.
    public void downRead(Cpu cpu) {
        cpu.atomic(() -> {
            cpu.waitFor(writer, v -> v.is(0));
            cpu.inc(readers);
        });
    }

    /// `percpu_up_read`.
    public void upRead(Cpu cpu) {
        cpu.dec(readers);
    }

    /// `percpu_down_write`: may sleep.
    public void downWrite(Cpu cpu) {
        cpu.atomic(() -> {
            cpu.waitFor(writer, v -> v.is(0));
            cpu.write(writer, 1);
        });
        cpu.waitFor(readers, v -> v.is(0));
    }

    /// `percpu_up_write`.
    public void upWrite(Cpu cpu) {
        cpu.write(writer, 0);
    }
}
