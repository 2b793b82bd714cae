package stillpoint.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Breadth first through the pairs of a state of an implementation and a set of states of its
/// specification, until they part.
final class ProductSearch {
    private static final int CHECK_EVERY = 1 << 10;

    private final StateGraph impl;
    private final SpecificationSets spec;
    private final int tasks;
    private final List<String> columns;
    private final Limits limits;
    private final Alphabet alphabet;
    private final StateNumbers pairs = new StateNumbers(1);
    private final Ints parents = new Ints();
    private final Ints edges = new Ints();
    private final SortedSet<Integer> seen = new TreeSet<>();
    private final long start = System.nanoTime();

    /// Where the implementation goes on and the specification cannot.
    sealed interface Parting {
        /// The way there: edges of the implementation's graph, and where the specification was.
        Way way();

        /// An event that the specification does not allow; the last edge shows it.
        record Event(Way way, int number) implements Parting {}

        /// The implementation comes to rest.
        record Rest(Way way, String how) implements Parting {}

        /// The implementation fails behind the last edge.
        record Fails(Way way, StateGraph.Failure failure) implements Parting {}

        default List<Integer> edges() {
            return way().edges();
        }

        default int set() {
            return way().set();
        }
    }

    /// Edges in the order of time, and the number of the set of the specification.
    record Way(List<Integer> edges, int set) {
        Way {
            edges = List.copyOf(edges);
        }
    }

    ProductSearch(
            StateGraph impl,
            SpecificationSets spec,
            Alphabet alphabet,
            int tasks,
            List<String> columns,
            Limits limits) {
        this.impl = impl;
        this.spec = spec;
        this.alphabet = alphabet;
        this.tasks = tasks;
        this.columns = columns;
        this.limits = limits;
    }

    /// Goes through every pair; gives the nearest place where the two part.
    ///
    /// @throws StateGraph.Unfinished if a limit was reached
    Optional<Parting> run() {
        add(0, 0, -1, -1);
        var pair = new long[1];
        for (int p = 0; p < pairs.size(); p++) {
            if (p % CHECK_EVERY == 0 || pairs.size() > limits.states()) stopAtLimits();
            pairs.load(p, pair);
            int state = (int) (pair[0] >>> 32);
            int set = (int) pair[0];
            // Behind a fault the graph is not built any further.
            if (!impl.reaches(state)) continue;
            Optional<StateGraph.Failure> failure = impl.failure().filter(f -> f.state() == state);
            if (failure.isPresent()) return Optional.of(new Parting.Fails(way(p), failure.get()));
            if (impl.still(state) && !spec.mayRest(set, impl.over(state, tasks), tasks))
                return Optional.of(new Parting.Rest(way(p), rest(impl.over(state, tasks))));
            for (int e = impl.firstEdge(state); e < impl.lastEdge(state); e++) {
                int next = set;
                for (int event : alphabet.events(impl.word(e))) {
                    seen.add(event);
                    int after = spec.after(next, event);
                    if (after < 0) return Optional.of(new Parting.Event(way(p, e, next), event));
                    next = after;
                }
                add(impl.to(e), next, p, e);
            }
        }
        return Optional.empty();
    }

    /// How many pairs there are.
    long pairs() {
        return pairs.size();
    }

    /// Every event that was seen.
    SortedSet<Integer> seen() {
        return Collections.unmodifiableSortedSet(seen);
    }

    private void add(int state, int set, int parent, int edge) {
        int known = pairs.size();
        if (pairs.of(new long[] {(long) state << 32 | set}) < known) return;
        parents.add(parent);
        edges.add(edge);
    }

    private Way way(int pair) {
        var steps = new ArrayList<Integer>();
        for (int p = pair; edges.get(p) >= 0; p = parents.get(p)) steps.add(edges.get(p));
        Collections.reverse(steps);
        var state = new long[1];
        pairs.load(pair, state);
        return new Way(steps, (int) state[0]);
    }

    private Way way(int pair, int edge, int set) {
        var steps = new ArrayList<>(way(pair).edges());
        steps.add(edge);
        return new Way(steps, set);
    }

    private String rest(long over) {
        var waiting = new ArrayList<String>();
        for (int task = 0; task < tasks; task++)
            if ((over >>> task & 1) == 0) waiting.add(columns.get(task));
        return waiting.isEmpty()
                ? "every CPU comes to its end"
                : "nothing goes on, and "
                        + String.join(" and ", waiting)
                        + (waiting.size() == 1 ? " waits" : " wait")
                        + " for ever";
    }

    private void stopAtLimits() {
        if (Thread.currentThread().isInterrupted())
            throw new StateGraph.Unfinished("interrupted; run it again to finish");
        if (pairs.size() > limits.states())
            throw new StateGraph.Unfinished(
                    "more than "
                            + limits.states()
                            + " pairs of states; allow more, or take fewer CPUs");
        if (spec.bytes() > limits.bytes())
            throw new StateGraph.Unfinished(
                    "more than "
                            + limits.bytes() / (1 << 20)
                            + " MiB of sets of states of the specification; give the JVM more"
                            + " memory, or take fewer CPUs");
        if (System.nanoTime() - start > limits.time().toNanos())
            throw new StateGraph.Unfinished(
                    "more than "
                            + limits.time().toSeconds()
                            + " s; allow more, or take fewer CPUs");
    }
}
