package stillpoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The subset construction over a graph of states: after each sequence of events, in which states
/// the model may be. A set is known by those of its states in which something is seen next; the
/// others are passed through.
///
/// A transition that shows several events goes through places of its own between them, and where
/// the model comes to rest that is an event too.
final class Subsets {
    private static final int[] NOTHING = {};

    private final StateGraph graph;
    private final Alphabet alphabet;
    private final List<String> columns;
    private final Limits limits;
    private final long start = System.nanoTime();
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Integer> labelNumbers = new HashMap<>();

    /// What is seen in each place, and where it leads: label, target, label, target. The places
    /// between several events of a transition are behind the states.
    private final List<int[]> seen = new ArrayList<>();

    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<int[]> sets = new ArrayList<>();
    private final List<SortedMap<String, Integer>> places = new ArrayList<>();
    private final SortedSet<String> failures = new TreeSet<>();
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
        marks = new int[seen.size()];
        closed(new int[] {0}, 1);
        for (int set = 0; set < sets.size(); set++) {
            stopAtLimits();
            places.add(next(sets.get(set)));
        }
        return places;
    }

    private int place() {
        seen.add(NOTHING);
        return seen.size() - 1;
    }

    private void edge(int state, int edge) {
        List<Integer> word = alphabet.events(graph.word(edge));
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
        int[] before = seen.get(from);
        int[] after = Arrays.copyOf(before, before.length + 2);
        after[before.length] = known == null ? labels.size() - 1 : known;
        after[before.length + 1] = to;
        seen.set(from, after);
    }

    /// Who waits, or what is leaked, where nobody goes on.
    private String rest(int state) {
        long over = graph.over(state, columns.size());
        var waiting = new ArrayList<String>();
        for (int task = 0; task < columns.size(); task++)
            if ((over >>> task & 1) == 0) waiting.add(columns.get(task));
        String who =
                waiting.isEmpty()
                        ? "every CPU comes to its end"
                        : String.join(" and ", waiting)
                                + (waiting.size() == 1 ? " waits" : " wait")
                                + " for ever";
        Optional<Hit> wrong = graph.standstill(state);
        if (wrong.isEmpty()) return who;
        String object = wrong.get().object();
        String rest =
                who + ", " + wrong.get().fault().words() + (object.isEmpty() ? "" : ": " + object);
        failures.add(rest);
        return rest;
    }

    /// Where the model comes to rest and something is wrong: known once [#places] are.
    SortedSet<String> failures() {
        return Collections.unmodifiableSortedSet(failures);
    }

    private SortedMap<String, Integer> next(int[] set) {
        var after = new TreeMap<Integer, Ints>();
        for (int s : set)
            for (int n = 0; n < seen.get(s).length; n += 2)
                after.computeIfAbsent(seen.get(s)[n], k -> new Ints()).add(seen.get(s)[n + 1]);
        var next = new TreeMap<String, Integer>();
        after.forEach((label, to) -> {
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
        var found = new Ints();
        for (int n = 0; n < size; n++) visit(from[n], open, found);
        while (open.size() > 0) {
            int state = open.removeLast();
            for (int e = graph.firstEdge(state); e < graph.lastEdge(state); e++)
                if (graph.word(e) == Alphabet.SILENT) visit(graph.to(e), open, found);
        }
        var members = new int[found.size()];
        for (int n = 0; n < members.length; n++) members[n] = found.get(n);
        Arrays.sort(members);
        Integer known = numbers.putIfAbsent(new Key(members), sets.size());
        if (known != null) return known;
        sets.add(members);
        held += 4L * members.length + 64;
        return sets.size() - 1;
    }

    private void visit(int place, Ints open, Ints found) {
        if (marks[place] == mark) return;
        marks[place] = mark;
        if (place < graph.states()) open.add(place);
        if (seen.get(place).length > 0) found.add(place);
    }

    private void stopAtLimits() {
        if (Thread.currentThread().isInterrupted())
            throw new StateGraph.Unfinished("interrupted; run it again to finish");
        limits.reached(sets.size(), held, start)
                .ifPresent(reason -> {
                    throw new StateGraph.Unfinished("sets of states: " + reason);
                });
    }
}
