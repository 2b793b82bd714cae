// [PATCH -mm -V2] 20171214133832.11266-1-ying.huang@intel.com
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWAPPED;

import java.util.List;
import stillpoint.program.Cpu;

/// V2 (Huang Ying, 2017-12-14): a fault is one SRCU section of the device, in which it may sleep,
/// and swapoff waits for these alone. There is no flag to test: inside the section the fault makes
/// sure once more that its page table entry is what it was. Then the slot is in use, swapoff has
/// not got past `try_to_unuse()`, and its wait is yet to come.
public class SrcuV2 implements SwapDesign {
    @Override
    public String id() {
        return "D4";
    }

    @Override
    public String title() {
        return "V2: SRCU";
    }

    @Override
    public String source() {
        return "20171214133832.11266-1-ying.huang@intel.com";
    }

    @Override
    public boolean beginFault(Cpu cpu, SwapDevice p) {
        cpu.srcuReadLock();
        if (entryStands(cpu, p)) return true;
        cpu.srcuReadUnlock();
        return false;
    }

    @Override
    public void endFault(Cpu cpu, SwapDevice p) {
        cpu.srcuReadUnlock();
    }

    /// Where the entry came from is looked at again.
    boolean entryStands(Cpu cpu, SwapDevice p) {
        cpu.spinLock(p.pageTableLock());
        boolean same = cpu.read(p.pte()).is(SWAPPED);
        cpu.spinUnlock(p.pageTableLock());
        return same;
    }

    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        cpu.synchronizeSrcu();
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
                        "entry-not-looked-at-again",
                        new EntryNotLookedAtAgain(),
                        "F1",
                        "a section may open after the wait has begun, with an entry from before"),
                Sibling.of(
                        "rcu-grace-period-instead",
                        new RcuGracePeriodInstead(),
                        "F1",
                        "swapoff waits for RCU sections, and the fault is in another kind"),
                Sibling.putBeforeUse(this));
    }

    /// Nothing waits.
    static final class NoGracePeriodInSwapoff extends SrcuV2 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// The page table entry was looked at before the section.
    static final class EntryNotLookedAtAgain extends SrcuV2 {
        @Override
        boolean entryStands(Cpu cpu, SwapDevice p) {
            return true;
        }
    }

    /// The wrong wait.
    static final class RcuGracePeriodInstead extends SrcuV2 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            cpu.synchronizeRcu();
            return SwapOff.clearFields(cpu, p);
        }
    }
}
