package stillpoint.primitive;

import java.util.List;
import java.util.function.Consumer;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Section;
import stillpoint.program.Val;
import stillpoint.program.Variable;

/// SRCU: a reader counts itself in and out, on its own CPU, under the index of the moment; the
/// writer waits until the counts of the other index agree, flips the index, and waits again.
///
/// Why twice: a reader may read the index, stand still while it is flipped, and count itself in
/// under the old one; the next grace period finds it in its first pass. Why the exits are summed
/// before the entries: a reader that moves on between the sums is then counted in, never out alone.
/// Source: kernel/rcu/srcutree.c (`srcu_advance_state`, `try_check_zero`), without its tree of
/// nodes, which only spreads call-backs. The counters are as wide as the sections that readers go
/// through; in the kernel a wrap within one grace period is taken for impossible.
public final class SleepableRcu {
    private static final int READERS = 2;
    private static final int SECTIONS = 2;
    private static final int CALLS = 2;
    private static final int BITS = 2;

    private static final int MANY_BITS = 16;

    /// Where the writer waits before it looks again (`SRCU_RETRY_CHECK_DELAY`).
    public static final String RETRY = "udelay(SRCU_RETRY_CHECK_DELAY)";

    private final Version version;
    private final Cell<Val> index;
    private final Counters in;
    private final Counters out;
    private final Consumer<Cpu> again;

    private SleepableRcu(Memory memory, Version version, int bits, Consumer<Cpu> again) {
        this.version = version;
        this.again = again;
        index = memory.word("srcu_idx", 1, 0);
        in = new Counters(memory, "lock_count", bits);
        out = new Counters(memory, "unlock_count", bits);
    }

    /// As the kernel does it for a domain that was idle before: it does not wait for ticks, but
    /// looks again after a short time (`synchronize_srcu` of such a domain is expedited). Where the
    /// kernel goes on in a worker, the caller does here.
    public static SleepableRcu ofKernel(Memory memory) {
        return new SleepableRcu(memory, Version.KERNEL, MANY_BITS, cpu -> cpu.nop(RETRY));
    }

    /// The index of the moment.
    public Variable index() {
        return index.place().variable();
    }

    /// `srcu_read_lock()`; gives what [#leave] needs.
    public Val enter(Cpu cpu) {
        Val mine = cpu.readOnce(index);
        in.count(cpu, mine);
        cpu.smpMb();
        return mine;
    }

    /// `srcu_read_unlock()`.
    public void leave(Cpu cpu, Val mine) {
        cpu.smpMb();
        out.count(cpu, mine);
    }

    /// `synchronize_srcu()`.
    public void synchronize(Cpu cpu) {
        if (version.firstPass()) drain(cpu);
        cpu.write(index, cpu.read(index).plus(Val.of(1)));
        cpu.smpMb();
        drain(cpu);
    }

    /// Words that lie in one line: those of a CPU.
    public List<List<Variable>> lines() {
        return List.of(
                List.of(
                        in.zero().variable(),
                        in.one().variable(),
                        out.zero().variable(),
                        out.one().variable()));
    }

    /// What a version does; the kernel's does all of it.
    private record Version(boolean firstPass, boolean looksAgain, boolean exitsFirst) {
        static final Version KERNEL = new Version(true, true, true);
    }

    static Primitive primitive() {
        return new Primitive(
                "SRCU",
                specification().model("SRCU", READERS, SECTIONS, CALLS),
                implementation(Version.KERNEL).model("SRCU by index", READERS, SECTIONS, CALLS),
                List.of(
                        new Primitive.Client(
                                SECTIONS + " sections each",
                                implementation(Version.KERNEL)
                                        .model("SRCU by index", READERS, SECTIONS, CALLS)),
                        new Primitive.Client(
                                "readers keep coming",
                                implementation(Version.KERNEL)
                                        .model("SRCU by index", 1, Sections.FOR_EVER, 1))),
                "return",
                new Primitive.Planted(
                        "one pass",
                        implementation(new Version(false, true, true))
                                .model("SRCU in one pass", READERS, SECTIONS, CALLS),
                        specification().model("SRCU", READERS, SECTIONS, CALLS)),
                new Primitive.Planted(
                        "looks once and does not look again",
                        implementation(new Version(true, false, true))
                                .model("SRCU that looks once", READERS, 1, 1),
                        specification().model("SRCU", READERS, 1, 1)),
                new Primitive.Planted(
                        "sums the entries before the exits",
                        implementation(new Version(true, true, false))
                                .model("SRCU that sums entries first", READERS, SECTIONS, CALLS),
                        specification().model("SRCU", READERS, SECTIONS, CALLS)));
    }

    private static Sections specification() {
        return Sections.of(Section.SRCU, Cpu::synchronizeSrcu);
    }

    private static Sections implementation(Version version) {
        var memory = new Memory();
        var srcu = new SleepableRcu(memory, version, BITS, cpu -> {});
        return new Sections(
                memory,
                (cpu, inside) -> {
                    Val mine = srcu.enter(cpu);
                    inside.run();
                    srcu.leave(cpu, mine);
                },
                srcu::synchronize,
                List.of());
    }

    /// `try_check_zero()` until it succeeds: nobody is inside under the index that is not the one
    /// of the moment.
    private void drain(Cpu cpu) {
        cpu.call(
                "try_check_zero",
                () -> {
                    Val now = cpu.read(index);
                    Val other = Val.of(1).minus(now);
                    cpu.loop(() -> {
                        Val first = (version.exitsFirst() ? out : in).sum(cpu, other);
                        cpu.smpMb();
                        Val second = (version.exitsFirst() ? in : out).sum(cpu, other);
                        if (first.is(second) || !version.looksAgain()) return false;
                        again.accept(cpu);
                        return true;
                    });
                });
    }

    /// A pair of counters on each CPU, one for each index.
    private record Counters(PerCpu zero, PerCpu one) {
        Counters(Memory memory, String name, int bits) {
            this(
                    memory.perCpuWord(name + "[0]", bits, 0),
                    memory.perCpuWord(name + "[1]", bits, 0));
        }

        /// `this_cpu_inc`.
        void count(Cpu cpu, Val index) {
            cpu.when(() -> index.is(0), () -> cpu.inc(zero.mine()), () -> cpu.inc(one.mine()));
        }

        /// Over every CPU, one after the other.
        Val sum(Cpu cpu, Val index) {
            Local sum = cpu.local("sum", zero.variable().bits(), 0);
            cpu.forEachCpu(
                    CpuMask.ONLINE,
                    each ->
                            cpu.when(
                                    () -> index.is(0),
                                    () -> sum.set(sum.get().plus(cpu.read(zero.of(each)))),
                                    () -> sum.set(sum.get().plus(cpu.read(one.of(each))))));
            return sum.get();
        }
    }
}
