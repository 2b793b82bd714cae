// Review of V1, 20171208014346.GA8915@bbox; why not: 87po7pg4jt.fsf@yhuang-dev.intel.com
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;

/// Minchan Kim, 2017-12-08: swapoff sets `max` to 0 and takes every cluster's lock once; a fault
/// looks at `max` again once it holds the lock.
///
/// Not safe, as Huang Ying answered: the locks lie in `cluster_info`, which is freed too, so that a
/// fault may be about to take one (F3); and the swap cache's array is not covered (F4).
public class ClusterLockSweep implements SwapDesign {
    @Override
    public String id() {
        return "D2";
    }

    @Override
    public String title() {
        return "V1 review: a sweep of the cluster locks";
    }

    @Override
    public String source() {
        return "20171208014346.GA8915@bbox";
    }

    @Override
    public boolean stillThere(Cpu cpu, SwapDevice p, Entry entry) {
        return entry.offset().below(cpu.read(p.max()));
    }

    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        sweep(cpu, p);
        return SwapOff.clearFields(cpu, p);
    }

    /// One entry is under test, so there is one cluster; `max` becomes 0 under its lock.
    void sweep(Cpu cpu, SwapDevice p) {
        Ptr ci = lockCluster(cpu, p);
        cpu.write(p.max(), 0);
        unlockCluster(cpu, p, ci);
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of("no-sweep", new NoSweep(), "F1", "swapoff takes no cluster lock"),
                Sibling.maxNotTestedUnderTheLock(this),
                Sibling.of(
                        "sweep-after-the-fields",
                        new SweepAfterTheFields(),
                        "F1",
                        "swapoff takes the fields away and sweeps then"));
    }

    /// `max` becomes 0 under `p->lock`, which a fault does not take.
    static final class NoSweep extends ClusterLockSweep {
        @Override
        void sweep(Cpu cpu, SwapDevice p) {}
    }

    /// The order of the two halves of swapoff.
    static final class SweepAfterTheFields extends ClusterLockSweep {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.Retired retired = SwapOff.clearFields(cpu, p);
            sweep(cpu, p);
            return retired;
        }
    }
}
