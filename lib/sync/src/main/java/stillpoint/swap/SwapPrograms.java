package stillpoint.swap;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.Section;

/// The programs of a model, recorded: they do not depend on how many readers there are, nor on the
/// kernel.
///
/// @param memory the state they work on
/// @param reader a page fault
/// @param swapoff what the scenario does to the device
record SwapPrograms(Memory memory, Program reader, Program swapoff) {
    /// Some fault was allowed to use the device that was switched on after swapoff.
    static final String GOT_THE_NEXT = "a fault got the next device";

    private static final Map<Key, SwapPrograms> RECORDED = new ConcurrentHashMap<>();

    private record Key(
            Class<?> design, Optional<Section> flavour, Scenario scenario, DeviceKind device) {}

    /// The programs of a design. Those of this package have no state and are recorded once; any
    /// other design is recorded each time, since what it does may depend on a variable that has
    /// changed.
    static SwapPrograms of(SwapDesign design, Scenario scenario, DeviceKind device) {
        if (design.getClass().getPackage() != SwapDesign.class.getPackage())
            return record(design, scenario, device);
        var key = new Key(design.getClass(), design.flavour(), scenario, device);
        SwapPrograms known = RECORDED.get(key);
        if (known != null) return known;
        SwapPrograms recorded = record(design, scenario, device);
        RECORDED.put(key, recorded);
        return recorded;
    }

    private static SwapPrograms record(SwapDesign design, Scenario scenario, DeviceKind device) {
        var memory = new Memory();
        var p = new SwapDevice(memory, device, design.enabledFlags());
        var cache = new SwapCache(new SwapMap(design, p));
        Program reader = Recorder.record("reader", new SwapIn(cache)::doSwapPage);
        Program swapoff = Recorder.record("swapoff", cpu -> scenario.run(cpu, cache));
        return new SwapPrograms(memory, reader, swapoff);
    }

    /// One CPU that does all in turn: swapoff, swapon, and then the part of a fault that asks for
    /// the device. The reader's program is the same.
    static SwapPrograms again(SwapDesign design) {
        var memory = new Memory();
        var p = new SwapDevice(memory, DeviceKind.SSD, design.enabledFlags());
        var cache = new SwapCache(new SwapMap(design, p));
        Program program = Recorder.record("swapoff", cpu -> again(cpu, cache));
        return new SwapPrograms(memory, program, program);
    }

    private static void again(Cpu cpu, SwapCache cache) {
        SwapMap map = cache.map();
        if (!new SwapOff(cache).swapoff(cpu)) return;
        new SwapOn(cache).swapon(cpu);
        if (!cpu.test("", () -> map.design().beginFault(cpu, map.p()))) return;
        if (map.getSwapDevice(cpu, Entry.User.SWAP_DUPLICATE)) {
            cpu.sometimes(GOT_THE_NEXT);
            map.putSwapDevice(cpu, Entry.User.SWAP_DUPLICATE);
        }
        map.design().endFault(cpu, map.p());
    }
}
