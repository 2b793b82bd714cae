package stillpoint.check;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// The strongly connected components of a part of a [Watched] graph (Tarjan 1972, with its own
/// stack: graphs are too deep for recursion).
final class Components {
    private static final int NONE = -1;

    private final Watched watched;
    private final IntPredicate inside;
    private final int[] index;
    private final int[] low;
    private final boolean[] open;
    private final int[] component;
    private final Ints stack = new Ints();
    private int next;
    private int components;

    /// @param inside which places count
    Components(Watched watched, IntPredicate inside) {
        this.watched = watched;
        this.inside = inside;
        int places = watched.places();
        index = new int[places];
        low = new int[places];
        open = new boolean[places];
        component = new int[places];
        Arrays.fill(index, NONE);
        Arrays.fill(component, NONE);
        for (int p = 0; p < places; p++) if (inside.test(p) && index[p] == NONE) from(p);
    }

    int size() {
        return components;
    }

    /// The component of a place; -1 if it does not count.
    int of(int place) {
        return component[place];
    }

    private void from(int root) {
        var places = new Ints();
        var edges = new Ints();
        enter(root, places, edges);
        while (places.size() > 0) {
            int place = places.last();
            int edge = edges.last();
            if (edge == watched.last(place)) {
                places.removeLast();
                edges.removeLast();
                close(place);
                if (places.size() > 0)
                    low[places.last()] = Math.min(low[places.last()], low[place]);
                continue;
            }
            edges.setLast(edge + 1);
            int to = watched.behind(place, edge);
            if (!inside.test(to)) continue;
            if (index[to] == NONE) enter(to, places, edges);
            else if (open[to]) low[place] = Math.min(low[place], index[to]);
        }
    }

    private void enter(int place, Ints places, Ints edges) {
        index[place] = low[place] = next++;
        open[place] = true;
        stack.add(place);
        places.add(place);
        edges.add(watched.first(place));
    }

    private void close(int place) {
        if (low[place] != index[place]) return;
        int member;
        do {
            member = stack.removeLast();
            open[member] = false;
            component[member] = components;
        } while (member != place);
        components++;
    }
}
