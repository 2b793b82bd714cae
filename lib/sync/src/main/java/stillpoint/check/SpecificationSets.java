package stillpoint.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import stillpoint.evidence.Counts;

/// Where a specification may be after a sequence of events: sets of states, closed under silent
/// transitions, each made when it is first needed and numbered.
///
/// A transition that shows several events goes through places of its own between them.
final class SpecificationSets {
    private final StateGraph graph;
    private final List<Map<Integer, List<Integer>>> visible = new ArrayList<>();
    private final List<List<Integer>> silent = new ArrayList<>();
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final List<BitSet> sets = new ArrayList<>();
    private final Map<Long, Integer> steps = new HashMap<>();

    SpecificationSets(StateGraph graph, Alphabet alphabet) {
        this.graph = graph;
        for (int s = 0; s < graph.states(); s++) place();
        for (int s = 0; s < graph.states(); s++)
            for (int e = graph.firstEdge(s); e < graph.lastEdge(s); e++) {
                List<Integer> events = alphabet.events(graph.word(e));
                if (events.isEmpty()) silent.get(s).add(graph.to(e));
                int from = s;
                for (int n = 0; n < events.size(); n++) {
                    int to = n == events.size() - 1 ? graph.to(e) : place();
                    visible.get(from)
                            .computeIfAbsent(events.get(n), k -> new ArrayList<>())
                            .add(to);
                    from = to;
                }
            }
        var start = new BitSet();
        start.set(0);
        closed(start);
    }

    private int place() {
        visible.add(new HashMap<>());
        silent.add(new ArrayList<>());
        return visible.size() - 1;
    }

    /// The number of the set after `event`; -1 if the specification does not allow it.
    int after(int set, int event) {
        return steps.computeIfAbsent((long) set << 32 | event, k -> step(set, event));
    }

    private int step(int set, int event) {
        var next = new BitSet();
        for (int s : members(set))
            for (int to : visible.get(s).getOrDefault(event, List.of())) next.set(to);
        return next.isEmpty() ? -1 : closed(next);
    }

    private int closed(BitSet set) {
        var open = new ArrayDeque<Integer>(set.stream().boxed().toList());
        while (!open.isEmpty())
            for (int to : silent.get(open.pop()))
                if (!set.get(to)) {
                    set.set(to);
                    open.push(to);
                }
        Integer known = numbers.get(set);
        if (known != null) return known;
        numbers.put(set, sets.size());
        sets.add(set);
        return sets.size() - 1;
    }

    private int[] members(int set) {
        return sets.get(set).stream().toArray();
    }

    /// The events that are allowed next.
    SortedSet<Integer> next(int set) {
        var next = new TreeSet<Integer>();
        for (int s : members(set)) next.addAll(visible.get(s).keySet());
        return next;
    }

    /// Whether the specification may rest here with just these CPUs at their ends.
    boolean mayRest(int set, long over, int tasks) {
        return Arrays.stream(members(set))
                .anyMatch(
                        s -> s < graph.states() && graph.still(s) && graph.over(s, tasks) == over);
    }

    /// Bytes held in sets.
    long bytes() {
        return sets.size() * (visible.size() / 8L + 64);
    }

    Counts counts() {
        return graph.counts();
    }
}
