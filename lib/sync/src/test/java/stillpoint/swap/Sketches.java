package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_WRITEOK;

import java.util.List;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.PerCpu;
import stillpoint.program.Ptr;
import stillpoint.program.Val;

/// Designs of the thread that shaped the interface: each changes something that the others leave
/// alone. Sketches, not claims: they record, and no verdict is expected of them yet.
final class Sketches {
    private Sketches() {}

    static List<SwapDesign> all() {
        return List.of(
                new ClusterLockSweep(),
                new ActiveCallback(),
                new ActiveCallbackOnOneCpu(),
                new NeverFreed(),
                new PercpuRef(),
                new FreshObject());
    }

    /// Minchan Kim, 2017-12-08, 20171208014346.GA8915@bbox: `max` becomes 0 under every cluster's
    /// lock, and is tested there.
    record ClusterLockSweep() implements SwapDesign {
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
            Ptr ci = lockCluster(cpu, p);
            cpu.write(p.max(), 0);
            unlockCluster(cpu, p, ci);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// Readers with preemption off, which test `max` only. What D9 and D10 have in common.
    interface PreemptOffReader extends SwapDesign {
        @Override
        default boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            cpu.preemptDisable();
            if (entry.offset().below(cpu.read(p.max()))) return true;
            cpu.preemptEnable();
            return false;
        }

        @Override
        default void putSwapDevice(Cpu cpu, SwapDevice p) {
            cpu.preemptEnable();
        }

        @Override
        default boolean loadsAddressSpaceInside() {
            return true;
        }
    }

    /// Andrea Arcangeli, 2019-02-13, 20190214023805.GA19090@redhat.com: the first CPU of a
    /// `stop_machine` clears the fields, the others wait for it.
    record ActiveCallback() implements PreemptOffReader {
        private static final int INIT = 0;
        private static final int START = 1;
        private static final int END = 2;

        @Override
        public String id() {
            return "D9";
        }

        @Override
        public String title() {
            return "The first CPU of a stop_machine() clears the fields";
        }

        @Override
        public String source() {
            return "20190214023805.GA19090@redhat.com";
        }

        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            Cell<Val> first = p.word("first_stop_machine", 2, INIT);
            SwapOff.Retired retired = SwapOff.Retired.present(cpu, p);
            cpu.stopMachine(
                    CpuMask.ONLINE,
                    each -> {
                        if (each.cmpxchg(first, INIT, START).is(INIT)) {
                            SwapOff.clearFieldsLocked(each, p);
                            each.smpWmb();
                            each.writeOnce(first, END);
                        } else {
                            each.condLoad(first, v -> v.is(END)).ignored();
                            each.smpRmb();
                        }
                    });
            return retired;
        }
    }

    /// Andrea Arcangeli, 2019-02-14, 20190214212236.GA10698@redhat.com: with a mask of NULL one CPU
    /// runs the callback, and the swap cache's array goes with the rest: one stop, no grace period.
    record ActiveCallbackOnOneCpu() implements PreemptOffReader {
        @Override
        public String id() {
            return "D10";
        }

        @Override
        public String title() {
            return "One CPU clears everything while the machine stands";
        }

        @Override
        public String source() {
            return "20190214212236.GA10698@redhat.com";
        }

        @Override
        public void teardown(Cpu cpu, SwapDevice p) {
            SwapOff.Retired retired = SwapOff.Retired.present(cpu, p);
            Ptr spaces = cpu.read(p.swapperSpaces());
            cpu.stopMachine(
                    CpuMask.NULL,
                    each -> {
                        SwapOff.clearFieldsLocked(each, p);
                        each.clear(p.swapperSpaces());
                    });
            SwapOff.freeArrays(cpu, retired);
            cpu.free(spaces);
            SwapOff.closeFile(cpu, retired);
        }
    }

    /// After Hugh Dickins, 2019-02-04, alpine.LSU.2.11.1902041257390.4682@eggly.anvils: the arrays
    /// stay with the slot for ever, and the next device uses them again.
    record NeverFreed() implements SwapDesign {
        @Override
        public String id() {
            return "D12";
        }

        @Override
        public String title() {
            return "Arrays that are never freed";
        }

        @Override
        public String source() {
            return "alpine.LSU.2.11.1902041257390.4682@eggly.anvils";
        }

        @Override
        public void teardown(Cpu cpu, SwapDevice p) {
            Ptr file = cpu.read(p.swapFile());
            cpu.spinLock(p.swapLock());
            cpu.spinLock(p.lock());
            cpu.clear(p.swapFile());
            cpu.write(p.max(), 0);
            cpu.spinUnlock(p.lock());
            cpu.spinUnlock(p.swapLock());
            cpu.free(file);
        }

        @Override
        public SwapOn.Arrays allocate(Cpu cpu, SwapDevice p) {
            return SwapOn.Arrays.present(cpu, p);
        }

        @Override
        public void initSwapAddressSpace(Cpu cpu, SwapDevice p) {}
    }

    /// Miaohe Lin, 2021-04-26, 20210426123316.806267-2-linmiaohe@huawei.com: a `percpu_ref` that a
    /// fault may hold while it sleeps. What it counts is in cells that the design adds.
    record PercpuRef() implements SwapDesign {
        private static final int ALIVE = 0;
        private static final int DEAD = 1;

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
            cpu.rcuReadLock();
            boolean alive = cpu.readOnce(state(p)).is(ALIVE);
            if (alive) cpu.inc(counter(p).mine());
            cpu.rcuReadUnlock();
            if (!alive) return false;
            cpu.smpRmb();
            if (Val.of(0).below(cpu.read(p.max()))) return true;
            endFault(cpu, p);
            return false;
        }

        @Override
        public void endFault(Cpu cpu, SwapDevice p) {
            cpu.call(
                    "percpu_ref_put",
                    () -> {
                        cpu.rcuReadLock();
                        if (cpu.readOnce(state(p)).is(ALIVE)) cpu.dec(counter(p).mine());
                        else if (cpu.decAndTest(central(p))) cpu.write(released(p), 1);
                        cpu.rcuReadUnlock();
                    });
        }

        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            cpu.write(state(p), DEAD);
            cpu.synchronizeRcu();
            cpu.forEachCpu(
                    CpuMask.ONLINE,
                    each -> cpu.fetchAdd(central(p), cpu.read(counter(p).of(each))).ignored());
            if (cpu.decAndTest(central(p))) cpu.write(released(p), 1);
            cpu.waitFor(released(p), v -> v.is(1));
            return SwapOff.clearFields(cpu, p);
        }

        @Override
        public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
            SwapOn.setupLocked(cpu, p, fresh);
            cpu.write(central(p), 1);
            cpu.write(released(p), 0);
            cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(counter(p).of(each), 0));
            cpu.smpStoreRelease(state(p), ALIVE);
            SwapOn.enableLocked(cpu, p, SWP_WRITEOK);
        }

        private static Cell<Val> state(SwapDevice p) {
            return p.word("users.percpu_count_ptr", 1, ALIVE);
        }

        private static PerCpu counter(SwapDevice p) {
            return p.perCpuWord("users.percpu_count", 3, 0);
        }

        private static Cell<Val> central(SwapDevice p) {
            return p.word("users.count", 3, 1);
        }

        private static Cell<Val> released(SwapDevice p) {
            return p.word("comp", 1, 0);
        }
    }

    /// Dennis Zhou, 2021: swapoff unpublishes the whole object, and the next device gets a fresh
    /// one.
    record FreshObject() implements SwapDesign {
        @Override
        public String id() {
            return "D14";
        }

        @Override
        public String title() {
            return "A fresh object under RCU";
        }

        @Override
        public String source() {
            return "review of the percpu_ref series, 2021-04";
        }

        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            cpu.rcuReadLock();
            Ptr si = cpu.rcuDereference(published(p));
            if (si.exists() && entry.offset().below(cpu.read(si.at(max(p))))) return true;
            cpu.rcuReadUnlock();
            return false;
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {
            cpu.rcuReadUnlock();
        }

        @Override
        public boolean loadsAddressSpaceInside() {
            return true;
        }

        @Override
        public void teardown(Cpu cpu, SwapDevice p) {
            Ptr si = cpu.read(published(p));
            cpu.clear(published(p));
            cpu.synchronizeRcu();
            SwapDesign.super.teardown(cpu, p);
            cpu.free(si);
        }

        @Override
        public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
            Ptr si = cpu.alloc(kind(p));
            cpu.write(si.at(max(p)), 1);
            SwapOn.setupLocked(cpu, p, fresh);
            SwapOn.enableLocked(cpu, p, SWP_WRITEOK);
            cpu.rcuAssignPointer(published(p), si);
        }

        private static Kind kind(SwapDevice p) {
            return p.kind("swap_info_struct", 2);
        }

        private static Cell<Ptr> published(SwapDevice p) {
            return p.pointer("swap_info[type]", kind(p));
        }

        private static Field<Val> max(SwapDevice p) {
            return p.field(kind(p), "si->max", 1, 1);
        }
    }
}
