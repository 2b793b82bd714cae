// Before the patch: v4.11 to v5.2, here v4.19, mm/swapfile.c, mm/swap_state.c, mm/memory.c
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;

/// No protection: tests without a lock, and a page fault that holds nothing while swapoff takes the
/// arrays away. Since v4.11 (235b62176712) the byte is guarded by a lock that swapoff does not
/// take.
public class Unprotected implements SwapDesign {
    @Override
    public String id() {
        return "D0";
    }

    @Override
    public String title() {
        return "Unprotected: the kernel before the patch";
    }

    @Override
    public String source() {
        return "v4.19, mm/swapfile.c; reported in 20171207011426.1633-1-ying.huang@intel.com";
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                                "free-before-clear",
                                new FreeBeforeClear(),
                                "F2",
                                "the arrays are freed while the fields still point to them: p->lock no longer helps")
                        .on(DeviceKind.HDD),
                Sibling.of(
                        "no-grace-period",
                        new NoGracePeriod(),
                        "F4",
                        "exit_swap_address_space() frees the array without a grace period"),
                Sibling.of(
                                "no-pte-recheck",
                                new Broken.NoPteRecheck(this),
                                "F6",
                                "the page is mapped without a second look at the page table entry")
                        .withSwapon());
    }

    /// swapoff frees first and clears the fields then.
    static final class FreeBeforeClear extends Unprotected {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.freeArrays(cpu, SwapOff.Retired.present(cpu, p));
            return SwapOff.clearFields(cpu, p);
        }

        @Override
        public void free(Cpu cpu, SwapDevice p, SwapOff.Retired retired) {
            SwapOff.exitSwapAddressSpace(cpu, p);
        }
    }

    /// No `synchronize_rcu()` in `exit_swap_address_space()`.
    static final class NoGracePeriod extends Unprotected {
        @Override
        public void free(Cpu cpu, SwapDevice p, SwapOff.Retired retired) {
            SwapOff.freeArrays(cpu, retired);
            cpu.call(
                    "exit_swap_address_space",
                    () -> {
                        var spaces = cpu.read(p.swapperSpaces());
                        cpu.clear(p.swapperSpaces());
                        cpu.free(spaces);
                    });
        }
    }
}
