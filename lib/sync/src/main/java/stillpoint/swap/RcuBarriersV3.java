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

    /// swapoff clears the bit and goes on at once.
    static final class NoGracePeriodInSwapoff extends RcuBarriersV3 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// A section may open between the wait and the bit.
    static final class ValidClearedTooLate extends RcuBarriersV3 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            gracePeriod(cpu);
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// The section protects the test and nothing else.
    static final class PutBeforeUse extends RcuBarriersV3 {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            if (!super.getSwapDevice(cpu, p, entry)) return false;
            super.putSwapDevice(cpu, p);
            return true;
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {}
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
