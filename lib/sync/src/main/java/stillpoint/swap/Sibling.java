package stillpoint.swap;

import stillpoint.machine.Config;

/// A design with one thing taken away or moved, and what a search must then find.
///
/// @param name after the design's id: `no-stop-in-swapoff` in `D8/no-stop-in-swapoff`
/// @param design the broken design
/// @param expected the failure class that a search for this class finds, `F1` to `F6`, or
///   [#WEAK_MEMORY]
/// @param broken what is broken, in one sentence
/// @param swapon whether it takes a swapon after swapoff to show it
/// @param device the kind of device that shows it
/// @param config the kernel configuration that shows it
public record Sibling(
        String name,
        SwapDesign design,
        String expected,
        String broken,
        boolean swapon,
        DeviceKind device,
        Config config) {
    /// In place of a failure class: every interleaving is safe, and only a weak memory model tells
    /// the difference.
    public static final String WEAK_MEMORY = "weak memory";

    /// A sibling that shows on a solid-state device, with `PREEMPT=y`, without a swapon.
    static Sibling of(String name, SwapDesign design, String expected, String broken) {
        return new Sibling(
                name, design, expected, broken, false, DeviceKind.SSD, Config.PREEMPT_Y_4_20);
    }

    /// The same, but it takes a swapon after swapoff.
    Sibling withSwapon() {
        return new Sibling(name, design, expected, broken, true, device, config);
    }

    /// The same on another kind of device.
    Sibling on(DeviceKind other) {
        return new Sibling(name, design, expected, broken, swapon, other, config);
    }

    /// The same on another configuration.
    Sibling on(Config other) {
        return new Sibling(name, design, expected, broken, swapon, device, other);
    }

    /// Whether every interleaving is safe all the same.
    public boolean needsWeakMemory() {
        return expected.equals(WEAK_MEMORY);
    }
}
