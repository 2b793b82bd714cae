// alloc_swap_info() and swap_type_to_swap_info(), mm/swapfile.c; the bound test is Daniel Jordan's,
// v5.1
package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import stillpoint.check.Checker;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Table;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Ptr;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// swapon of a device whose type is new: `swap_info[1]` is filled in and `nr_swapfiles` grows from
/// 1 to 2, while readers look up an entry of the old type 0, of the new type 1, or of a type 2 that
/// is never added.
///
/// Which accesses a missing barrier lets trade places is written out, since the search itself knows
/// interleavings only: a variant whose loads or stores are *swapped* is what the machine may make
/// of one without the barrier between them. Not in the model: a type beyond the array
/// (`MAX_SWAPFILES`), and the re-use of a type, which is [Scenario#SWAPON].
public enum NewType {
    /// `swap_lock` and `smp_wmb()` in the writer, `smp_rmb()` in readers, who hold no lock.
    AS_TODAY("pointer, smp_wmb, count", "count, smp_rmb, pointer"),
    /// Both barriers left out: right in every interleaving, which decides nothing.
    WITHOUT_BARRIERS("pointer, count", "count, pointer"),
    /// The planted mistake, and what a missing `smp_wmb()` allows.
    COUNT_FIRST("count, pointer", "count, smp_rmb, pointer"),
    /// What a missing `smp_rmb()` allows: the address of the slot does not depend on the count.
    POINTER_LOADED_FIRST("pointer, smp_wmb, count", "pointer, count"),
    /// Planted: whatever the type is, its slot is used.
    NO_BOUND_TEST("pointer, smp_wmb, count", "pointer"),
    /// Preemption off alone does not make the count a constant.
    CONSTANT_WITHOUT_A_STOP(
            "pointer, smp_wmb, count", "preemption off: count, smp_rmb, pointer, count again"),
    /// Both stores, in either order, while the machine stands; both loads, in either order, with
    /// preemption off; the count is read again before the section ends.
    INSIDE_THE_STOP(
            "stopped: pointer and count in either order",
            "preemption off: count and pointer in either order, count again"),
    /// Readers who leave preemption on, loads in the order of the program. The callback is one
    /// moment to them, so interleavings break nothing; without a barrier the loads may trade
    /// places.
    INSIDE_THE_STOP_PREEMPTIBLE_READERS(
            "stopped: pointer and count in either order", "count, pointer"),
    /// The same with the loads swapped: the stop comes between them.
    INSIDE_THE_STOP_PREEMPTIBLE_READERS_POINTER_LOADED_FIRST(
            "stopped: pointer and count in either order", "pointer, count");

    private static final String OLD = "a reader found the old device";
    private static final String NEW = "a reader found the new device";
    private static final String REFUSED = "a reader was told that there is no such device";
    private static final String FINISHED = "swapon added the device";
    private static final int MOST_READERS = 8;

    private final String writer;
    private final String reader;

    NewType(String writer, String reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /// Whether what tells this variant from a broken one is an order in memory alone: then that
    /// every interleaving is safe leaves it *open*.
    public boolean needsMemoryModel() {
        return switch (this) {
            case WITHOUT_BARRIERS, INSIDE_THE_STOP_PREEMPTIBLE_READERS -> true;
            case AS_TODAY,
                    COUNT_FIRST,
                    POINTER_LOADED_FIRST,
                    NO_BOUND_TEST,
                    CONSTANT_WITHOUT_A_STOP,
                    INSIDE_THE_STOP,
                    INSIDE_THE_STOP_PREEMPTIBLE_READERS_POINTER_LOADED_FIRST ->
                    false;
        };
    }

    /// The model with this many readers and one swapon.
    ///
    /// @param readers 1 to 8
    /// @throws IllegalArgumentException if there are too few or too many readers
    public Model model(int readers) {
        if (readers < 1 || readers > MOST_READERS)
            throw new IllegalArgumentException(
                    "readers = "
                            + readers
                            + ": a model of a new type has 1 to "
                            + MOST_READERS
                            + " readers; try 3");
        var s = new SwapTypes();
        var swapon = Recorder.record("swapon", cpu -> swapon(cpu, s));
        var lookup = Recorder.record("reader", cpu -> look(cpu, s));
        return new Model(
                "new type, " + name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                s.memory,
                List.of(new Agent("reader", lookup, readers), new Agent("swapon", swapon, 1)),
                List.of(OLD, NEW, REFUSED, FINISHED),
                Bounds.of("readers", "" + readers, "types", "1, then 2", "swapon", "once"),
                FailureClasses.NONE);
    }

    /// What every variant comes to on a kernel: *open* where interleavings do not decide.
    ///
    /// @param readers 1 to 8
    public static Table table(int readers, Config config) {
        var rows = new ArrayList<List<Object>>();
        for (NewType variant : values()) {
            Verdict verdict = Checker.of(config).check(variant.model(readers));
            rows.add(
                    List.of(
                            variant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                            variant.writer,
                            variant.reader,
                            new Answer(verdict, variant.needsMemoryModel()).word(),
                            verdict.counts().states()));
        }
        return Table.of(
                "A new type, readers " + readers + ", " + config,
                List.of("variant", "swapon stores", "a reader loads", "verdict", "states"),
                rows);
    }

    // ---- the writer

    /// `alloc_swap_info()`: `kvzalloc()` first, since it may sleep.
    private void swapon(Cpu cpu, SwapTypes s) {
        Ptr fresh = cpu.alloc(s.kind);
        cpu.write(fresh.at(s.type), 1);
        if (stops()) insideTheStop(cpu, s, fresh);
        else underTheLock(cpu, s, fresh);
        cpu.sometimes(FINISHED);
    }

    private void underTheLock(Cpu cpu, SwapTypes s, Ptr fresh) {
        cpu.spinLock(s.swapLock);
        if (this == COUNT_FIRST) grow(cpu, s);
        cpu.writePtr(s.slots.get(1), fresh);
        if (this != COUNT_FIRST) {
            if (this != WITHOUT_BARRIERS) cpu.smpWmb();
            grow(cpu, s);
        }
        cpu.spinUnlock(s.swapLock);
    }

    /// No spin lock may be held across a stop; `swapon_mutex` keeps other writers out. The pointer
    /// is handed over in a cell, as `stop_machine()` hands over its `data`.
    private static void insideTheStop(Cpu cpu, SwapTypes s, Ptr fresh) {
        cpu.mutexLock(s.swaponMutex);
        cpu.writePtr(s.data, fresh);
        cpu.stopMachine(
                CpuMask.NULL,
                each -> {
                    boolean countFirst = each.choose("the count is stored first");
                    if (countFirst) grow(each, s);
                    each.writePtr(s.slots.get(1), each.read(s.data));
                    if (!countFirst) grow(each, s);
                });
        cpu.mutexUnlock(s.swaponMutex);
    }

    private static void grow(Cpu cpu, SwapTypes s) {
        cpu.write(s.count, cpu.read(s.count).plus(Val.of(1)));
    }

    // ---- the reader

    private void look(Cpu cpu, SwapTypes s) {
        if (cpu.choose("an entry of type 0")) find(cpu, s, 0);
        else if (cpu.choose("an entry of type 1")) find(cpu, s, 1);
        else find(cpu, s, 2);
    }

    private void find(Cpu cpu, SwapTypes s, int type) {
        if (sections()) cpu.preemptDisable();
        cpu.call("swap_type_to_swap_info", () -> load(cpu, s, type));
        if (sections()) cpu.preemptEnable();
    }

    private void load(Cpu cpu, SwapTypes s, int type) {
        if (this == NO_BOUND_TEST) {
            use(cpu, s, cpu.readOnce(s.slots.get(type)), type);
            return;
        }
        if (pointerFirst(cpu)) {
            Ptr early = cpu.readOnce(s.slots.get(type));
            Val count = cpu.readOnce(s.count);
            if (Val.of(type).below(count)) use(cpu, s, early, type);
            else refused(cpu, early);
            stillThat(cpu, s, count);
            return;
        }
        Val count = cpu.readOnce(s.count);
        if (Val.of(type).below(count)) {
            if (readBarrier()) cpu.smpRmb();
            use(cpu, s, cpu.readOnce(s.slots.get(type)), type);
        } else cpu.sometimes(REFUSED);
        stillThat(cpu, s, count);
    }

    private static void refused(Cpu cpu, Ptr early) {
        early.ignored();
        cpu.sometimes(REFUSED);
    }

    private static void use(Cpu cpu, SwapTypes s, Ptr p, int type) {
        cpu.must(cpu.read(p.at(s.type)).is(type), "what is found by a type is of that type");
        cpu.sometimes(type == 0 ? OLD : NEW);
    }

    /// The claim that in such a section `nr_swapfiles` could be a constant.
    private void stillThat(Cpu cpu, SwapTypes s, Val count) {
        if (sections())
            cpu.must(cpu.read(s.count).is(count), "nr_swapfiles is a constant in a section");
    }

    // ---- what the variants differ in

    private boolean stops() {
        return name().startsWith("INSIDE_THE_STOP");
    }

    private boolean sections() {
        return this == INSIDE_THE_STOP || this == CONSTANT_WITHOUT_A_STOP;
    }

    private boolean pointerFirst(Cpu cpu) {
        if (this == INSIDE_THE_STOP) return cpu.choose("the pointer is loaded first");
        return this == POINTER_LOADED_FIRST
                || this == INSIDE_THE_STOP_PREEMPTIBLE_READERS_POINTER_LOADED_FIRST;
    }

    private boolean readBarrier() {
        return this == AS_TODAY || this == COUNT_FIRST || this == CONSTANT_WITHOUT_A_STOP;
    }
}
