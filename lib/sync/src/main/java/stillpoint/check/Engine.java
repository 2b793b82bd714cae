package stillpoint.check;

import java.util.List;
import java.util.function.Predicate;
import stillpoint.machine.Level;

/// Takes every transition that a state allows: whose turn it may be, while a [Transition] is what a
/// turn does.
///
/// While the callbacks of a stop run, everything else stands still but handlers of the level NMI.
final class Engine {
    /// Receives what may happen next. The state is the engine's own: copy what is kept.
    interface Sink {
        void reached(long[] state, int task, int alternative);

        void failed(long[] state, int task, int alternative, Hit hit);

        /// Receives nothing.
        Sink NOWHERE =
                new Sink() {
                    @Override
                    public void reached(long[] state, int task, int alternative) {}

                    @Override
                    public void failed(long[] state, int task, int alternative, Hit hit) {}
                };
    }

    /// An instruction that was taken in a transition.
    ///
    /// @param location the cell or lock; -1 when it has none
    /// @param before what was there
    /// @param after what is there now; without a location, the value the instruction gave
    record Taken(Task task, Instr instr, int location, int before, int after) {}

    private final Compiled compiled;
    private final Transition transition;

    Engine(Compiled compiled, Predicate<Hit> passedOver) {
        this(compiled, passedOver, false);
    }

    /// @param watching whether [#trail] is kept
    Engine(Compiled compiled, Predicate<Hit> passedOver, boolean watching) {
        this.compiled = compiled;
        this.transition = new Transition(compiled, passedOver, watching);
    }

    /// Whether the `sometimes` condition with this number has been reached by any transition so
    /// far.
    boolean occurred(int label) {
        return transition.occurred(label);
    }

    /// The instructions of the transition that is being reported.
    List<Taken> trail() {
        return transition.trail();
    }

    /// Reports every transition of a state.
    ///
    /// @param twins whether CPUs that repeat their twin are passed over
    /// @return whether there was any of a task that has to go on: handlers that may come for ever
    ///   do not count
    boolean expand(long[] state, boolean twins, Sink into) {
        transition.report(into);
        boolean stopping = stopping(state);
        if (stopping)
            for (Task stopper : compiled.stoppers) if (stopper.active(state)) take(state, stopper);
        for (Task each : compiled.tasks)
            if ((!stopping || each.level == Level.NMI)
                    && !(twins && compiled.repeatsTwin(state, each.cpu))) take(state, each);
        if (stopping && !transition.moved()) stuck(state);
        return transition.required();
    }

    /// Reports the transitions of one task, and those of the others too where they cannot be told
    /// apart from it.
    void expand(long[] state, int id, Sink into) {
        if (stopping(state)) {
            expand(state, false, into);
            return;
        }
        transition.report(into);
        take(state, compiled.tasks[id]);
    }

    private boolean stopping(long[] state) {
        for (Task stopper : compiled.stoppers) if (stopper.active(state)) return true;
        return false;
    }

    private void stuck(long[] state) {
        for (Task stopper : compiled.stoppers)
            if (stopper.active(state)) {
                transition.stuck(state, stopper);
                return;
            }
    }

    private void take(long[] state, Task running) {
        int at = running.at(state);
        if (at < 0) return;
        Instr from = running.resting[at];
        if (from.op == Transition.Op.END) return;
        transition.next();
        if (running.mayRun(state)) transition.take(state, running, from);
        if (running.mayMigrate(state))
            for (int to = 0; to < compiled.cpus(); to++)
                if (to != running.cpu(state)) transition.take(state, running, from, to);
    }
}
