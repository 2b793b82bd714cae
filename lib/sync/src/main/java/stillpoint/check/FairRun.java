package stillpoint.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/// Looks for a run that leaves a promise open for ever although it is weakly fair: each task takes
/// a step again and again, or is again and again unable to.
///
/// Such a run exists exactly if a strongly connected component in which the promise is open holds,
/// for each task, one of its steps or a place where it has none; or if nobody has to go on at such
/// a place. Standing still in a stop is no such place unless the stop lasts for ever: a CPU goes on
/// between two stops, however many there are. Where tasks queue for locks, a task that could take a
/// lock inside must also take steps inside: components are searched again without the places where
/// it could (Emerson and Lei 1987).
final class FairRun {
    private final StateGraph graph;
    private final Watched watched;
    private final boolean queues;
    private final long optional;
    private final BitSet out = new BitSet();

    /// A way to the cycle, and once around it; no cycle where nothing goes on.
    record Lasso(List<Integer> stem, List<Integer> cycle) {
        Lasso {
            stem = List.copyOf(stem);
            cycle = List.copyOf(cycle);
        }
    }

    /// @param queues whether a lock that is free again and again is had at last
    FairRun(StateGraph graph, Watched watched, boolean queues) {
        this.queues = queues;
        this.graph = graph;
        this.watched = watched;
        this.optional = graph.optional();
    }

    /// The run with the shortest way to its cycle.
    Optional<Lasso> find() {
        int still = nearest(p -> watched.pending(p) && able(p) == 0);
        if (still >= 0) return Optional.of(new Lasso(watched.way(still), List.of()));
        if (watched.onlyAtRest()) return Optional.empty();
        while (true) {
            var components = new Components(watched, p -> watched.pending(p) && !out.get(p));
            var fairness = new Fairness(components);
            int fair = nearest(p -> fairness.fair(components.of(p)));
            if (fair >= 0) {
                int component = components.of(fair);
                return Optional.of(
                        new Lasso(
                                watched.way(fair),
                                around(
                                        fair,
                                        p -> components.of(p) == component,
                                        fairness.owing(component))));
            }
            if (!fairness.narrow()) return Optional.empty();
        }
    }

    /// The place that takes the fewest steps to reach; -1 if there is none.
    private int nearest(IntPredicate wanted) {
        int best = -1;
        for (int p = 0; p < watched.places(); p++)
            if (wanted.test(p) && (best < 0 || watched.depth(p) < watched.depth(best))) best = p;
        return best;
    }

    /// What each component holds, as sets of tasks.
    private final class Fairness {
        private final Components components;

        /// Who takes a step inside.
        private final long[] taken;

        /// Who cannot go on somewhere.
        private final long[] unable;

        /// Whether the machine runs somewhere, so that whoever stands still in a stop goes on.
        private final boolean[] running;

        /// Who could take a lock somewhere.
        private final long[] queued;

        Fairness(Components components) {
            this.components = components;
            taken = new long[components.size()];
            unable = new long[components.size()];
            queued = new long[components.size()];
            running = new boolean[components.size()];
            for (int p = 0; p < watched.places(); p++)
                if (components.of(p) >= 0 && !watched.stopping(p)) running[components.of(p)] = true;
            for (int p = 0; p < watched.places(); p++) {
                int c = components.of(p);
                if (c < 0) continue;
                long frozen = running[c] && watched.stopping(p) ? graph.required() : 0;
                unable[c] |= everybody() & ~able(p) & ~frozen;
                queued[c] |= queued(p);
                for (int e = watched.first(p); e < watched.last(p); e++)
                    if (components.of(watched.behind(p, e)) == c) taken[c] |= 1L << graph.by(e);
            }
        }

        /// Who has to take a step in a cycle.
        long owing(int c) {
            return queued[c] | taken[c] & ~unable[c];
        }

        boolean fair(int c) {
            return c >= 0 && hopeful(c) && (queued[c] & ~taken[c]) == 0;
        }

        /// Whether it is weakly fair; no part of it is if it is not.
        private boolean hopeful(int c) {
            return taken[c] != 0 && (taken[c] | unable[c]) == everybody();
        }

        /// Takes out what no fair run stays in: places of hopeless components, and those where
        /// somebody could take a lock that he never takes.
        private boolean narrow() {
            boolean narrower = false;
            for (int p = 0; p < watched.places(); p++) {
                int c = components.of(p);
                if (c < 0) continue;
                if (!hopeful(c)) out.set(p);
                else if ((queued(p) & ~taken[c]) != 0) {
                    out.set(p);
                    narrower = true;
                }
            }
            return narrower;
        }
    }

    /// Who can take a lock at a place, if tasks queue for locks.
    private long queued(int place) {
        long queued = 0;
        if (queues)
            for (int e = watched.first(place); e < watched.last(place); e++)
                if (graph.insists(e)) queued |= 1L << graph.by(e);
        return queued & ~(optional & watched.over(place));
    }

    private long everybody() {
        return Layout.ones(graph.runners());
    }

    /// Who can go on at a place, as a set of bits.
    private long able(int place) {
        // Who goes on into a fault could go on: the run then ends, and is none that stays here.
        long able = watched.failing(place);
        for (int e = watched.first(place); e < watched.last(place); e++) able |= 1L << graph.by(e);
        // A handler that has not come need not come.
        return able & ~(optional & watched.over(place));
    }

    /// A cycle through a place, inside its component, on which each task has its turn or none to
    /// take.
    ///
    /// @param queued who has to have it
    private List<Integer> around(int start, IntPredicate inside, long queued) {
        var cycle = new ArrayList<Integer>();
        int at = start;
        long owed = everybody() & (able(start) | queued);
        while (owed != 0) {
            Step next = nearest(at, owed, queued, inside);
            cycle.addAll(next.edges());
            // What the steps on the way pay, too.
            for (int edge : next.edges()) {
                at = watched.behind(at, edge);
                owed &= ~(1L << graph.by(edge)) & (able(at) | queued);
            }
        }
        if (cycle.isEmpty() || at != start) cycle.addAll(back(at, start, cycle.isEmpty(), inside));
        return cycle;
    }

    /// Some edges inside the component, and where they lead.
    private record Step(List<Integer> edges, int to) {}

    /// The shortest way on which one of the tasks that are owed a turn has it, or cannot take it.
    private Step nearest(int from, long owed, long queued, IntPredicate inside) {
        return search(
                from,
                inside,
                (place, edge, to) ->
                        (owed & 1L << graph.by(edge)) != 0 || (owed & ~able(to) & ~queued) != 0);
    }

    private List<Integer> back(int from, int to, boolean atLeastOne, IntPredicate inside) {
        if (from == to && !atLeastOne) return List.of();
        return search(from, inside, (place, edge, behind) -> behind == to).edges();
    }

    @FunctionalInterface
    private interface Goal {
        boolean met(int place, int edge, int to);
    }

    private Step search(int from, IntPredicate inside, Goal goal) {
        Map<Integer, Integer> parents = new HashMap<>();
        Map<Integer, Integer> edges = new HashMap<>();
        Set<Integer> known = new HashSet<>(Set.of(from));
        var open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int place = open.remove();
            for (int e = watched.first(place); e < watched.last(place); e++) {
                int to = watched.behind(place, e);
                if (!inside.test(to)) continue;
                if (goal.met(place, e, to)) {
                    var way = new ArrayList<>(List.of(e));
                    for (int p = place; p != from; p = parents.getOrDefault(p, from))
                        way.add(edges.getOrDefault(p, e));
                    Collections.reverse(way);
                    return new Step(way, to);
                }
                if (known.add(to)) {
                    parents.put(to, place);
                    edges.put(to, e);
                    open.add(to);
                }
            }
        }
        throw new IllegalStateException(
                "a fair component holds no fair cycle: a bug of the search");
    }
}
