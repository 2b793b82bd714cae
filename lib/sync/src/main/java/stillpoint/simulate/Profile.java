package stillpoint.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import stillpoint.program.Variable;
import stillpoint.random.Distribution;

/// Goes through one fault of a reader that is alone, and keeps where it stands for how long: a
/// [Cycle].
///
/// It takes two faults, the first to warm the caches. What the reader changes of what it shares is
/// kept as the difference to the start of its fault.
///
/// A hot core: mutable, one thread.
final class Profile {
    private final Run run;
    private final Tasks tasks;
    private final Cells cells;
    private final Places places;
    private final Contention contention;
    private final List<Cycle.Stretch> stretches = new ArrayList<>();
    private final BitSet taken = new BitSet();
    private List<Variable> shared = List.of();
    private int[] before = {};
    private Distribution extra = Load.NO_TIME;
    private int faults;
    private final int cpu;

    /// Whether a reader is looked at now.
    boolean on;

    Profile(Run run, Tasks tasks, Cells cells, Places places, Contention contention) {
        this.run = run;
        this.tasks = tasks;
        this.cells = cells;
        this.places = places;
        this.contention = contention;
        cpu = tasks.current.length - 1;
    }

    /// What readers write that is not their CPU's own alone.
    void shared(List<Variable> variables) {
        shared = List.copyOf(variables);
        contention.forget();
    }

    /// The steps that were taken, by number.
    BitSet taken() {
        return taken;
    }

    /// The state is as at the start of a run.
    Cycle go(Interpreter interpreter) {
        on = true;
        int task = tasks.firstReader + cpu;
        tasks.current[cpu] = task;
        tasks.state[task] = Tasks.RUNS;
        cells.renew(cpu);
        faults = 0;
        stretches.clear();
        before = new int[shared.size()];
        contention.begins();
        run.events.set(task, 0);
        while (faults < 2) {
            if (run.events.first() != task)
                throw new Broken("a reader that is alone waits for something");
            run.now = run.events.time();
            interpreter.step(task);
        }
        on = false;
        return new Cycle(stretches);
    }

    /// A step was taken; gives how much longer it takes because others want its line.
    long took(Instr i) {
        taken.set(i.number);
        return contention.delay(i, run.now);
    }

    long draws(Distribution time) {
        extra = time;
        contention.draws(time);
        return 0;
    }

    void keep(int task, Instr behind, long fixed, boolean asleep) {
        int owned = cells.owned();
        var kept = new int[owned + shared.size()];
        System.arraycopy(cells.value, cells.firstOwn(cpu), kept, 0, owned);
        for (int d = 0; d < before.length; d++) kept[owned + d] = value(d) - before[d];
        int base = tasks.base[task];
        int[] registers =
                Arrays.copyOfRange(tasks.registers, base, base + tasks.readers().registers());
        stretches.add(
                new Cycle.Stretch(
                        behind.number, fixed, extra, asleep, tasks.open(task), registers, kept));
        extra = Load.NO_TIME;
    }

    private int value(int number) {
        return cells.value[places.shared(shared.get(number), cpu)];
    }

    /// A fault has ended; whether it was the last.
    boolean ended() {
        faults++;
        for (int d = 0; d < before.length; d++) before[d] = value(d);
        contention.ends(faults > 1);
        if (faults == 1) stretches.clear();
        return faults == 2;
    }
}
