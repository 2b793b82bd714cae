package stillpoint.simulate;

import java.util.Arrays;
import java.util.List;
import stillpoint.program.Variable;

/// What happens when somebody meets a reader that is not simulated: where it stands is drawn, and
/// it is simulated from there on, until nobody can tell any more.
///
/// What a reader has written of what it shares ([#shared]) is added then; until then nobody has
/// looked at that. So a step that does look meets all readers that may have written it.
///
/// A hot core: mutable, one thread.
final class Encounters {
    private final Run run;
    private final Tasks tasks;
    private final Cells cells;
    private final Places places;
    private final Readers readers;
    private final boolean full;
    private final int cpus;
    private List<Variable> shared = List.of();
    private List<Cycle> cycles = List.of();
    private final int index;

    /// The stretch in which a reader was met and still stands; -1 if it has gone on.
    private final int[] stretch;

    /// @param index the location of what faults go by; -1 if there is nothing
    Encounters(
            Run run,
            Tasks tasks,
            Cells cells,
            Places places,
            Readers readers,
            boolean full,
            int index) {
        this.run = run;
        this.tasks = tasks;
        this.cells = cells;
        this.places = places;
        this.readers = readers;
        this.full = full;
        this.index = index;
        cpus = tasks.current.length;
        stretch = new int[cpus];
    }

    /// What readers write that is not their CPU's own alone.
    void shared(List<Variable> variables) {
        shared = List.copyOf(variables);
    }

    /// Faults are like these, one for each value of what they go by.
    void go(List<Cycle> faults) {
        cycles = List.copyOf(faults);
        for (Cycle one : cycles)
            if (one.size() != cycles.getFirst().size())
                throw new IllegalArgumentException(
                        "a fault takes "
                                + cycles.getFirst().size()
                                + " or "
                                + one.size()
                                + " steps, as the index says: it has to be as long with either");
    }

    void reset() {
        Arrays.fill(stretch, -1);
    }

    /// Something happens on a CPU: where its reader stands has to be known.
    void touch(int cpu) {
        if (full || cpu == 0 || readers.idle(cpu)) return;
        int task = tasks.firstReader + cpu;
        if (tasks.state[task] != Tasks.OFF || tasks.current[cpu] >= 0) return;
        int number = readers.where(cpu, run.now);
        if (number < 0) return;
        meet(task, cpu, number);
    }

    private void meet(int task, int cpu, int number) {
        Cycle.Stretch at = cycles.get(index < 0 ? 0 : cells.value[index]).stretch(number);
        long until = run.now + readers.left();
        if (at.asleep() && shared.isEmpty()) {
            // It keeps nobody from the CPU, and nothing of it is looked at.
            readers.goesOn(cpu, number, until);
            return;
        }
        tasks.pc[task] = at.pc();
        tasks.open(task, at.calls());
        int[] registers = at.registers();
        System.arraycopy(registers, 0, tasks.registers, tasks.base[task], registers.length);
        int[] kept = at.cells();
        int owned = cells.owned();
        System.arraycopy(kept, 0, cells.value, cells.firstOwn(cpu), owned);
        places.second[cpu] = readers.began() >= run.account.begun;
        for (int d = 0; d < shared.size(); d++)
            cells.value[places.shared(shared.get(d), cpu)] += kept[owned + d];
        run.events.set(task, until);
        if (at.asleep()) {
            tasks.state[task] = Tasks.COMES;
            return;
        }
        stretch[cpu] = number;
        tasks.state[task] = Tasks.RUNS;
        tasks.current[cpu] = task;
    }

    /// A step looks at what readers write.
    void touch(Instr i, int near) {
        if (i.touches == Instr.Touches.ITS_CPU) touch(places.which(i));
        else if (i.touches == Instr.Touches.EVERY_CPU) for (int c = 1; c < cpus; c++) touch(c);
    }

    /// A reader takes a step.
    void steps(int cpu) {
        stretch[cpu] = -1;
    }

    /// Whether a reader that would take its next step then need not be simulated any more: nobody
    /// waits for it, and it has not gone on since it was met.
    boolean retires(int task, int cpu, long at) {
        if (task < tasks.firstReader || stretch[cpu] < 0 || !shared.isEmpty()) return false;
        readers.goesOn(cpu, stretch[cpu], at);
        tasks.state[task] = Tasks.OFF;
        tasks.current[cpu] = -1;
        return true;
    }
}
