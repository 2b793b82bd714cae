// Answer to the review of V7, 87k1i2oks6.fsf@yhuang-dev.intel.com
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Section;

/// V7 with a mask of NULL (Huang Ying, 2019-02-14), D8' in the thread: one CPU runs the callback
/// that does nothing. Every CPU is stopped all the same, which is all that V7 needs.
public class StopMachineNullMask extends StopMachineV7 {
    /// As posted: readers turn preemption off.
    public StopMachineNullMask() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public StopMachineNullMask(Section reader) {
        super(reader);
    }

    @Override
    public String id() {
        return "D8-null";
    }

    @Override
    public String title() {
        return "D8': V7 with a dummy stop_machine() and a mask of NULL";
    }

    @Override
    public String source() {
        return "87k1i2oks6.fsf@yhuang-dev.intel.com";
    }

    @Override
    public List<Section> flavours() {
        return getClass() == StopMachineNullMask.class
                ? List.of(Section.PREEMPT, Section.IRQ, Section.RCU)
                : List.of();
    }

    @Override
    public SwapDesign in(Section flavour) {
        return flavours().contains(flavour) ? new StopMachineNullMask(flavour) : super.in(flavour);
    }

    @Override
    void stop(Cpu cpu) {
        cpu.stopMachine(CpuMask.NULL, each -> {});
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "no-stop-in-swapoff",
                        new NoStopInSwapoff(),
                        "F1",
                        "swapoff does not wait for open sections"),
                Sibling.of(
                        "valid-cleared-after-the-stop",
                        new ValidClearedTooLate(),
                        "F1",
                        "swapoff waits first and clears SWP_VALID then: a section may open in between"),
                Sibling.of(
                        "put-before-use",
                        new PutBeforeUse(),
                        "F1",
                        "the section is closed before what it guards"));
    }

    /// swapoff clears the bit and goes on at once.
    static final class NoStopInSwapoff extends StopMachineNullMask {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// A section may open between the wait and the bit.
    static final class ValidClearedTooLate extends StopMachineNullMask {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            stop(cpu);
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// The section protects the test and nothing else.
    static final class PutBeforeUse extends StopMachineNullMask {
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
