package stillpoint.primitive;

import java.util.List;
import stillpoint.machine.Agent;
import stillpoint.machine.Model;
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

    /// The bias is the counter's highest bit: it may not reach 0 before the sum is in. Wide enough
    /// for every reference and the bias at the same time.
    private static final int BITS = 4;

    private static final int BIAS = 1 << BITS - 1;

    private PercpuRef() {}

    /// What a version does; the kernel's does all of it.
    ///
    /// @param takesTemporary whether the switch takes a reference of its own
    /// @param waitsForReaders whether it waits for a grace period before it sums
    /// @param switches whether it is switched there and back before it is killed
    /// @param confirms whether the way back waits until the way there is confirmed
    private record Version(
            boolean takesTemporary, boolean waitsForReaders, boolean switches, boolean confirms) {
        static final Version KERNEL = new Version(true, true, false, true);
        static final Version SWITCHED = new Version(true, true, true, true);
    }

    static Primitive primitive() {
        return new Primitive(
                "percpu_ref",
                specification(SECTIONS, CALLS),
                implementation(Version.KERNEL, SECTIONS, CALLS),
                List.of(
                        new Primitive.Client(
                                "one section each",
                                implementation(Version.KERNEL, SECTIONS, CALLS)),
                        new Primitive.Client(
                                "readers keep coming",
                                implementation(Version.KERNEL, Sections.FOR_EVER, 1))),
                "return",
                mistake(
                        "the switch takes no reference of its own",
                        new Version(false, true, false, true)),
                mistake(
                        "the switch does not wait for a grace period",
                        new Version(true, false, false, true)));
    }

    /// Before it is killed, it is switched to the one counter and back.
    static Primitive switched() {
        return new Primitive(
                "percpu_ref, switched",
                specification(SECTIONS, 1),
                implementation(Version.SWITCHED, SECTIONS, 1),
                List.of(
                        new Primitive.Client(
                                "one section each", implementation(Version.SWITCHED, SECTIONS, 1))),
                "return",
                mistake(
                        "switches back before the switch is confirmed",
                        new Version(true, true, true, false)));
    }

    private static Primitive.Planted mistake(String words, Version version) {
        return new Primitive.Planted(
                words, implementation(version, SECTIONS, 1), specification(SECTIONS, 1));
    }

    private static Model specification(int sections, int calls) {
        return specification().model("percpu_ref", READERS, sections, calls);
    }

    private static Model implementation(Version version, int sections, int calls) {
        return new Built(version)
                .sections()
                .model("percpu_ref by switch", READERS, sections, calls);
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
                        if (version.switches()) {
                            switchToAtomic(cpu);
                            switchToPercpu(cpu);
                        }
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
                        cpu.setBits(mode, DEAD);
                        switchToAtomic(cpu);
                        drop(cpu);
                    });
        }

        private void switchToAtomic(Cpu cpu) {
            cpu.call(
                    "__percpu_ref_switch_to_atomic",
                    () -> {
                        cpu.setBits(mode, ATOMIC);
                        if (version.takesTemporary()) cpu.inc(count);
                        cpu.writeOnce(callback, 1);
                    });
        }

        private void switchToPercpu(Cpu cpu) {
            cpu.call(
                    "__percpu_ref_switch_to_percpu",
                    () -> {
                        if (version.confirms()) cpu.waitFor(callback, queued -> queued.is(0));
                        cpu.fetchAdd(count, Val.of(BIAS)).ignored();
                        cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(counted.of(each), 0));
                        cpu.smpStoreRelease(mode, 0);
                    });
        }

        /// `percpu_ref_switch_to_atomic_rcu`, run again and again.
        private void callbacks(Cpu cpu) {
            cpu.loop(() -> {
                cpu.waitFor(callback, queued -> queued.is(1));
                if (version.waitsForReaders()) cpu.synchronizeRcu();
                Local sum = cpu.local("sum", BITS, 0);
                cpu.forEachCpu(
                        CpuMask.ONLINE,
                        each -> sum.set(sum.get().plus(cpu.read(counted.of(each)))));
                cpu.fetchAdd(count, sum.get().minus(Val.of(BIAS))).ignored();
                // Confirmed: who waits for the switch may go on.
                cpu.write(callback, 0);
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
                        switchToPercpu(cpu);
                    });
        }
    }
}
