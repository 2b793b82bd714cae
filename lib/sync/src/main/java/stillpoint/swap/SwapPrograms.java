package stillpoint.swap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.Section;
import stillpoint.program.Step;
import stillpoint.program.Told;

/// The programs of a model, recorded: they do not depend on how many readers there are, nor on the
/// kernel.
///
/// @param memory the state they work on
/// @param reader a page fault, or another user of the entry
/// @param swapoff what the scenario does to the device
record SwapPrograms(Memory memory, Program reader, Program swapoff) {
    /// Some fault was allowed to use the device that was switched on after swapoff.
    static final String GOT_THE_NEXT = "a fault got the next device";

    private static final Map<Key, SwapPrograms> RECORDED = new ConcurrentHashMap<>();

    private record Key(
            List<Class<?>> design,
            Optional<Section> flavour,
            Scenario scenario,
            DeviceKind device,
            Watch watch) {}

    /// The programs of a design, without the kernel's own checks of the counts.
    static SwapPrograms of(SwapDesign design, Scenario scenario, DeviceKind device) {
        return of(design, scenario, device, Watch.NOTHING);
    }

    /// The programs of a design. Those of this package have no state and are recorded once; any
    /// other design is recorded each time, since what it does may depend on a variable that has
    /// changed.
    ///
    /// @param watch what is recorded beside the kernel's own steps
    static SwapPrograms of(SwapDesign design, Scenario scenario, DeviceKind device, Watch watch) {
        List<Class<?>> classes = Broken.classes(design);
        if (classes.getLast().getPackage() != SwapDesign.class.getPackage())
            return ofFault(design, scenario, device, watch);
        var key = new Key(classes, design.flavour(), scenario, device, watch);
        SwapPrograms known = RECORDED.get(key);
        if (known != null) return known;
        SwapPrograms recorded = ofFault(design, scenario, device, watch);
        RECORDED.put(key, recorded);
        return recorded;
    }

    private static SwapPrograms ofFault(
            SwapDesign design, Scenario scenario, DeviceKind device, Watch watch) {
        return of(
                design,
                device,
                watch,
                "reader",
                (cpu, cache) -> new SwapIn(cache).doSwapPage(cpu),
                scenario::run);
    }

    /// The programs of a design with another user of the entry than a page fault, or another
    /// swapoff.
    static SwapPrograms of(
            SwapDesign design,
            DeviceKind device,
            String name,
            BiConsumer<Cpu, SwapCache> user,
            BiConsumer<Cpu, SwapCache> swapoff) {
        return of(design, device, Watch.NOTHING, name, user, swapoff);
    }

    private static SwapPrograms of(
            SwapDesign design,
            DeviceKind device,
            Watch watch,
            String name,
            BiConsumer<Cpu, SwapCache> user,
            BiConsumer<Cpu, SwapCache> swapoff) {
        var memory = new Memory();
        var p = new SwapDevice(memory, device, design.enabledFlags());
        var cache = new SwapCache(new SwapMap(design, p, watch));
        Program reader = Recorder.record(name, cpu -> user.accept(cpu, cache));
        Program off = Recorder.record("swapoff", cpu -> swapoff.accept(cpu, cache));
        return new SwapPrograms(memory, reader, off);
    }

    /// The programs of a design, telling by events when each system call and each wait in them is
    /// called and has returned, and when a callback runs and stores what `marked` says.
    ///
    /// @param marked steps of a callback
    /// @param mark what is told before them
    static SwapPrograms telling(
            SwapDesign design,
            Scenario scenario,
            DeviceKind device,
            Predicate<Step> marked,
            String mark) {
        SwapPrograms recorded =
                of(
                        design,
                        device,
                        "reader",
                        (cpu, cache) -> new SwapIn(cache).doSwapPage(cpu),
                        scenario::runTelling);
        return new SwapPrograms(
                recorded.memory(), recorded.reader(), Told.of(recorded.swapoff(), marked, mark));
    }

    /// One CPU that does all in turn: swapoff, swapon, and then the part of a fault that asks for
    /// the device. The reader's program is the same.
    static SwapPrograms again(SwapDesign design) {
        var memory = new Memory();
        var p = new SwapDevice(memory, DeviceKind.SSD, design.enabledFlags());
        var cache = new SwapCache(new SwapMap(design, p, Watch.NOTHING));
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
