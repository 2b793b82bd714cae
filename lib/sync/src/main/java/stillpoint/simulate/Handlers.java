package stillpoint.simulate;

import java.util.Arrays;

/// When handlers run: at a tick, at an interrupt that somebody sends, at one of a device. A handler
/// that would find nothing to do is not simulated until something changes that it would look at.
///
/// A hot core: mutable, one thread.
final class Handlers {
    /// So many places can be watched; a handler that looks at more runs each time.
    private static final int WATCHED = 8;

    private final Run run;
    private final Tasks tasks;
    private final Places places;
    private final Cpus cpus;
    private final Readers readers;
    private final Lines lines;
    private final int[] value;
    private final boolean nohz;

    // A handler's watches are numbered; those of one place are a list.
    private final int[] heads;
    private final int[] next;
    private final int[] before;
    private final int[] place;
    private final int[] count;

    Handlers(
            Run run,
            Tasks tasks,
            Places places,
            Cpus cpus,
            Readers readers,
            Lines lines,
            Cells cells,
            boolean nohz) {
        this.run = run;
        this.tasks = tasks;
        this.places = places;
        this.cpus = cpus;
        this.readers = readers;
        this.lines = lines;
        this.value = cells.value;
        this.nohz = nohz;
        heads = cells.heads;
        next = new int[tasks.count * WATCHED];
        before = new int[tasks.count * WATCHED];
        place = new int[tasks.count * WATCHED];
        count = new int[tasks.count];
    }

    void reset() {
        Arrays.fill(count, 0);
    }

    /// A handler has run, or begins.
    void next(int task) {
        int cpu = tasks.cpu[task];
        if (tasks.handles(task, Service.When.DEVICE)) {
            cpus.come(task, run.now + readers.untilInterrupt(cpu));
            return;
        }
        boolean ticks = tasks.handles(task, Service.When.TICK);
        if (ticks && nohz && readers.idle(cpu)) {
            tasks.state[task] = Tasks.OFF;
            run.events.cancel(task);
            return;
        }
        Instr finds = until(task, cpu);
        if (finds.op == Instr.Op.END) {
            tasks.state[task] = Tasks.WATCHES;
            run.events.cancel(task);
            int from = task * WATCHED;
            for (int w = from; w < from + count[task]; w++) link(w);
        } else if (ticks) cpus.come(task, cpus.nextTick(cpu, run.now));
        else if (finds.op == Instr.Op.INTERRUPTED && !cpus.quiescentOn(cpu, finds.detail))
            cpus.ask(task, finds.detail);
        else cpus.come(task, run.now);
    }

    /// Goes through a handler without its effects; collects what it looks at.
    ///
    /// @return the step that has an effect, or END
    private Instr until(int task, int cpu) {
        Instr[] program = tasks.code[tasks.script[task]];
        Instr i = program[tasks.entry(task)];
        places.of(task);
        count[task] = 0;
        while (true) {
            int behind = i.next;
            switch (i.op) {
                case NOTHING -> {}
                case READ -> {
                    int at = places.locate(i, cpu);
                    places.set(i.register, value[at]);
                    if (count[task] == WATCHED) return i;
                    place[task * WATCHED + count[task]++] = at;
                }
                case COMPUTE -> places.compute(i);
                case BRANCH -> behind = places.holds(i) ? i.next : i.otherwise;
                default -> {
                    return i;
                }
            }
            i = program[behind];
        }
    }

    private void link(int watch) {
        int at = place[watch];
        before[watch] = -1;
        int head = at * Cells.HEADS + Cells.WATCH;
        next[watch] = heads[head];
        if (heads[head] >= 0) before[heads[head]] = watch;
        heads[head] = watch;
    }

    private void unlink(int watch) {
        if (before[watch] < 0) heads[place[watch] * Cells.HEADS + Cells.WATCH] = next[watch];
        else next[before[watch]] = next[watch];
        if (next[watch] >= 0) before[next[watch]] = before[watch];
    }

    /// A place has a new value: handlers that watch it run again; gives the sender's time.
    long written(int at, int by) {
        int head = at * Cells.HEADS + Cells.WATCH;
        long spent = 0;
        while (heads[head] >= 0) {
            int task = heads[head] / WATCHED;
            int from = task * WATCHED;
            for (int w = from; w < from + count[task]; w++) unlink(w);
            count[task] = 0;
            int cpu = tasks.cpu[task];
            if (tasks.handles(task, Service.When.TICK))
                cpus.come(task, cpus.nextTick(cpu, run.now));
            else {
                spent += lines.price(Quantity.SEND_IPI);
                long way = cpu == by ? 0 : lines.price(Quantity.IPI);
                cpus.come(task, run.now + spent + way);
            }
        }
        return spent;
    }
}
