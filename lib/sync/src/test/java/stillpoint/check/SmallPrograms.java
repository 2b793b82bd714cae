package stillpoint.check;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Field;
import stillpoint.program.Hotplug;
import stillpoint.program.Kind;
import stillpoint.program.Local;
import stillpoint.program.Mutex;
import stillpoint.program.PerCpu;
import stillpoint.program.Ptr;
import stillpoint.program.SpinLock;
import stillpoint.program.SpinLockField;
import stillpoint.program.Val;

/// Small models, each about one thing: every kind of fault, every way of waiting, every kind of
/// place. Each has the outcome that it must have, whichever engine and whichever reductions look at
/// it.
enum SmallPrograms {
    NULL_DEREFERENCE(
            "NULL dereference",
            s -> {
                var map = new Map(s);
                return s.cpu("reader", map::use).cpu("writer", cpu -> cpu.clear(map.pointer));
            }),
    USE_AFTER_FREE(
            "use after free",
            s -> {
                var map = new Map(s);
                return s.cpu("reader", map::use)
                        .cpu("writer", cpu -> cpu.free(cpu.read(map.pointer)));
            }),
    LOCK_IN_FREED_MEMORY(
            "use after free",
            s -> {
                var map = new Map(s);
                return s.cpu(
                                "reader",
                                cpu -> {
                                    SpinLock lock = cpu.read(map.pointer).lock(map.lock);
                                    cpu.spinLock(lock);
                                    cpu.spinUnlock(lock);
                                })
                        .cpu("writer", cpu -> cpu.free(cpu.read(map.pointer)));
            }),
    DOUBLE_FREE(
            "double free",
            s -> {
                var map = new Map(s);
                return s.cpus("writer", 2, cpu -> cpu.free(cpu.read(map.pointer)));
            }),
    OUT_OF_SLOTS(
            "more objects alive than the model has room for",
            s -> {
                var map = new Map(s);
                return s.cpus("writer", 2, cpu -> cpu.writePtr(map.pointer, cpu.alloc(map.kind)));
            }),
    LEAK(
            "leaked object",
            s -> {
                var map = new Map(s);
                return s.cpu("writer", cpu -> cpu.clear(map.pointer));
            }),
    SLEEP_WHILE_ATOMIC(
            "sleep while atomic",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                return s.cpu(
                                "reader",
                                cpu -> {
                                    cpu.preemptDisable();
                                    if (cpu.read(x).is(1)) cpu.mightSleep("kvzalloc()");
                                    cpu.preemptEnable();
                                })
                        .cpu("writer", cpu -> cpu.write(x, 1));
            }),
    UNLOCK_OF_A_FREE_LOCK(
            "unlock of a free lock",
            s -> {
                Mutex lock = s.memory.mutex("mutex");
                return s.cpus(
                        "writer",
                        2,
                        cpu -> {
                            if (cpu.choose("locks")) cpu.mutexLock(lock);
                            cpu.mutexUnlock(lock);
                        });
            }),
    BROKEN_ASSERTION(
            "broken assertion",
            s -> {
                Cell<Val> x = s.memory.word("x", 2, 0);
                return s.cpus(
                        "counter",
                        2,
                        cpu -> {
                            Val old = cpu.read(x);
                            cpu.write(x, old.plus(Val.of(1)));
                            cpu.must(
                                    cpu.read(x).is(old.plus(Val.of(1))), "nobody else has counted");
                        });
            }),
    AB_BA(
            "deadlock",
            s -> {
                Mutex a = s.memory.mutex("a");
                Mutex b = s.memory.mutex("b");
                return s.cpu("one", cpu -> both(cpu, a, b)).cpu("other", cpu -> both(cpu, b, a));
            }),
    SPIN_ON_A_VALUE_NEVER_SET(
            "deadlock",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                return s.cpu("spinner", cpu -> cpu.condLoad(x, v -> v.is(1)))
                        .cpu("other", cpu -> cpu.nop("busy"));
            }),
    LOST_WAKE_UP(
            "deadlock",
            s -> {
                Cell<Val> x = s.memory.word("x", 2, 0);
                return s.cpu("waiter", cpu -> cpu.waitFor(x, v -> v.is(1)))
                        .cpu(
                                "waker",
                                cpu -> {
                                    cpu.write(x, 1);
                                    cpu.write(x, 2);
                                });
            }),
    A_CHOICE_BEFORE_AN_ATOMIC_WAIT(
            "deadlock",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                return s.cpu(
                        "chooser",
                        cpu -> {
                            if (cpu.choose("waits"))
                                cpu.atomic(() -> {
                                    cpu.nop("atomic");
                                    cpu.condLoad(x, v -> v.is(1));
                                });
                        });
            }),
    A_WRITE_BEFORE_AN_ATOMIC_WRITE(
            "broken assertion",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                Cell<Val> y = s.memory.word("y", 1, 0);
                return s.cpu(
                                "writer",
                                cpu -> {
                                    cpu.write(x, 1);
                                    cpu.atomic(() -> {
                                        cpu.nop("atomic");
                                        cpu.write(y, 1);
                                    });
                                })
                        .cpu(
                                "reader",
                                cpu ->
                                        cpu.when(
                                                () -> cpu.read(x).is(1),
                                                () ->
                                                        cpu.must(
                                                                cpu.read(y).is(1),
                                                                "both writes are one")));
            }),
    CALLBACK_THAT_WAITS_FOR_A_STOPPED_CPU(
            "stop_machine callback that waits for a stopped CPU",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                return s.cpu("other", cpu -> cpu.write(x, 1))
                        .cpu(
                                "stopper",
                                cpu ->
                                        cpu.stopMachine(
                                                CpuMask.NULL,
                                                each -> each.condLoad(x, v -> v.is(1))));
            }),
    CALLBACKS_THAT_WAIT_FOR_A_STOPPED_CPU(
            "stop_machine callback that waits for a stopped CPU",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                return s.cpu("other", cpu -> cpu.write(x, 1))
                        .cpu(
                                "stopper",
                                cpu ->
                                        cpu.stopMachine(
                                                CpuMask.ONLINE,
                                                each -> each.condLoad(x, v -> v.is(1))));
            }),
    SPIN_LOCKED_COUNTER(
            "safe",
            s -> {
                SpinLock lock = s.memory.spinLock("lock");
                Cell<Val> x = s.memory.word("x", 2, 0);
                return s.cpus(
                        "counter",
                        3,
                        cpu -> {
                            cpu.spinLock(lock);
                            Val old = cpu.read(x);
                            cpu.write(x, old.plus(Val.of(1)));
                            cpu.spinUnlock(lock);
                            cpu.must(!cpu.read(x).isZero(), "it has grown");
                        });
            }),
    MUTEX_AND_GRACE_PERIOD(
            "safe",
            s -> {
                var map = new Map(s);
                Mutex lock = s.memory.mutex("mutex");
                return s.cpus(
                                "reader",
                                2,
                                cpu -> {
                                    cpu.rcuReadLock();
                                    Ptr p = cpu.rcuDereference(map.pointer);
                                    if (p.exists()) cpu.inc(p.at(map.count));
                                    cpu.rcuReadUnlock();
                                })
                        .cpus(
                                "writer",
                                2,
                                cpu -> {
                                    cpu.mutexLock(lock);
                                    Ptr old = cpu.read(map.pointer);
                                    cpu.clear(map.pointer);
                                    cpu.synchronizeRcu();
                                    cpu.free(old);
                                    cpu.mutexUnlock(lock);
                                });
            }),
    TWO_GRACE_PERIODS_AT_THE_SAME_TIME(
            "safe",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                Cell<Val> y = s.memory.word("y", 1, 0);
                return s.cpus(
                                "reader",
                                2,
                                cpu -> {
                                    cpu.rcuReadLock();
                                    if (cpu.read(x).is(0)) cpu.read(y).ignored();
                                    cpu.rcuReadUnlock();
                                })
                        .cpu("x", cpu -> waiting(cpu, x))
                        .cpu("y", cpu -> waiting(cpu, y));
            }),
    SLOTS_LIVE_FOR_EVER(
            "safe",
            s -> {
                var map = new Map(s);
                return s.cpu(
                                "writer",
                                cpu -> {
                                    Local rounds = cpu.local("rounds", 2, 0);
                                    cpu.loop(() -> {
                                        Ptr old = cpu.read(map.pointer);
                                        cpu.clear(map.pointer);
                                        cpu.synchronizeRcu();
                                        cpu.free(old);
                                        cpu.rcuAssignPointer(map.pointer, cpu.alloc(map.kind));
                                        rounds.set(rounds.get().plus(Val.of(1)));
                                        return rounds.get().isNot(3);
                                    });
                                })
                        .cpu(
                                "reader",
                                cpu ->
                                        cpu.loop(() -> {
                                            cpu.rcuReadLock();
                                            Ptr p = cpu.rcuDereference(map.pointer);
                                            cpu.when(p::exists, () -> cpu.inc(p.at(map.count)));
                                            cpu.rcuReadUnlock();
                                            return cpu.choose("again");
                                        }));
            }),
    AN_ADDRESS_IN_USE_AGAIN(
            "use after free",
            s -> {
                var map = new Map(s);
                Cell<Val> renewed = s.memory.word("renewed", 1, 0);
                return s.cpu(
                                "reader",
                                cpu -> {
                                    Ptr seen = cpu.read(map.pointer);
                                    cpu.condLoad(renewed, v -> v.is(1));
                                    if (seen.same(cpu.read(map.pointer)))
                                        cpu.inc(seen.at(map.count));
                                })
                        .cpu(
                                "writer",
                                cpu -> {
                                    cpu.free(cpu.read(map.pointer));
                                    cpu.writePtr(map.pointer, cpu.alloc(map.kind));
                                    cpu.write(renewed, 1);
                                });
            }),
    ONE_CALLBACK_WORKS_AND_THE_OTHERS_SPIN(
            "safe",
            s -> {
                Cell<Val> first = s.memory.word("first_stop_machine", 2, 0);
                Cell<Val> map = s.memory.word("map", 2, 1);
                return s.cpu(
                                "reader",
                                cpu -> {
                                    cpu.preemptDisable();
                                    Val before = cpu.read(map);
                                    cpu.must(
                                            cpu.read(map).is(before), "nothing moves in a section");
                                    cpu.preemptEnable();
                                })
                        .cpu(
                                "swapoff",
                                cpu -> {
                                    cpu.stopMachine(
                                            CpuMask.ONLINE, each -> onlyOne(each, first, map));
                                    cpu.must(cpu.read(map).is(2), "the map was changed once");
                                });
            }),
    A_SUM_OVER_ALL_CPUS(
            "safe",
            s -> {
                PerCpu count = s.memory.perCpuWord("count", 1, 0);
                Cell<Val> sum = s.memory.word("sum", 2, 0);
                return s.cpus("counter", 2, cpu -> cpu.write(count.mine(), 1))
                        .cpu(
                                "summer",
                                cpu -> {
                                    cpu.forEachCpu(
                                            CpuMask.ONLINE,
                                            each ->
                                                    cpu.fetchAdd(sum, cpu.read(count.of(each)))
                                                            .ignored());
                                    cpu.must(!cpu.read(sum).is(3), "its own count is 0");
                                });
            }),
    INTERRUPTS_OFF_HOLD_OFF_A_STOP(
            "safe",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                return s.cpu(
                                "reader",
                                cpu -> {
                                    cpu.localIrqDisable();
                                    Val before = cpu.read(x);
                                    cpu.must(cpu.read(x).is(before), "nothing moves in a section");
                                    cpu.localIrqEnable();
                                })
                        .cpu(
                                "stopper",
                                cpu -> cpu.stopMachine(CpuMask.NULL, each -> each.write(x, 1)));
            }),
    A_HANDSHAKE(
            "safe",
            s -> {
                Cell<Val> x = s.memory.word("x", 2, 0);
                return s.cpu(
                                "one",
                                cpu -> {
                                    cpu.smpStoreRelease(x, 1);
                                    cpu.condLoad(x, v -> v.is(2));
                                    cpu.smpStoreRelease(x, 3);
                                })
                        .cpu(
                                "other",
                                cpu -> {
                                    cpu.waitFor(x, v -> v.is(1));
                                    cpu.writeOnce(x, 2);
                                    cpu.waitFor(x, v -> v.is(3));
                                });
            }),
    ATOMIC_UPDATES(
            "safe",
            s -> {
                Cell<Val> x = s.memory.word("x", 2, 1);
                return s.cpus(
                                "user",
                                2,
                                cpu -> {
                                    if (!cpu.incNotZero(x)) return;
                                    cpu.must(!cpu.read(x).isZero(), "it is held");
                                    cpu.decAndTest(x);
                                })
                        .cpu(
                                "owner",
                                cpu -> {
                                    cpu.atomic(() -> {
                                        cpu.setBits(x, 0);
                                        cpu.clearBits(x, 0);
                                    });
                                    cpu.when(() -> cpu.decAndTest(x), () -> cpu.nop("last"));
                                });
            }),
    MARKED_AND_UNMARKED_READERS(
            "safe",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                return s.cpu(
                                "marked",
                                cpu -> {
                                    cpu.preemptDisable();
                                    cpu.read(x).ignored();
                                    cpu.preemptEnable();
                                    cpu.mightSleep("cond_resched()");
                                    cpu.read(x).ignored();
                                })
                        .cpu(
                                "writer",
                                cpu -> {
                                    cpu.write(x, 1);
                                    cpu.stopMachine(CpuMask.ONLINE, each -> {});
                                    cpu.synchronizeRcu();
                                });
            }),
    OFFLINE_CPU(
            "stop_machine callback for a CPU that is off line",
            s -> {
                Hotplug hotplug = s.memory.cpuHotplug();
                Cell<Val> x = s.memory.word("x", 1, 0);
                return s.cpu(
                                "swapoff",
                                cpu ->
                                        cpu.stopMachineOn(
                                                cpu.onlineMask(), each -> each.write(x, 1)))
                        .cpu("cpu hotplug", cpu -> hotplug.cpuDown(cpu, Val.of(0)));
            }),
    HANDLER_SPINS_FOR_WHAT_IT_INTERRUPTED(
            "deadlock",
            s -> {
                SpinLock lock = s.memory.spinLock("lock");
                s.cpu(
                        "task",
                        cpu -> {
                            cpu.spinLock(lock);
                            cpu.spinUnlock(lock);
                        });
                return s.on(
                        "task",
                        Level.IRQ,
                        "handler",
                        cpu -> {
                            cpu.spinLock(lock);
                            cpu.spinUnlock(lock);
                        });
            }),
    TICK(
            "safe",
            s -> {
                Cell<Val> x = s.memory.word("x", 1, 0);
                s.cpu("sleeper", cpu -> cpu.waitFor(x, v -> v.is(1))).cpus("other", 2, Cpu::smpMb);
                s.repeating("sleeper", Level.IRQ, "tick", cpu -> cpu.write(x, 1));
                return s.on("other", Level.NMI, "nmi", cpu -> cpu.write(x, 0));
            });

    /// An object with a life, a count and a lock, and the pointer to it.
    private static final class Map {
        final Kind kind;
        final Cell<Ptr> pointer;
        final Field<Val> count;
        final SpinLockField lock;

        Map(Scene s) {
            kind = s.memory.kind("swap_map", 1);
            pointer = s.memory.pointer("p->swap_map", kind);
            count = s.memory.field(kind, "count", 1, 0);
            lock = s.memory.lockField(kind, "lock");
        }

        void use(Cpu cpu) {
            cpu.inc(cpu.read(pointer).at(count));
        }
    }

    private final String outcome;
    private final UnaryOperator<Scene> build;

    SmallPrograms(String outcome, UnaryOperator<Scene> build) {
        this.outcome = outcome;
        this.build = build;
    }

    /// `safe`, or the kind of violation.
    String outcome() {
        return outcome;
    }

    Model model() {
        return build.apply(new Scene()).model(name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    Checker checker(Reductions reductions) {
        return Checker.of(Config.PREEMPT_Y_4_20).with(reductions);
    }

    static final List<Reductions> EVERY_WAY =
            List.of(
                    Reductions.ALL,
                    Reductions.ALL.withoutMovers(),
                    Reductions.ALL.withoutSymmetry(),
                    Reductions.VERBS,
                    new Reductions(true, false, false, false),
                    new Reductions(false, true, false, false),
                    Reductions.NONE);

    private static void both(Cpu cpu, Mutex first, Mutex second) {
        cpu.mutexLock(first);
        cpu.mutexLock(second);
        cpu.mutexUnlock(second);
        cpu.mutexUnlock(first);
    }

    private static void waiting(Cpu cpu, Cell<Val> x) {
        cpu.write(x, 1);
        cpu.synchronizeRcu();
        cpu.write(x, 0);
    }

    /// As Andrea Arcangeli sketched it on 2019-02-13: the first callback does the work, the others
    /// wait until it is done.
    private static void onlyOne(Cpu each, Cell<Val> first, Cell<Val> map) {
        if (each.cmpxchg(first, 0, 1).is(0)) {
            each.fetchAdd(map, Val.of(1)).ignored();
            each.smpStoreRelease(first, 2);
        } else each.condLoad(first, v -> v.is(2));
    }
}
