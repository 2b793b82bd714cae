package stillpoint.check;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import stillpoint.program.Fault;
import stillpoint.program.Kind;
import stillpoint.program.Memory;

/// What is wrong with a state from which no task goes on that has to: a deadlock, or, if all are at
/// their ends, a leak.
///
/// Handlers that may come for ever do not make a deadlock less of one, unless one of them lets
/// somebody go on: so where they can still move, every state that they alone can reach is looked
/// at.
///
/// A task that a fault ended keeps its locks and its objects for ever: that is the doing of the
/// fault, which was passed over, and no fault of its own.
final class Standstill {
    private static final Hit DEADLOCK =
            Hit.of(Fault.DEADLOCK, "", Fault.DEADLOCK.words() + ": no CPU can go on");

    private final Compiled compiled;
    private final Engine engine;

    Standstill(Compiled compiled) {
        this.compiled = compiled;
        this.engine = new Engine(compiled, hit -> true);
    }

    /// What is wrong with such a state; empty if nothing is.
    Optional<Hit> hit(long[] state) {
        for (Task task : compiled.tasks) if (!task.active(state)) return Optional.empty();
        if (freed(state)) return Optional.empty();
        for (Task stopper : compiled.stoppers)
            if (stopper.active(state))
                return Optional.of(Hit.blockedCallback(stopper.node(state).node));
        boolean busy = false;
        for (Task task : compiled.tasks)
            if (!task.over(state)) {
                if (task.required() || !anyMove(state)) return Optional.of(DEADLOCK);
                busy = true;
            }
        return busy ? Optional.empty() : leak(state);
    }

    private boolean anyMove(long[] state) {
        var moved = new boolean[1];
        engine.expand(state, false, sink(next -> moved[0] = true));
        return moved[0];
    }

    /// Whether handlers alone can come to a state in which somebody goes on who has to; nobody
    /// looks for one where there is nobody: a model in which everything repeats would be gone
    /// through again for each of its states.
    private boolean freed(long[] state) {
        if (!awaited(compiled.tasks, state) && !awaited(compiled.stoppers, state)) return false;
        Set<String> seen = new HashSet<>();
        var queue = new ArrayDeque<long[]>();
        queue.add(state);
        while (!queue.isEmpty()) {
            boolean goesOn =
                    engine.expand(
                            queue.remove(),
                            false,
                            sink(next -> {
                                if (seen.add(Arrays.toString(next))) queue.add(next.clone());
                            }));
            if (goesOn) return true;
        }
        return false;
    }

    private static boolean awaited(Task[] tasks, long[] state) {
        for (Task task : tasks) if (task.required() && !task.over(state)) return true;
        return false;
    }

    private static Engine.Sink sink(Consumer<long[]> reached) {
        return new Engine.Sink() {
            @Override
            public void reached(long[] next, int task, int alternative) {
                reached.accept(next);
            }

            @Override
            public void failed(long[] next, int task, int alternative, Hit hit) {}
        };
    }

    private Optional<Hit> leak(long[] state) {
        Memory memory = compiled.model.memory();
        for (int k = 0; k < memory.kinds().size(); k++) {
            Kind kind = memory.kinds().get(k);
            for (int slot = 1; slot <= kind.slots(); slot++)
                if (compiled.layout.get(state, compiled.layout.alive(k) + slot - 1) == 1
                        && !pointedAt(state, k, slot))
                    return Optional.of(
                            Hit.of(
                                    Fault.LEAK,
                                    kind.name(),
                                    Fault.LEAK.words()
                                            + ": nothing points to a live "
                                            + kind
                                            + " at the end"));
        }
        return Optional.empty();
    }

    private boolean pointedAt(long[] state, int kind, int object) {
        for (int at : compiled.pointers(kind))
            if (compiled.layout.get(state, at) == object) return true;
        return false;
    }
}
