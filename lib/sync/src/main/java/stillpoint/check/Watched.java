package stillpoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A state graph together with a [Monitor]: breadth first through what is reachable, each place a
/// pair of a state and a state of the monitor, as one number.
final class Watched {
    /// Depth, parent and edge here; index, low, component and stacks in [Components].
    private static final long BYTES_A_PLACE = 40;

    private final StateGraph graph;
    private final Monitor monitor;
    private final Alphabet alphabet;
    private final int states;
    private final int[] depth;
    private final int[] parentEdge;
    private final int[] parent;
    private final Ints order = new Ints();

    /// An edge whose event breaks the promise at once, and the place it leaves.
    record Slip(int place, int edge, String what) {}

    /// @throws StateGraph.Unfinished if there are too many places
    Watched(StateGraph graph, Monitor monitor, Alphabet alphabet, Limits limits) {
        this.graph = graph;
        this.monitor = monitor;
        this.alphabet = alphabet;
        this.states = monitor.states();
        long all = (long) graph.states() * states;
        if (all * BYTES_A_PLACE > limits.bytes() || all > Integer.MAX_VALUE / 2)
            throw new StateGraph.Unfinished(
                    "a promise over "
                            + graph.states()
                            + " states needs more than "
                            + limits.bytes() / (1 << 20)
                            + " MiB; give the JVM more memory, or take fewer CPUs");
        int places = (int) all;
        depth = new int[places];
        parentEdge = new int[places];
        parent = new int[places];
        Arrays.fill(depth, -1);
    }

    /// Goes through every place; gives the nearest slip.
    Optional<Slip> explore() {
        reach(monitor.start(), -1, -1, 0);
        for (int n = 0; n < order.size(); n++) {
            int place = order.get(n);
            for (int e = first(place); e < last(place); e++) {
                int state = place % states;
                for (int event : alphabet.events(graph.word(e))) {
                    Alphabet.Event seen = alphabet.event(event);
                    Optional<String> broken = monitor.broken(state, seen);
                    if (broken.isPresent()) return Optional.of(new Slip(place, e, broken.get()));
                    state = monitor.after(state, seen);
                }
                reach(graph.to(e) * states + state, place, e, depth[place] + 1);
            }
        }
        return Optional.empty();
    }

    private void reach(int place, int from, int edge, int steps) {
        if (depth[place] >= 0) return;
        depth[place] = steps;
        parent[place] = from;
        parentEdge[place] = edge;
        order.add(place);
    }

    /// What is watched.
    Monitor monitor() {
        return monitor;
    }

    int places() {
        return depth.length;
    }

    /// Reachable, and the promise is open there.
    boolean pending(int place) {
        return depth[place] >= 0 && monitor.pending(place % states, graph, place / states);
    }

    int depth(int place) {
        return depth[place];
    }

    int first(int place) {
        return graph.firstEdge(place / states);
    }

    int last(int place) {
        return graph.lastEdge(place / states);
    }

    /// Which tasks are at their ends, or have not begun and need not: a set of bits.
    long over(int place) {
        return graph.over(place / states, Long.SIZE);
    }

    /// Who may meet a fault in the next step: a set of bits.
    long failing(int place) {
        return graph.failing(place / states);
    }

    /// Whether the machine stands still in a stop.
    boolean stopping(int place) {
        return graph.stopping(place / states);
    }

    /// Whether only a standstill leaves the promise open, and no run that goes on.
    boolean onlyAtRest() {
        return monitor.promise() instanceof Promise.GoesOn;
    }

    /// The place behind an edge.
    int behind(int place, int edge) {
        int state = place % states;
        for (int event : alphabet.events(graph.word(edge)))
            state = monitor.after(state, alphabet.event(event));
        return graph.to(edge) * states + state;
    }

    /// The edges of a shortest way to a place.
    List<Integer> way(int place) {
        var edges = new ArrayList<Integer>();
        for (int p = place; parent[p] >= 0; p = parent[p]) edges.add(parentEdge[p]);
        Collections.reverse(edges);
        return edges;
    }
}
