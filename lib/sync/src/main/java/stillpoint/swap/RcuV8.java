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
    private final Readers readers;

    /// As posted: readers are RCU sections.
    public RcuV8() {
        this(Section.RCU);
    }

    /// With readers in a section of this kind.
    public RcuV8(Section reader) {
        this(new Readers(reader, RcuV8::new));
    }

    /// For its relatives: another design with readers like these.
    RcuV8(Readers readers) {
        this.readers = readers;
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
        cpu.enter(readers.section());
        if (cpu.read(p.flags()).has(SWP_VALID) && entry.offset().below(cpu.read(p.max())))
            return true;
        cpu.leave(readers.section());
        return false;
    }

    @Override
    public void putSwapDevice(Cpu cpu, SwapDevice p) {
        cpu.leave(readers.section());
    }

    @Override
    public Optional<Readers> readers() {
        return Optional.of(readers);
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
                Sibling.noWaitInSwapoff(this, "grace-period"),
                Sibling.validClearedAfterThe("grace-period", this, this::gracePeriod),
                Sibling.putBeforeUse(this),
                Sibling.of(
                                "preempt-disable-instead",
                                new PreemptDisableInstead(),
                                "F1",
                                "readers turn preemption off, which synchronize_rcu() waits for only since 4.20")
                        .on(Config.PREEMPT_Y_4_19),
                Sibling.noPteRecheck(this),
                Sibling.of(
                                "no-grace-period-in-swapon",
                                new NoGracePeriodInSwapon(),
                                Sibling.WEAK_MEMORY,
                                "swapon does not wait between the fields and SWP_VALID: only their order in memory suffers")
                        .withSwapon());
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
