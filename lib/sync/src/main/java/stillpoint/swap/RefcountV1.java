// [PATCH -mm] 20171207011426.1633-1-ying.huang@intel.com
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Val;

/// V1 (Huang Ying, 2017-12-07): one `atomic_t` in the `swap_info_struct`, which counts the faults
/// that use the device, and one more while it is on. A fault holds it across the read, which may
/// sleep; swapoff drops the one and looks, tick by tick, until the count is 0.
///
/// Nothing says that a counter is fair: faults that come one after another may keep it above 0; V1
/// relies on swapoff's own use being gone, after which nobody counts up from 0.
public class RefcountV1 implements SwapDesign {
    @Override
    public String id() {
        return "D1";
    }

    @Override
    public String title() {
        return "V1: an atomic reference count";
    }

    @Override
    public String source() {
        return "20171207011426.1633-1-ying.huang@intel.com";
    }

    @Override
    public boolean beginFault(Cpu cpu, SwapDevice p) {
        if (!cpu.incNotZero(count(p))) return false;
        if (Val.of(0).below(cpu.read(p.max()))) return true;
        endFault(cpu, p);
        return false;
    }

    @Override
    public void endFault(Cpu cpu, SwapDevice p) {
        cpu.dec(count(p));
    }

    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        cpu.dec(count(p));
        cpu.loop(() -> {
            if (cpu.read(count(p)).isZero()) return false;
            cpu.mightSleep("schedule_timeout_uninterruptible(1)");
            return true;
        });
        return SwapOff.clearFields(cpu, p);
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        SwapOn.setupLocked(cpu, p, fresh);
        SwapOn.enableLocked(cpu, p, enabledFlags());
        // atomic_inc with release order: the fields are there before the count.
        cpu.fetchAdd(count(p), Val.of(1)).ignored();
    }

    /// All readers and the device's own.
    static Cell<Val> count(SwapDevice p) {
        return p.word("p->count", p.countBits(), 1);
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "no-wait-in-swapoff",
                        new NoWaitInSwapoff(),
                        "F1",
                        "swapoff drops its use and does not wait for those of others"),
                Sibling.of(
                        "inc-from-zero",
                        new IncFromZero(),
                        "F1",
                        "a fault counts up from 0 too, when swapoff is past its wait"),
                Sibling.of(
                        "put-before-use",
                        new PutBeforeUse(),
                        "F1",
                        "the use is dropped before what it guards"),
                Sibling.noPteRecheck(this));
    }

    /// swapoff looks at nothing.
    static final class NoWaitInSwapoff extends RefcountV1 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            cpu.dec(count(p));
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// `atomic_inc` in place of `atomic_inc_not_zero`.
    static final class IncFromZero extends RefcountV1 {
        @Override
        public boolean beginFault(Cpu cpu, SwapDevice p) {
            cpu.inc(count(p));
            if (Val.of(0).below(cpu.read(p.max()))) return true;
            endFault(cpu, p);
            return false;
        }
    }

    /// The use protects the test and nothing else.
    static final class PutBeforeUse extends RefcountV1 {
        @Override
        public boolean beginFault(Cpu cpu, SwapDevice p) {
            if (!super.beginFault(cpu, p)) return false;
            super.endFault(cpu, p);
            return true;
        }

        @Override
        public void endFault(Cpu cpu, SwapDevice p) {}
    }
}
