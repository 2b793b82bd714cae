package stillpoint.primitive;

import java.util.List;
import stillpoint.machine.Agent;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// percpu_ref: references are counted on each CPU alone, until the reference is killed; then one
/// counter takes over, and the last put completes the wait.
///
/// The specification turns newcomers away once it is killed, and returns when nobody holds a
/// reference. The implementation marks the counter DEAD and ATOMIC, takes a reference for the
/// switch, drops the first one, and lets a callback go on behind a grace period: it adds what the
/// CPUs have counted, takes off the bias that has kept the counter from 0, and drops the switch's
/// reference. Between two kills it is resurrected. Source: lib/percpu-refcount.c. Not modelled: a
/// task that gets on one CPU and puts on another, whose counts meet in the sum all the same.
final class PercpuRef {
    private static final int READERS = 2;
    private static final int SECTIONS = 1;
    private static final int CALLS = 2;

    private static final int ATOMIC = 1;
    private static final int DEAD = 2;

    /// The bias is the counter's highest bit: it may not reach 0 before the sum is in.
    private static final int BITS = 3;

    private static final int BIAS = 1 << BITS - 1;

    private PercpuRef() {}

    /// What a version does; the kernel's does all of it.
    private record Version(boolean takesTemporary, boolean waitsForReaders) {
        static final Version KERNEL = new Version(true, true);
    }

    static Primitive primitive() {
        return new Primitive(
                "percpu_ref",
                specification().model("percpu_ref", READERS, SECTIONS, CALLS),
                new Built(Version.KERNEL)
                        .sections()
                        .model("percpu_ref by switch", READERS, SECTIONS, CALLS),
                List.of(
                        new Primitive.Client(
                                "one section each",
                                new Built(Version.KERNEL)
                                        .sections()
                                        .model("percpu_ref by switch", READERS, SECTIONS, CALLS)),
                        new Primitive.Client(
                                "readers keep coming",
                                new Built(Version.KERNEL)
                                        .sections()
                                        .model(
                                                "percpu_ref by switch",
                                                READERS,
                                                Sections.FOR_EVER,
                                                1))),
                "return",
                new Primitive.Planted(
                        "the switch takes no reference of its own",
                        new Built(new Version(false, true))
                                .sections()
                                .model("percpu_ref without", READERS, SECTIONS, 1),
                        specification().model("percpu_ref", READERS, SECTIONS, 1)),
                new Primitive.Planted(
                        "the switch does not wait for a grace period",
                        new Built(new Version(true, false))
                                .sections()
                                .model("percpu_ref without a grace period", READERS, SECTIONS, 1),
                        specification().model("percpu_ref", READERS, SECTIONS, 1)));
    }

    private static Sections specification() {
        var memory = new Memory();
        Cell<Val> dead = memory.word("dead", 1, 0);
        Cell<Val> holders = memory.word("holders", 2, 0);
        return new Sections(
                memory,
                (cpu, inside) -> {
                    Local got = cpu.local("got", 1, 0);
                    cpu.atomic(() ->
                            cpu.when(
                                    () -> cpu.read(dead).is(0),
                                    () -> {
                                        cpu.inc(holders);
                                        got.set(1);
                                    }));
                    if (got.get().is(1)) {
                        inside.run();
                        cpu.dec(holders);
                    } else cpu.event("refused");
                },
                // Alive again before the next kill: nobody can tell, but by being refused or not.
                cpu -> {
                    cpu.write(dead, 0);
                    cpu.write(dead, 1);
                    cpu.waitFor(holders, count -> count.is(0));
                },
                List.of());
    }

    /// The state of one implementation, and what works on it.
    private record Built(
            Version version,
            Memory memory,
            Cell<Val> mode,
            Cell<Val> count,
            PerCpu counted,
            Cell<Val> done,
            Cell<Val> callback) {
        Built(Version version) {
            this(version, new Memory());
        }

        private Built(Version version, Memory memory) {
            this(
                    version,
                    memory,
                    memory.named(
                            memory.word("mode", 2, 0), "percpu", "ATOMIC", "DEAD", "DEAD|ATOMIC"),
                    memory.word("count", BITS, BIAS + 1),
                    memory.perCpuWord("percpu_count", BITS, 0),
                    memory.word("done", 1, 0),
                    memory.word("callback queued", 1, 0));
        }

        Sections sections() {
            return new Sections(
                    memory,
                    (cpu, inside) -> {
                        if (tryGetLive(cpu)) {
                            inside.run();
                            put(cpu);
                        } else cpu.event("refused");
                    },
                    cpu -> {
                        // The first kill finds it alive as it was made.
                        cpu.when(() -> cpu.read(mode).has(DEAD), () -> resurrect(cpu));
                        kill(cpu);
                        cpu.waitFor(done, value -> value.is(1));
                    },
                    List.of(
                            new Agent(
                                    "call_rcu", Recorder.record("call_rcu", this::callbacks), 1)));
        }

        private boolean tryGetLive(Cpu cpu) {
            return cpu.test(
                    "percpu_ref_tryget_live",
                    () -> {
                        cpu.rcuReadLock();
                        Val now = cpu.readOnce(mode);
                        boolean got;
                        if (now.is(0)) {
                            cpu.inc(counted.mine());
                            got = true;
                        } else got = now.lacks(DEAD) && cpu.incNotZero(count);
                        cpu.rcuReadUnlock();
                        return got;
                    });
        }

        private void put(Cpu cpu) {
            cpu.call(
                    "percpu_ref_put",
                    () -> {
                        cpu.rcuReadLock();
                        if (cpu.readOnce(mode).is(0)) cpu.dec(counted.mine());
                        else drop(cpu);
                        cpu.rcuReadUnlock();
                    });
        }

        private void drop(Cpu cpu) {
            cpu.when(() -> cpu.decAndTest(count), () -> cpu.write(done, 1));
        }

        private void kill(Cpu cpu) {
            cpu.call(
                    "percpu_ref_kill",
                    () -> {
                        cpu.write(done, 0);
                        cpu.writeOnce(mode, DEAD | ATOMIC);
                        if (version.takesTemporary()) cpu.inc(count);
                        cpu.writeOnce(callback, 1);
                        drop(cpu);
                    });
        }

        /// `percpu_ref_switch_to_atomic_rcu`, run again and again.
        private void callbacks(Cpu cpu) {
            cpu.loop(() -> {
                cpu.waitFor(callback, queued -> queued.is(1));
                cpu.write(callback, 0);
                if (version.waitsForReaders()) cpu.synchronizeRcu();
                Local sum = cpu.local("sum", BITS, 0);
                cpu.forEachCpu(
                        CpuMask.ONLINE,
                        each -> sum.set(sum.get().plus(cpu.read(counted.of(each)))));
                cpu.fetchAdd(count, sum.get().minus(Val.of(BIAS))).ignored();
                drop(cpu);
                return true;
            });
        }

        private void resurrect(Cpu cpu) {
            cpu.call(
                    "percpu_ref_resurrect",
                    () -> {
                        cpu.clearBits(mode, DEAD);
                        cpu.inc(count);
                        cpu.fetchAdd(count, Val.of(BIAS)).ignored();
                        cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(counted.of(each), 0));
                        cpu.smpStoreRelease(mode, 0);
                    });
        }
    }
}
