package stillpoint.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import stillpoint.program.Point.Edge;
import stillpoint.program.Point.Event;
import stillpoint.program.Point.Exit;
import stillpoint.program.Point.Header;

/// One run of a program: a walk down the tree of all runs, with what joins again and what goes
/// round.
///
/// Where the walk has been before, the same has to happen again; where it has not, it adds points.
/// Hot and therefore mutable; one thread.
final class Walk {
    private static final int MOST_CONTEXTS = 8;

    /// So many points on one path: far more than any design takes, and few enough for a graph to be
    /// built.
    private static final int LONGEST_PATH = 3_000;

    private final List<Register> registers;
    private final List<Point> path = new ArrayList<>();
    private final Deque<String> frames = new ArrayDeque<>();
    private final Map<Section, Deque<Site>> raised = new EnumMap<>(Section.class);
    private int atomicDepth;

    /// What the values of this run may be.
    Possible possible;

    Edge at;
    Context context;

    /// Whether the next step belongs to the transition of the one before it.
    boolean glued;

    /// Whether this is a replay, which goes behind every piece without going into it.
    boolean skipArms;

    boolean preferNo;

    /// Whether the predicate of a wait is being asked.
    boolean constantsOnly;

    /// At the root, which is not left until [#begin].
    Walk(Edge root, Context start, List<Register> registers) {
        this.at = root;
        this.context = start;
        this.registers = registers;
        this.possible = Possible.any(registers);
    }

    /// Begins at the root.
    void begin(Edge root, Context start) {
        path.clear();
        frames.clear();
        raised.clear();
        possible = Possible.any(registers);
        at = root;
        context = start;
        atomicDepth = 0;
        glued = false;
    }

    // ---- questions

    /// Goes one of the two ways, and gives which.
    boolean choose(Edge yes, Edge no) {
        boolean answer = answer(yes, no);
        at = answer ? yes : no;
        return answer;
    }

    private boolean answer(Edge yes, Edge no) {
        if (!skipArms && !yes.complete()) return true;
        if (!skipArms && !no.complete()) return false;
        if (yes.leaves() != no.leaves()) return yes.leaves();
        return !preferNo;
    }

    // ---- sections

    /// A section of this kind was entered by the step that happened last.
    void raise(Section section) {
        raised.computeIfAbsent(section, s -> new ArrayDeque<>()).push(path.getLast().site);
    }

    /// The section entered last was left.
    void lower(Section section) {
        Deque<Site> sites = raised.getOrDefault(section, new ArrayDeque<>());
        if (!sites.isEmpty()) sites.pop();
    }

    /// The line that entered the section that is open.
    String raisedAt(Section section) {
        Deque<Site> sites = raised.getOrDefault(section, new ArrayDeque<>());
        return sites.isEmpty() ? "an unknown line" : sites.peek().toString();
    }

    /// A step happened that others may notice: its task is in the kernel now, and within an atomic
    /// piece the next step belongs to it.
    void stepped() {
        context = context.inKernel();
        glued = atomicDepth > 0;
    }

    // ---- regions and loops

    /// Runs `body` as a piece whose paths join again, one continuation a result.
    Optional<Boolean> region(String name, boolean frame, Supplier<Optional<Boolean>> body) {
        Point point = happen(new Event.Region(name), -1);
        if (skipArms || point.edge(Point.ON).complete())
            return skip(point).orElseThrow(EndOfPath::new).result();
        Possible before = possible.copy();
        at = point.edge(Point.ON);
        if (frame) frames.addLast(name);
        Optional<Boolean> result = body.get();
        if (frame) frames.removeLast();
        leaveBy(point, new Exit(result, context, glued), before);
        return result;
    }

    /// The same of a body that gives nothing.
    void piece(String name, boolean frame, Runnable body) {
        region(
                name,
                frame,
                () -> {
                    body.run();
                    return Optional.empty();
                });
    }

    /// Runs `body` under a function's name, without joining its paths.
    <T> T inFrame(String name, Supplier<T> body) {
        frames.addLast(name);
        T result = body.get();
        frames.removeLast();
        return result;
    }

    void loop(BooleanSupplier body) {
        Point point = happen(new Event.Loop(), -1);
        if (skipArms || knowsEveryBody(point)) {
            if (skip(point).isEmpty()) throw new EndOfPath();
            return;
        }
        Possible before = possible.copy();
        while (true) {
            int since = path.size();
            // A body that is known in this context has nothing left to record: go on with the one
            // that has.
            if (point.edge(new Header(context)).complete())
                unknownBody(point).ifPresent(h -> context = h.context());
            at = point.edge(new Header(context));
            headersOf(point);
            possible = before.copy();
            if (!body.getAsBoolean()) break;
            happen(new Event.Back(context), -1);
            settle(since, false);
            Edge again = point.edge(new Header(context));
            if (again.complete() && !again.leaves()) throw new EndOfPath();
        }
        leaveBy(point, new Exit(Optional.empty(), context, glued), before);
    }

    private void leaveBy(Point point, Exit exit, Possible before) {
        happen(new Event.Out(exit), -1);
        possible = before;
        at = point.edge(exit);
        at.raised(raised);
    }

    private static boolean knowsEveryBody(Point loop) {
        return loop.edges().keySet().stream().anyMatch(Header.class::isInstance)
                && unknownBody(loop).isEmpty();
    }

    private static Optional<Header> unknownBody(Point loop) {
        for (var entry : loop.edges().entrySet())
            if (entry.getKey() instanceof Header header && !entry.getValue().complete())
                return Optional.of(header);
        return Optional.empty();
    }

    private void headersOf(Point loop) {
        long headers = loop.edges().keySet().stream().filter(Header.class::isInstance).count();
        if (headers > MOST_CONTEXTS)
            throw new RecordingException(
                    "the cpu.loop(...) at "
                            + loop.site
                            + " comes back with another preempt, irq or"
                            + " RCU count each time: leave what the body enters before it comes back");
    }

    /// Goes behind a piece whose ways are all known: to where something is left to do, else to
    /// where a loop is left.
    private Optional<Exit> skip(Point point) {
        Optional<Exit> found = Optional.empty();
        int best = -1;
        for (var entry : point.edges().entrySet()) {
            if (!(entry.getKey() instanceof Exit exit)) continue;
            int worth =
                    skipArms
                            ? (preferNo ? best + 1 : 0)
                            : !entry.getValue().complete() ? 2 : entry.getValue().leaves() ? 1 : 0;
            if (worth <= best) continue;
            best = worth;
            found = Optional.of(exit);
        }
        found.ifPresent(exit -> {
            at = point.edge(exit);
            context = exit.context();
            glued = exit.glued();
            raised.clear();
            at.raised().forEach((section, sites) -> raised.put(section, new ArrayDeque<>(sites)));
        });
        return found;
    }

    void atomically(Runnable body) {
        atomicDepth++;
        body.run();
        if (--atomicDepth == 0) glued = false;
    }

    // ---- the tree

    /// Goes on from where it is by something that happens: what an earlier run did here, or a new
    /// point.
    Point happen(Event event, int register) {
        if (constantsOnly) throw symbolInWait();
        Optional<Point> known = at.to();
        if (known.isPresent()) {
            Point point = known.get();
            if (!point.event.equals(event)) throw leaked(point, event);
            path.add(point);
            return point;
        }
        // Looking for the line is what a recording spends most time on; the end of a piece needs
        // none of its own.
        boolean end = event instanceof Event.Out || event instanceof Event.Back;
        Site site = end && !path.isEmpty() ? path.getLast().site : Site.ofCaller();
        if (skipArms)
            throw new RecordingException(
                    "a replay that skips the arms came to "
                            + site
                            + " where no run had been: Java state set in an arm leaks out of it; carry it in cpu.local(...)");
        if (path.size() >= LONGEST_PATH)
            throw new RecordingException(
                    LONGEST_PATH
                            + " steps on one path and no end, the last at "
                            + site
                            + ": a Java loop that asks values never closes; write cpu.condLoad(...) for a wait that spins,"
                            + " cpu.waitFor(...) for one that sleeps, and cpu.loop(...) for any other loop");
        Point point = new Point(event, context, site, List.copyOf(frames), glued, register);
        at.leadTo(point);
        path.add(point);
        return point;
    }

    static RecordingException symbolInWait() {
        return new RecordingException(
                "at "
                        + Site.ofCaller()
                        + " a wait compares with a symbolic value or reads another cell:"
                        + " compare with constants, or wait in a cpu.loop(...), which may ask anything");
    }

    private RecordingException leaked(Point known, Event now) {
        return new RecordingException(
                "at "
                        + Site.ofCaller()
                        + " this run does "
                        + words(now)
                        + " where an earlier one did "
                        + words(known.event)
                        + " ("
                        + known.site
                        + "): Java state leaks between runs; carry it in cpu.local(...) or in a cell");
    }

    private static String words(Event event) {
        return switch (event) {
            case Event.Do(Step step) -> PseudoC.line(step);
            case Event.Ask(Question question) -> "ask " + question;
            case Event.Region(String name) -> "enter " + name;
            case Event.Loop _ -> "enter a loop";
            case Event.Out _ -> "leave a loop or an arm";
            case Event.Back _ -> "go round a loop";
        };
    }

    /// The path from this point on is known to its end.
    void settle(int from, boolean ended) {
        for (int i = path.size() - 1; i >= from; i--)
            path.get(i).settle(ended && i == path.size() - 1);
    }
}
