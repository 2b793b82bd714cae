package stillpoint.primitive;

import java.util.List;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Section;
import stillpoint.program.Val;

/// SRCU: a reader counts itself in and out, on its own CPU, under the index of the moment; the
/// writer waits until the counts of the other index agree, flips the index, and waits again.
///
/// Why twice: a reader may read the index, stand still while it is flipped, and count itself in
/// under the old one; the next grace period finds it in its first pass. Why the exits are summed
/// before the entries: a reader that moves on between the sums is then counted in, never out alone.
/// Source: kernel/rcu/srcutree.c (`srcu_advance_state`, `try_check_zero`), without its tree of
/// nodes, which only spreads call-backs. The counters are as wide as the sections that readers go
/// through; in the kernel a wrap within one grace period is taken for impossible.
final class SleepableRcu {
    private static final int READERS = 2;
    private static final int SECTIONS = 2;
    private static final int CALLS = 2;
    private static final int BITS = 2;

    private SleepableRcu() {}

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
        Cell<Val> index = memory.word("srcu_idx", 1, 0);
        var in = new Counters(memory, "lock_count");
        var out = new Counters(memory, "unlock_count");
        return new Sections(
                memory,
                (cpu, inside) -> {
                    Val mine = cpu.readOnce(index);
                    in.count(cpu, mine);
                    cpu.smpMb();
                    inside.run();
                    cpu.smpMb();
                    out.count(cpu, mine);
                },
                cpu -> {
                    if (version.firstPass()) drain(cpu, index, in, out, version);
                    cpu.write(index, cpu.read(index).plus(Val.of(1)));
                    cpu.smpMb();
                    drain(cpu, index, in, out, version);
                },
                List.of());
    }

    /// `try_check_zero()` until it succeeds: nobody is inside under the index that is not the one
    /// of the moment.
    private static void drain(
            Cpu cpu, Cell<Val> index, Counters in, Counters out, Version version) {
        cpu.call(
                "try_check_zero",
                () -> {
                    Val now = cpu.read(index);
                    Val other = Val.of(1).minus(now);
                    cpu.loop(() -> {
                        Val first = (version.exitsFirst() ? out : in).sum(cpu, other);
                        cpu.smpMb();
                        Val second = (version.exitsFirst() ? in : out).sum(cpu, other);
                        return !first.is(second) && version.looksAgain();
                    });
                });
    }

    /// A pair of counters on each CPU, one for each index.
    private record Counters(PerCpu zero, PerCpu one) {
        Counters(Memory memory, String name) {
            this(
                    memory.perCpuWord(name + "[0]", BITS, 0),
                    memory.perCpuWord(name + "[1]", BITS, 0));
        }

        /// `this_cpu_inc`.
        void count(Cpu cpu, Val index) {
            cpu.when(() -> index.is(0), () -> cpu.inc(zero.mine()), () -> cpu.inc(one.mine()));
        }

        /// Over every CPU, one after the other.
        Val sum(Cpu cpu, Val index) {
            Local sum = cpu.local("sum", BITS, 0);
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
