// mm/swapfile.c before v4.11 (235b62176712)
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;

/// Before v4.11: every look at the map takes `p->lock`, which swapoff holds when it takes the map
/// away, and looks at `max` under it. The address spaces of the swap cache were a static array
/// then.
///
/// swapon sets `max` before `swap_map`, and nothing in this protocol tells a fault with an entry of
/// the last device that the next one is not there yet.
public class DeviceLock implements SwapDesign {
    @Override
    public String id() {
        return "D15";
    }

    @Override
    public String title() {
        return "Before 4.11: p->lock everywhere";
    }

    @Override
    public String source() {
        return "mm/swapfile.c before v4.11";
    }

    @Override
    public Ptr lockCluster(Cpu cpu, SwapDevice p) {
        cpu.spinLock(p.lock());
        return cpu.read(p.clusterInfo()).ignored();
    }

    @Override
    public void unlockCluster(Cpu cpu, SwapDevice p, Ptr ci) {
        cpu.spinUnlock(p.lock());
    }

    @Override
    public boolean stillThere(Cpu cpu, SwapDevice p, Entry entry) {
        return entry.offset().below(cpu.read(p.max()));
    }

    @Override
    public void free(Cpu cpu, SwapDevice p, SwapOff.Retired retired) {
        SwapOff.freeArrays(cpu, retired);
    }

    @Override
    public void initSwapAddressSpace(Cpu cpu, SwapDevice p) {}

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "max-tested-outside",
                        new MaxTestedOutside(),
                        "F1",
                        "the fault looks at max before it has the lock only"),
                Sibling.of(
                        "cluster-lock",
                        new ClusterLock(),
                        "F1",
                        "what v4.11 made of it: the cluster lock, which swapoff does not take, and max outside"),
                Sibling.of(
                        "free-before-clear",
                        new FreeBeforeClear(),
                        "F2",
                        "the map is freed while the field still points to it"));
    }

    /// Half of what v4.11 did.
    static final class MaxTestedOutside extends DeviceLock {
        @Override
        public boolean stillThere(Cpu cpu, SwapDevice p, Entry entry) {
            return true;
        }
    }

    /// 235b62176712.
    static final class ClusterLock extends DeviceLock {
        @Override
        public Ptr lockCluster(Cpu cpu, SwapDevice p) {
            Ptr ci = cpu.read(p.clusterInfo());
            if (ci.isNull()) cpu.spinLock(p.lock());
            else cpu.spinLock(ci.lock(p.clusterLock()));
            return ci;
        }

        @Override
        public void unlockCluster(Cpu cpu, SwapDevice p, Ptr ci) {
            if (ci.isNull()) cpu.spinUnlock(p.lock());
            else cpu.spinUnlock(ci.lock(p.clusterLock()));
        }

        @Override
        public boolean stillThere(Cpu cpu, SwapDevice p, Entry entry) {
            return true;
        }
    }

    /// swapoff frees first and clears the fields then.
    static final class FreeBeforeClear extends DeviceLock {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.freeArrays(cpu, SwapOff.Retired.present(cpu, p));
            return SwapOff.clearFields(cpu, p);
        }

        @Override
        public void free(Cpu cpu, SwapDevice p, SwapOff.Retired retired) {}
    }
}
