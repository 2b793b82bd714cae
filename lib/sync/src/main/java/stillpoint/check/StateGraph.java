package stillpoint.check;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import stillpoint.check.Schedule.Turn;
import stillpoint.evidence.Counts;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// Every reachable state of a model and every transition between them: who took it, and which
/// events an observer saw. One verb is one transition; nothing is left out by symmetry.
///
/// States are numbered in the order of a breadth-first search, 0 is the first. Arrays, because
/// there are millions of edges.
final class StateGraph implements Engine.Sink {
    private static final int CHECK_EVERY = 1 << 10;
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
    private final BitSet locks = new BitSet();
    private final StateNumbers numbers;
    private int expanding;
    private int depth;
    private boolean stopping;
    private Optional<Failure> failure = Optional.empty();

    /// A fault in a transition: the state it begins in, whose it is, and what went wrong.
    record Failure(int state, Turn turn, Hit hit) {}

    /// A graph that was not finished.
    static final class Unfinished extends Exception {
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

    private StateGraph(Model model, Config config, Limits limits, Alphabet alphabet) {
        this.compiled = new Compiled(model, config, Reductions.VERBS);
        this.engine = new Engine(compiled, hit -> false, true);
        this.alphabet = alphabet;
        this.limits = limits;
        this.numbers = new StateNumbers(compiled.layout.words);
    }

    /// The graph of a model. It ends at the first fault.
    ///
    /// @throws Unfinished if a limit was reached, or the model does not fit in a state
    static StateGraph of(Model model, Config config, Limits limits, Alphabet alphabet)
            throws Unfinished {
        Optional<String> unasked = Checker.unasked(model);
        if (unasked.isPresent()) throw new Unfinished(unasked.get());
        try {
            var graph = new StateGraph(model, config, limits, alphabet);
            graph.build();
            return graph;
        } catch (Layout.TooLarge e) {
            throw new Unfinished(e.reason());
        }
    }

    private void build() throws Unfinished {
        numbers.of(compiled.initial);
        var state = new long[compiled.layout.words];
        int levelEnd = 1;
        for (expanding = 0; expanding < numbers.size() && failure.isEmpty(); expanding++) {
            if (expanding == levelEnd) {
                depth++;
                levelEnd = numbers.size();
            }
            if (expanding % CHECK_EVERY == 0 || numbers.size() > limits.states()) stopAtLimits();
            firstEdge.add(to.size());
            numbers.load(expanding, state);
            stopping = stopping(state);
            over.add(over(state));
            engine.expand(state, false, this);
        }
        firstEdge.add(to.size());
    }

    @Override
    public void reached(long[] state, int cpu, int alternative) {
        to.add(numbers.of(state));
        by.add(stopping ? compiled.tasks.length + cpu : cpu);
        if (takesLock(engine.trail())) locks.set(by.size() - 1);
        turn.add(cpu * WAYS + alternative);
        word.add(alphabet.seen(engine.trail()));
    }

    private static boolean takesLock(List<Engine.Taken> trail) {
        if (trail.isEmpty()) return false;
        Instr.Op first = trail.getFirst().instr().op;
        return first == Instr.Op.SPIN_ACQUIRE || first == Instr.Op.MUTEX_ACQUIRE;
    }

    @Override
    public void failed(long[] state, int cpu, int alternative, Hit hit) {
        if (failure.isEmpty())
            failure = Optional.of(new Failure(expanding, new Turn(cpu, alternative), hit));
    }

    private int over(long[] state) {
        int over = 0;
        for (Task task : compiled.tasks) if (task.over(state)) over |= 1 << task.cpu;
        return over;
    }

    private boolean stopping(long[] state) {
        for (Task stopper : compiled.stoppers) if (stopper.active(state)) return true;
        return false;
    }

    private void stopAtLimits() throws Unfinished {
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

    /// The fault that ended the graph.
    Optional<Failure> failure() {
        return failure;
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

    /// Whether nothing goes on from a state.
    boolean still(int state) {
        return firstEdge(state) == lastEdge(state);
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

    /// Whether the transition begins by taking a lock of the language, for which tasks queue.
    boolean takesLock(int edge) {
        return locks.get(edge);
    }

    Turn turn(int edge) {
        return new Turn(turn.get(edge) / WAYS, turn.get(edge) % WAYS);
    }

    /// How many tasks and stoppers there are.
    int runners() {
        return compiled.tasks.length + compiled.stoppers.length;
    }

    /// Which CPUs of the first `cpus` are at the end of their program, as a set of bits.
    long over(int state, int cpus) {
        return over.get(state) & Layout.ones(cpus);
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
