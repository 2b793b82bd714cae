// [PATCH -V3 -mm] 20171218073424.29647-1-ying.huang@intel.com
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;

import java.util.List;
import stillpoint.program.Cpu;

/// V3 (Huang Ying, 2017-12-18): RCU sections and `SWP_VALID`, and on the way up a pair of barriers
/// in place of a grace period. What the barriers do is an order in memory: *open: needs the memory
/// model*. Interleavings decide the way down, which is that of V8.
public class RcuBarriersV3 extends RcuV8 {
    @Override
    public String id() {
        return "D5";
    }

    @Override
    public String title() {
        return "V3: RCU with smp_wmb() and smp_rmb()";
    }

    @Override
    public String source() {
        return "20171218073424.29647-1-ying.huang@intel.com";
    }

    @Override
    public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        cpu.rcuReadLock();
        if (cpu.read(p.flags()).has(SWP_VALID)) {
            readBarrier(cpu);
            if (entry.offset().below(cpu.read(p.max()))) return true;
        }
        cpu.rcuReadUnlock();
        return false;
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        SwapOn.setupLocked(cpu, p, fresh);
        writeBarrier(cpu);
        SwapOn.enableLocked(cpu, p, enabledFlags());
    }

    void readBarrier(Cpu cpu) {
        cpu.smpRmb();
    }

    void writeBarrier(Cpu cpu) {
        cpu.smpWmb();
    }

    @Override
    public boolean needsMemoryModel() {
        return true;
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.noWaitInSwapoff(this, "grace-period"),
                Sibling.validClearedAfterThe("grace-period", this, this::gracePeriod),
                Sibling.putBeforeUse(this),
                Sibling.of(
                                "no-smp-rmb",
                                new NoSmpRmb(),
                                Sibling.WEAK_MEMORY,
                                "the reader may load the fields before the bit")
                        .withSwapon(),
                Sibling.of(
                                "no-smp-wmb",
                                new NoSmpWmb(),
                                Sibling.WEAK_MEMORY,
                                "the bit may be seen before the fields")
                        .withSwapon());
    }

    /// Half of the pair is gone.
    static final class NoSmpRmb extends RcuBarriersV3 {
        @Override
        void readBarrier(Cpu cpu) {}
    }

    /// The other half is gone.
    static final class NoSmpWmb extends RcuBarriersV3 {
        @Override
        void writeBarrier(Cpu cpu) {}
    }
}
