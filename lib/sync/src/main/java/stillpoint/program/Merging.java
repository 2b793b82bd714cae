package stillpoint.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import stillpoint.program.Graph.Vertex;

/// Makes a recorded graph small: registers that nothing reads are gone, registers share few
/// numbers, equal futures are one vertex, and a question whose answers make no difference is not
/// asked. Repeated until nothing changes.
///
/// Two futures are equal when the same steps over the same registers follow in the same contexts;
/// source lines do not count.
final class Merging {
    private final Graph graph;
    private List<Vertex> vertices = List.of();
    private List<BitSet> liveBefore = List.of();

    private Merging(Graph graph) {
        this.graph = graph;
    }

    /// A merged copy of `graph`.
    static Graph merged(Graph graph) {
        var merging = new Merging(graph.copy());
        int before;
        do {
            before = merging.graph.vertices().size();
            merging.dropDeadSteps();
            merging.shareRegisters();
            merging.mergeEqualFutures();
        } while (merging.graph.vertices().size() < before);
        return merging.graph;
    }

    private void number() {
        vertices = graph.vertices();
    }

    // ---- liveness

    private void live() {
        number();
        liveBefore = new ArrayList<>();
        var uses = new ArrayList<BitSet>();
        var defined = new int[vertices.size()];
        for (int i = 0; i < vertices.size(); i++) {
            Step step = vertices.get(i).step;
            liveBefore.add(new BitSet());
            var used = new BitSet();
            for (Operand use : Registers.uses(step))
                if (use instanceof Operand.Reg(int register)) used.set(register);
            uses.add(used);
            defined[i] = Registers.definition(step).orElse(-1);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = vertices.size() - 1; i >= 0; i--) {
                BitSet live = liveAfter(i);
                if (defined[i] >= 0) live.clear(defined[i]);
                live.or(uses.get(i));
                if (!live.equals(liveBefore.get(i))) {
                    liveBefore.set(i, live);
                    changed = true;
                }
            }
        }
        if (!liveBefore.getFirst().isEmpty()) throw usedTooEarly();
    }

    private BitSet liveAfter(int vertex) {
        var live = new BitSet();
        for (Vertex next : vertices.get(vertex).next) live.or(liveBefore.get(next.number));
        // NextCpu updates its set in place.
        if (vertices.get(vertex).step instanceof Step.NextCpu next) live.set(next.visited());
        return live;
    }

    private RecordingException usedTooEarly() {
        int register = liveBefore.getFirst().nextSetBit(0);
        Site site = Site.UNKNOWN;
        for (Vertex v : vertices)
            if (Registers.uses(v.step).contains(new Operand.Reg(register)) && site.line() == 0)
                site = v.site;
        return new RecordingException(
                "at "
                        + site
                        + " a value is used that was not read on every path to it: a Java variable"
                        + " carries it around a loop or out of an arm; carry it in cpu.local(...)");
    }

    private void dropDeadSteps() {
        live();
        var gone = new IdentityHashMap<Vertex, Vertex>();
        for (int i = 0; i < vertices.size(); i++) {
            Vertex v = vertices.get(i);
            OptionalInt defined = Registers.definition(v.step);
            if (defined.isEmpty() || liveAfter(i).get(defined.getAsInt())) continue;
            if (v.step instanceof Step.Compute) gone.put(v, v.next.getFirst());
            else v.step = Registers.rename(v.step, use -> use, define -> -1);
        }
        if (!gone.isEmpty()) redirect(gone);
    }

    // ---- registers

    private void shareRegisters() {
        live();
        int count = graph.registers.size();
        var conflicts = new ArrayList<BitSet>();
        for (int i = 0; i < count; i++) conflicts.add(new BitSet());
        var order = new ArrayList<Integer>();
        var seen = new BitSet();
        for (int i = 0; i < vertices.size(); i++) {
            OptionalInt defined = Registers.definition(vertices.get(i).step);
            if (defined.isEmpty()) continue;
            int register = defined.getAsInt();
            if (!seen.get(register)) order.add(register);
            seen.set(register);
            BitSet others = liveAfter(i);
            others.clear(register);
            conflicts.get(register).or(others);
            others.stream().forEach(other -> conflicts.get(other).set(register));
        }
        int[] shared = new int[count];
        Arrays.fill(shared, -1);
        var shapes = new ArrayList<Register>();
        for (int register : order) {
            var taken = new BitSet();
            conflicts.get(register).stream()
                    .filter(o -> shared[o] >= 0)
                    .forEach(o -> taken.set(shared[o]));
            int slot = 0;
            while (slot < shapes.size()
                    && (taken.get(slot) || !shapes.get(slot).equals(graph.registers.get(register))))
                slot++;
            if (slot == shapes.size()) shapes.add(graph.registers.get(register));
            shared[register] = slot;
        }
        for (Vertex v : vertices)
            v.step =
                    Registers.rename(
                            v.step,
                            use ->
                                    use instanceof Operand.Reg(int r)
                                            ? new Operand.Reg(shared[r])
                                            : use,
                            define -> define < 0 ? define : shared[define]);
        graph.registers = List.copyOf(shapes);
        var gone = new IdentityHashMap<Vertex, Vertex>();
        for (Vertex v : vertices) if (copiesItself(v.step)) gone.put(v, v.next.getFirst());
        if (!gone.isEmpty()) redirect(gone);
    }

    private static boolean copiesItself(Step step) {
        return step instanceof Step.Compute c
                && c.op() == Step.Arithmetic.COPY
                && c.left().equals(new Operand.Reg(c.register()));
    }

    // ---- equal futures

    private void mergeEqualFutures() {
        number();
        int[] classes = new int[vertices.size()];
        int[] guessed = guess();
        int count = classify(classes, v -> List.of(guessed[v.number], shape(v)));
        while (true) {
            int[] finer = new int[classes.length];
            int[] old = classes;
            int finerCount = classify(finer, v -> futures(v, old));
            if (finerCount == count) break;
            classes = finer;
            count = finerCount;
        }
        redirectToClasses(classes, count);
    }

    /// Which vertices have equal futures, by hashes of ever longer futures. Only a start for the
    /// exact refinement, which then ends after one round instead of one for each step of the
    /// longest path.
    private int[] guess() {
        int[] shapes = new int[vertices.size()];
        classify(shapes, Merging::shape);
        int[][] next =
                vertices.stream()
                        .map(v -> v.next.stream().mapToInt(n -> n.number).toArray())
                        .toArray(int[][]::new);
        long[] hashes = Arrays.stream(shapes).mapToLong(s -> mix(s + 1L)).toArray();
        long count = 0;
        for (long now = distinct(hashes); now > count; now = distinct(hashes)) {
            count = now;
            for (int round = 0; round < 16; round++) hashes = longer(shapes, next, hashes);
        }
        long[] found = hashes;
        int[] classes = new int[vertices.size()];
        classify(classes, v -> found[v.number]);
        return classes;
    }

    private static long[] longer(int[] shapes, int[][] next, long[] hashes) {
        long[] longer = new long[hashes.length];
        for (int v = 0; v < hashes.length; v++) {
            long hash = shapes[v] + 1L;
            for (int n : next[v]) hash = mix(hash * 31 + hashes[n]);
            longer[v] = mix(hash);
        }
        return longer;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 31) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    private static long distinct(long[] values) {
        return Arrays.stream(values).distinct().count();
    }

    private interface Key {
        Object of(Vertex vertex);
    }

    private int classify(int[] classes, Key key) {
        var known = new HashMap<Object, Integer>();
        for (int i = 0; i < classes.length; i++)
            classes[i] = known.computeIfAbsent(key.of(vertices.get(i)), k -> known.size());
        return known.size();
    }

    private static Object shape(Vertex v) {
        return List.of(unplaced(v.step), v.context, v.glued);
    }

    /// A callback is the same whatever line it is written on.
    private static Step unplaced(Step step) {
        if (!(step instanceof Step.StopMachine stop)) return step;
        return new Step.StopMachine(
                stop.mask(), stop.callback().map(Merging::unplaced), stop.copied());
    }

    private static Flow unplaced(Flow flow) {
        List<Node> nodes =
                flow.nodes().stream()
                        .map(n ->
                                new Node(
                                        n.step(),
                                        n.context(),
                                        Site.UNKNOWN,
                                        List.of(),
                                        n.glued(),
                                        n.next()))
                        .toList();
        return new Flow(flow.name(), nodes, flow.entry(), flow.registers());
    }

    private static Object futures(Vertex v, int[] classes) {
        var key = new ArrayList<Integer>(3);
        key.add(classes[v.number]);
        for (Vertex next : v.next) key.add(classes[next.number]);
        return key;
    }

    private void redirectToClasses(int[] classes, int count) {
        var chosen = new ArrayList<Vertex>();
        for (int i = 0; i < count; i++) chosen.add(vertices.get(0));
        for (int i = classes.length - 1; i >= 0; i--) chosen.set(classes[i], vertices.get(i));
        var target = new IdentityHashMap<Vertex, Vertex>();
        for (int i = 0; i < classes.length; i++)
            target.put(vertices.get(i), chosen.get(classes[i]));
        redirect(target);
        var undecided = new IdentityHashMap<Vertex, Vertex>();
        for (Vertex v : graph.vertices())
            if (v.step instanceof Step.Branch && v.next.get(0) == v.next.get(1))
                undecided.put(v, v.next.getFirst());
        if (!undecided.isEmpty()) redirect(undecided);
    }

    private void redirect(Map<Vertex, Vertex> target) {
        graph.redirect(v -> {
            Vertex to = v;
            for (int hops = 0; hops < target.size(); hops++) {
                Vertex onward = target.getOrDefault(to, to);
                if (onward == to) break;
                to = onward;
            }
            return to;
        });
    }
}
