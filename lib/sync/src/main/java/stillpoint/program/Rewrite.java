package stillpoint.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import stillpoint.program.Graph.Vertex;

/// A recorded program with one thing changed in it: a call left out, moved, or replaced, wherever
/// it was recorded. Mutants and experiments with locks are made of it.
///
/// It works on the unmerged graph, whose nodes know their lines, and merges the result again.
/// Contexts are computed anew; where two paths now come to a node in different contexts it is
/// split. What the [Recorder] would refuse is refused here in the same way: an unbalanced section,
/// a value that is not read on every path to its use. What may sleep where it must not becomes the
/// fault that the recorder would have put there.
///
/// What moves is a call: `spin_lock`, `spin_unlock` and a grace period are two steps each. Events
/// ([Step.Event]) do nothing: calls with nothing but events between them are neighbours.
public final class Rewrite {
    private static final int MOST_CONTEXTS = 8;

    private final Flow from;
    private final List<Node> nodes;
    private final BitSet gone = new BitSet();
    private final Context start;
    private final Map<At, Vertex> made = new HashMap<>();
    private final int[] contexts;
    private final Deque<At> open = new ArrayDeque<>();

    /// A node in a context.
    private record At(int node, Context context) {}

    private Rewrite(Program program) {
        from = program.lines();
        nodes = new ArrayList<>(from.nodes());
        start = nodes.get(from.entry()).context();
        contexts = new int[4 * nodes.size()];
    }

    /// Without the calls that begin at the nodes of `where`.
    ///
    /// @throws IllegalArgumentException if there are none
    /// @throws RecordingException if the result cannot be recorded
    public static Program drop(Program program, Predicate<Node> where) {
        var rewrite = new Rewrite(program);
        for (int n : rewrite.all(where)) rewrite.call(n).forEach(rewrite.gone::set);
        return rewrite.result(program);
    }

    /// With the calls that begin at the nodes of `where` behind the call that follows each; where
    /// none follows directly (a question, the end), that place stays as it is.
    ///
    /// @throws IllegalArgumentException if nothing can be moved
    /// @throws RecordingException if the result cannot be recorded
    public static Program later(Program program, Predicate<Node> where) {
        var rewrite = new Rewrite(program);
        int moved = 0;
        for (int n : rewrite.all(where)) if (rewrite.swap(n)) moved++;
        if (moved == 0)
            throw new IllegalArgumentException(
                    program.name() + ": no call follows directly; move another, or drop this one");
        return rewrite.result(program);
    }

    /// With another step at the nodes of `where`.
    ///
    /// @throws IllegalArgumentException if there are none
    /// @throws RecordingException if the result cannot be recorded
    public static Program replace(
            Program program, Predicate<Node> where, UnaryOperator<Step> other) {
        var rewrite = new Rewrite(program);
        for (int n : rewrite.all(where)) {
            Node node = rewrite.nodes.get(n);
            rewrite.nodes.set(n, with(node, other.apply(node.step()), node.next()));
        }
        return rewrite.result(program);
    }

    /// With a step before those at the nodes of `where`: a remark, an event, something to be
    /// reached.
    ///
    /// @throws IllegalArgumentException if there are none
    /// @throws RecordingException if the result cannot be recorded
    public static Program before(Program program, Predicate<Node> where, Step step) {
        var rewrite = new Rewrite(program);
        for (int n : rewrite.all(where)) {
            Node node = rewrite.nodes.get(n);
            rewrite.nodes.set(n, with(node, step, List.of(rewrite.nodes.size())));
            rewrite.nodes.add(node);
        }
        return rewrite.result(program);
    }

    // ---- places

    private List<Integer> all(Predicate<Node> where) {
        var found = new ArrayList<Integer>();
        for (int n = 0; n < from.nodes().size(); n++) {
            Node node = from.nodes().get(n);
            if (node.next().size() == 1 && where.test(node)) found.add(n);
        }
        if (found.isEmpty())
            throw new IllegalArgumentException(
                    from.name() + ": no step is where the change should be; look at its lines");
        return found;
    }

    /// The nodes of the call that begins at `node`.
    private List<Integer> call(int node) {
        Node first = from.nodes().get(node);
        int next = first.next().getFirst();
        Step then = from.nodes().get(next).step();
        boolean pair =
                first.step() instanceof Step.GraceBegin && then instanceof Step.GraceEnd
                        || first.step().equals(new Step.Enter(Section.PREEMPT))
                                && then instanceof Step.SpinAcquire
                        || first.step() instanceof Step.SpinRelease
                                && then.equals(new Step.Leave(Section.PREEMPT));
        return pair ? List.of(node, next) : List.of(node);
    }

    /// What an observer sees between the two calls stays where it is: it comes before both.
    private boolean swap(int node) {
        List<Integer> first = call(node);
        int behind = from.nodes().get(first.getLast()).next().getFirst();
        var order = new ArrayList<Integer>();
        while (from.nodes().get(behind).step() instanceof Step.Event) {
            order.add(behind);
            behind = from.nodes().get(behind).next().getFirst();
        }
        Node then = from.nodes().get(behind);
        if (then.step().local() || then.next().size() != 1) return false;
        List<Integer> second = call(behind);
        if (glued(first) || glued(second)) return false;
        order.addAll(second);
        order.addAll(first);
        int end = from.nodes().get(second.getLast()).next().getFirst();
        for (int i = 0; i < order.size(); i++) {
            Node each = from.nodes().get(order.get(i));
            int next = i == order.size() - 1 ? end : nodes.size() + (i == 0 ? 0 : 1);
            Node placed = with(each, each.step(), List.of(next));
            if (i == 0) nodes.set(node, placed);
            else nodes.add(placed);
        }
        return true;
    }

    private boolean glued(List<Integer> call) {
        return call.stream().anyMatch(n -> from.nodes().get(n).glued());
    }

    private static Node with(Node node, Step step, List<Integer> next) {
        return new Node(step, node.context(), node.site(), node.frames(), node.glued(), next);
    }

    // ---- the graph anew, with its contexts

    private Program result(Program program) {
        Vertex entry = at(from.entry(), start);
        while (!open.isEmpty()) {
            At next = open.pop();
            Vertex vertex = made.get(next);
            if (vertex != null) goOn(next, vertex);
        }
        var graph = new Graph(entry, from.registers());
        Flow lines = graph.flow(from.name());
        Flow flow = Merging.merged(graph).flow(from.name());
        return new Program(flow, lines, program.unasked(), program.paths());
    }

    private Vertex at(int number, Context context) {
        int node = number;
        for (int hops = 0; skipped(node); hops++) {
            if (hops > nodes.size())
                throw new RecordingException(from.name() + ": nothing is left of a loop");
            node = nodes.get(node).next().getFirst();
        }
        At at = new At(node, context);
        Vertex known = made.get(at);
        if (known != null) return known;
        Node n = nodes.get(node);
        Vertex vertex = new Vertex(n.step(), context, n.site(), n.frames(), n.glued());
        made.put(at, vertex);
        open.push(at);
        return vertex;
    }

    /// Where a sleep is a fault is found anew.
    private boolean skipped(int node) {
        return gone.get(node) || nodes.get(node).step() instanceof Step.AtomicSleep;
    }

    private void goOn(At at, Vertex vertex) {
        Node node = nodes.get(at.node());
        Context context = at.context();
        if (++contexts[at.node()] > MOST_CONTEXTS)
            throw new RecordingException(
                    "the loop at "
                            + node.site()
                            + " comes back with another preempt, irq or RCU count each time");
        Vertex last = vertex;
        if (context.atomic() && sleeps(node.step())) {
            String text = PseudoC.line(node.step()) + " may sleep, but is in an atomic section";
            if (context.irq() > 0) {
                vertex.step = new Step.Fail(Fault.SLEEP_WHILE_ATOMIC, text);
                return;
            }
            vertex.step = new Step.AtomicSleep(text);
            last = new Vertex(node.step(), context, node.site(), node.frames(), node.glued());
            vertex.next.add(last);
        }
        if (node.step() instanceof Step.End) balanced(context);
        Context behind = behind(node, context);
        for (int next : node.next()) last.next.add(at(next, behind));
    }

    private static boolean sleeps(Step step) {
        return step instanceof Step.MutexAcquire
                || step instanceof Step.SleepUntil
                || step instanceof Step.GraceBegin
                || step instanceof Step.StopMachine
                || step instanceof Step.Schedule;
    }

    private Context behind(Node node, Context context) {
        if (node.step() instanceof Step.Enter(Section section)) return context.add(section, 1);
        if (node.step() instanceof Step.Leave(Section section)) {
            if (context.depth(section) <= start.depth(section))
                throw new RecordingException(
                        section.leave()
                                + "() at "
                                + node.site()
                                + " without "
                                + section.enter()
                                + "(): every path must have entered before it leaves");
            return context.add(section, -1);
        }
        return node.step().local() ? context : context.inKernel();
    }

    private void balanced(Context context) {
        for (Section section : Section.values())
            if (context.depth(section) > start.depth(section))
                throw new RecordingException(
                        section.enter()
                                + "() is not undone on every path of "
                                + from.name()
                                + ": call "
                                + section.leave()
                                + "() before the end");
    }
}
