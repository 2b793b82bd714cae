// percpu_ref series v6, 20210426123316.806267-2-linmiaohe@huawei.com, without its smp_rmb();
// 20210413024703.2745636-1-ying.huang@intel.com
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;

/// D13 without the `smp_rmb()` that Huang Ying put into the swap code when the reference itself was
/// not to order it (20210413024703.2745636-1-ying.huang@intel.com). Every interleaving is as safe
/// as D13's; whether a reader may see a live reference and the fields from before is *open: needs
/// the memory model*.
public class PercpuRefNoRmb extends PercpuRef {
    @Override
    public String id() {
        return "D13-noRmb";
    }

    @Override
    public String title() {
        return "percpu_ref without smp_rmb()";
    }

    @Override
    public String source() {
        return "20210426123316.806267-2-linmiaohe@huawei.com";
    }

    @Override
    void readBarrier(Cpu cpu) {}

    @Override
    public boolean needsMemoryModel() {
        return true;
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "no-wait-in-swapoff",
                        new NoWaitInSwapoff(),
                        "F1",
                        "swapoff kills the reference and does not wait for the last use"),
                Sibling.of(
                        "not-killed",
                        new NotKilled(),
                        "F1",
                        "swapoff drops its own use and waits, and a fault may still get the device then"),
                Sibling.of(
                        "put-before-use",
                        new PutBeforeUse(),
                        "F1",
                        "the use is dropped before what it guards"));
    }

    /// A grace period alone: a fault that sleeps outlasts it.
    static final class NoWaitInSwapoff extends PercpuRefNoRmb {
        @Override
        void awaitLast(Cpu cpu, SwapDevice p) {}
    }

    /// The bit stays clear.
    static final class NotKilled extends PercpuRefNoRmb {
        @Override
        void kill(Cpu cpu, SwapDevice p) {
            put(cpu, p);
        }
    }

    /// The use protects the test and nothing else.
    static final class PutBeforeUse extends PercpuRefNoRmb {
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
