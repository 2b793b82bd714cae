package stillpoint.swap;

import java.util.Map;
import java.util.Set;
import stillpoint.random.Distribution;
import stillpoint.primitive.ScaledRcu;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Load;
import stillpoint.simulate.Outcome;
import stillpoint.simulate.Pause;
import stillpoint.simulate.Runner;
import stillpoint.simulate.Spinning;

/// What a design costs.
public record SwapTiming(SwapDesign design, int cpus, int window, Hardware hardware, Kernel kernel, Load load, Spinning spinning, boolean full) {
    public static SwapTiming of(SwapDesign design) {
        Kernel kernel = Kernel.DEFAULT;
        return new SwapTiming(design, 64, 8, Hardware.named("xeon-8176"), kernel, usual(), Spinning.TOGETHER, false);
    }

    public SwapTiming cpus(int n) {
        return new SwapTiming(design, n, window, hardware, kernel, load, spinning, full);
    }

    public SwapTiming full(boolean all) {
        return new SwapTiming(design, cpus, window, hardware, kernel, load, spinning, all);
    }

    public SwapTiming load(Load other) {
        return new SwapTiming(design, cpus, window, hardware, kernel, other, spinning, full);
    }

    public static Load usual() {
        return new Load(
                1000,
                Distribution.parse("exp 300ns"),
                0,
                0,
                Map.of(
                        "fault: swap_readpage", new Pause.Asleep(Distribution.parse("exp 80us")),
                        "alloc_page_vma()", new Pause.Busy(Distribution.parse("fixed 200ns")),
                        "schedule_timeout_uninterruptible(1)", new Pause.Ticks(2)),
                Set.of("slots cache active"));
    }

    public Runner runner() {
        var pauses = new java.util.HashMap<>(load.pauses());
        int jiffies = 1 + (kernel.hz() > 250 ? 1 : 0) + (kernel.hz() > 500 ? 1 : 0) + cpus / 256;
        pauses.put(ScaledRcu.FQS, new Pause.Ticks(jiffies + 1));
        Load whole = new Load(load.faults(), load.section(), load.idle(), load.straggler(), pauses, load.taken());
        return new Runner(SwapScene.of(design, cpus, window), hardware, kernel, whole, spinning, full);
    }
}
