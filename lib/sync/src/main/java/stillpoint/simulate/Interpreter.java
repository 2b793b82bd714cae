package stillpoint.simulate;

import java.util.Arrays;
import stillpoint.random.Distribution;

/// Takes the steps of tasks.
///
/// A step takes effect at one moment; what it costs is the time until the next one. Steps that
/// nobody else can notice join the one before them.
///
/// A hot core: mutable, one thread.
final class Interpreter {
    /// So many steps that take no time are a loop without end.
    private static final int ENDLESS = 1_000_000;

    private final Run run;
    private final Tasks tasks;
    private final Places places;
    private final Cells cells;
    private final Lines lines;
    private final Cpus cpus;
    private final Encounters encounters;
    private final Waiting waiting;
    private final Handlers handlers;
    private final Readers readers;
    private final Profile profile;
    private final Turns turns;
    private final Trace trace;
    private final boolean full;
    private final int[] value;
    private final long[] drawn;
    private final int firstReader;

    // Of the stop that is under way.
    private int callback;
    private boolean everywhere;

    /// @param drawn when each CPU's store buffer is empty, ns
    Interpreter(
            Run run,
            Tasks tasks,
            Places places,
            Cells cells,
            Lines lines,
            Cpus cpus,
            Encounters encounters,
            Waiting waiting,
            Handlers handlers,
            Readers readers,
            Profile profile,
            Turns turns,
            Trace trace,
            boolean full,
            long[] drawn) {
        this.run = run;
        this.tasks = tasks;
        this.places = places;
        this.cells = cells;
        this.lines = lines;
        this.cpus = cpus;
        this.encounters = encounters;
        this.waiting = waiting;
        this.handlers = handlers;
        this.readers = readers;
        this.profile = profile;
        this.turns = turns;
        this.trace = trace;
        this.full = full;
        this.value = cells.value;
        this.drawn = drawn;
        this.firstReader = tasks.firstReader;
    }

    void reset() {
        Arrays.fill(drawn, 0);
        callback = 0;
    }

    /// The task takes its step, whose time has come.
    void step(int task) {
        Instr[] program = tasks.code[tasks.script[task]];
        int cpu = tasks.cpu[task];
        int near = Math.max(0, cpu);
        Instr i = program[tasks.pc[task]];
        places.of(task);
        if (task >= firstReader) encounters.steps(near);
        long at = run.now;
        int joined = 0;
        while (at == run.now || i.quiet) {
            if (++joined > ENDLESS)
                throw new Broken(tasks.name(task) + " goes round without taking time");
            run.steps++;
            int next = i.next;
            if (trace.cpu == near) trace.add(run.now, tasks.name(task), i);
            if (i.touches != Instr.Touches.NOBODY && task < firstReader) encounters.touch(i, near);
            switch (i.op) {
                case NOTHING -> {
                    if (i.mark != Instr.Mark.NONE) mark(task, near, i, at);
                    at += i.flat;
                }
                case FENCE -> at = Math.max(at, i.flat > 0 ? drawn[near] : 0) + i.flat;
                case READ -> {
                    int place = places.locate(i, near);
                    places.set(i.register, value[place]);
                    at = i.own ? at + i.flat : lines.load(place + i.line, near, at);
                }
                case WRITE -> {
                    int place = places.locate(i, near);
                    value[place] = places.left(i) & (1 << i.bits) - 1;
                    if (!i.own) {
                        long visible = lines.own(place + i.line, near, Math.max(at, drawn[near]));
                        drawn[near] = visible;
                        at += written(place, place + i.line, visible, cpu);
                    }
                    at += i.flat;
                }
                case MODIFY -> {
                    int place = places.locate(i, near);
                    int old = value[place];
                    places.set(i.register, old);
                    value[place] = places.updated(i, old);
                    if (i.own) at += i.flat;
                    else {
                        at = lines.modify(place + i.line, near, Math.max(at, drawn[near]));
                        at += written(place, place + i.line, at, cpu);
                    }
                }
                case SPIN_ACQUIRE, MUTEX_ACQUIRE -> {
                    int place = places.locate(i, near);
                    if (i.own) at += i.flat;
                    else if (value[place] == 0) {
                        value[place] = 1;
                        at = lines.modify(place + i.line, near, Math.max(at, drawn[near]));
                    } else {
                        waiting.at(task, i, place);
                        return;
                    }
                }
                case SPIN_RELEASE, MUTEX_RELEASE -> {
                    if (!i.own) {
                        int place = places.locate(i, near);
                        at += waiting.release(place, place + i.line, near);
                    }
                    at += i.flat;
                }
                case SPIN_UNTIL, SLEEP_UNTIL -> {
                    int place = places.locate(i, near);
                    if ((i.values >>> value[place] & 1) == 0) {
                        waiting.at(task, i, place);
                        return;
                    }
                    places.set(i.register, value[place]);
                    at = lines.load(place + i.line, near, at);
                }
                case CALL -> {
                    if (task == 0 && i.mark == Instr.Mark.WAIT_BEGINS) waitBegins(i);
                    tasks.push(task, i);
                    next = i.target;
                }
                case CALLBACK -> {
                    if (callback > 0 && (everywhere || cpu == 0)) {
                        tasks.push(task, i);
                        next = tasks.callbacks[tasks.script[task]][callback];
                    }
                }
                case ALLOCATE -> {
                    places.set(i.register, places.allocate(i.detail));
                    at += i.flat;
                }
                case FREE -> {
                    places.free(i);
                    at += i.flat;
                }
                case RENEW -> cells.renew(near);
                case CHOOSE -> places.set(i.register, i.detail);
                case INTERRUPTED ->
                        places.set(i.register, cpus.interrupted(task, i.detail) ? 1 : 0);
                case NEXT_CPU -> {
                    int visited = places.register(i.detail);
                    places.set(i.register, visited);
                    if (visited < drawn.length) places.set(i.detail, visited + 1);
                }
                case COMPUTE -> places.compute(i);
                case BRANCH -> next = places.holds(i) ? i.next : i.otherwise;
                case FAIL -> throw new Broken(i.node.step() + " at " + i.node.site());
                case END -> {
                    if (tasks.depth[task] > 0) {
                        Instr caller = tasks.pop(task);
                        if (task == 0 && caller.mark == Instr.Mark.WAIT_BEGINS)
                            run.account.waitEnds(at);
                        next = caller.next;
                    } else if (ends(task, cpu, at)) return;
                    else next = tasks.pc[task];
                }
            }
            if (profile.on) at += profile.took(i);
            if (i.sleeps) {
                sleep(task, program[next], at + (i.ticks > 0 ? 0 : extra(task, near, i)), i.ticks);
                return;
            }
            boolean stands = i.extra >= 0;
            if (stands) at += extra(task, near, i);
            i = program[next];
            if (stands) break;
        }
        rest(task, i, at);
    }

    private void waitBegins(Instr i) {
        run.account.waitBegins(run.now);
        callback = i.callback;
        everywhere = i.everywhere;
    }

    private void mark(int task, int cpu, Instr i, long at) {
        if (i.mark == Instr.Mark.REFILL) {
            if (task == 0) turns.refill();
        } else if (tasks.stops(task)) {
            if (i.mark == Instr.Mark.IRQ_OFF) run.account.irqOff(cpu, at);
            else if (i.mark == Instr.Mark.IRQ_ON) run.account.irqOn(cpu, at);
        }
    }

    private long written(int place, int line, long visible, int by) {
        long spent = waiting.any(place) ? waiting.written(place, line, visible, by) : 0;
        return spent + handlers.written(place, by);
    }

    private long extra(int task, int cpu, Instr i) {
        Distribution time = tasks.extras[tasks.script[task]][i.extra];
        return profile.on ? profile.draws(time) : readers.draw(time, cpu);
    }

    /// The task goes on with this step at that time.
    private void rest(int task, Instr i, long at) {
        if (profile.on) profile.keep(task, i, at - run.now, false);
        tasks.pc[task] = i.number;
        run.events.set(task, at);
        int cpu = tasks.cpu[task];
        if (cpu >= 0) cpus.letIn(cpu);
    }

    /// The task gives up its CPU until a time, or a tick.
    private void sleep(int task, Instr behind, long until, int ticks) {
        int cpu = tasks.cpu[task];
        tasks.pc[task] = behind.number;
        if (profile.on) {
            profile.keep(task, behind, until - run.now, true);
            run.events.set(task, until);
            return;
        }
        long comes = ticks > 0 ? cpus.nextTick(cpu, until) + (ticks - 1) * cpus.tick() : until;
        cpus.come(task, comes);
        if (cpu >= 0) cpus.giveUp(task);
    }

    /// A program is at its end; whether its task takes no further step now.
    private boolean ends(int task, int cpu, long at) {
        tasks.pc[task] = tasks.entry(task);
        if (task == 0) {
            run.account.ended = at;
            return turns.end(at);
        }
        if (task >= firstReader) {
            cells.renew(cpu);
            if (profile.on) return profile.ended();
            readerEnds(task, cpu, at);
            return true;
        }
        if (!tasks.handles(task)) return false;
        cpus.giveUp(task);
        handlers.next(task);
        return true;
    }

    private void readerEnds(int task, int cpu, long at) {
        run.account.faults++;
        run.account.inFaults += at - readers.begins(cpu);
        long next = at + readers.think(cpu, at);
        if (!full) {
            cpus.leaves(task, cpu);
            return;
        }
        places.second[cpu] = next >= run.account.begun;
        run.events.set(task, next);
        cpus.letIn(cpu);
    }
}
