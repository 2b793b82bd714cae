package stillpoint.simulate;

/// Who waits for a place to change, or for a lock: a queue for each place, first come, first
/// served.
///
/// A hot core: mutable, one thread.
final class Waiting {
    private final Run run;
    private final Tasks tasks;
    private final Cpus cpus;
    private final Lines lines;
    private final int[] value;
    private final long[] drawn;
    private final int[] heads;
    private final int[] last;
    private final int[] next;

    /// @param drawn when each CPU's store buffer is empty, ns
    Waiting(Run run, Tasks tasks, Cpus cpus, Lines lines, Cells cells, long[] drawn) {
        this.run = run;
        this.tasks = tasks;
        this.cpus = cpus;
        this.lines = lines;
        this.value = cells.value;
        this.drawn = drawn;
        heads = cells.heads;
        last = new int[cells.size()];
        next = new int[tasks.count];
    }

    /// A task waits at its step, which is about this place.
    void at(int task, Instr i, int place) {
        tasks.pc[task] = i.number;
        run.events.cancel(task);
        enqueue(place, task);
        if (i.op == Instr.Op.SPIN_UNTIL || i.op == Instr.Op.SPIN_ACQUIRE) {
            tasks.state[task] = Tasks.SPINS;
            tasks.spinsSince[task] = run.now;
            if (i.op == Instr.Op.SPIN_UNTIL) lines.spins(place + i.line, 1);
            cpus.letIn(tasks.cpu[task]);
        } else {
            tasks.state[task] = Tasks.SLEEPS;
            if (tasks.cpu[task] >= 0) cpus.giveUp(task);
        }
    }

    /// A thread waits there from the start.
    void asleep(int task, int place) {
        tasks.state[task] = Tasks.SLEEPS;
        enqueue(place, task);
    }

    private void enqueue(int place, int task) {
        int head = place * Cells.HEADS + Cells.WAITER;
        next[task] = -1;
        if (heads[head] < 0) heads[head] = task;
        else next[last[place]] = task;
        last[place] = task;
    }

    boolean any(int place) {
        return heads[place * Cells.HEADS + Cells.WAITER] >= 0;
    }

    /// A place has a new value that others can see from `visible` on: whoever waits for it goes on.
    /// Gives the time that waking them takes the CPU that wrote.
    long written(int place, int line, long visible, int by) {
        int head = place * Cells.HEADS + Cells.WAITER;
        long spent = 0;
        int before = -1;
        int waiter = heads[head];
        while (waiter >= 0) {
            int behind = next[waiter];
            Instr at = tasks.at(waiter);
            boolean spins = at.op == Instr.Op.SPIN_UNTIL;
            boolean waits = spins || at.op == Instr.Op.SLEEP_UNTIL;
            if (waits && (at.values >>> value[place] & 1) != 0) {
                if (before < 0) heads[head] = behind;
                else next[before] = behind;
                if (behind < 0) last[place] = before;
                if (spins) {
                    lines.spins(line, -1);
                    sees(waiter, visible);
                } else spent += woken(waiter, visible + spent, by);
            } else before = waiter;
            waiter = behind;
        }
        return spent;
    }

    /// One that spins has what it spins for from then on.
    private void sees(int task, long at) {
        if (tasks.state[task] == Tasks.PUT_OFF_SPINNING) {
            tasks.state[task] = Tasks.PUT_OFF;
            tasks.left[task] = Math.max(0, at - run.now);
        } else {
            cpus.spun(task, at);
            tasks.state[task] = Tasks.RUNS;
            run.events.set(task, at);
        }
    }

    private long woken(int task, long at, int by) {
        long own = lines.price(Quantity.WAKE_UP);
        boolean far = tasks.cpu[task] != by && tasks.cpu[task] >= 0;
        cpus.come(task, at + own + (far ? lines.price(Quantity.IPI) : 0));
        return own;
    }

    /// A lock goes to whoever waits first, or is free; gives the time that waking takes.
    long release(int place, int line, int cpu) {
        int head = place * Cells.HEADS + Cells.WAITER;
        int waiter = heads[head];
        if (waiter < 0) {
            value[place] = 0;
            drawn[cpu] = lines.own(line, cpu, Math.max(run.now, drawn[cpu]));
            return 0;
        }
        heads[head] = next[waiter];
        Instr at = tasks.at(waiter);
        int near = Math.max(0, tasks.cpu[waiter]);
        long has =
                lines.modify(line, near, Math.max(run.now, drawn[cpu]))
                        + lines.price(Quantity.LOCK_HANDOVER);
        tasks.pc[waiter] = at.next;
        if (at.op == Instr.Op.MUTEX_ACQUIRE) return woken(waiter, has, cpu);
        sees(waiter, has);
        return 0;
    }
}
