// Review of V7, 20190212101316.GA6905@andrea
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// Andrea Parri, 2019-02-12: D11 with the expedited grace period, which promises the same and ends
/// sooner.
public class PreemptOffExpedited extends RcuV8 {
    /// Readers turn preemption off.
    public PreemptOffExpedited() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public PreemptOffExpedited(Section reader) {
        super(reader);
    }

    @Override
    public String id() {
        return "D11-expedited";
    }

    @Override
    public String title() {
        return "preempt_disable() and synchronize_rcu_expedited()";
    }

    @Override
    public String source() {
        return "20190212101316.GA6905@andrea";
    }

    @Override
    public List<Section> flavours() {
        return getClass() == PreemptOffExpedited.class
                ? List.of(Section.PREEMPT, Section.IRQ, Section.RCU)
                : List.of();
    }

    @Override
    public SwapDesign in(Section flavour) {
        return flavours().contains(flavour) ? new PreemptOffExpedited(flavour) : super.in(flavour);
    }

    @Override
    void gracePeriod(Cpu cpu) {
        cpu.synchronizeRcuExpedited();
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "no-grace-period-in-swapoff",
                        new NoGracePeriodInSwapoff(),
                        "F1",
                        "swapoff does not wait for open sections"),
                Sibling.of(
                        "valid-cleared-after-the-grace-period",
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
    static final class NoGracePeriodInSwapoff extends PreemptOffExpedited {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// A section may open between the wait and the bit.
    static final class ValidClearedTooLate extends PreemptOffExpedited {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            gracePeriod(cpu);
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// The section protects the test and nothing else.
    static final class PutBeforeUse extends PreemptOffExpedited {
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
