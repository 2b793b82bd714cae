package stillpoint.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import stillpoint.machine.Level;
import stillpoint.program.Kind;
import stillpoint.program.Question;
import stillpoint.program.Step;
import stillpoint.program.Val;
import stillpoint.program.Variable;
import stillpoint.random.Distribution;
import stillpoint.random.Stream;
import stillpoint.random.Streams;

/// One run of a scene: tasks take the steps of their graphs, each at a time of its own.
///
/// Every task has one event pending: when its next step takes effect. A step takes effect at one
/// moment; what it costs is the time until the next one. Steps that nobody else can notice join the
/// one before them. A CPU has one task at a time: one of a higher level comes in where the graph
/// lets it ([stillpoint.machine.Config#admits]), and the other goes on behind it.
///
/// The hot core of a simulation: mutable, one thread, structures of arrays; after the constructor
/// it allocates nothing. [#run] may be called again and again.
final class Simulation {
    private static final Question.Relation[] RELATIONS = Question.Relation.values();
    private static final Step.Update[] UPDATES = Step.Update.values();
    private static final Step.Arithmetic[] ARITHMETIC = Step.Arithmetic.values();

    // What a task is doing.
    private static final byte OFF = 0;
    private static final byte RUNS = 1;
    private static final byte SPINS = 2;
    private static final byte SLEEPS = 3;
    private static final byte COMES = 4;
    private static final byte READY = 5;
    private static final byte PUT_OFF = 6;
    private static final byte PUT_OFF_SPINNING = 7;
    private static final byte WATCHES = 8;

    private static final int DEPTH = 4;
    private static final int WATCHED = 8;
    private static final int LEVELS = Level.values().length;
    private static final int STOP = Level.STOP.ordinal();
    private static final int IRQ = Level.IRQ.ordinal();

    /// So many mean cycles of a reader come before the writer begins, where all are simulated.
    private static final int WARM_UP = 10;

    /// So many steps that take no time are a loop without end.
    private static final int ENDLESS = 1_000_000;

    private final Scene scene;
    private final int cpus;
    private final long tick;
    private final Cells cells;
    private final Lines lines;
    private final int[] value;
    private final int block;
    private final PendingEvents events;
    private final boolean nohz;
    private final Load load;
    private final boolean full;
    private final Readers readers;
    private final Account account;

    // Scripts, and for each task which one it runs.
    private final Script[] scripts;
    private final Instr[][] code;
    private final int[][] callbacks;
    private final Distribution[][] extras;
    private final int tasks;
    private final int firstReader;
    private final int[] scriptOf;
    private final int[] cpuOf;
    private final int[] levelOf;
    private final int[] when;

    // Tasks.
    private final byte[] state;
    private final int[] pc;
    private final int[] registers;
    private final int[] base;
    private final int[] calls;
    private final int[] depth;
    private final long[] left;
    private final int[] below;
    private final int[] nextWaiter;
    private final long[] since;
    private final long[] spinsSince;
    private final boolean[] after;
    private final int[] stretchOf;

    // CPUs.
    private final int[] current;
    private final int[] ready;
    private final int[] atLevel;
    private final long[] phase;
    private final long[] drawn;

    // Places.
    private List<Variable> deltas = List.of();
    private final int[] firstWaiter;
    private final int[] lastWaiter;
    private final int[] watchers;
    private final int[] watchNext;
    private final int[] watchBefore;
    private final int[] watchPlace;
    private final int[] watchCount;
    private final boolean[][] alive;

    private final Stream stream = Stream.of(0, "scratch", 0, 0);
    private long now;
    private int callback;
    private boolean everywhere;
    private boolean over;
    private long steps;
    private int rb;
    private boolean reading;
    private long straggles;
    private int straggler = -1;

    // While a reader is looked at alone.
    private final List<Cycle.Stretch> stretches = new ArrayList<>();
    private boolean profiling;
    private Distribution drawnExtra = Load.NO_TIME;
    private int faults;
    private int[] before = {};
    private final BitSet taken = new BitSet();

    Simulation(Scene scene, Setup setup) {
        Hardware hardware = setup.hardware();
        Kernel kernel = setup.kernel();
        this.load = setup.load();
        this.full = setup.readers() == Setup.ReaderMode.FULL;
        this.nohz = kernel.nohz();
        this.scene = scene;
        this.cpus = scene.cpus();
        this.tick = kernel.tick();
        this.cells = new Cells(scene);
        this.value = cells.value;
        this.block = cells.block;
        this.lines = new Lines(cells, cpus, hardware, setup.spinning());
        var compiler = new Compiler(scene, cells, hardware, kernel, load);
        var made = new ArrayList<Script>();
        made.add(compiler.writer());
        made.add(compiler.reader());
        var owners = new ArrayList<int[]>();
        owners.add(new int[] {0, 0, Level.TASK.ordinal(), -1});
        for (Service service : scene.services()) {
            int script = made.size();
            made.add(compiler.service(service));
            int w = service.when().map(Enum::ordinal).orElse(-1);
            int level = service.level().ordinal();
            switch (service.where()) {
                case EVERY_CPU -> {
                    for (int c = 0; c < cpus; c++) owners.add(new int[] {script, c, level, w});
                }
                case LAST_CPU -> owners.add(new int[] {script, cpus - 1, level, w});
                case BACKGROUND -> owners.add(new int[] {script, -1, level, w});
            }
        }
        firstReader = owners.size();
        for (int c = 0; c < cpus; c++) owners.add(new int[] {1, c, Level.TASK.ordinal(), -1});
        tasks = owners.size();
        scripts = made.toArray(Script[]::new);
        code = made.stream().map(Script::code).toArray(Instr[][]::new);
        callbacks = made.stream().map(Script::callbacks).toArray(int[][]::new);
        extras =
                made.stream()
                        .map(s -> s.extras().toArray(Distribution[]::new))
                        .toArray(Distribution[][]::new);
        scriptOf = owners.stream().mapToInt(o -> o[0]).toArray();
        cpuOf = owners.stream().mapToInt(o -> o[1]).toArray();
        levelOf = owners.stream().mapToInt(o -> o[2]).toArray();
        when = owners.stream().mapToInt(o -> o[3]).toArray();
        state = new byte[tasks];
        pc = new int[tasks];
        base = new int[tasks];
        int all = 0;
        for (int t = 0; t < tasks; t++) {
            base[t] = all;
            all += scripts[scriptOf[t]].registers();
        }
        registers = new int[all];
        calls = new int[tasks * DEPTH];
        depth = new int[tasks];
        left = new long[tasks];
        below = new int[tasks];
        nextWaiter = new int[tasks];
        since = new long[tasks];
        spinsSince = new long[tasks];
        after = new boolean[cpus];
        stretchOf = new int[cpus];
        current = new int[cpus];
        ready = new int[cpus];
        atLevel = new int[cpus * LEVELS];
        phase = new long[cpus];
        drawn = new long[cpus + 1];
        firstWaiter = new int[cells.size()];
        lastWaiter = new int[cells.size()];
        watchers = new int[cells.size()];
        watchNext = new int[tasks * WATCHED];
        watchBefore = new int[tasks * WATCHED];
        watchPlace = new int[tasks * WATCHED];
        watchCount = new int[tasks];
        List<Kind> kinds = scene.memory().kinds();
        alive = kinds.stream().map(k -> new boolean[k.slots() + 1]).toArray(boolean[][]::new);
        events = new PendingEvents(tasks);
        account = new Account(cpus);
        profile();
        deltas = Compiler.sharedByReaders(made.get(1), taken);
        for (Script script : made) Compiler.touches(script, deltas);
        readers = new Readers(cpus, load, profile());
    }

    // ---- a run

    /// One run.
    ///
    /// @param seed of the experiment
    /// @param replication its number, from 0
    /// @throws Broken if a task does what the design should rule out
    Outcome run(long seed, long replication) {
        reset();
        readers.start(seed, replication);
        Streams ticks = Streams.of(seed, "phase of the ticks", replication);
        for (int c = 0; c < cpus; c++) {
            stream.state(ticks.start(c));
            phase[c] = (long) (stream.nextDouble() * tick);
        }
        startServices();
        long begin = full ? Math.round(WARM_UP * 1e9 / load.faults()) : 0;
        account.begun = begin;
        if (full) startReaders();
        begin(0, begin);
        if (load.straggler() > 0) straggle(begin);
        while (!over) {
            int task = events.first();
            if (task < 0)
                throw new Broken(
                        "nothing is left to happen, and " + scene.title() + " is not done");
            now = events.time();
            if (state[task] == RUNS) step(task);
            else arrive(task);
        }
        return account.outcome(steps);
    }

    private void reset() {
        cells.reset();
        lines.reset();
        events.clear();
        account.reset();
        Arrays.fill(state, OFF);
        Arrays.fill(depth, 0);
        Arrays.fill(below, -1);
        Arrays.fill(watchCount, 0);
        Arrays.fill(current, -1);
        Arrays.fill(ready, 0);
        Arrays.fill(drawn, 0);
        Arrays.fill(firstWaiter, -1);
        Arrays.fill(lastWaiter, -1);
        Arrays.fill(watchers, -1);
        Arrays.fill(after, false);
        Arrays.fill(stretchOf, -1);
        List<Kind> kinds = scene.memory().kinds();
        for (int k = 0; k < alive.length; k++) {
            Arrays.fill(alive[k], false);
            for (int o = 1; o <= scene.memory().initialObjects(kinds.get(k)); o++)
                alive[k][o] = true;
        }
        for (int t = 0; t < tasks; t++) pc[t] = scripts[scriptOf[t]].entry();
        now = 0;
        callback = 0;
        straggler = -1;
        over = false;
        steps = 0;
    }

    /// Threads wait where their programs wait first; handlers watch what they read.
    private void startServices() {
        for (int t = 1; t < firstReader; t++) {
            if (when[t] >= 0) {
                handled(t);
                continue;
            }
            Instr first = code[scriptOf[t]][pc[t]];
            if (first.op != Instr.Op.SLEEP_UNTIL)
                throw new IllegalArgumentException(
                        scripts[scriptOf[t]].name()
                                + " does not wait first: a thread that the kernel runs for others"
                                + " begins with waitFor(...)");
            rb = base[t];
            reading = false;
            state[t] = SLEEPS;
            enqueue(locate(first, cpuOf[t]), t);
        }
    }

    /// Every reader begins in user mode, and runs until it does not matter when it began.
    private void startReaders() {
        for (int c = 1; c < cpus; c++) {
            if (readers.idle(c)) continue;
            int t = firstReader + c;
            current[c] = t;
            state[t] = RUNS;
            cells.renew(c);
            events.set(t, readers.think(c, 0));
        }
    }

    private void begin(int task, long at) {
        current[Math.max(0, cpuOf[task])] = task;
        state[task] = RUNS;
        events.set(task, at);
    }

    /// The last CPU cannot be preempted for a time: as if its reader stood in a long section.
    private void straggle(long begin) {
        int cpu = cpus - 1;
        straggler = firstReader + cpu;
        straggles = begin + load.straggler();
        current[cpu] = straggler;
        state[straggler] = RUNS;
        Instr[] program = code[1];
        int end = 0;
        while (program[end].op != Instr.Op.END) end++;
        pc[straggler] = end;
        events.set(straggler, straggles);
    }

    private boolean straggles(int task) {
        return task == straggler && now < straggles;
    }

    private boolean idle(int cpu) {
        return cpu > 0 && readers.idle(cpu);
    }

    private long nextTick(int cpu, long after) {
        return after + tick - Math.floorMod(after - phase[cpu], tick);
    }

    // ---- who has a CPU

    /// A task that was woken, or a handler whose time has come, wants its CPU.
    private void arrive(int task) {
        int cpu = cpuOf[task];
        if (cpu < 0) {
            state[task] = RUNS;
            step(task);
            return;
        }
        touch(cpu);
        int there = current[cpu];
        if (there < 0) start(task, cpu, idle(cpu) ? price(Quantity.IDLE_EXIT) : 0);
        else if (levelOf[task] > levelOf[there] && admits(there, levelOf[task])) {
            putOff(there);
            start(task, cpu, 0);
        } else if (levelOf[task] == 0 && there >= firstReader && admits(there, 0)) {
            // A thread that wakes up goes before a reader.
            putOff(there);
            start(task, cpu, 0);
        } else {
            events.cancel(task);
            state[task] = READY;
            ready[cpu] |= 1 << levelOf[task];
            atLevel[cpu * LEVELS + levelOf[task]] = task;
        }
    }

    private boolean admits(int task, int level) {
        if (straggles(task)) return level >= IRQ;
        return (code[scriptOf[task]][pc[task]].admits >> level & 1) != 0;
    }

    private void putOff(int task) {
        if (state[task] == RUNS) {
            left[task] = events.time(task) - now;
            events.cancel(task);
            state[task] = PUT_OFF;
        } else state[task] = PUT_OFF_SPINNING;
    }

    private void start(int task, int cpu, long more) {
        below[task] = current[cpu];
        current[cpu] = task;
        state[task] = RUNS;
        since[task] = now;
        events.set(task, now + more + way(task));
        if (levelOf[task] == STOP) account.holds(now);
    }

    private long way(int task) {
        return price(levelOf[task] >= IRQ ? Quantity.INTERRUPT : Quantity.SWITCH);
    }

    /// The task that has a CPU gives it up: who was put off for it goes on, or who is ready starts.
    private void giveUp(int task, int cpu) {
        int next = below[task];
        current[cpu] = next;
        below[task] = -1;
        charge(task, cpu);
        if (next >= 0) goOn(next, way(task));
        if (ready[cpu] != 0) letIn(cpu);
    }

    private void charge(int task, int cpu) {
        if (levelOf[task] == STOP) account.letsGo(now, since[task]);
        else if (levelOf[task] >= IRQ) account.interrupts += now - since[task];
        else if (task > 0 && task < firstReader) account.threads += now - since[task];
    }

    private void goOn(int task, long after) {
        if (state[task] != PUT_OFF) {
            state[task] = SPINS;
            return;
        }
        int cpu = cpuOf[task];
        long at = now + after + left[task];
        // A reader that nobody waits for need not be simulated any more.
        if (task >= firstReader && stretchOf[cpu] >= 0 && ready[cpu] == 0 && deltas.isEmpty()) {
            readers.goesOn(cpu, stretchOf[cpu], at);
            state[task] = OFF;
            current[cpu] = -1;
            return;
        }
        state[task] = RUNS;
        events.set(task, at);
    }

    /// The most urgent one that is ready, if who is there lets it in.
    private void letIn(int cpu) {
        int level = 31 - Integer.numberOfLeadingZeros(ready[cpu]);
        int task = atLevel[cpu * LEVELS + level];
        int there = current[cpu];
        if (there >= 0) {
            boolean before = level > levelOf[there] || level == 0 && there >= firstReader;
            if (!before || !admits(there, level)) return;
            putOff(there);
        }
        ready[cpu] &= ~(1 << level);
        start(task, cpu, 0);
    }

    /// Something happens on a CPU: where its reader stands has to be known.
    private void touch(int cpu) {
        if (full || cpu == 0 || readers.idle(cpu)) return;
        int task = firstReader + cpu;
        if (state[task] != OFF || current[cpu] >= 0) return;
        int stretch = readers.where(cpu, now);
        cells.renew(cpu);
        if (stretch < 0) return;
        Cycle.Stretch at = readers.cycle().stretch(stretch);
        if (at.asleep() && deltas.isEmpty()) {
            // It keeps nobody from the CPU, and nothing of it is looked at.
            readers.goesOn(cpu, stretch, now + readers.left());
            return;
        }
        pc[task] = at.pc();
        System.arraycopy(at.registers(), 0, registers, base[task], at.registers().length);
        System.arraycopy(at.cells(), 0, value, cells.firstOwn(cpu), cells.owned());
        int p = cells.owned();
        after[cpu] = readers.began() >= account.begun;
        stretchOf[cpu] = stretch;
        for (Variable v : deltas) value[placeOf(v, cpu)] += at.cells()[p++];
        if (at.asleep()) {
            come(task, now + readers.left());
            return;
        }
        state[task] = RUNS;
        current[cpu] = task;
        events.set(task, now + readers.left());
    }

    /// A step looks at what readers write.
    private void touch(Instr i, int near) {
        if (i.touches == Instr.Touches.ITS_CPU) touch(operand(i.whichKind, i.whichValue));
        else if (i.touches == Instr.Touches.EVERY_CPU) for (int c = 1; c < cpus; c++) touch(c);
    }

    // ---- one reader, alone

    /// Goes through two faults on the last CPU, and keeps the second.
    private Cycle profile() {
        reset();
        profiling = true;
        int cpu = cpus - 1;
        int task = firstReader + cpu;
        current[cpu] = task;
        state[task] = RUNS;
        cells.renew(cpu);
        faults = 0;
        stretches.clear();
        before = new int[deltas.size()];
        events.set(task, 0);
        while (faults < 2) {
            if (events.first() != task)
                throw new Broken("a reader that is alone waits for something");
            now = events.time();
            step(task);
        }
        profiling = false;
        return new Cycle(stretches);
    }

    private void keepStretch(int task, Instr behind, long fixed, boolean asleep) {
        int cpu = cpuOf[task];
        int owned = cells.owned();
        var kept = new int[owned + deltas.size()];
        System.arraycopy(value, cells.firstOwn(cpu), kept, 0, owned);
        for (int d = 0; d < deltas.size(); d++) kept[owned + d] = shared(d, cpu) - before[d];
        stretches.add(
                new Cycle.Stretch(
                        behind.number,
                        fixed,
                        drawnExtra,
                        asleep,
                        Arrays.copyOfRange(
                                registers,
                                base[task],
                                base[task] + scripts[scriptOf[task]].registers()),
                        kept));
        drawnExtra = Load.NO_TIME;
    }

    private int shared(int delta, int cpu) {
        return value[placeOf(deltas.get(delta), cpu)];
    }

    private int placeOf(Variable v, int cpu) {
        return cells.location(v)
                + (v.perCpu() ? cpu * block : 0)
                + (after[cpu] ? cells.twin(v) : 0);
    }

    private void profiled() {
        faults++;
        for (int d = 0; d < before.length; d++) before[d] = shared(d, cpus - 1);
        if (faults == 1) stretches.clear();
    }

    // ---- waiting

    private void enqueue(int place, int task) {
        nextWaiter[task] = -1;
        if (firstWaiter[place] < 0) firstWaiter[place] = task;
        else nextWaiter[lastWaiter[place]] = task;
        lastWaiter[place] = task;
    }

    private int dequeue(int place) {
        int task = firstWaiter[place];
        if (task >= 0) firstWaiter[place] = nextWaiter[task];
        return task;
    }

    private void come(int task, long at) {
        state[task] = COMES;
        events.set(task, at);
    }

    /// A place has a new value that others can see from `visible` on; gives the time that waking
    /// them takes the CPU that wrote.
    private long written(int place, int line, long visible, int by) {
        long spent = 0;
        int before = -1;
        int waiter = firstWaiter[place];
        while (waiter >= 0) {
            int next = nextWaiter[waiter];
            Instr at = code[scriptOf[waiter]][pc[waiter]];
            boolean waits = at.op == Instr.Op.SPIN_UNTIL || at.op == Instr.Op.SLEEP_UNTIL;
            if (waits && (at.values >>> value[place] & 1) != 0) {
                if (before < 0) firstWaiter[place] = next;
                else nextWaiter[before] = next;
                if (next < 0) lastWaiter[place] = before;
                spent += at.op == Instr.Op.SPIN_UNTIL ? spun(waiter, line, visible) : 0;
                if (at.op == Instr.Op.SLEEP_UNTIL) spent += woken(waiter, visible + spent, by);
            } else before = waiter;
            waiter = next;
        }
        if (watchers[place] >= 0) spent += notice(place, by);
        return spent;
    }

    private long spun(int task, int line, long visible) {
        lines.spins(line, -1);
        account.spinning += visible - spinsSince[task];
        if (state[task] == PUT_OFF_SPINNING) {
            state[task] = PUT_OFF;
            left[task] = 0;
        } else {
            state[task] = RUNS;
            events.set(task, visible);
        }
        return 0;
    }

    private long woken(int task, long at, int by) {
        long own = price(Quantity.WAKE_UP);
        come(task, at + own + (cpuOf[task] == by || cpuOf[task] < 0 ? 0 : price(Quantity.IPI)));
        return own;
    }

    // ---- handlers

    /// A handler has run, or begins: where it would find nothing to do now, it need not run until
    /// something changes that it would look at.
    private void handled(int task) {
        boolean ticks = when[task] == Service.When.TICK.ordinal();
        if (ticks && nohz && idle(cpuOf[task])) {
            state[task] = OFF;
            events.cancel(task);
        } else if (findsNothing(task)) {
            state[task] = WATCHES;
            events.cancel(task);
            int from = task * WATCHED;
            for (int w = from; w < from + watchCount[task]; w++) link(w);
        } else come(task, ticks ? nextTick(cpuOf[task], now) : now);
    }

    /// Goes through a handler without its effects; collects what it looks at.
    private boolean findsNothing(int task) {
        Instr[] program = code[scriptOf[task]];
        Instr i = program[scripts[scriptOf[task]].entry()];
        int cpu = cpuOf[task];
        rb = base[task];
        reading = false;
        watchCount[task] = 0;
        while (true) {
            int next = i.next;
            switch (i.op) {
                case NOTHING -> {}
                case READ -> {
                    int place = locate(i, cpu);
                    if (i.register >= 0) registers[rb + i.register] = value[place];
                    if (watchCount[task] == WATCHED) return false;
                    watchPlace[task * WATCHED + watchCount[task]++] = place;
                }
                case COMPUTE -> compute(i);
                case BRANCH -> next = holds(i) ? i.next : i.otherwise;
                case END -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
            i = program[next];
        }
    }

    private void link(int w) {
        int place = watchPlace[w];
        watchBefore[w] = -1;
        watchNext[w] = watchers[place];
        if (watchers[place] >= 0) watchBefore[watchers[place]] = w;
        watchers[place] = w;
    }

    private void unlink(int w) {
        if (watchBefore[w] < 0) watchers[watchPlace[w]] = watchNext[w];
        else watchNext[watchBefore[w]] = watchNext[w];
        if (watchNext[w] >= 0) watchBefore[watchNext[w]] = watchBefore[w];
    }

    /// Handlers that watch a place run again; gives the sender's time.
    private long notice(int place, int by) {
        long spent = 0;
        while (watchers[place] >= 0) {
            int task = watchers[place] / WATCHED;
            for (int w = task * WATCHED; w < task * WATCHED + watchCount[task]; w++) unlink(w);
            watchCount[task] = 0;
            boolean ticks = when[task] == Service.When.TICK.ordinal();
            if (ticks) come(task, nextTick(cpuOf[task], now));
            else {
                spent += price(Quantity.SEND_IPI);
                come(task, now + spent + (cpuOf[task] == by ? 0 : price(Quantity.IPI)));
            }
        }
        return spent;
    }

    private long price(Quantity quantity) {
        return lines.price(quantity);
    }

    // ---- steps

    private void step(int task) {
        Instr[] program = code[scriptOf[task]];
        int cpu = cpuOf[task];
        int near = Math.max(0, cpu);
        Instr i = program[pc[task]];
        rb = base[task];
        reading = task >= firstReader;
        if (reading) stretchOf[near] = -1;
        long at = now;
        int joined = 0;
        while (true) {
            if (at > now && !i.quiet) break;
            if (++joined > ENDLESS)
                throw new Broken(
                        scripts[scriptOf[task]].name() + " goes round without taking time");
            steps++;
            int next = i.next;
            if (profiling) taken.set(i.number);
            if (i.touches != Instr.Touches.NOBODY && task < firstReader) touch(i, near);
            switch (i.op) {
                case NOTHING -> {
                    at += i.flat;
                    if (i.mark == Instr.Mark.IRQ_OFF && levelOf[task] == STOP)
                        account.irqOff(near, now);
                    else if (i.mark == Instr.Mark.IRQ_ON && levelOf[task] == STOP)
                        account.irqOn(near, now);
                }
                case FENCE -> at = Math.max(at, i.flat > 0 ? drawn[near] : 0) + i.flat;
                case READ -> {
                    int place = locate(i, near);
                    if (i.register >= 0) registers[rb + i.register] = value[place];
                    at = i.own ? at + i.flat : lines.load(place + i.line, near, at);
                }
                case WRITE -> {
                    int place = locate(i, near);
                    value[place] = operand(i.leftKind, i.leftValue) & (1 << i.bits) - 1;
                    if (!i.own) {
                        long visible = lines.own(place + i.line, near, Math.max(at, drawn[near]));
                        drawn[near] = visible;
                        at += written(place, place + i.line, visible, cpu);
                    }
                    at += i.flat;
                }
                case MODIFY -> {
                    int place = locate(i, near);
                    int old = value[place];
                    if (i.register >= 0) registers[rb + i.register] = old;
                    value[place] = updated(i, old) & (1 << i.bits) - 1;
                    if (i.own) at += i.flat;
                    else {
                        at = lines.modify(place + i.line, near, Math.max(at, drawn[near]));
                        at += written(place, place + i.line, at, cpu);
                    }
                }
                case SPIN_ACQUIRE, MUTEX_ACQUIRE -> {
                    int place = locate(i, near);
                    if (i.own) {
                        value[place] = 1;
                        at += i.flat;
                    } else if (value[place] == 0) {
                        value[place] = 1;
                        at = lines.modify(place + i.line, near, Math.max(at, drawn[near]));
                    } else {
                        waitAt(task, i, place, i.op == Instr.Op.SPIN_ACQUIRE);
                        return;
                    }
                }
                case SPIN_RELEASE, MUTEX_RELEASE -> {
                    int place = locate(i, near);
                    if (i.own) value[place] = 0;
                    else release(place, place + i.line, near);
                    at += i.flat;
                }
                case SPIN_UNTIL, SLEEP_UNTIL -> {
                    int place = locate(i, near);
                    if ((i.values >>> value[place] & 1) == 0) {
                        boolean spins = i.op == Instr.Op.SPIN_UNTIL;
                        if (spins) lines.spins(place + i.line, 1);
                        waitAt(task, i, place, spins);
                        return;
                    }
                    if (i.register >= 0) registers[rb + i.register] = value[place];
                    at = lines.load(place + i.line, near, at);
                }
                case CALL -> {
                    if (i.mark == Instr.Mark.WAIT_BEGINS && task == 0) {
                        account.waitBegins(now);
                        callback = i.callback;
                        everywhere = i.everywhere;
                    }
                    push(task, i);
                    next = i.target;
                }
                case CALLBACK -> {
                    if (callback > 0 && (everywhere || cpu == 0)) {
                        push(task, i);
                        next = callbacks[scriptOf[task]][callback];
                    }
                }
                case ALLOCATE -> {
                    if (i.register >= 0) registers[rb + i.register] = allocate(i.detail);
                    at += i.flat;
                }
                case FREE -> {
                    int object = operand(i.leftKind, i.leftValue);
                    if (object > 0 && !alive[i.detail][object])
                        throw new Broken("double free at " + i.node.site());
                    alive[i.detail][object] = false;
                    at += i.flat;
                }
                case RENEW -> cells.renew(near);
                case CHOOSE -> {
                    if (i.register >= 0) registers[rb + i.register] = i.detail;
                }
                case INTERRUPTED -> {
                    int under = below[task];
                    registers[rb + i.register] =
                            under < 0
                                            || !straggles(under)
                                                    && code[scriptOf[under]][pc[under]].quiescent
                                    ? 1
                                    : 0;
                }
                case NEXT_CPU -> {
                    int visited = registers[rb + i.detail];
                    registers[rb + i.register] = visited;
                    if (visited < cpus) registers[rb + i.detail] = visited + 1;
                }
                case COMPUTE -> compute(i);
                case BRANCH -> next = holds(i) ? i.next : i.otherwise;
                case FAIL -> throw new Broken(i.node.step() + " at " + i.node.site());
                case END -> {
                    if (depth[task] > 0) {
                        Instr caller = program[calls[task * DEPTH + --depth[task]]];
                        if (caller.mark == Instr.Mark.WAIT_BEGINS && task == 0)
                            account.waitEnds(now);
                        next = caller.next;
                    } else {
                        if (ends(task, cpu)) return;
                        next = pc[task];
                    }
                }
            }
            if (i.sleeps) {
                sleep(task, program[next], at + (i.ticks > 0 ? 0 : extra(task, near, i)), i.ticks);
                return;
            }
            boolean drawn = i.extra >= 0;
            if (drawn) at += extra(task, near, i);
            i = program[next];
            if (drawn) break;
        }
        rest(task, i, at);
    }

    /// The task goes on with this step at that time.
    private void rest(int task, Instr i, long at) {
        if (profiling) keepStretch(task, i, at - now, false);
        pc[task] = i.number;
        events.set(task, at);
        int cpu = cpuOf[task];
        if (cpu >= 0 && ready[cpu] != 0) letIn(cpu);
    }

    /// The task gives up its CPU until a time, or a tick.
    private void sleep(int task, Instr behind, long until, int ticks) {
        int cpu = cpuOf[task];
        if (profiling) {
            keepStretch(task, behind, until - now, true);
            pc[task] = behind.number;
            events.set(task, until);
            return;
        }
        pc[task] = behind.number;
        // A timer ends in a tick of the CPU that armed it, which is the last: that of the thread.
        int ticking = cpu < 0 ? cpus - 1 : cpu;
        come(task, ticks > 0 ? nextTick(ticking, until) + (ticks - 1) * tick : until);
        if (cpu >= 0) giveUp(task, cpu);
    }

    private void waitAt(int task, Instr i, int place, boolean spins) {
        pc[task] = i.number;
        events.cancel(task);
        enqueue(place, task);
        int cpu = cpuOf[task];
        if (spins) {
            state[task] = SPINS;
            spinsSince[task] = now;
            if (ready[cpu] != 0) letIn(cpu);
        } else {
            state[task] = SLEEPS;
            if (cpu >= 0) giveUp(task, cpu);
        }
    }

    /// A lock goes to whoever waits first, or is free.
    private void release(int place, int line, int cpu) {
        int waiter = dequeue(place);
        if (waiter < 0) {
            value[place] = 0;
            drawn[cpu] = lines.own(line, cpu, Math.max(now, drawn[cpu]));
            return;
        }
        Instr at = code[scriptOf[waiter]][pc[waiter]];
        int near = Math.max(0, cpuOf[waiter]);
        long has = lines.modify(line, near, now) + price(Quantity.LOCK_HANDOVER);
        pc[waiter] = at.next;
        if (at.op == Instr.Op.MUTEX_ACQUIRE) {
            woken(waiter, has, cpu);
        } else if (state[waiter] == PUT_OFF_SPINNING) {
            state[waiter] = PUT_OFF;
            left[waiter] = has - now;
        } else {
            account.spinning += has - spinsSince[waiter];
            state[waiter] = RUNS;
            events.set(waiter, has);
        }
    }

    private void push(int task, Instr caller) {
        if (depth[task] == DEPTH)
            throw new Broken(scripts[scriptOf[task]].name() + " calls deeper than " + DEPTH);
        calls[task * DEPTH + depth[task]++] = caller.number;
    }

    /// A program is at its end; whether its task gives up its CPU.
    private boolean ends(int task, int cpu) {
        pc[task] = scripts[scriptOf[task]].entry();
        if (task == 0) {
            events.cancel(task);
            account.ended = now;
            over = true;
            return true;
        }
        if (task >= firstReader) {
            cells.renew(cpu);
            if (profiling) {
                profiled();
                return faults == 2;
            }
            long next = now + readers.think(cpu, now);
            if (full) {
                after[cpu] = next >= account.begun;
                events.set(task, next);
            } else {
                state[task] = OFF;
                events.cancel(task);
                current[cpu] = -1;
            }
            if (ready[cpu] != 0) letIn(cpu);
            return true;
        }
        if (when[task] < 0) return false;
        giveUp(task, cpu);
        handled(task);
        return true;
    }

    private long extra(int task, int cpu, Instr i) {
        Distribution time = extras[scriptOf[task]][i.extra];
        if (!profiling) return readers.draw(time, cpu);
        drawnExtra = time;
        return 0;
    }

    // ---- values and places

    private void compute(Instr i) {
        registers[rb + i.register] =
                Val.apply(
                        ARITHMETIC[i.detail],
                        operand(i.leftKind, i.leftValue),
                        operand(i.rightKind, i.rightValue),
                        i.bits);
    }

    private boolean holds(Instr i) {
        return Question.holds(
                RELATIONS[i.detail],
                operand(i.leftKind, i.leftValue),
                operand(i.rightKind, i.rightValue));
    }

    private int operand(int kind, int number) {
        return switch (kind) {
            case Instr.CONST -> number;
            case Instr.REG -> registers[rb + number];
            default -> cpus;
        };
    }

    private int locate(Instr i, int cpu) {
        int place = first(i, cpu);
        return i.twin > 0 && reading && after[cpu] ? place + i.twin : place;
    }

    private int first(Instr i, int cpu) {
        return switch (i.which) {
            case ONLY -> i.location;
            case MINE -> i.location + cpu * block;
            case OF_CPU -> i.location + operand(i.whichKind, i.whichValue) * block;
            case OBJECT -> i.location + object(i) - 1;
            case OWN_OBJECT -> i.location + object(i) - 1 + (reading ? cpu * block : 0);
        };
    }

    private int object(Instr i) {
        int object = operand(i.whichKind, i.whichValue);
        if (object == Kind.NULL) throw new Broken("NULL dereference at " + i.node.site());
        if (!reading && !alive[i.owner][object])
            throw new Broken("use after free at " + i.node.site());
        return object;
    }

    private int updated(Instr i, int old) {
        int operand = operand(i.rightKind, i.rightValue);
        return switch (UPDATES[i.detail]) {
            case CMPXCHG -> old == operand(i.leftKind, i.leftValue) ? operand : old;
            case XCHG -> operand;
            case ADD -> old + operand;
            case ADD_UNLESS_ZERO -> old == 0 ? 0 : old + operand;
            case OR -> old | operand;
            case AND_NOT -> old & ~operand;
        };
    }

    private int allocate(int kind) {
        boolean[] slots = alive[kind];
        for (int o = 1; o < slots.length; o++)
            if (!slots[o]) {
                slots[o] = true;
                return o;
            }
        throw new Broken("no room for another " + scene.memory().kinds().get(kind));
    }

    /// How long a fault of a reader takes that is alone, ns on average.
    Cycle cycle() {
        return readers.cycle();
    }
}
