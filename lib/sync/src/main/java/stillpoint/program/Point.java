package stillpoint.program;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A place in the tree of runs: what happened there, and where it went on from there.
///
/// The tree is the recorder's hot core and therefore mutable: it grows while programs run, and is
/// read once, to build the graph.
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

    /// How a region was left: with which result (empty for none), in which context, and whether the
    /// next step belongs to the same atomic transition.
    record Exit(Optional<Boolean> result, Context context, boolean glued) {}

    /// The key of a loop's body for one context.
    record Header(Context context) {}

    /// The key of a region's body and of the only way on from a step.
    static final String ON = "on";

    /// A way on, to a point that the runs have reached or not yet.
    static final class Edge {
        private Optional<Point> to = Optional.empty();
        private Map<Section, List<Site>> raised = Map.of();

        Optional<Point> to() {
            return to;
        }

        void leadTo(Point point) {
            to = Optional.of(point);
        }

        /// Where the sections that are open here were entered.
        Map<Section, List<Site>> raised() {
            return raised;
        }

        void raised(Map<Section, ? extends Collection<Site>> now) {
            var copy = new EnumMap<Section, List<Site>>(Section.class);
            now.forEach((section, sites) -> copy.put(section, List.copyOf(sites)));
            raised = copy;
        }

        boolean complete() {
            return to.isPresent() && to.get().complete;
        }

        boolean leaves() {
            return to.isPresent() && to.get().leaves;
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

    Point(
            Event event,
            Context context,
            Site site,
            List<String> frames,
            boolean glued,
            int register) {
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

    /// Recomputes [#complete] and [#leaves] from the points behind this one.
    void settle(boolean ended) {
        switch (event) {
            case Event.Do _ -> {
                complete = ended || edge(ON).complete();
                leaves = ended || edge(ON).leaves();
            }
            case Event.Ask _ -> {
                complete = edge(true).complete() && edge(false).complete();
                leaves = edge(true).leaves() || edge(false).leaves();
            }
            case Event.Region _ -> {
                complete = all();
                leaves = anyExitLeaves();
            }
            case Event.Loop _ -> {
                complete = all();
                leaves = anyExitLeaves();
            }
            case Event.Out _ -> {
                complete = true;
                leaves = true;
            }
            case Event.Back _ -> {
                complete = true;
                leaves = false;
            }
        }
    }

    private boolean all() {
        for (Edge edge : next.values()) if (!edge.complete()) return false;
        return true;
    }

    private boolean anyExitLeaves() {
        for (var entry : next.entrySet())
            if (entry.getKey() instanceof Exit && entry.getValue().leaves()) return true;
        return false;
    }
}
