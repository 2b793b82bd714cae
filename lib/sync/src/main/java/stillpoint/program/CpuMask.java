package stillpoint.program;

/// On which CPUs the callback of `stop_machine` runs. Every online CPU is stopped in both cases.
public enum CpuMask {
    /// `cpus == NULL`: on one CPU, the first online.
    NULL("NULL"),
    /// `cpu_online_mask`: on every online CPU at the same time.
    ONLINE("cpu_online_mask");

    private final String c;

    CpuMask(String c) {
        this.c = c;
    }

    /// As the kernel writes it.
    public String c() {
        return c;
    }
}
