package stillpoint.swap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import stillpoint.program.Flow;
import stillpoint.program.Node;
import stillpoint.program.Order;
import stillpoint.program.Program;
import stillpoint.program.PseudoC;
import stillpoint.program.Rewrite;
import stillpoint.program.Section;
import stillpoint.program.Site;
import stillpoint.program.Step;

/// One small mistake in a program: a step of one line changed, wherever that line was recorded,
/// inside a `stop_machine` callback too.
///
/// @param change what is done to it
/// @param site the line
/// @param step what the line does there, registers unnamed
record Mutation(Change change, Site site, String step) {
    /// What is done to a step.
    enum Change {
        /// It is left out.
        DROP("dropped"),
        /// A section or a lock is left out, its other end too: whatever ends it on some path.
        DROP_BOTH("dropped at both ends"),
        /// It changes places with the step behind it.
        LATER("swapped with the next"),
        /// A wait changes places with the step before it.
        EARLIER("moved before the last"),
        /// Its memory order becomes plain.
        WEAKEN("made plain");

        private final String words;

        Change(String words) {
            this.words = words;
        }

        /// What was done, in words.
        String words() {
            return words;
        }
    }

    /// Every mutation of the steps of `programs` whose line is in one of `files`, in the order of
    /// the programs.
    static Set<Mutation> of(List<Program> programs, Set<String> files) {
        var all = new LinkedHashSet<Mutation>();
        for (Program program : programs) collect(program.lines(), files, all);
        return all;
    }

    private static void collect(Flow flow, Set<String> files, Set<Mutation> all) {
        for (Node node : heads(flow)) {
            if (files.contains(node.site().file()))
                for (Change change : Change.values())
                    if (applies(change, node.step()))
                        all.add(new Mutation(change, node.site(), label(flow, node)));
            if (node.step() instanceof Step.StopMachine stop)
                stop.callback().ifPresent(callback -> collect(callback, files, all));
        }
    }

    private static boolean applies(Change change, Step step) {
        return switch (change) {
            case DROP -> !(step instanceof Step.Sometimes);
            case DROP_BOTH -> begins(step);
            case LATER -> !step.local();
            case EARLIER -> waits(step);
            case WEAKEN -> order(step) != Order.PLAIN;
        };
    }

    private static boolean begins(Step step) {
        return step instanceof Step.Enter
                || step instanceof Step.SpinAcquire
                || step instanceof Step.MutexAcquire;
    }

    private static boolean waits(Step step) {
        return step instanceof Step.GraceBegin
                || step instanceof Step.StopMachine
                || step instanceof Step.SleepUntil
                || step instanceof Step.SpinUntil;
    }

    private static Order order(Step step) {
        if (step instanceof Step.Read read) return read.order();
        if (step instanceof Step.Write write) return write.order();
        return step instanceof Step.Modify modify ? modify.order() : Order.PLAIN;
    }

    /// `program` without remarks.
    static Program bare(Program program) {
        return without(program, Step.Note.class);
    }

    /// `program` without fences and with plain accesses alone: what a search over interleavings
    /// sees of it.
    static Program unordered(Program program) {
        Program plain = without(program, Step.Fence.class);
        return Rewrite.replace(plain, node -> true, Mutation::unordered);
    }

    private static Step unordered(Step step) {
        return step instanceof Step.StopMachine stop
                ? new Step.StopMachine(
                        stop.mask(),
                        stop.callback().map(c -> unordered(alone(c)).flow()),
                        stop.copied())
                : plain(step);
    }

    private static Program without(Program program, Class<? extends Step> kind) {
        return program.lines().nodes().stream().anyMatch(n -> kind.isInstance(n.step()))
                ? Rewrite.drop(program, node -> kind.isInstance(node.step()))
                : program;
    }

    /// Whether it has a place in `program`.
    boolean in(Program program) {
        return in(program.lines());
    }

    private boolean in(Flow flow) {
        return heads(flow).stream()
                .anyMatch(node -> here(flow, node) || callback(node).filter(this::in).isPresent());
    }

    private static Optional<Flow> callback(Node node) {
        return node.step() instanceof Step.StopMachine stop ? stop.callback() : Optional.empty();
    }

    private boolean here(Flow flow, Node node) {
        return node.site().equals(site) && label(flow, node).equals(step);
    }

    /// `program` with the mistake in it; empty if what moves has nowhere to go.
    ///
    /// @throws stillpoint.program.RecordingException if the result cannot be recorded
    Optional<Program> on(Program program) {
        Program inside = callbacksChanged(program);
        boolean changed = inside != program;
        Set<Node> places = places(inside.lines());
        if (places.isEmpty()) return changed ? Optional.of(inside) : Optional.empty();
        Optional<Program> outside = changed(inside, places::contains);
        return outside.isEmpty() && changed ? Optional.of(inside) : outside;
    }

    private Program callbacksChanged(Program program) {
        Set<Node> stops = identities();
        for (Node node : program.lines().nodes())
            if (callback(node).filter(c -> on(alone(c)).isPresent()).isPresent()) stops.add(node);
        if (stops.isEmpty()) return program;
        return Rewrite.replace(
                program,
                stops::contains,
                step ->
                        step instanceof Step.StopMachine stop
                                ? new Step.StopMachine(
                                        stop.mask(),
                                        stop.callback()
                                                .flatMap(c -> on(alone(c)))
                                                .map(Program::flow),
                                        stop.copied())
                                : step);
    }

    private static Program alone(Flow callback) {
        return new Program(callback, callback, List.of(), 1);
    }

    /// `program` in which something is noted where the step is about to be taken; what a callback
    /// of a stop does is taken for certain.
    Program noted(Program program, String what) {
        Set<Node> here = identities();
        for (Node node : heads(program.lines())) if (here(program.lines(), node)) here.add(node);
        return here.isEmpty()
                ? program
                : Rewrite.before(program, here::contains, new Step.Sometimes(what));
    }

    private Set<Node> places(Flow flow) {
        Set<Node> places = identities();
        for (Node node : heads(flow))
            if (here(flow, node)) {
                if (change == Change.EARLIER) places.addAll(before(flow, node));
                else places.add(node);
                if (change == Change.DROP_BOTH) places.addAll(ends(flow, node));
            }
        return places;
    }

    private static Set<Node> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private Optional<Program> changed(Program program, Predicate<Node> where) {
        BiFunction<Program, Predicate<Node>, Program> rewrite =
                switch (change) {
                    case DROP, DROP_BOTH -> Rewrite::drop;
                    case LATER, EARLIER -> Rewrite::later;
                    case WEAKEN -> (p, w) -> Rewrite.replace(p, w, Mutation::plain);
                };
        try {
            return Optional.of(rewrite.apply(program, where));
        } catch (IllegalArgumentException nowhere) {
            return Optional.empty();
        }
    }

    private static Step plain(Step step) {
        if (step instanceof Step.Read r) return new Step.Read(r.register(), r.place(), Order.PLAIN);
        if (step instanceof Step.Write w) return new Step.Write(w.place(), w.value(), Order.PLAIN);
        return step instanceof Step.Modify m
                ? new Step.Modify(
                        m.register(), m.place(), m.update(), m.expected(), m.value(), Order.PLAIN)
                : step;
    }

    // ---- what ends a section

    /// Where the section that begins at a node ends: the first release of the lock on each path, or
    /// the first way out at the depth it was entered at.
    private static Set<Node> ends(Flow flow, Node begin) {
        Set<Node> ends = identities();
        Set<Node> seen = identities();
        var open = new ArrayDeque<Node>(List.of(pair(flow, begin) ? next(flow, begin) : begin));
        Step taken = open.element().step();
        while (!open.isEmpty())
            for (int n : open.pop().next()) {
                Node node = flow.nodes().get(n);
                if (ends(taken, begin, node)) ends.add(node);
                else if (seen.add(node)) open.push(node);
            }
        return ends;
    }

    private static boolean ends(Step taken, Node begin, Node node) {
        if (taken instanceof Step.Enter(Section section))
            return node.step().equals(new Step.Leave(section))
                    && node.context().depth(section) == begin.context().depth(section) + 1;
        return releases(node.step())
                && node.step()
                        .where()
                        .map(place -> place.variable())
                        .equals(taken.where().map(place -> place.variable()));
    }

    // ---- what orders memory

    /// Whether an order in memory may go with the mistake, so that a search over interleavings does
    /// not see all that it does: a fence, an access with an order or a wait is dropped or changes
    /// places, a section or a lock is gone, or an access leaves one. What comes into a section
    /// keeps the order it had.
    boolean orders(List<Program> programs) {
        return programs.stream().anyMatch(program -> orders(program.lines()));
    }

    private boolean orders(Flow flow) {
        for (Node node : heads(flow)) {
            if (callback(node).filter(this::orders).isPresent()) return true;
            if (here(flow, node) && (change == Change.DROP_BOTH || orders(flow, node))) return true;
        }
        return false;
    }

    private boolean orders(Flow flow, Node node) {
        Node last = pair(flow, node) ? next(flow, node) : node;
        if (ordered(node.step())) return true;
        if (change != Change.LATER) return false;
        Step first = begins(last.step()) ? last.step() : node.step();
        Step then = neighbour(flow, last).step();
        return ordered(then)
                || begins(first) && accesses(then)
                || accesses(first) && releases(then);
    }

    private static boolean accesses(Step step) {
        return step instanceof Step.Read
                || step instanceof Step.Write
                || step instanceof Step.Modify
                || step instanceof Step.Allocate
                || step instanceof Step.Free;
    }

    private static boolean releases(Step step) {
        return step instanceof Step.Leave
                || step instanceof Step.SpinRelease
                || step instanceof Step.MutexRelease;
    }

    private static boolean ordered(Step step) {
        Order order = order(step);
        return step instanceof Step.Fence
                || waits(step)
                || order != Order.PLAIN && order != Order.ONCE;
    }

    // ---- calls: two steps that are one call are known by the first

    private static List<Node> heads(Flow flow) {
        Set<Node> second = identities();
        for (Node node : flow.nodes()) if (pair(flow, node)) second.add(next(flow, node));
        return flow.nodes().stream()
                .filter(node -> node.next().size() == 1)
                .filter(node -> !(node.step() instanceof Step.AtomicSleep))
                .filter(node -> !(node.step() instanceof Step.Event))
                .filter(node -> !second.contains(node))
                .toList();
    }

    private static boolean pair(Flow flow, Node node) {
        if (node.next().size() != 1) return false;
        Step then = next(flow, node).step();
        return node.step() instanceof Step.GraceBegin && then instanceof Step.GraceEnd
                || node.step().equals(new Step.Enter(Section.PREEMPT))
                        && then instanceof Step.SpinAcquire
                || node.step() instanceof Step.SpinRelease
                        && then.equals(new Step.Leave(Section.PREEMPT));
    }

    private static Node next(Flow flow, Node node) {
        return flow.nodes().get(node.next().getFirst());
    }

    /// The next step but for events, which do nothing.
    private static Node neighbour(Flow flow, Node node) {
        Node next = next(flow, node);
        while (next.step() instanceof Step.Event) next = next(flow, next);
        return next;
    }

    private static String label(Flow flow, Node node) {
        Step step =
                node.step() instanceof Step.Enter && pair(flow, node)
                        ? next(flow, node).step()
                        : node.step();
        return PseudoC.line(step).replaceAll("\\br[0-9]+\\b", "r").replaceFirst("^r = ", "");
    }

    private static List<Node> before(Flow flow, Node node) {
        var before = new ArrayList<Node>();
        for (Node head : heads(flow)) {
            Node last = pair(flow, head) ? next(flow, head) : head;
            if (!head.step().local() && neighbour(flow, last) == node) before.add(head);
        }
        return before;
    }

    @Override
    public String toString() {
        return site + " " + step + ": " + change.words();
    }
}
