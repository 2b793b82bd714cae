// percpu_ref series v6, 20210426123316.806267-2-linmiaohe@huawei.com, 63d8620ecf93 (v5.14)
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Val;

/// Miaohe Lin, 2021-04-26, merged in v5.14: a `percpu_ref` that a fault may hold while it sleeps.
/// Here as its specification: one count and one bit, so that large searches stay small. What the
/// kernel does instead is [PercpuRefPerCpu].
///
/// `percpu_ref_tryget_live()` counts up unless the reference was killed; swapoff kills it, drops
/// its own use, and waits for the last one to be dropped. swapon brings it back to life.
///
/// What it stands on is not v4.19: since v5.3 `exit_swap_address_space()` has no grace period of
/// its own and frees before it clears, and the swap cache's array is loaded anew each time round.
/// The uses that look-ups took on their own until 2023, inside that of the fault, are left out. The
/// grace period behind the kill is for whoever looks at the swap cache without a use of the device;
/// a fault has one, and does not notice it.
public class PercpuRef implements SwapDesign {
    @Override
    public String id() {
        return "D13";
    }

    @Override
    public String title() {
        return "percpu_ref";
    }

    @Override
    public String source() {
        return "20210426123316.806267-2-linmiaohe@huawei.com, 63d8620ecf93";
    }

    @Override
    public boolean beginFault(Cpu cpu, SwapDevice p) {
        if (!tryget(cpu, p)) return false;
        readBarrier(cpu);
        if (Val.of(0).below(cpu.read(p.max()))) return true;
        endFault(cpu, p);
        return false;
    }

    @Override
    public void endFault(Cpu cpu, SwapDevice p) {
        cpu.call("percpu_ref_put", () -> put(cpu, p));
    }

    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        kill(cpu, p);
        cpu.synchronizeRcu();
        awaitLast(cpu, p);
        return SwapOff.clearFields(cpu, p);
    }

    @Override
    public boolean loadsAddressSpaceInside() {
        return true;
    }

    @Override
    public void free(Cpu cpu, SwapDevice p, SwapOff.Retired retired) {
        SwapOff.freeArrays(cpu, retired);
        SwapOff.exitSwapAddressSpaceAtOnce(cpu, p);
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        cpu.write(completion(p), 0);
        SwapOn.setupLocked(cpu, p, fresh);
        resurrect(cpu, p);
        SwapOn.enableLocked(cpu, p, enabledFlags());
    }

    /// `percpu_ref_tryget_live()`.
    boolean tryget(Cpu cpu, SwapDevice p) {
        cpu.rcuReadLock();
        boolean[] alive = new boolean[1];
        cpu.atomic(() -> {
            alive[0] = cpu.readOnce(dead(p)).isZero();
            if (alive[0]) cpu.inc(count(p));
        });
        cpu.rcuReadUnlock();
        return alive[0];
    }

    /// `percpu_ref_put()`: the last one completes.
    void put(Cpu cpu, SwapDevice p) {
        if (cpu.decAndTest(count(p))) cpu.write(completion(p), 1);
    }

    /// `percpu_ref_kill()`: nobody gets it from now on, and the device's own use ends.
    void kill(Cpu cpu, SwapDevice p) {
        cpu.writeOnce(dead(p), 1);
        put(cpu, p);
    }

    /// `wait_for_completion()`.
    void awaitLast(Cpu cpu, SwapDevice p) {
        cpu.waitFor(completion(p), v -> v.is(1));
    }

    /// `percpu_ref_resurrect()`.
    void resurrect(Cpu cpu, SwapDevice p) {
        cpu.inc(count(p));
        cpu.smpStoreRelease(dead(p), 0);
    }

    /// Pairs with the release of the locks that `max` and `swap_map` were set under: the structure
    /// outlives a device, so that nothing else orders the reader's loads behind its look at the
    /// reference.
    void readBarrier(Cpu cpu) {
        cpu.smpRmb();
    }

    static Cell<Val> dead(SwapDevice p) {
        return p.word("users.dead", 1, 0);
    }

    /// All readers and the device's own.
    static Cell<Val> count(SwapDevice p) {
        return p.word("users.count", p.countBits(), 1);
    }

    static Cell<Val> completion(SwapDevice p) {
        return p.word("comp", 1, 0);
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
                        "the use is dropped before what it guards"),
                Sibling.of(
                                "no-pte-recheck",
                                new NoPteRecheck(),
                                "F6",
                                "the page table entry is not looked at again")
                        .withSwapon());
    }

    /// A grace period alone: a fault that sleeps outlasts it.
    static final class NoWaitInSwapoff extends PercpuRef {
        @Override
        void awaitLast(Cpu cpu, SwapDevice p) {}
    }

    /// The bit stays clear.
    static final class NotKilled extends PercpuRef {
        @Override
        void kill(Cpu cpu, SwapDevice p) {
            put(cpu, p);
        }
    }

    /// The use protects the test and nothing else.
    static final class PutBeforeUse extends PercpuRef {
        @Override
        public boolean beginFault(Cpu cpu, SwapDevice p) {
            if (!super.beginFault(cpu, p)) return false;
            super.endFault(cpu, p);
            return true;
        }

        @Override
        public void endFault(Cpu cpu, SwapDevice p) {}
    }

    /// Step 7 does not compare the page table entry.
    static final class NoPteRecheck extends PercpuRef {
        @Override
        public boolean rechecksPte() {
            return false;
        }
    }
}
