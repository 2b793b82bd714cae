package stillpoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The subset construction over a graph of states: after each sequence of events, in which states
/// the model may be. A set is known by those of its states in which something is seen next; the
/// others are passed through.
///
/// A transition that shows several events goes through places of its own between them, and where
/// the model comes to rest that is an event too.
final class Subsets {
    private final StateGraph graph;
    private final Alphabet alphabet;
    private final List<String> columns;
    private final Limits limits;
    private final long start = System.nanoTime();
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Integer> labelNumbers = new HashMap<>();
    private final List<Ints> silent = new ArrayList<>();
    private final List<Ints> events = new ArrayList<>();
    private final List<Ints> targets = new ArrayList<>();
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<int[]> sets = new ArrayList<>();
    private final List<SortedMap<String, Integer>> places = new ArrayList<>();
    private long held;
    private int[] marks = new int[0];
    private int mark;

    /// The content of a set, for a map.
    private static final class Key {
        private final int[] members;

        Key(int[] members) {
            this.members = members;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(members, key.members);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(members);
        }
    }

    /// @param columns the names of the tasks, for where the model comes to rest
    Subsets(StateGraph graph, Alphabet alphabet, List<String> columns, Limits limits) {
        this.graph = graph;
        this.alphabet = alphabet;
        this.columns = columns;
        this.limits = limits;
    }

    /// What may be seen next in each set, and which set comes after it; set 0 is the first.
    ///
    /// @throws StateGraph.Unfinished if a limit was reached
    List<SortedMap<String, Integer>> places() {
        for (int s = 0; s < graph.states(); s++) place();
        int end = place();
        for (int s = 0; s < graph.states(); s++) {
            for (int e = graph.firstEdge(s); e < graph.lastEdge(s); e++) edge(s, e);
            if (graph.still(s)) see(s, rest(s), end);
        }
        marks = new int[silent.size()];
        closed(new int[] {0}, 1);
        for (int set = 0; set < sets.size(); set++) {
            stopAtLimits();
            places.add(next(sets.get(set)));
        }
        return places;
    }

    private int place() {
        silent.add(new Ints());
        events.add(new Ints());
        targets.add(new Ints());
        return silent.size() - 1;
    }

    private void edge(int state, int edge) {
        List<Integer> word = alphabet.events(graph.word(edge));
        if (word.isEmpty()) silent.get(state).add(graph.to(edge));
        int from = state;
        for (int n = 0; n < word.size(); n++) {
            int to = n == word.size() - 1 ? graph.to(edge) : place();
            see(from, alphabet.event(word.get(n)).toString(), to);
            from = to;
        }
    }

    private void see(int from, String label, int to) {
        Integer known = labelNumbers.putIfAbsent(label, labels.size());
        if (known == null) labels.add(label);
        events.get(from).add(known == null ? labels.size() - 1 : known);
        targets.get(from).add(to);
    }

    /// Who waits, or what is leaked, where nobody goes on.
    private String rest(int state) {
        long over = graph.over(state, columns.size());
        var waiting = new ArrayList<String>();
        for (int task = 0; task < columns.size(); task++)
            if ((over >>> task & 1) == 0) waiting.add(columns.get(task));
        Optional<Hit> wrong = graph.standstill(state);
        return (waiting.isEmpty()
                        ? "every CPU comes to its end"
                        : String.join(" and ", waiting) + " waits for ever")
                + wrong.map(hit -> ", " + hit.fault().words() + " " + hit.object())
                        .orElse("")
                        .stripTrailing();
    }

    private SortedMap<String, Integer> next(int[] set) {
        var after = new TreeMap<Integer, Ints>();
        for (int s : set)
            for (int n = 0; n < events.get(s).size(); n++)
                after.computeIfAbsent(events.get(s).get(n), k -> new Ints())
                        .add(targets.get(s).get(n));
        var next = new TreeMap<String, Integer>();
        after.forEach(
                (label, to) -> {
                    var from = new int[to.size()];
                    for (int n = 0; n < from.length; n++) from[n] = to.get(n);
                    next.put(labels.get(label), closed(from, from.length));
                });
        return next;
    }

    /// The number of the set of all that silent transitions lead to.
    private int closed(int[] from, int size) {
        mark++;
        var open = new Ints();
        var seen = new Ints();
        for (int n = 0; n < size; n++) visit(from[n], open, seen);
        while (open.size() > 0) {
            Ints onward = silent.get(open.removeLast());
            for (int n = 0; n < onward.size(); n++) visit(onward.get(n), open, seen);
        }
        var members = new int[seen.size()];
        for (int n = 0; n < members.length; n++) members[n] = seen.get(n);
        Arrays.sort(members);
        Integer known = numbers.putIfAbsent(new Key(members), sets.size());
        if (known != null) return known;
        sets.add(members);
        held += 4L * members.length + 64;
        return sets.size() - 1;
    }

    private void visit(int place, Ints open, Ints seen) {
        if (marks[place] == mark) return;
        marks[place] = mark;
        open.add(place);
        if (events.get(place).size() > 0) seen.add(place);
    }

    private void stopAtLimits() {
        if (Thread.currentThread().isInterrupted())
            throw new StateGraph.Unfinished("interrupted; run it again to finish");
        if (sets.size() > limits.states())
            throw new StateGraph.Unfinished(
                    "more than "
                            + limits.states()
                            + " sets of states; allow more, or take fewer CPUs");
        if (held > limits.bytes())
            throw new StateGraph.Unfinished(
                    "more than "
                            + limits.bytes() / (1 << 20)
                            + " MiB of sets of states; give the JVM more memory, or take fewer"
                            + " CPUs");
        if (System.nanoTime() - start > limits.time().toNanos())
            throw new StateGraph.Unfinished(
                    "more than "
                            + limits.time().toSeconds()
                            + " s; allow more, or take fewer CPUs");
    }
}
