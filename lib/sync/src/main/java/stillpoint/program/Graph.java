package stillpoint.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import stillpoint.program.Point.Edge;
import stillpoint.program.Point.Event;
import stillpoint.program.Point.Header;

/// A graph under construction: what [Merging] rewrites until nothing changes. Mutable inside this
/// package only.
final class Graph {
    /// A node whose step and successors may still change.
    static final class Vertex {
        Step step;
        final Context context;
        final Site site;
        final List<String> frames;
        final boolean glued;
        final List<Vertex> next = new ArrayList<>(2);

        /// Its place in the order of the last walk that numbered it.
        int number;

        private int walk;

        Vertex(Step step, Context context, Site site, List<String> frames, boolean glued) {
            this.step = step;
            this.context = context;
            this.site = site;
            this.frames = frames;
            this.glued = glued;
        }
    }

    /// A step that stands for a jump while the graph is built.
    private static final Step JUMP = new Step.Note("");

    Vertex entry;
    List<Register> registers;
    private int walks;

    Graph(Vertex entry, List<Register> registers) {
        this.entry = entry;
        this.registers = registers;
    }

    /// The graph of a complete tree of runs.
    static Graph of(Edge root, List<Register> registers) {
        Vertex entry =
                vertex(
                        root,
                        out -> {
                            throw new IllegalStateException(
                                    "a path left a region that it is not in: " + out);
                        });
        var graph = new Graph(entry, registers);
        graph.skipJumps();
        return graph;
    }

    private static Vertex vertex(Edge edge, Function<Event, Vertex> out) {
        Point point = edge.to().orElseThrow();
        return switch (point.event) {
            case Event.Do(Step step) -> {
                Vertex vertex = of(point, step);
                if (point.edge(Point.ON).to().isPresent())
                    vertex.next.add(vertex(point.edge(Point.ON), out));
                yield vertex;
            }
            case Event.Ask(Question question) -> {
                Vertex vertex = of(point, new Step.Branch(question));
                vertex.next.add(vertex(point.edge(true), out));
                vertex.next.add(vertex(point.edge(false), out));
                yield vertex;
            }
            case Event.Region _ -> {
                var onward = new HashMap<Object, Vertex>();
                yield vertex(point.edge(Point.ON), event -> inner(point, event, onward, out));
            }
            case Event.Loop _ -> {
                var onward = new HashMap<Object, Vertex>();
                yield header(point, firstHeader(point), onward, out);
            }
            case Event.Out _ -> out.apply(point.event);
            case Event.Back _ -> out.apply(point.event);
        };
    }

    private static Header firstHeader(Point loop) {
        return new Header(loop.context);
    }

    private static Vertex inner(
            Point point, Event event, Map<Object, Vertex> onward, Function<Event, Vertex> out) {
        return switch (event) {
            case Event.Out(Point.Exit exit) -> {
                Vertex known = onward.get(exit);
                if (known == null) {
                    known = vertex(point.edge(exit), out);
                    onward.put(exit, known);
                }
                yield known;
            }
            case Event.Back(Context context) -> header(point, new Header(context), onward, out);
            case Event.Do _, Event.Ask _, Event.Region _, Event.Loop _ ->
                    throw new IllegalStateException("not a leaf: " + event);
        };
    }

    private static Vertex header(
            Point loop, Header header, Map<Object, Vertex> onward, Function<Event, Vertex> out) {
        Vertex known = onward.get(header);
        if (known != null) return known;
        Vertex jump = of(loop, JUMP);
        onward.put(header, jump);
        jump.next.add(vertex(loop.edge(header), event -> inner(loop, event, onward, out)));
        return jump;
    }

    private static Vertex of(Point point, Step step) {
        return new Vertex(step, point.context, point.site, point.frames, point.glued);
    }

    /// Redirects every edge to a vertex for which `target` gives another one, and the entry too.
    void redirect(Function<Vertex, Vertex> target) {
        entry = target.apply(entry);
        for (Vertex vertex : vertices()) vertex.next.replaceAll(target::apply);
    }

    private void skipJumps() {
        redirect(v -> {
            Vertex to = v;
            while (to.step == JUMP) to = to.next.getFirst();
            return to;
        });
    }

    /// Every vertex that can be reached, in depth-first order from the entry, the first successor
    /// first.
    List<Vertex> vertices() {
        int walk = ++walks;
        var order = new ArrayList<Vertex>();
        Deque<Vertex> stack = new ArrayDeque<>();
        stack.push(entry);
        while (!stack.isEmpty()) {
            Vertex vertex = stack.pop();
            if (vertex.walk == walk) continue;
            vertex.walk = walk;
            vertex.number = order.size();
            order.add(vertex);
            for (int n = vertex.next.size() - 1; n >= 0; n--) stack.push(vertex.next.get(n));
        }
        return order;
    }

    /// The finished, immutable graph.
    Flow flow(String name) {
        List<Vertex> vertices = vertices();
        var nodes = new ArrayList<Node>(vertices.size());
        for (Vertex v : vertices)
            nodes.add(
                    new Node(
                            v.step,
                            v.context,
                            v.site,
                            v.frames,
                            v.glued,
                            v.next.stream().map(n -> n.number).toList()));
        return new Flow(name, nodes, 0, registers);
    }

    /// A copy whose vertices may be changed without changing these.
    Graph copy() {
        var copies = new IdentityHashMap<Vertex, Vertex>();
        List<Vertex> vertices = vertices();
        for (Vertex v : vertices)
            copies.put(v, new Vertex(v.step, v.context, v.site, v.frames, v.glued));
        for (Vertex v : vertices)
            for (Vertex next : v.next)
                java.util.Objects.requireNonNull(copies.get(v))
                        .next
                        .add(java.util.Objects.requireNonNull(copies.get(next)));
        return new Graph(java.util.Objects.requireNonNull(copies.get(entry)), registers);
    }
}
