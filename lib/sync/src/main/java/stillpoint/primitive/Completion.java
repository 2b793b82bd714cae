package stillpoint.primitive;

import java.util.List;
import java.util.function.Consumer;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Local;
import stillpoint.program.Memory;
import stillpoint.program.PerCpu;
import stillpoint.program.Recorder;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;

/// A completion: each `complete()` lets one `wait_for_completion()` through, whichever comes first.
///
/// The specification is a count; the implementation a count and a queue under a lock, in which a
/// waiter is entered before it goes to sleep. Source: kernel/sched/completion.c,
/// kernel/sched/swait.c. The queue's order is left open: any waiter may be the first.
final class Completion {
    private static final int WAITERS = 2;
    private static final int COUNT_BITS = 2;

    private Completion() {}

    static Primitive primitive() {
        return new Primitive(
                "completion",
                specification(),
                implementation(true),
                List.of(
                        new Primitive.Client(
                                "as many are completed as wait", implementation(true))),
                "return",
                new Primitive.Planted(
                        "lets go of the lock between the look and the queue",
                        implementation(false),
                        specification()));
    }

    private static Model specification() {
        var memory = new Memory();
        Cell<Val> done = memory.word("done", COUNT_BITS, 0);
        return model(
                "completion",
                memory,
                cpu ->
                        cpu.atomic(() -> {
                            cpu.waitFor(done, count -> count.isNot(0));
                            cpu.dec(done);
                        }),
                cpu -> cpu.inc(done));
    }

    private static Model implementation(boolean atOnce) {
        var memory = new Memory();
        Cell<Val> done = memory.word("x->done", COUNT_BITS, 0);
        SpinLock lock = memory.spinLock("x->wait.lock");
        PerCpu queued = memory.perCpuWord("queued", 1, 0);
        PerCpu asleep = memory.perCpuWord("asleep", 1, 0);
        return model(
                "completion with a queue",
                memory,
                cpu -> {
                    cpu.spinLock(lock);
                    cpu.loop(() -> {
                        if (cpu.read(done).isNot(0)) return false;
                        if (!atOnce) {
                            cpu.spinUnlock(lock);
                            cpu.spinLock(lock);
                        }
                        cpu.write(queued.mine(), 1);
                        cpu.write(asleep.mine(), 1);
                        cpu.spinUnlock(lock);
                        schedule(cpu, asleep);
                        cpu.spinLock(lock);
                        return true;
                    });
                    cpu.write(queued.mine(), 0);
                    cpu.dec(done);
                    cpu.spinUnlock(lock);
                },
                cpu -> {
                    cpu.spinLock(lock);
                    cpu.inc(done);
                    wakeOne(cpu, queued, asleep);
                    cpu.spinUnlock(lock);
                });
    }

    /// `schedule()` of a task that has marked itself as asleep.
    private static void schedule(Cpu cpu, PerCpu asleep) {
        cpu.call("schedule", () -> cpu.waitFor(asleep.mine(), state -> state.is(0)));
    }

    /// `swake_up_locked()`: takes one task out of the queue and wakes it.
    private static void wakeOne(Cpu cpu, PerCpu queued, PerCpu asleep) {
        cpu.call(
                "swake_up_locked",
                () -> {
                    Local woken = cpu.local("woken", 1, 0);
                    cpu.forEachCpu(
                            CpuMask.ONLINE,
                            each ->
                                    cpu.when(
                                            () ->
                                                    woken.get().is(0)
                                                            && cpu.read(queued.of(each)).is(1),
                                            () -> {
                                                cpu.write(queued.of(each), 0);
                                                cpu.write(asleep.of(each), 0);
                                                woken.set(1);
                                            }));
                });
    }

    private static Model model(
            String title, Memory memory, Consumer<Cpu> await, Consumer<Cpu> complete) {
        Consumer<Cpu> waiter =
                cpu -> {
                    cpu.event("call");
                    await.accept(cpu);
                    cpu.event("return");
                };
        Consumer<Cpu> completer =
                cpu -> {
                    for (int n = 0; n < WAITERS; n++) {
                        cpu.event("complete");
                        complete.accept(cpu);
                    }
                };
        return new Model(
                title,
                memory,
                List.of(
                        new Agent("waiter", Recorder.record("waiter", waiter), WAITERS),
                        new Agent("completer", Recorder.record("completer", completer), 1)),
                List.of(),
                Bounds.of("waiters", "" + WAITERS, "calls of complete()", "" + WAITERS),
                FailureClasses.NONE);
    }
}
