package stillpoint.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A place in the tree of runs: what happened there, and where it went on from there.
///
/// The tree is the recorder's hot core and therefore mutable: it grows while programs run, and is read once, to build
/// the graph.
final class Point {
    /// What may happen at a point.
    sealed interface Event {
        /// A step.
        record Do(Step step) implements Event {}

        /// A question that both answers are recorded for.
        record Ask(Question question) implements Event {}

        /// A piece whose paths come together again: one continuation for each [Exit].
        record Region(String name) implements Event {}

        /// A loop: one body for each context it is entered with, one continuation for each [Exit].
        record Loop() implements Event {}

        /// A path through a region or out of a loop ends.
        record Out(Exit exit) implements Event {}

        /// A path through a loop's body comes back.
        record Back(Context context) implements Event {}
    }

    /// How a region was left: with which result (empty for none) and in which context.
    record Exit(Optional<Boolean> result, Context context) {}

    /// The key of a loop's body for one context.
    record Header(Context context) {}

    /// The key of a region's body and of the only way on from a step.
    static final String ON = "on";

    /// A way on, to a point that the runs have reached or not yet.
    static final class Edge {
        private Optional<Point> to = Optional.empty();

        Optional<Point> to() {
            return to;
        }

        void leadTo(Point point) {
            to = Optional.of(point);
        }

        boolean complete() {
            return to.isPresent() && to.get().complete;
        }

        boolean leaves() {
            return to.isPresent() && to.get().leaves;
        }

        boolean owes() {
            return to.isPresent() && to.get().owes;
        }
    }

    final Event event;
    final Context context;
    final Site site;
    final List<String> frames;
    final boolean glued;
    final int register;
    private final Map<Object, Edge> next = new LinkedHashMap<>(2);
    /// Every path through here has been recorded.
    boolean complete;
    /// Some path from here gets out of the innermost loop.
    boolean leaves;
    /// Some path from here gets out of the innermost region or loop body to where not every path has been recorded: runs
    /// have to come this way again although they know every step of it.
    boolean owes;

    Point(Event event, Context context, Site site, List<String> frames, boolean glued, int register) {
        this.event = event;
        this.context = context;
        this.site = site;
        this.frames = List.copyOf(frames);
        this.glued = glued;
        this.register = register;
    }

    Edge edge(Object key) {
        return next.computeIfAbsent(key, k -> new Edge());
    }

    Map<Object, Edge> edges() {
        return next;
    }

    /// Remembers, at the end of a path through a region or a loop's body, where the region or loop goes on from there.
    void leadOn(Edge onward) {
        next.put(ON, onward);
    }

    /// Recomputes [#complete], [#leaves] and [#owes] from the points behind this one.
    void settle(boolean ended) {
        switch (event) {
            case Event.Do _ -> {
                complete = ended || edge(ON).complete();
                leaves = ended || edge(ON).leaves();
                owes = edge(ON).owes();
            }
            case Event.Ask _ -> {
                complete = edge(true).complete() && edge(false).complete();
                leaves = edge(true).leaves() || edge(false).leaves();
                owes = edge(true).owes() || edge(false).owes();
            }
            case Event.Region _ -> {
                complete = all();
                leaves = anyExit(Edge::leaves);
                owes = anyExit(Edge::owes);
            }
            case Event.Loop _ -> {
                complete = all();
                leaves = anyExit(Edge::leaves);
                owes = anyExit(Edge::owes);
            }
            case Event.Out _ -> {
                complete = true;
                leaves = true;
                owes = next.values().stream().anyMatch(Point::unfinished);
            }
            case Event.Back _ -> {
                complete = true;
                leaves = next.values().stream().anyMatch(Edge::leaves);
                owes = next.values().stream().anyMatch(Point::unfinished);
            }
        }
    }

    private boolean all() {
        for (Edge edge : next.values()) if (!edge.complete()) return false;
        return true;
    }

    private static boolean unfinished(Edge edge) {
        return !edge.complete() || edge.owes();
    }

    private boolean anyExit(Predicate<Edge> property) {
        for (var entry : next.entrySet())
            if (entry.getKey() instanceof Exit && property.test(entry.getValue())) return true;
        return false;
    }
}
