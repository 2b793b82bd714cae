// Review of V1, 20171208082644.GA14361@bbox
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;

/// Minchan Kim, 2017-12-08: `lock_cluster()` is an RCU section around the cluster's lock, swapoff
/// takes the fields away with every cluster's lock held, and frees them a grace period later.
///
/// The swap cache's array is outside of it, as Huang Ying answered
/// (87k1xxbohp.fsf@yhuang-dev.intel.com): F4 is left.
public class RcuInLockCluster implements SwapDesign {
    @Override
    public String id() {
        return "D3";
    }

    @Override
    public String title() {
        return "V1 review: RCU inside lock_cluster()";
    }

    @Override
    public String source() {
        return "20171208082644.GA14361@bbox";
    }

    @Override
    public Ptr lockCluster(Cpu cpu, SwapDevice p) {
        cpu.rcuReadLock();
        return SwapDesign.super.lockCluster(cpu, p);
    }

    @Override
    public void unlockCluster(Cpu cpu, SwapDevice p, Ptr ci) {
        SwapDesign.super.unlockCluster(cpu, p, ci);
        cpu.rcuReadUnlock();
    }

    @Override
    public boolean stillThere(Cpu cpu, SwapDevice p, Entry entry) {
        return entry.offset().below(cpu.read(p.max()));
    }

    /// One entry is under test, so that one lock is all of them; on a rotating device `p->lock` is.
    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        SwapOff.Retired retired = SwapOff.Retired.present(cpu, p);
        cpu.mutexLock(p.swaponMutex());
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        if (p.device().clusters()) cpu.spinLock(retired.clusterInfo().lock(p.clusterLock()));
        SwapOff.clearFieldsLocked(cpu, p);
        if (p.device().clusters()) cpu.spinUnlock(retired.clusterInfo().lock(p.clusterLock()));
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
        cpu.mutexUnlock(p.swaponMutex());
        beforeFree(cpu);
        return retired;
    }

    /// Between taking away and freeing.
    void beforeFree(Cpu cpu) {
        cpu.synchronizeRcu();
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "no-grace-period",
                        new NoGracePeriod(),
                        "F3",
                        "the arrays are freed at once, while a fault is about to take a lock in one"),
                Sibling.maxNotTestedUnderTheLock(this),
                Sibling.of(
                        "cluster-locks-not-held",
                        new ClusterLocksNotHeld(),
                        "F1",
                        "swapoff takes the fields away under p->lock alone"));
    }

    /// Nothing between.
    static final class NoGracePeriod extends RcuInLockCluster {
        @Override
        void beforeFree(Cpu cpu) {}
    }

    /// RCU alone: what a fault tested may be gone when it looks again.
    static final class ClusterLocksNotHeld extends RcuInLockCluster {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.Retired retired = SwapOff.clearFields(cpu, p);
            beforeFree(cpu);
            return retired;
        }
    }
}
