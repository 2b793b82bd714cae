package stillpoint.simulate;

import stillpoint.machine.Config;

/// How the simulated kernel is configured.
///
/// @param config what may preempt what, and what a grace period waits for
/// @param hz ticks a second on each CPU: 24 to 1200, as kernel/Kconfig.hz allows on some machine
/// @param nohz whether an idle CPU has no ticks
public record Kernel(Config config, int hz, boolean nohz) {
    private static final long SECOND = 1_000_000_000;

    /// `PREEMPT=y` since 4.20, 250 Hz, idle CPUs without ticks.
    public static final Kernel DEFAULT = new Kernel(Config.PREEMPT_Y_4_20, 250, true);

    public Kernel {
        if (hz < 24 || hz > 1200)
            throw new IllegalArgumentException(
                    "hz = "
                            + hz
                            + ": a kernel has 24 to 1200 ticks a second; try 100, 250 or 1000");
    }

    /// From one tick to the next, in nanoseconds.
    public long tick() {
        return SECOND / hz;
    }

    /// The same in another configuration.
    public Kernel config(Config other) {
        return new Kernel(other, hz, nohz);
    }

    /// The same with other ticks.
    public Kernel hz(int ticks) {
        return new Kernel(config, ticks, nohz);
    }

    /// The same where an idle CPU has no ticks, or has them.
    public Kernel nohz(boolean without) {
        return new Kernel(config, hz, without);
    }
}
