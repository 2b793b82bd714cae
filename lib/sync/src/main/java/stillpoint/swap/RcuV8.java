// [PATCH -mm -V8] 20190218070142.5105-1-ying.huang@intel.com; merged: eb085574a752 (v5.3)
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;
import static stillpoint.swap.SwapDevice.SWP_WRITEOK;

import java.util.List;
import java.util.Optional;
import stillpoint.machine.Config;
import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// V8 (Huang Ying, 2019-02-18), which was merged: readers are RCU sections, and swapoff waits for a
/// grace period. Nothing else differs from V7.
public class RcuV8 implements SwapDesign {
    private final Section reader;

    /// As posted: readers are RCU sections.
    public RcuV8() {
        this(Section.RCU);
    }

    /// With readers in a section of this kind.
    public RcuV8(Section reader) {
        this.reader = reader;
    }

    @Override
    public String id() {
        return "D6";
    }

    @Override
    public String title() {
        return "V8, merged: rcu_read_lock() and synchronize_rcu()";
    }

    @Override
    public String source() {
        return "20190218070142.5105-1-ying.huang@intel.com, eb085574a752";
    }

    @Override
    public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        cpu.enter(reader);
        if (cpu.read(p.flags()).has(SWP_VALID) && entry.offset().below(cpu.read(p.max())))
            return true;
        cpu.leave(reader);
        return false;
    }

    @Override
    public void putSwapDevice(Cpu cpu, SwapDevice p) {
        cpu.leave(reader);
    }

    @Override
    public Optional<Section> flavour() {
        return Optional.of(reader);
    }

    /// Only of the design itself: a sibling, or a reader's own design, is what it is.
    @Override
    public List<Section> flavours() {
        return getClass() == RcuV8.class
                ? List.of(Section.RCU, Section.PREEMPT, Section.IRQ)
                : List.of();
    }

    @Override
    public SwapDesign in(Section flavour) {
        return flavours().contains(flavour) ? new RcuV8(flavour) : SwapDesign.super.in(flavour);
    }

    /// What swapon and swapoff wait with.
    void gracePeriod(Cpu cpu) {
        cpu.synchronizeRcu();
    }

    @Override
    public String guard(Entry.User user) {
        return "get_swap_device";
    }

    @Override
    public boolean loadsAddressSpaceInside() {
        return true;
    }

    @Override
    public int enabledFlags() {
        return SWP_WRITEOK | SWP_VALID;
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        SwapOn.setupLocked(cpu, p, fresh);
        gracePeriod(cpu);
        SwapOn.enableLocked(cpu, p, enabledFlags());
    }

    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        SwapOff.clearFlag(cpu, p, SWP_VALID);
        gracePeriod(cpu);
        return SwapOff.clearFields(cpu, p);
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
                        new ValidClearedAfterTheGracePeriod(),
                        "F1",
                        "swapoff waits first and clears SWP_VALID then: a section may open in between"),
                Sibling.of(
                        "put-before-use",
                        new PutBeforeUse(),
                        "F1",
                        "the section is closed before what it guards"),
                Sibling.of(
                                "preempt-disable-instead",
                                new PreemptDisableInstead(),
                                "F1",
                                "readers turn preemption off, which synchronize_rcu() waits for only since 4.20")
                        .on(Config.PREEMPT_Y_4_19),
                Sibling.of(
                                "no-pte-recheck",
                                new NoPteRecheck(),
                                "F6",
                                "the page table entry is not looked at again")
                        .withSwapon(),
                Sibling.of(
                                "no-grace-period-in-swapon",
                                new NoGracePeriodInSwapon(),
                                Sibling.WEAK_MEMORY,
                                "swapon does not wait between the fields and SWP_VALID: only their order in memory suffers")
                        .withSwapon());
    }

    /// swapoff clears the bit and goes on at once.
    static final class NoGracePeriodInSwapoff extends RcuV8 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// swapoff waits for nothing.
    static final class ValidClearedAfterTheGracePeriod extends RcuV8 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            cpu.synchronizeRcu();
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// The section protects the test and nothing else.
    static final class PutBeforeUse extends RcuV8 {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            if (!super.getSwapDevice(cpu, p, entry)) return false;
            super.putSwapDevice(cpu, p);
            return true;
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {}
    }

    /// The pairing of V5a with the wrong wait: right since the flavours of RCU are one.
    static final class PreemptDisableInstead extends RcuV8 {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            cpu.preemptDisable();
            if (cpu.read(p.flags()).has(SWP_VALID) && entry.offset().below(cpu.read(p.max())))
                return true;
            cpu.preemptEnable();
            return false;
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {
            cpu.preemptEnable();
        }
    }

    /// Step 7 does not compare the page table entry.
    static final class NoPteRecheck extends RcuV8 {
        @Override
        public boolean rechecksPte() {
            return false;
        }
    }

    /// In every interleaving the fields are there before the bit; a reader on a weak machine may
    /// still see them later.
    static final class NoGracePeriodInSwapon extends RcuV8 {
        @Override
        public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
            SwapOn.setupLocked(cpu, p, fresh);
            SwapOn.enableLocked(cpu, p, enabledFlags());
        }
    }
}
