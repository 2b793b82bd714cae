package stillpoint.check;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import stillpoint.check.Schedule.Turn;
import stillpoint.evidence.Counts;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Fault;

/// Every reachable state of a model and every transition between them: who took it, and which
/// events an observer saw. One verb is one transition, unless reductions are asked for; nothing is
/// left out by symmetry.
///
/// What a fault is to the graph is asked for ([Faults]).
///
/// States are numbered in the order of a breadth-first search, 0 is the first. Arrays, because
/// there are millions of edges.
final class StateGraph implements Engine.Sink {
    private static final int CHECK_EVERY = 1 << 10;

    /// Sets of tasks and stoppers are kept as the bits of an `int`.
    private static final int MOST_RUNNERS = 31;

    private static final int WAYS = 1 << 10;

    private final Compiled compiled;
    private final Engine engine;
    private final Alphabet alphabet;
    private final Limits limits;
    private final long start = System.nanoTime();
    private final Ints firstEdge = new Ints();
    private final Ints to = new Ints();
    private final Ints by = new Ints();
    private final Ints turn = new Ints();
    private final Ints word = new Ints();
    private final Ints over = new Ints();
    private final Ints failing = new Ints();
    private final BitSet insisting = new BitSet();
    private final BitSet goesOn = new BitSet();
    private final BitSet standing = new BitSet();
    private final StateNumbers numbers;
    private final long[] state;
    private final long required;
    private int expanded;
    private int levelEnd = 1;
    private int depth;
    private boolean stopping;
    private final Faults faults;
    private int ruin = -1;
    private int failingNow;
    private final Set<String> met = new TreeSet<>();
    private Optional<Failure> failure = Optional.empty();
    private Optional<Failure> blocked = Optional.empty();

    /// What a fault is to the graph.
    private enum Faults {
        /// The graph is not gone on with.
        THE_FIRST_ENDS_IT,
        /// No transition leads on from there: the graph holds exactly the runs without a fault.
        EACH_ENDS_ITS_RUN,
        /// An event like any other, behind which nothing is seen: all lead to one last state.
        ARE_EVENTS
    }

    /// A fault in a transition: the state it begins in, whose it is, and what went wrong.
    record Failure(int state, Turn turn, Hit hit) {}

    /// A graph that cannot be finished.
    static final class Unfinished extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;

        Unfinished(String reason) {
            super(reason);
            this.reason = reason;
        }

        /// What stopped it, and the way on.
        String reason() {
            return reason;
        }
    }

    private StateGraph(
            Model model,
            Config config,
            Limits limits,
            Alphabet alphabet,
            Reductions reductions,
            Faults faults) {
        this.compiled = new Compiled(model, config, reductions);
        this.faults = faults;
        this.engine = new Engine(compiled, hit -> false, true);
        if (runners() > MOST_RUNNERS)
            throw new Unfinished(
                    runners()
                            + " tasks and stoppers: a graph of states has at most "
                            + MOST_RUNNERS
                            + "; take fewer CPUs");
        this.alphabet = alphabet;
        this.limits = limits;
        this.numbers = new StateNumbers(compiled.layout.words);
        this.state = new long[compiled.layout.words];
        long must = 0;
        for (Task task : compiled.tasks) if (task.required()) must |= 1L << task.id;
        this.required = must;
        numbers.of(compiled.initial);
        firstEdge.add(0);
    }

    /// The graph of a model, of which a state's transitions are found when they are first asked
    /// for, those of the states before it with them.
    ///
    /// @throws Unfinished now or later, if a limit was reached, or the model does not fit in a
    ///   state
    static StateGraph of(Model model, Config config, Limits limits, Alphabet alphabet) {
        return of(model, config, limits, alphabet, Reductions.VERBS, Faults.THE_FIRST_ENDS_IT);
    }

    /// The same past faults.
    static StateGraph pastFaults(Model model, Config config, Limits limits, Alphabet alphabet) {
        return of(model, config, limits, alphabet, Reductions.VERBS, Faults.EACH_ENDS_ITS_RUN);
    }

    /// The same in which every fault is an event, with reductions other than symmetry.
    ///
    /// @throws Unfinished now or later, if a limit was reached, or the model does not fit in a
    ///   state
    static StateGraph withFaults(
            Model model, Config config, Limits limits, Alphabet alphabet, Reductions reductions) {
        return of(model, config, limits, alphabet, reductions.withoutSymmetry(), Faults.ARE_EVENTS);
    }

    private static StateGraph of(
            Model model,
            Config config,
            Limits limits,
            Alphabet alphabet,
            Reductions reductions,
            Faults faults) {
        Optional<String> unasked = Checker.unasked(model);
        if (unasked.isPresent()) throw new Unfinished(unasked.get());
        try {
            return new StateGraph(model, config, limits, alphabet, reductions, faults);
        } catch (Layout.TooLarge e) {
            throw new Unfinished(e.reason());
        }
    }

    /// Builds all of it, up to the first fault unless it goes past faults.
    StateGraph whole() {
        while (expanded < numbers.size()
                && (faults == Faults.EACH_ENDS_ITS_RUN || failure.isEmpty())) expand();
        return this;
    }

    /// Whether the transitions of a state are known: they are unless a fault has ended the graph
    /// before it.
    boolean reaches(int state) {
        while (expanded <= state && failure.isEmpty()) expand();
        return state < expanded;
    }

    private void expand() {
        if (expanded == levelEnd) {
            depth++;
            levelEnd = numbers.size();
        }
        if (expanded % CHECK_EVERY == 0 || numbers.size() > limits.states()) stopAtLimits();
        numbers.load(expanded, state);
        failingNow = 0;
        if (expanded == ruin) {
            over.add(0);
            goesOn.set(expanded);
        } else {
            stopping = stopping(state);
            if (stopping) standing.set(expanded);
            over.add(over(state));
            if (engine.expand(state, false, this)) goesOn.set(expanded);
        }
        failing.add(failingNow);
        expanded++;
        firstEdge.add(to.size());
    }

    @Override
    public void reached(long[] state, int task, int alternative) {
        List<Engine.Taken> trail = engine.trail();
        to.add(numbers.of(state));
        Task mover = compiled.tasks[task];
        by.add(runner(mover));
        if (runner(mover) == task && mover.neighbours.length > 0 || takesLock(trail))
            insisting.set(by.size() - 1);
        turn.add(task * WAYS + alternative);
        word.add(alphabet.seen(trail));
    }

    private static boolean takesLock(List<Engine.Taken> trail) {
        if (trail.isEmpty()) return false;
        Transition.Op first = trail.getFirst().instr().op;
        return first == Transition.Op.SPIN_ACQUIRE || first == Transition.Op.MUTEX_ACQUIRE;
    }

    @Override
    public void failed(long[] state, int task, int alternative, Hit hit) {
        Task mover = compiled.tasks[task];
        failingNow |= 1 << runner(mover);
        if (faults == Faults.ARE_EVENTS) {
            to.add(ruin());
            by.add(task);
            turn.add(task * WAYS + alternative);
            word.add(
                    alphabet.seen(
                            engine.trail(), mover.cpu, Focus.place(hit, compiled.model.classes())));
            return;
        }
        var here = new Failure(expanded, new Turn(task, alternative), hit);
        met.add(Focus.of(hit, compiled.model.classes()));
        if (failure.isEmpty()) failure = Optional.of(here);
        if (blocked.isEmpty() && hit.fault() == Fault.BLOCKED_CALLBACK) blocked = Optional.of(here);
    }

    /// Whose transition it is: while the machine stands still, the stopper's of its CPU.
    private int runner(Task mover) {
        boolean stopper = stopping && mover.level != Level.NMI;
        return stopper ? compiled.tasks.length + mover.cpu : mover.id;
    }

    /// The last state: no state of the model, since every bit of it is set.
    private int ruin() {
        if (ruin < 0) {
            var none = new long[compiled.layout.words];
            Arrays.fill(none, -1);
            int known = numbers.size();
            ruin = numbers.of(none);
            if (ruin < known)
                throw new IllegalStateException("a state of the model has every bit set");
        }
        return ruin;
    }

    private int over(long[] state) {
        int over = 0;
        for (Task task : compiled.tasks) if (task.over(state)) over |= 1 << task.id;
        return over;
    }

    private boolean stopping(long[] state) {
        for (Task stopper : compiled.stoppers) if (stopper.active(state)) return true;
        return false;
    }

    private void stopAtLimits() {
        if (Thread.currentThread().isInterrupted())
            throw new Unfinished("interrupted; run it again to finish");
        if (numbers.size() > limits.states())
            throw new Unfinished(
                    "more than " + limits.states() + " states; allow more, or take fewer CPUs");
        if (bytes() > limits.bytes())
            throw new Unfinished(
                    "more than "
                            + limits.bytes() / (1 << 20)
                            + " MiB of states and transitions; give the JVM more memory, or take"
                            + " fewer CPUs");
        if (System.nanoTime() - start > limits.time().toNanos())
            throw new Unfinished(
                    "more than "
                            + limits.time().toSeconds()
                            + " s; allow more, or take fewer CPUs");
    }

    private long bytes() {
        return numbers.bytes() + 16L * to.size() + 8L * firstEdge.size();
    }

    // ---- what was found

    /// The first fault, which ended the graph unless it goes past faults.
    Optional<Failure> failure() {
        return failure;
    }

    /// The first fault of a stop whose callback waits for somebody who stands still: nothing goes
    /// on from there.
    Optional<Failure> blocked() {
        return blocked;
    }

    /// The failure classes and kinds of fault that were met, sorted.
    List<String> met() {
        return List.copyOf(met);
    }

    int states() {
        return numbers.size();
    }

    /// The first edge that leaves a state; its others follow, up to [#lastEdge].
    int firstEdge(int state) {
        return firstEdge.get(state);
    }

    /// Behind the last edge that leaves a state.
    int lastEdge(int state) {
        return firstEdge.get(state + 1);
    }

    /// Whether nobody goes on from a state who has to, whatever handlers come.
    boolean still(int state) {
        if (!reaches(state) || goesOn.get(state)) return false;
        var seen = new BitSet();
        var open = new ArrayDeque<>(List.of(state));
        seen.set(state);
        while (!open.isEmpty()) {
            int s = open.pop();
            for (int e = firstEdge(s); e < lastEdge(s); e++) {
                if (!reaches(to(e)) || goesOn.get(to(e))) return false;
                if (!seen.get(to(e))) {
                    seen.set(to(e));
                    open.push(to(e));
                }
            }
        }
        return true;
    }

    /// What is wrong with a state in which nobody goes on; empty if nothing is.
    Optional<Hit> standstill(int state) {
        var at = new long[compiled.layout.words];
        numbers.load(state, at);
        return new Standstill(compiled).hit(at);
    }

    /// Who can go on from a state, but only into a fault in one of its ways: a set of bits. Not
    /// known for a state where the first fault ended the graph.
    long failing(int state) {
        return failing.get(state);
    }

    /// Whether the callbacks of a stop are under way, so that everything else stands still.
    boolean stopping(int state) {
        return standing.get(state);
    }

    int to(int edge) {
        return to.get(edge);
    }

    /// Whose transition it is: a task, or behind them a stopper.
    int by(int edge) {
        return by.get(edge);
    }

    /// The word of [Alphabet] that is seen.
    int word(int edge) {
        return word.get(edge);
    }

    /// Whether who can take this transition again and again takes it at last: it begins by taking a
    /// lock of the language, for which tasks queue, or its task shares a CPU, which the scheduler
    /// gives to each in turn.
    boolean insists(int edge) {
        return insisting.get(edge);
    }

    Turn turn(int edge) {
        return new Turn(turn.get(edge) / WAYS, turn.get(edge) % WAYS);
    }

    /// Handlers that a run need not have: those that do not come again and again. A set of bits.
    long optional() {
        long optional = 0;
        for (Task task : compiled.tasks) {
            Agent agent = compiled.model.agents().get(compiled.model.tasks().get(task.id).agent());
            if (agent.level().interrupts() && !agent.repeats()) optional |= 1L << task.id;
        }
        return optional;
    }

    /// Whether a task is at its end in any state.
    boolean everOver(int task) {
        for (int s = 0; s < over.size(); s++) if ((over.get(s) >>> task & 1) != 0) return true;
        return false;
    }

    /// The tasks that a run has to go on with: a set of bits.
    long required() {
        return required;
    }

    /// A run, transition by transition.
    List<Replay.Move> follow(Schedule schedule) {
        return new Replay(compiled, hit -> false).follow(schedule);
    }

    /// The model, compiled as it was searched.
    Compiled compiled() {
        return compiled;
    }

    /// How many tasks and stoppers there are.
    int runners() {
        return compiled.tasks.length + compiled.stoppers.length;
    }

    /// Which of the first `tasks` are at the end of their program, as a set of bits.
    long over(int state, int tasks) {
        return over.get(state) & Layout.ones(tasks);
    }

    Counts counts() {
        return new Counts(
                numbers.size(),
                to.size(),
                depth,
                compiled.layout.bits,
                (double) bytes() / numbers.size(),
                (System.nanoTime() - start) / 1e9);
    }
}
