package stillpoint.swap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;

/// The programs of a model, recorded: they do not depend on how many readers there are, nor on the
/// kernel.
///
/// @param memory the state they work on
/// @param reader a page fault
/// @param swapoff swapoff, and then perhaps swapon
record SwapPrograms(Memory memory, Program reader, Program swapoff) {
    private static final Map<Key, SwapPrograms> RECORDED = new ConcurrentHashMap<>();

    private record Key(Class<?> design, boolean swapon, DeviceKind device) {}

    /// The programs of a design. Those of this package have no state and are recorded once; any
    /// other design is recorded each time, since what it does may depend on a variable that has
    /// changed.
    static SwapPrograms of(SwapDesign design, boolean swapon, DeviceKind device) {
        if (design.getClass().getPackage() != SwapDesign.class.getPackage())
            return record(design, swapon, device);
        var key = new Key(design.getClass(), swapon, device);
        SwapPrograms known = RECORDED.get(key);
        if (known != null) return known;
        SwapPrograms recorded = record(design, swapon, device);
        RECORDED.put(key, recorded);
        return recorded;
    }

    private static SwapPrograms record(SwapDesign design, boolean swapon, DeviceKind device) {
        var memory = new Memory();
        var p = new SwapDevice(memory, device, design.enabledFlags());
        var cache = new SwapCache(new SwapMap(design, p));
        Program reader = Recorder.record("reader", new SwapIn(cache)::doSwapPage);
        Program swapoff = Recorder.record("swapoff", cpu -> swapoff(cpu, cache, swapon));
        return new SwapPrograms(memory, reader, swapoff);
    }

    private static void swapoff(Cpu cpu, SwapCache cache, boolean swapon) {
        if (!new SwapOff(cache).swapoff(cpu) || !swapon) return;
        var on = new SwapOn(cache);
        on.swapon(cpu);
        on.swapOutAnothers(cpu);
    }
}
