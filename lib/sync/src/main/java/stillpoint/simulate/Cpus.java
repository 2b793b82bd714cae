package stillpoint.simulate;

import java.util.Arrays;
import stillpoint.machine.Level;

/// Who has a CPU. One task at a time: one of a higher level comes in where the graph of the other
/// lets it ([stillpoint.machine.Config#admits]), and the other goes on behind it; who is not let in
/// is ready, and tried again at the other's next step.
///
/// A hot core: mutable, one thread.
final class Cpus {
    private static final int LEVELS = Level.values().length;
    private static final int TASK = Level.TASK.ordinal();
    private static final int STOP = Level.STOP.ordinal();
    private static final int IRQ = Level.IRQ.ordinal();

    /// In the set of levels that are ready: a handler has asked about its CPU.
    private static final int ASKED = 1 << LEVELS;

    private final Run run;
    private final Tasks tasks;
    private final Encounters encounters;
    private final Readers readers;
    private final Lines lines;
    private final PendingEvents events;
    private final long tick;
    private final int[] current;
    private final int[] level;
    private final byte[] state;
    private final long[] phase;

    // Whom a task was started in place of.
    private final int[] below;

    // Who is ready: a set of levels, and a queue for each.
    private final int[] ready;
    private final int[] first;
    private final int[] last;
    private final int[] next;

    // The handler that comes back once a CPU does not hold off a grace period any more, and of
    // which
    // kind.
    private final int[] asked;
    private final int[] kind;

    private int straggler = -1;
    private long straggles;

    Cpus(Run run, Tasks tasks, Encounters encounters, Readers readers, Lines lines, long tick) {
        this.run = run;
        this.tasks = tasks;
        this.encounters = encounters;
        this.readers = readers;
        this.lines = lines;
        this.tick = tick;
        events = run.events;
        current = tasks.current;
        level = tasks.level;
        state = tasks.state;
        phase = new long[current.length];
        ready = new int[current.length];
        first = new int[current.length * LEVELS];
        last = new int[current.length * LEVELS];
        asked = new int[current.length];
        kind = new int[current.length];
        below = new int[tasks.count];
        next = new int[tasks.count];
    }

    void reset() {
        Arrays.fill(below, -1);
        Arrays.fill(ready, 0);
        straggler = -1;
    }

    /// @param at when its first tick is, from 0 to the time between two
    void phase(int cpu, double at) {
        phase[cpu] = (long) (at * tick);
    }

    /// The next tick of a CPU; a timer, which is on none, ends in one of the CPU that armed it: the
    /// last, that of the grace-period thread.
    long nextTick(int on, long after) {
        int cpu = on < 0 ? phase.length - 1 : on;
        return after + tick - Math.floorMod(after - phase[cpu], tick);
    }

    long tick() {
        return tick;
    }

    /// The task has its CPU from the start, and takes its first step then.
    void begin(int task, long at) {
        current[tasks.cpu[task]] = task;
        state[task] = Tasks.RUNS;
        events.set(task, at);
    }

    /// A CPU cannot be preempted for a time: as if its reader stood in a long section.
    void straggle(int cpu, long until) {
        int task = tasks.firstReader + cpu;
        Instr[] program = tasks.readers().code();
        int end = 0;
        while (program[end].op != Instr.Op.END) end++;
        tasks.pc[task] = end;
        straggler = task;
        straggles = until;
        begin(task, until);
    }

    private boolean straggles(int task) {
        return task == straggler && run.now < straggles;
    }

    /// The task will want its CPU.
    void come(int task, long at) {
        state[task] = Tasks.COMES;
        events.set(task, at);
    }

    /// A task that was woken, or a handler whose time has come, wants its CPU.
    void arrive(int task, int cpu) {
        int there = current[cpu];
        if (there < 0) start(task, cpu, readers.idle(cpu) ? lines.price(Quantity.IDLE_EXIT) : 0);
        else if (goesBefore(task, there)) {
            putOff(there);
            start(task, cpu, 0);
        } else {
            events.cancel(task);
            state[task] = Tasks.READY;
            queue(task, cpu * LEVELS + level[task]);
            ready[cpu] |= 1 << level[task];
        }
    }

    private void queue(int task, int queue) {
        boolean empty = (ready[queue / LEVELS] >> queue % LEVELS & 1) == 0;
        if (empty) first[queue] = task;
        else next[last[queue]] = task;
        last[queue] = task;
        next[task] = -1;
    }

    /// A thread that wakes up goes before a reader.
    private boolean goesBefore(int task, int there) {
        boolean before =
                level[task] > level[there] || level[task] == TASK && there >= tasks.firstReader;
        return before && admits(there, level[task]);
    }

    private boolean admits(int task, int entering) {
        if (straggles(task)) return entering >= IRQ;
        return (tasks.at(task).admits >> entering & 1) != 0;
    }

    private void putOff(int task) {
        if (state[task] == Tasks.RUNS) {
            tasks.left[task] = events.time(task) - run.now;
            events.cancel(task);
            state[task] = Tasks.PUT_OFF;
        } else {
            spun(task, run.now);
            state[task] = Tasks.PUT_OFF_SPINNING;
        }
    }

    private void start(int task, int cpu, long more) {
        below[task] = current[cpu];
        current[cpu] = task;
        state[task] = Tasks.RUNS;
        tasks.since[task] = run.now;
        events.set(task, run.now + more + way(task));
        if (level[task] == STOP) run.account.holds(run.now);
    }

    /// The way in, and the way out.
    private long way(int task) {
        return lines.price(level[task] >= IRQ ? Quantity.INTERRUPT : Quantity.SWITCH);
    }

    /// The task gives its CPU up: who was put off for it goes on, or who is ready starts.
    void giveUp(int task) {
        int cpu = tasks.cpu[task];
        int under = below[task];
        current[cpu] = under;
        below[task] = -1;
        long out = way(task);
        charge(task, run.now + out - tasks.since[task]);
        if (under >= 0) {
            tasks.since[under] += run.now + out - tasks.since[task];
            goOn(under, cpu, out);
        }
        letIn(cpu);
    }

    private void charge(int task, long time) {
        if (level[task] == STOP) run.account.letsGo(run.now, time);
        else if (tasks.handles(task, Service.When.DEVICE)) run.account.devices += time;
        else if (tasks.handles(task, Service.When.TICK)) run.account.ticks += time;
        else if (level[task] >= IRQ) run.account.ipis += time;
        else if (task > 0 && task < tasks.firstReader) run.account.threads += time;
    }

    private void goOn(int task, int cpu, long after) {
        if (state[task] != Tasks.PUT_OFF) {
            state[task] = Tasks.SPINS;
            tasks.spinsSince[task] = run.now;
            return;
        }
        long at = run.now + after + tasks.left[task];
        if (ready[cpu] == 0 && encounters.retires(task, cpu, at)) return;
        state[task] = Tasks.RUNS;
        events.set(task, at);
    }

    /// The most urgent one that is ready has the CPU, if who is there lets it in.
    void letIn(int cpu) {
        if (ready[cpu] == 0) return;
        if ((ready[cpu] & ASKED) != 0) answer(cpu);
        if ((ready[cpu] & ASKED - 1) == 0) return;
        int most = 31 - Integer.numberOfLeadingZeros((ready[cpu] & ASKED - 1));
        int queue = cpu * LEVELS + most;
        int task = first[queue];
        int there = current[cpu];
        if (there >= 0) {
            if (!goesBefore(task, there)) return;
            putOff(there);
        }
        first[queue] = next[task];
        if (first[queue] < 0) ready[cpu] &= ~(1 << most);
        start(task, cpu, 0);
    }

    /// The reader of a CPU is in user mode from here on, and nothing of it is simulated.
    void leaves(int task, int cpu) {
        state[task] = Tasks.OFF;
        events.cancel(task);
        current[cpu] = -1;
        letIn(cpu);
    }

    /// It has looked at a word again and again until now.
    void spun(int task, long until) {
        if (level[task] == STOP) run.account.spinning += until - tasks.spinsSince[task];
    }

    /// Whether a handler interrupted what does not hold off a grace period of this kind.
    boolean interrupted(int handler, int grace) {
        return quiescent(below[handler], grace);
    }

    /// Whether who has a CPU does not hold off one.
    boolean quiescentOn(int cpu, int grace) {
        encounters.touch(cpu);
        return quiescent(current[cpu], grace);
    }

    /// Nor may anybody hold it off who was put off for the task.
    private boolean quiescent(int task, int grace) {
        for (int t = task; t >= 0; t = below[t])
            if (straggles(t) || (tasks.at(t).quiescent >> grace & 1) == 0) return false;
        return true;
    }

    /// The handler comes back once its CPU does not hold off a grace period of this kind.
    void ask(int handler, int grace) {
        int cpu = tasks.cpu[handler];
        state[handler] = Tasks.WATCHES;
        events.cancel(handler);
        asked[cpu] = handler;
        kind[cpu] = grace;
        ready[cpu] |= ASKED;
    }

    private void answer(int cpu) {
        if (!quiescentOn(cpu, kind[cpu])) return;
        ready[cpu] &= ~ASKED;
        come(asked[cpu], run.now);
    }
}
