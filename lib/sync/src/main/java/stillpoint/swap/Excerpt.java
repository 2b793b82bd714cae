package stillpoint.swap;

import java.util.function.BiConsumer;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.PseudoC;
import stillpoint.program.Recorder;

/// One method of a design, recorded by itself: a hunk of the patch as the search sees it.
///
/// @param program the recording
/// @param memory the state it works on, for the names of values
public record Excerpt(Program program, Memory memory) {
    /// `get_swap_device()`, a use of the device in its place, and `put_swap_device()`.
    public static Excerpt getAndPut(SwapDesign design, DeviceKind device) {
        return of(
                "get_use_put",
                design,
                device,
                (cpu, p) -> {
                    Entry entry = Entry.of(Entry.User.SWAP_DUPLICATE);
                    if (!design.getSwapDevice(cpu, p, entry)) return;
                    cpu.nop("the fault uses the device");
                    design.putSwapDevice(cpu, p, entry);
                });
    }

    /// What swapoff does once the device is empty, up to where the fields are gone.
    public static Excerpt retract(SwapDesign design, DeviceKind device) {
        return of("swapoff_retract", design, device, design::retract);
    }

    /// What swapon does to make the device usable.
    public static Excerpt publish(SwapDesign design, DeviceKind device) {
        return of(
                "enable_swap_info",
                design,
                device,
                (cpu, p) -> design.publish(cpu, p, design.allocate(cpu, p)));
    }

    private static Excerpt of(
            String name, SwapDesign design, DeviceKind device, BiConsumer<Cpu, SwapDevice> body) {
        var memory = new Memory();
        var p = new SwapDevice(memory, device, design.enabledFlags());
        return new Excerpt(Recorder.record(name, cpu -> body.accept(cpu, p)), memory);
    }

    /// As kernel-style pseudo-C.
    @Override
    public String toString() {
        return PseudoC.of(program.flow(), memory);
    }
}
