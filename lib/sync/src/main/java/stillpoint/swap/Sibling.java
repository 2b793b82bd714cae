package stillpoint.swap;

import java.util.function.Consumer;
import stillpoint.machine.Config;
import stillpoint.program.Cpu;

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

    /// swapoff clears `SWP_VALID` and waits for nobody.
    ///
    /// @param wait the word for what it does not do: `stop`, `grace-period`
    static Sibling noWaitInSwapoff(SwapDesign design, String wait) {
        return of(
                "no-" + wait + "-in-swapoff",
                new Broken.NoWaitInSwapoff(design),
                "F1",
                "swapoff does not wait for open sections");
    }

    /// The two halves of swapoff's beginning change places.
    static Sibling validClearedAfterThe(String wait, SwapDesign design, Consumer<Cpu> waiting) {
        return of(
                "valid-cleared-after-the-" + wait,
                new Broken.ValidClearedAfterTheWait(design, waiting),
                "F1",
                "swapoff waits first and clears SWP_VALID then: a section may open in between");
    }

    /// The section ends where it should begin to protect.
    static Sibling putBeforeUse(SwapDesign design) {
        return of(
                "put-before-use",
                new Broken.PutBeforeUse(design),
                "F1",
                "the section is closed before what it guards");
    }

    /// The device is looked at before the lock of the byte is taken, and not again.
    static Sibling maxNotTestedUnderTheLock(SwapDesign design) {
        return of(
                "max-not-tested-under-the-lock",
                new Broken.MaxNotTestedUnderTheLock(design),
                "F1",
                "the fault looks at max before it has the lock only");
    }

    /// A fault maps what it has read without a second look.
    static Sibling noPteRecheck(SwapDesign design) {
        return of(
                        "no-pte-recheck",
                        new Broken.NoPteRecheck(design),
                        "F6",
                        "the page table entry is not looked at again")
                .withSwapon();
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
