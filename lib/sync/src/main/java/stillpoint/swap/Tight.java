package stillpoint.swap;

import java.util.List;
import java.util.Locale;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Memory;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// The *tight* model of swapoff, step for step as it was given to an independent model checker:
/// readers enter, check VALID, load the map, use it twice, put it, and leave; the writer clears
/// VALID, waits, sets the map to NULL, and frees it.
///
/// It is the yardstick of the search's speed and counts, not a design: `lib/bench/spin.sh` runs it
/// beside SPIN.
public enum Tight {
    STOP_MACHINE {
        @Override
        void enter(Shared s, Cpu cpu) {
            cpu.preemptDisable();
        }

        @Override
        void leave(Shared s, Cpu cpu) {
            cpu.preemptEnable();
        }

        @Override
        void quiesce(Shared s, Cpu cpu) {
            cpu.stopMachine(CpuMask.ONLINE, each -> {});
        }
    },
    SYNCHRONIZE_RCU {
        @Override
        void enter(Shared s, Cpu cpu) {
            cpu.rcuReadLock();
        }

        @Override
        void leave(Shared s, Cpu cpu) {
            cpu.rcuReadUnlock();
        }

        @Override
        void quiesce(Shared s, Cpu cpu) {
            cpu.synchronizeRcu();
        }
    },
    REFCOUNT {
        @Override
        void check(Shared s, Cpu cpu, Runnable valid) {
            cpu.atomic(() -> {
                if (!cpu.read(s.valid).is(1)) return;
                cpu.inc(s.users);
                valid.run();
            });
        }

        @Override
        void put(Shared s, Cpu cpu) {
            cpu.dec(s.users);
        }

        @Override
        void quiesce(Shared s, Cpu cpu) {
            cpu.waitFor(s.users, n -> n.is(0));
        }
    },
    MUTATE_IN_STOP {
        @Override
        void enter(Shared s, Cpu cpu) {
            cpu.preemptDisable();
        }

        @Override
        void leave(Shared s, Cpu cpu) {
            cpu.preemptEnable();
        }

        @Override
        void write(Shared s, Cpu cpu) {
            cpu.write(s.valid, 0);
            cpu.stopMachine(
                    CpuMask.NULL,
                    each -> {
                        each.write(s.map, 0);
                        each.write(s.freed, 1);
                    });
        }
    },
    UNPROTECTED;

    private static final String USED = "a reader used the map";
    private static final String FINISHED = "the writer finished";

    /// The cells of one model.
    static final class Shared {
        final Memory memory = new Memory();
        final Cell<Val> valid = memory.word("valid", 1, 1);
        final Cell<Val> map = memory.word("map", 1, 1);
        final Cell<Val> freed = memory.word("freed", 1, 0);
        final Cell<Val> users = memory.word("users", 4, 0);
    }

    void enter(Shared s, Cpu cpu) {
        cpu.nop("enter");
    }

    void leave(Shared s, Cpu cpu) {
        cpu.nop("leave");
    }

    void check(Shared s, Cpu cpu, Runnable valid) {
        if (cpu.read(s.valid).is(1)) valid.run();
    }

    void put(Shared s, Cpu cpu) {
        cpu.nop("put");
    }

    void quiesce(Shared s, Cpu cpu) {
        cpu.nop("wait for nothing");
    }

    void write(Shared s, Cpu cpu) {
        cpu.write(s.valid, 0);
        quiesce(s, cpu);
        cpu.write(s.map, 0);
        cpu.write(s.freed, 1);
    }

    private void read(Shared s, Cpu cpu, boolean puts) {
        enter(s, cpu);
        boolean[] valid = {false};
        check(s, cpu, () -> valid[0] = true);
        if (valid[0]) {
            Val map = cpu.read(s.map);
            for (int use = 0; use < 2; use++) {
                Val freed = cpu.read(s.freed);
                cpu.must(map.is(1), "map is not NULL");
                cpu.must(freed.is(0), "map is alive");
            }
            if (puts) put(s, cpu);
            cpu.sometimes(USED);
        }
        leave(s, cpu);
    }

    /// The model with this many readers.
    public Model readers(int readers) {
        return model("tight " + name().toLowerCase(Locale.ROOT).replace('_', ' '), readers, true);
    }

    /// The stop_machine variant with readers of six visible steps, which put nothing: lock, check
    /// VALID, load the map, use, use, unlock.
    public static Model sixSteps(int readers) {
        return STOP_MACHINE.model("tight stop machine of six steps", readers, false);
    }

    private Model model(String title, int readers, boolean puts) {
        var s = new Shared();
        return new Model(
                title,
                s.memory,
                List.of(
                        new Agent(
                                "reader",
                                Recorder.record("reader", cpu -> read(s, cpu, puts)),
                                readers),
                        new Agent(
                                "writer",
                                Recorder.record(
                                        "writer",
                                        cpu -> {
                                            write(s, cpu);
                                            cpu.sometimes(FINISHED);
                                        }),
                                1)),
                List.of(USED, FINISHED),
                Bounds.of("readers", "" + readers),
                FailureClasses.NONE);
    }
}
