package stillpoint.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A recorded program that tells, by events, when each of its waits is called and when it has
/// returned, and when a callback runs: so that what must happen at last can be asked of programs
/// that were written without an eye to it.
///
/// Nothing else changes. An event is a step of its own that nobody else notices, so the program
/// does what it did. A wait inside a piece that is one step (`Cpu#atomic`) is not told: it is the
/// inside of a lock.
public final class Told {
    /// What a callback of a stop tells when it runs.
    public static final String CALLBACK = "callback";

    /// Behind the name of a call: it has returned.
    private static final String RETURNS = " returns";

    private final Predicate<Step> marked;
    private final String mark;

    private Told(Predicate<Step> marked, String mark) {
        this.marked = marked;
        this.mark = mark;
    }

    /// The program, telling.
    ///
    /// @param marked steps of callbacks before which `mark` is told, too
    public static Program of(Program program, Predicate<Step> marked, String mark) {
        var told = new Told(marked, mark);
        return new Program(
                told.told(program.flow()),
                told.told(program.lines()),
                program.unasked(),
                program.paths());
    }

    /// The event of the return of a call.
    public static String returned(String call) {
        return call + RETURNS;
    }

    /// What a wait is called, if it is one that is told: `stop_machine(cpu_online_mask)`,
    /// `synchronize_rcu()`, `wait_event(comp)`.
    public static Optional<String> name(Step step) {
        return step instanceof Step.StopMachine s
                ? Optional.of(stop(s))
                : step instanceof Step.GraceBegin(GracePeriod kind)
                        ? Optional.of(kind.verb() + "()")
                        : step instanceof Step.GraceEnd(GracePeriod kind)
                                ? Optional.of(kind.verb() + "()")
                                : step instanceof Step.SleepUntil s
                                        ? Optional.of("wait_event(" + s.place() + ")")
                                        : Optional.empty();
    }

    private static String stop(Step.StopMachine stop) {
        return "stop_machine("
                + stop.copied().map(c -> "a copied mask").orElse(stop.mask().c())
                + ")";
    }

    /// The waits of a program that are told, by the step that waits.
    public static Map<String, Step> waits(Program program) {
        var waits = new TreeMap<String, Step>();
        Flow flow = program.flow();
        for (Node node : flow.nodes())
            if (!(node.step() instanceof Step.GraceBegin) && !inPiece(flow, node))
                name(node.step()).ifPresent(name -> waits.put(name, node.step()));
        return Collections.unmodifiableMap(waits);
    }

    private Flow told(Flow flow) {
        var nodes = new ArrayList<>(flow.nodes());
        for (int n = 0; n < flow.nodes().size(); n++) {
            Node node = flow.nodes().get(n);
            Optional<String> name = name(node.step());
            if (name.isEmpty() || inPiece(flow, node)) continue;
            Step step =
                    node.step() instanceof Step.StopMachine s
                            ? new Step.StopMachine(s.mask(), Optional.of(callback(s)), s.copied())
                            : node.step();
            switch (node.step()) {
                case Step.GraceBegin _ -> before(nodes, n, node, name.get());
                case Step.GraceEnd _ -> behind(nodes, n, node, returned(name.get()));
                default -> {
                    int wait = nodes.size();
                    before(nodes, n, with(node, step, node.next()), name.get());
                    behind(nodes, wait, nodes.get(wait), returned(name.get()));
                }
            }
        }
        return new Flow(flow.name(), nodes, flow.entry(), flow.registers());
    }

    private static boolean inPiece(Flow flow, Node node) {
        return node.glued() || node.next().stream().anyMatch(n -> flow.nodes().get(n).glued());
    }

    /// The node moves to the end of the list, and the event takes its place.
    private static void before(List<Node> nodes, int at, Node node, String label) {
        nodes.set(at, with(node, new Step.Event(label), List.of(nodes.size())));
        Context begun = node.context().inKernel();
        nodes.add(new Node(node.step(), begun, node.site(), node.frames(), false, node.next()));
    }

    private static void behind(List<Node> nodes, int at, Node node, String label) {
        nodes.set(at, with(node, node.step(), List.of(nodes.size())));
        nodes.add(with(node, new Step.Event(label), node.next()));
    }

    private static Node with(Node node, Step step, List<Integer> next) {
        return new Node(step, node.context(), node.site(), node.frames(), node.glued(), next);
    }

    /// The callback, or one that does nothing else than tell that it runs.
    private Flow callback(Step.StopMachine stop) {
        Flow flow = stop.callback().orElseGet(() -> Recorder.callback(cpu -> {}).flow());
        var nodes = new ArrayList<>(flow.nodes());
        for (int n = 0; n < flow.nodes().size(); n++)
            if (!flow.nodes().get(n).glued() && marked.test(flow.nodes().get(n).step()))
                before(nodes, n, flow.nodes().get(n), mark);
        Node first = nodes.get(flow.entry());
        nodes.add(with(first, new Step.Event(CALLBACK), List.of(flow.entry())));
        return new Flow(flow.name(), nodes, nodes.size() - 1, flow.registers());
    }

    /// Whether a callback of a stop has a step before which the mark is told.
    public static boolean marks(Program program, Predicate<Step> marked) {
        return program.flow().nodes().stream()
                .map(Node::step)
                .flatMap(s ->
                        s instanceof Step.StopMachine stop
                                ? stop.callback().stream()
                                : Stream.empty())
                .flatMap(flow -> flow.nodes().stream())
                .anyMatch(n -> marked.test(n.step()));
    }
}
