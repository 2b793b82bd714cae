package stillpoint.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import stillpoint.program.Variable;

/// The writer's turns: one swapoff after another, each of a device of its own, and the pages that
/// are left on one.
///
/// For the next turn what belongs to the writer is as at the start. Of what there is twice, the
/// second becomes the first: readers who came during the last turn are users of the next device.
/// What there is once and readers write too, such as a lock that all devices have, stays as it is:
/// one of them may hold it.
///
/// A hot core: mutable, one thread.
final class Turns {
    private final Run run;
    private final Scene scene;
    private final Tasks tasks;
    private final Cells cells;
    private final Places places;
    private final Load load;
    private final List<Outcome> outcomes = new ArrayList<>();
    private Set<Variable> shared = Set.of();
    private int wanted;
    private int pages;
    private long stepsBefore;

    Turns(Run run, Scene scene, Tasks tasks, Cells cells, Places places, Load load) {
        this.run = run;
        this.scene = scene;
        this.tasks = tasks;
        this.cells = cells;
        this.places = places;
        this.load = load;
    }

    /// What readers write that is not their CPU's own alone.
    void shared(List<Variable> variables) {
        shared = Set.copyOf(variables);
    }

    /// A run begins.
    ///
    /// @param turns how many it has
    void start(int turns) {
        outcomes.clear();
        wanted = turns;
        stepsBefore = 0;
        pages = load.pages();
        if (pages == 0) empty();
    }

    /// No page is left on the device.
    private void empty() {
        scene.page().forEach((variable, gone) -> cells.value[cells.location(variable)] = gone);
    }

    /// The next page of the device, if there is one.
    void refill() {
        if (--pages <= 0) return;
        for (Variable variable : scene.page().keySet()) cells.restore(cells.location(variable), 1);
    }

    /// A turn has ended; whether it was the last.
    boolean end(long at) {
        outcomes.add(run.account.outcome(run.steps - stepsBefore));
        run.events.cancel(0);
        if (outcomes.size() == wanted) {
            run.over = true;
            return true;
        }
        stepsBefore = run.steps;
        again();
        run.account.next(at);
        return false;
    }

    private void again() {
        places.objects();
        for (Variable v : scene.again()) {
            int copies = v.perCpu() ? scene.cpus() : 1;
            int twin = cells.twin(v);
            if (twin == 0 && shared.contains(v)) continue;
            for (int c = 0; c < copies; c++) {
                int at = cells.location(v) + c * cells.block;
                if (twin > 0) System.arraycopy(cells.value, at + twin, cells.value, at, twin);
                cells.restore(at + twin, Math.max(1, cells.objects(v)));
            }
        }
        // Whoever is between two faults has the next one on another device again.
        for (int c = 0; c < places.second.length; c++) {
            int reader = tasks.firstReader + c;
            places.second[c] = tasks.pc[reader] == tasks.entry(reader);
        }
        pages = load.pages();
        if (pages == 0) empty();
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /// How many tasks there are, for a message.
    @Override
    public String toString() {
        return outcomes.size() + " of " + wanted + " turns of " + tasks.name(0);
    }
}
