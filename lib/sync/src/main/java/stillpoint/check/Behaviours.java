package stillpoint.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// What an observer sees of a model: every finite sequence of its events (`cpu.event`), of a fault,
/// which ends it, and of the model coming to rest, with who waits for ever then and what is leaked.
///
/// A fault is its failure class, or its kind where it has none, and the function it was met in. So
/// two models with the same behaviours fail in the same ways after the same events, and rest in the
/// same places. What is not seen: how long anything takes, a task that goes on for ever without an
/// event, and an order in memory that no interleaving shows.
///
/// It is kept as a deterministic automaton, made by the subset construction over the whole graph of
/// states (Rabin and Scott, 1959); inclusion is a walk through the pairs of places of two of them.
/// [Refinement] answers the same question by another way, from the two graphs themselves.
public final class Behaviours {
    private final Optional<String> cut;
    private final List<SortedMap<String, Integer>> places;
    private final SortedSet<String> failures;
    private final long states;

    private Behaviours(
            Optional<String> cut,
            List<SortedMap<String, Integer>> places,
            SortedSet<String> failures,
            long states) {
        this.cut = cut;
        this.places = List.copyOf(places);
        this.failures = failures;
        this.states = states;
    }

    /// Those of a model on a kernel. Where a limit was reached nothing can be compared with them.
    public static Behaviours of(Model model, Config config, Limits limits) {
        return of(model, config, limits, new Reductions(true, false, true, false));
    }

    /// The same with other reductions, but never with symmetry. Where equal futures are merged, a
    /// fault is named by one of the functions that it may be met in.
    public static Behaviours of(Model model, Config config, Limits limits, Reductions reductions) {
        try {
            var alphabet = new Alphabet();
            StateGraph graph =
                    StateGraph.withFaults(model, config, limits, alphabet, reductions).whole();
            var subsets = new Subsets(graph, alphabet, Narrator.columns(model), limits);
            List<SortedMap<String, Integer>> places = subsets.places();
            var failures = new TreeSet<>(alphabet.faults());
            failures.addAll(subsets.failures());
            return new Behaviours(Optional.empty(), places, failures, graph.states());
        } catch (StateGraph.Unfinished e) {
            return new Behaviours(Optional.of(e.reason()), List.of(), new TreeSet<>(), 0);
        }
    }

    /// How many states of the model they were read from.
    public long states() {
        return states;
    }

    /// How many places the automaton has: 0 if it was cut short.
    public int places() {
        return places.size();
    }

    /// Everything that is ever seen.
    public SortedSet<String> events() {
        var events = new TreeSet<String>();
        places.forEach(place -> events.addAll(place.keySet()));
        return Collections.unmodifiableSortedSet(events);
    }

    /// Every fault of a step that is ever met, each with its function, on whichever CPU.
    public SortedSet<String> failures() {
        return Collections.unmodifiableSortedSet(failures);
    }

    /// Whether the other model may show everything that this one shows.
    public Inclusion within(Behaviours other) {
        Optional<String> open = cut.or(() -> other.cut);
        if (open.isPresent()) return new Inclusion.Unknown(open.get());
        Map<Long, Integer> known = new HashMap<>();
        var pairs = new ArrayList<Pair>();
        known.put(0L, 0);
        pairs.add(new Pair(0, 0, -1, ""));
        for (int p = 0; p < pairs.size(); p++) {
            Pair pair = pairs.get(p);
            SortedMap<String, Integer> there = other.places.get(pair.other());
            for (Map.Entry<String, Integer> edge : places.get(pair.here()).entrySet()) {
                Integer to = there.get(edge.getKey());
                if (to == null) return new Inclusion.Beyond(seen(pairs, p), edge.getKey());
                if (known.putIfAbsent((long) edge.getValue() << 32 | to, pairs.size()) == null)
                    pairs.add(new Pair(edge.getValue(), to, p, edge.getKey()));
            }
        }
        return new Inclusion.Within(pairs.size());
    }

    /// Two places that the same events lead to, and the last of them.
    private record Pair(int here, int other, int parent, String event) {}

    private static List<String> seen(List<Pair> pairs, int last) {
        var seen = new ArrayList<String>();
        for (int p = last; pairs.get(p).parent() >= 0; p = pairs.get(p).parent())
            seen.add(pairs.get(p).event());
        return seen.reversed();
    }
}
