package stillpoint.check;

import java.util.SortedMap;
import java.util.TreeMap;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// How far away each failure class of a model is, in verbs: every reachable state, nearest first,
/// where a transition of local steps alone costs nothing. For models without handlers.
///
/// The checker's own search for a trace always has fusion and never has movers, so it could not say
/// whether fusion changes a length. This one takes the reductions as they are, but for movers: a
/// transition that joins verbs has no length in verbs.
final class Nearest {
    private final Model model;
    private final Compiled compiled;
    private final Engine engine;
    private final Engine watching;
    private final Standstill standstill;
    private final SortedMap<String, Integer> found = new TreeMap<>();
    private final StateTable settled;
    private StateTable level;
    private StateTable next;
    private final long[] state;
    private final long[] scratch;
    private int distance;
    private int cost;
    private boolean moved;
    private long transitions;

    Nearest(Model model, Config config, Reductions with) {
        this.model = model;
        compiled = new Compiled(model, config, with.withoutMovers());
        engine = new Engine(compiled, this::note);
        watching = new Engine(compiled, this::noteWatched, true);
        standstill = new Standstill(compiled);
        settled = new StateTable(compiled.layout.words);
        level = new StateTable(compiled.layout.words);
        next = new StateTable(compiled.layout.words);
        state = new long[compiled.layout.words];
        scratch = new long[compiled.layout.words];
        level.add(compiled.initial, -1);
        while (level.size() > 0) {
            for (int s = 0; s < level.size(); s++) {
                level.load(s, state);
                if (settled.add(state, -1)) expand();
            }
            level = next;
            next = new StateTable(compiled.layout.words);
            distance++;
        }
    }

    private void expand() {
        moved = false;
        if (stopping()) watching.expand(state, true, sink);
        else
            for (Task task : compiled.tasks)
                if (!task.over(state) && !compiled.repeatsTwin(state, task.cpu)) expand(task);
        cost = 0;
        if (!moved) standstill.hit(state).ifPresent(this::note);
    }

    /// Then the engine says by itself whose turn it is.
    private boolean stopping() {
        for (Task stopper : compiled.stoppers) if (stopper.active(state)) return true;
        return false;
    }

    private void expand(Task task) {
        cost = cost(task.node(state));
        engine.expand(state, task.id, sink);
    }

    /// An atomic piece that begins with a question is one with what follows.
    private static int cost(Instr i) {
        if (!i.node.step().local()) return 1;
        return glued(i, i.next) || glued(i, i.otherwise) ? 1 : 0;
    }

    private static boolean glued(Instr i, Instr next) {
        return next != i && next.glued && cost(next) > 0;
    }

    private final Engine.Sink sink =
            new Engine.Sink() {
                @Override
                public void reached(long[] reached, int task, int alternative) {
                    moved = true;
                    if (stopping()) cost = watched();
                    transitions++;
                    System.arraycopy(reached, 0, scratch, 0, scratch.length);
                    compiled.canonical(scratch);
                    (cost == 0 ? level : next).add(scratch, -1);
                }

                @Override
                public void failed(long[] reached, int task, int alternative, Hit hit) {
                    throw new IllegalStateException(hit.text() + ": every fault is passed over");
                }
            };

    /// Of what the engine has just done.
    private int watched() {
        return watching.trail().stream().allMatch(t -> t.instr().node.step().local()) ? 0 : 1;
    }

    private boolean noteWatched(Hit hit) {
        cost = watched();
        return note(hit);
    }

    private boolean note(Hit hit) {
        found.merge(Focus.of(hit, model.classes()), distance + cost, Math::min);
        return true;
    }

    /// The length of a shortest run to each failure class and kind of fault that can be met.
    SortedMap<String, Integer> lengths() {
        return found;
    }

    int states() {
        return settled.size();
    }

    long transitions() {
        return transitions;
    }
}
