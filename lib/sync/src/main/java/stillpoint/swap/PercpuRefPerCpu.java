// lib/percpu-refcount.c (v5.10), under 20210426123316.806267-2-linmiaohe@huawei.com
package stillpoint.swap;

import java.util.List;
import java.util.Optional;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.PerCpu;
import stillpoint.program.Val;

/// D13 as the kernel does it: each CPU counts in a word of its own until the reference is killed; a
/// grace period later nobody counts there any more, the words are summed into the one counter, and
/// that bias goes which kept it from reaching 0 before.
///
/// Differences: the callback of `call_rcu()` runs on the CPU of swapoff, which waits for it anyway;
/// the switch lock is left out, since one device is switched by one task.
public class PercpuRefPerCpu extends PercpuRef {
    /// The counter works per CPU.
    private static final int PERCPU = 0;

    /// It is killed, and whoever still has it drops it from the one counter.
    private static final int ATOMIC_DEAD = 1;

    /// More than all readers together; the one counter wraps at twice as much.
    private static int bias(SwapDevice p) {
        return 1 << p.countBits();
    }

    private static int bits(SwapDevice p) {
        return p.countBits() + 1;
    }

    @Override
    public String id() {
        return "D13-percpu";
    }

    @Override
    public Optional<String> spellsOut() {
        return Optional.of("D13");
    }

    @Override
    public String title() {
        return "percpu_ref, per CPU with a bias";
    }

    @Override
    public String source() {
        return "20210426123316.806267-2-linmiaohe@huawei.com";
    }

    @Override
    boolean tryget(Cpu cpu, SwapDevice p) {
        cpu.rcuReadLock();
        boolean alive = cpu.readOnce(mode(p)).is(PERCPU);
        if (alive) cpu.inc(counter(p).mine());
        cpu.rcuReadUnlock();
        return alive;
    }

    @Override
    void put(Cpu cpu, SwapDevice p) {
        cpu.rcuReadLock();
        if (cpu.readOnce(mode(p)).is(PERCPU)) cpu.dec(counter(p).mine());
        else putCentral(cpu, p);
        cpu.rcuReadUnlock();
    }

    private static void putCentral(Cpu cpu, SwapDevice p) {
        if (cpu.decAndTest(central(p))) cpu.write(completion(p), 1);
    }

    /// `percpu_ref_kill_and_confirm()`: marks it dead, takes a use for the switch, and once a grace
    /// period is over sums up.
    @Override
    void kill(Cpu cpu, SwapDevice p) {
        cpu.writeOnce(mode(p), ATOMIC_DEAD);
        cpu.inc(central(p));
        confirmed(cpu);
        cpu.forEachCpu(
                CpuMask.ONLINE,
                each -> cpu.fetchAdd(central(p), cpu.read(counter(p).of(each))).ignored());
        unbias(cpu, p);
        putCentral(cpu, p);
        putCentral(cpu, p);
    }

    /// What lies between marking and summing.
    void confirmed(Cpu cpu) {
        cpu.synchronizeRcu();
    }

    /// The bias goes, modulo the counter's width.
    void unbias(Cpu cpu, SwapDevice p) {
        cpu.fetchAdd(central(p), Val.of(bias(p))).ignored();
    }

    /// The bias and the device's own use come back, every CPU starts at 0, and the mode is last.
    @Override
    void resurrect(Cpu cpu, SwapDevice p) {
        cpu.write(central(p), bias(p) + 1);
        cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(counter(p).of(each), 0));
        cpu.smpStoreRelease(mode(p), PERCPU);
    }

    static Cell<Val> mode(SwapDevice p) {
        return p.word("users.percpu_count_ptr", 1, PERCPU);
    }

    static PerCpu counter(SwapDevice p) {
        return p.perCpuWord("users.percpu_count", bits(p), 0);
    }

    static Cell<Val> central(SwapDevice p) {
        return p.word("users.count", bits(p), bias(p) + 1);
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
                        "summed-at-once",
                        new SummedAtOnce(),
                        "F1",
                        "the CPUs are summed up without a grace period: one may still count where nobody looks again"),
                Sibling.of(
                        "put-before-use",
                        new PutBeforeUse(),
                        "F1",
                        "the use is dropped before what it guards"));
    }

    /// A grace period alone: a fault that sleeps outlasts it.
    static final class NoWaitInSwapoff extends PercpuRefPerCpu {
        @Override
        void awaitLast(Cpu cpu, SwapDevice p) {}
    }

    /// No `call_rcu()`.
    static final class SummedAtOnce extends PercpuRefPerCpu {
        @Override
        void confirmed(Cpu cpu) {}
    }

    /// The use protects the test and nothing else.
    static final class PutBeforeUse extends PercpuRefPerCpu {
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
