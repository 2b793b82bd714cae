package stillpoint.primitive;

import java.util.List;
import java.util.function.Consumer;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Recorder;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;

/// A spin lock: the language's own as the specification, a test-and-set lock and a ticket lock as
/// implementations.
///
/// Sources: include/asm-generic/spinlock.h (the ticket lock); the test-and-set lock is the
/// textbook's. The kernel's usual lock, kernel/locking/qspinlock.c, queues its waiters as tickets
/// do.
final class Locks {
    private static final int CPUS = 3;

    /// Wide enough that no two waiters have the same ticket.
    private static final int TICKET_BITS = 2;

    private Locks() {}

    static Primitive testAndSet() {
        return new Primitive(
                "spin lock, test and set",
                specification(),
                testAndSet(true),
                List.of(new Primitive.Client("lockers go on for ever", testAndSet(true))),
                "enter",
                new Primitive.Planted("tests, then sets", testAndSet(false), specification()));
    }

    static Primitive ticket() {
        return new Primitive(
                "spin lock, tickets",
                specification(),
                ticket(true),
                List.of(new Primitive.Client("lockers go on for ever", ticket(true))),
                "enter",
                new Primitive.Planted(
                        "reads its ticket, then counts on", ticket(false), specification()));
    }

    private static Model specification() {
        var memory = new Memory();
        SpinLock lock = memory.spinLock("lock");
        return model("spin lock", memory, cpu -> cpu.spinLock(lock), cpu -> cpu.spinUnlock(lock));
    }

    private static Model testAndSet(boolean atOnce) {
        var memory = new Memory();
        Cell<Val> taken = memory.word("taken", 1, 0);
        return model(
                "test-and-set lock",
                memory,
                cpu -> {
                    cpu.preemptDisable();
                    cpu.loop(() -> {
                        if (atOnce) return cpu.xchg(taken, 1).is(1);
                        boolean busy = cpu.readOnce(taken).is(1);
                        if (!busy) cpu.writeOnce(taken, 1);
                        return busy;
                    });
                },
                cpu -> {
                    cpu.smpStoreRelease(taken, 0);
                    cpu.preemptEnable();
                });
    }

    private static Model ticket(boolean atOnce) {
        var memory = new Memory();
        Cell<Val> next = memory.word("next", TICKET_BITS, 0);
        Cell<Val> owner = memory.word("owner", TICKET_BITS, 0);
        return model(
                "ticket lock",
                memory,
                cpu -> {
                    cpu.preemptDisable();
                    Val ticket = atOnce ? cpu.fetchAdd(next, Val.of(1)) : cpu.readOnce(next);
                    if (!atOnce) cpu.write(next, ticket.plus(Val.of(1)));
                    cpu.loop(() -> !cpu.smpLoadAcquire(owner).is(ticket));
                },
                cpu -> {
                    // Only the owner writes it.
                    cpu.write(owner, cpu.read(owner).plus(Val.of(1)));
                    cpu.preemptEnable();
                });
    }

    private static Model model(
            String title, Memory memory, Consumer<Cpu> lock, Consumer<Cpu> unlock) {
        Consumer<Cpu> locker =
                cpu ->
                        cpu.loop(() -> {
                            cpu.event("call");
                            lock.accept(cpu);
                            cpu.event("enter");
                            cpu.event("exit");
                            unlock.accept(cpu);
                            return true;
                        });
        return new Model(
                title,
                memory,
                List.of(new Agent("locker", Recorder.record("locker", locker), CPUS)),
                List.of(),
                Bounds.of("lockers", "" + CPUS, "sections each", "for ever"),
                FailureClasses.NONE);
    }
}
