package stillpoint.check;

import java.util.Random;
import java.util.function.Consumer;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Local;
import stillpoint.program.Mutex;
import stillpoint.program.PerCpu;
import stillpoint.program.Ptr;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;

/// Programs that nobody would write: a few statements drawn from the whole language, nested a
/// little. The same seed gives the same model.
final class RandomPrograms {
    private static final int STATEMENTS = 3;

    private final Scene scene;
    private final Random random;
    private final Cpu cpu;
    private final Cell<Val> x;
    private final Cell<Val> y;
    private final PerCpu mine;
    private final Kind kind;
    private final Field<Val> field;
    private final Cell<Ptr> p;
    private final SpinLock lock;
    private final Mutex mutex;

    private RandomPrograms(Scene s, Cpu cpu, long seed) {
        this.scene = s;
        this.random = new Random(seed);
        this.cpu = cpu;
        x = s.memory.word("x", 2, 0);
        y = s.memory.word("y", 1, 0);
        mine = s.memory.perCpuWord("mine", 1, 0);
        kind = s.memory.kind("map", 2);
        field = s.memory.field(kind, "field", 1, 0);
        p = s.memory.pointer("p", kind);
        lock = s.memory.spinLock("lock");
        mutex = s.memory.mutex("mutex");
    }

    static Model model(int seed) {
        var scene = new Scene();
        int[] copies = {1 + seed % 2, 1};
        for (int agent = 0; agent < 2; agent++) {
            long own = seed * 31L + agent;
            scene.cpus(
                    "agent" + agent,
                    copies[agent],
                    cpu -> new RandomPrograms(scene, cpu, own).statements(2, false));
        }
        return scene.model("random program " + seed);
    }

    /// The same with one or two more tasks on the CPUs of the first agent.
    static Model crowded(int seed) {
        var scene = new Scene();
        var random = new Random(seed);
        int copies = 1 + random.nextInt(4) / 3;
        for (int agent = 0; agent < 2; agent++) {
            long own = random.nextLong();
            scene.cpus(
                    "agent" + agent,
                    agent == 0 ? copies : 1,
                    cpu -> new RandomPrograms(scene, cpu, own).statements(2, false));
            if (random.nextInt(4) == 0) scene.migrating();
        }
        for (int more = 0; more < 1 + random.nextInt(3) / 2; more++) {
            Level level = Level.values()[random.nextInt(4)];
            long own = random.nextLong();
            Consumer<Cpu> body =
                    cpu -> new RandomPrograms(scene, cpu, own).statements(1, level.interrupts());
            if (random.nextInt(3) == 0) scene.repeating("agent0", level, "again" + more, body);
            else scene.on("agent0", level, "once" + more, body);
        }
        return scene.model("crowded random program " + seed);
    }

    private void statements(int depth, boolean atomic) {
        int n = 1 + random.nextInt(STATEMENTS);
        for (int i = 0; i < n; i++) statement(depth, atomic);
    }

    /// What is nested draws from a source of its own, so that the recorder may skip it.
    private void nested(long seed, int depth, boolean atomic) {
        new RandomPrograms(scene, cpu, seed).statements(depth - 1, atomic);
    }

    private void statement(int depth, boolean atomic) {
        long inside = random.nextLong();
        int value = random.nextInt(4);
        switch (random.nextInt(depth > 0 ? 26 : 15)) {
            case 0 -> cpu.write(x, value);
            case 1 -> cpu.inc(x);
            case 2 -> cpu.write(y, cpu.read(x).and(1));
            case 3 -> cpu.cmpxchg(x, value, 1).ignored();
            case 4 -> publish(value);
            case 5 -> cpu.write(mine.mine(), 1);
            case 6 -> cpu.nop("nop");
            case 7 -> cpu.setBits(x, 2);
            case 8 -> cpu.fetchAdd(y, cpu.read(mine.mine())).ignored();
            case 9 -> use(cpu.read(p));
            case 10 -> cpu.condLoad(x, v -> v.isNot(value));
            case 11 -> sleep(atomic, waitOf(value));
            case 12 ->
                    sleep(
                            atomic,
                            c ->
                                    c.stopMachine(
                                            CpuMask.values()[value % 2],
                                            each -> callback(each, inside)));
            case 13 -> sleep(atomic, this::renew);
            case 14 -> sleep(atomic, c -> c.mightSleep("cond_resched()"));
            case 15 -> sleep(atomic, c -> c.waitFor(x, v -> v.isNot(value)));
            case 16 -> cpu.when(() -> cpu.read(x).has(1), () -> nested(inside, depth, atomic));
            case 17 -> {
                if (cpu.read(x).below(Val.of(2))) cpu.inc(y);
            }
            case 18 ->
                    cpu.when(
                            () -> cpu.choose("either"),
                            () -> nested(inside, depth, atomic),
                            () -> cpu.inc(x));
            case 19 ->
                    between(
                            cpu::preemptDisable,
                            cpu::preemptEnable,
                            () -> nested(inside, depth, true));
            case 20 ->
                    between(
                            cpu::rcuReadLock,
                            cpu::rcuReadUnlock,
                            () -> nested(inside, depth, true));
            case 21 ->
                    between(
                            () -> cpu.spinLock(lock),
                            () -> cpu.spinUnlock(lock),
                            () -> nested(inside, depth, true));
            case 24 ->
                    between(
                            cpu::srcuReadLock,
                            cpu::srcuReadUnlock,
                            () -> nested(inside, depth, atomic));
            case 22 -> cpu.atomic(() -> nested(inside, 0, true));
            case 23 -> twice(() -> nested(inside, depth, atomic));
            default ->
                    sleep(
                            atomic,
                            c ->
                                    between(
                                            () -> c.mutexLock(mutex),
                                            () -> c.mutexUnlock(mutex),
                                            () -> nested(inside, 0, false)));
        }
    }

    private static Consumer<Cpu> waitOf(int value) {
        return switch (value) {
            case 0 -> Cpu::synchronizeRcu;
            case 1 -> Cpu::synchronizeRcuExpedited;
            case 2 -> Cpu::synchronizeSched;
            default -> Cpu::synchronizeSrcu;
        };
    }

    private void publish(int value) {
        if (value == 0) cpu.clear(p);
        else cpu.writePtr(p, cpu.read(p));
    }

    private void use(Ptr map) {
        if (random.nextInt(4) == 0) cpu.inc(map.at(field));
        else cpu.when(map::exists, () -> cpu.inc(map.at(field)));
    }

    private void renew(Cpu c) {
        Ptr old = c.read(p);
        c.writePtr(p, c.alloc(kind));
        if (random.nextBoolean()) c.synchronizeRcu();
        c.free(old);
        if (random.nextInt(4) == 0) c.must(!old.same(c.read(p)), "the address is new");
    }

    private void callback(Cpu each, long seed) {
        var drawn = new Random(seed);
        if (drawn.nextBoolean()) return;
        if (each.cmpxchg(x, 0, 1).is(0)) each.inc(y);
        else each.write(mine.mine(), drawn.nextInt(2));
        if (drawn.nextInt(8) == 0) each.condLoad(y, v -> v.is(1));
    }

    private void twice(Runnable body) {
        Local rounds = cpu.local("rounds", 1, 0);
        cpu.loop(() -> {
            body.run();
            rounds.set(rounds.get().plus(Val.of(1)));
            return rounds.get().is(1);
        });
    }

    private static void between(Runnable enter, Runnable leave, Runnable body) {
        enter.run();
        body.run();
        leave.run();
    }

    private void sleep(boolean atomic, Consumer<Cpu> sleeper) {
        if (atomic) cpu.nop("no sleep");
        else sleeper.accept(cpu);
    }
}
