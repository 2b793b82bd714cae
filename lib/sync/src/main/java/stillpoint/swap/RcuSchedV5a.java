// The other half of V5, 87d12zsjn1.fsf@yhuang-dev.intel.com
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;

import java.util.List;
import stillpoint.machine.Config;
import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// V5a (Huang Ying, 2017-12-28): the alternative that was posted beside the first stop_machine
/// version. Readers are those of V7; swapon and swapoff wait for an RCU-sched grace period.
public class RcuSchedV5a extends RcuV8 {
    /// Readers turn preemption off.
    public RcuSchedV5a() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public RcuSchedV5a(Section reader) {
        super(reader);
    }

    @Override
    public String id() {
        return "V5a";
    }

    @Override
    public String title() {
        return "V5a: preempt_disable() and synchronize_sched()";
    }

    @Override
    public String source() {
        return "87d12zsjn1.fsf@yhuang-dev.intel.com";
    }

    @Override
    public List<Section> flavours() {
        return getClass() == RcuSchedV5a.class
                ? List.of(Section.PREEMPT, Section.IRQ, Section.RCU)
                : List.of();
    }

    @Override
    public SwapDesign in(Section flavour) {
        return flavours().contains(flavour) ? new RcuSchedV5a(flavour) : super.in(flavour);
    }

    @Override
    void gracePeriod(Cpu cpu) {
        cpu.synchronizeSched();
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
                        "the section is closed before what it guards"),
                Sibling.of(
                                "rcu-read-lock-instead",
                                new RcuReadLockInstead(),
                                "F1",
                                "readers are RCU sections, which synchronize_sched() does not wait for before 4.20")
                        .on(Config.PREEMPT_Y_4_19));
    }

    /// swapoff clears the bit and goes on at once.
    static final class NoGracePeriodInSwapoff extends RcuSchedV5a {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// A section may open between the wait and the bit.
    static final class ValidClearedTooLate extends RcuSchedV5a {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            gracePeriod(cpu);
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// The section protects the test and nothing else.
    static final class PutBeforeUse extends RcuSchedV5a {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            if (!super.getSwapDevice(cpu, p, entry)) return false;
            super.putSwapDevice(cpu, p);
            return true;
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {}
    }

    /// The pairing of V8 with the wrong wait: right since the flavours of RCU are one.
    static final class RcuReadLockInstead extends RcuSchedV5a {
        RcuReadLockInstead() {
            super(Section.RCU);
        }
    }
}
