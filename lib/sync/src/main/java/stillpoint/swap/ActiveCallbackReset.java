// Review of V7, 20190214023805.GA19090@redhat.com, its word set back by the caller
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// The sketch with its caller setting the static word back to INIT before each stop, so that each
/// call does what the first did: clear `swap_map`. In swapoff that is right. In swapon, which
/// posted the same callback, it takes away the map that was just set up.
public class ActiveCallbackReset extends ActiveCallback {
    /// As posted: readers turn preemption off.
    public ActiveCallbackReset() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public ActiveCallbackReset(Section reader) {
        super(reader);
    }

    @Override
    public String id() {
        return "D9-reset";
    }

    @Override
    public String title() {
        return "The sketch, with its word set back before each call";
    }

    @Override
    public String source() {
        return "20190214023805.GA19090@redhat.com";
    }

    @Override
    public List<Section> flavours() {
        return getClass() == ActiveCallbackReset.class
                ? List.of(Section.PREEMPT, Section.IRQ, Section.RCU)
                : List.of();
    }

    @Override
    public SwapDesign in(Section flavour) {
        return flavours().contains(flavour) ? new ActiveCallbackReset(flavour) : super.in(flavour);
    }

    @Override
    void swapOnoffStop(Cpu cpu, SwapDevice p) {
        cpu.writeOnce(firstStopMachine(p), 0);
        super.swapOnoffStop(cpu, p);
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "valid-cleared-after-the-stop",
                        new ValidClearedTooLate(),
                        "F1",
                        "a section may open with the bit set and swap_map gone"),
                Sibling.of(
                        "max-instead-of-valid",
                        new MaxInsteadOfValid(),
                        "F1",
                        "the reader tests max, which has not moved into the callback"),
                Sibling.of(
                        "put-before-use",
                        new PutBeforeUse(),
                        "F1",
                        "the section is closed before what it guards"));
    }

    /// The bit outlives the map.
    static final class ValidClearedTooLate extends ActiveCallbackReset {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.Retired retired = SwapOff.Retired.present(cpu, p);
            swapOnoffStop(cpu, p);
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            clearOtherFields(cpu, p);
            return retired;
        }
    }

    /// The callback clears `swap_map` while `max` says that it is there.
    static final class MaxInsteadOfValid extends ActiveCallbackReset {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            cpu.preemptDisable();
            if (entry.offset().below(cpu.read(p.max()))) return true;
            cpu.preemptEnable();
            return false;
        }
    }

    /// The section protects the test and nothing else.
    static final class PutBeforeUse extends ActiveCallbackReset {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            if (!super.getSwapDevice(cpu, p, entry)) return false;
            super.putSwapDevice(cpu, p);
            return true;
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {}
    }
}
