package stillpoint.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import stillpoint.program.Point.Edge;
import stillpoint.program.Point.Event;
import stillpoint.program.Point.Exit;
import stillpoint.program.Point.Header;

/// Runs a program again and again until every answer to every question has been given, and keeps
/// the tree of the runs.
///
/// A run walks the tree: where it has been, it must do the same again (otherwise Java state leaks
/// between runs); where it has not, it adds points. Hot and therefore mutable; one thread.
final class Recording implements Val.Asker {
    /// So many paths: about a second of recording.
    private static final int MOST_PATHS = 10_000;

    /// So many paths: a recording that an interrupt ends; a shorter one is left to finish.
    private static final int LONG = 200;

    /// So many points on one path: far more than any design takes, and few enough for a graph to be
    /// built.
    private static final int LONGEST_PATH = 3_000;

    private static final int MOST_CONTEXTS = 8;

    private final Consumer<Recording> program;
    private final Context start;
    private final Edge root = new Edge();
    private final List<Register> registers = new ArrayList<>();
    private final BitSet used = new BitSet();
    private final Map<Reading, List<Integer>> reads = new LinkedHashMap<>();
    private int paths;

    // One run.
    private final List<Point> path = new ArrayList<>();
    private final Deque<String> frames = new ArrayDeque<>();
    private final Map<Section, Deque<Site>> raised = new EnumMap<>(Section.class);
    private Possible possible = Possible.any(registers);
    private Edge at = root;
    private Context context;
    private int atomicDepth;
    private boolean glued;
    private boolean skipArms;
    private boolean preferNo;
    private boolean constantsOnly;

    /// A read as its author sees it: what is read, and on which line.
    private record Reading(Site site, Variable variable) {}

    Recording(Consumer<Recording> program, Context start) {
        this.program = program;
        this.start = start;
        this.context = start;
    }

    /// Runs until the tree is complete, then once more for leaks.
    Edge complete() {
        while (!root.complete()) {
            if (paths > LONG && Thread.currentThread().isInterrupted())
                throw new RecordingException(
                        "interrupted after " + paths + " paths; run it again to finish");
            if (++paths > MOST_PATHS)
                throw new RecordingException(
                        MOST_PATHS
                                + " paths and no end: questions that do not depend on one"
                                + " another multiply; join them with cpu.when(...) or cpu.call(...), and carry what changes around"
                                + " a cpu.loop(...) in cpu.local(...)");
            run();
        }
        skipArms = true;
        replay(false);
        replay(true);
        skipArms = false;
        return root;
    }

    int paths() {
        return paths;
    }

    List<Register> registers() {
        return List.copyOf(registers);
    }

    /// Lines that read a value nobody asked about on any path.
    Set<Site> unasked() {
        Set<Site> sites = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        reads.forEach((reading, registers) -> {
            if (registers.stream().noneMatch(used::get)) sites.add(reading.site());
        });
        return sites;
    }

    private void replay(boolean no) {
        preferNo = no;
        try {
            run();
        } catch (RecordingException leak) {
            throw leak;
        } catch (RuntimeException e) {
            throw new RecordingException(
                    "a replay that skips the arms threw "
                            + e
                            + ": Java state leaks out of an arm; carry it in cpu.local(...)",
                    e);
        } finally {
            preferNo = false;
        }
    }

    private void run() {
        path.clear();
        frames.clear();
        raised.clear();
        possible = Possible.any(registers);
        at = root;
        context = start;
        atomicDepth = 0;
        glued = false;
        try {
            program.accept(this);
            finish();
        } catch (EndOfPath end) {
            settle(0, true);
        }
    }

    private void finish() {
        for (Section section : Section.values()) {
            int extra = context.depth(section) - start.depth(section);
            if (extra > 0)
                throw new RecordingException(
                        section.enter()
                                + "() at "
                                + raisedAt(section)
                                + " is not undone on every path: call "
                                + section.leave()
                                + "() before the end");
        }
        happen(new Event.Do(new Step.End()), -1);
        settle(0, true);
    }

    private String raisedAt(Section section) {
        Deque<Site> sites = raised.getOrDefault(section, new ArrayDeque<>());
        return sites.isEmpty() ? "an unknown line" : sites.peek().toString();
    }

    // ---- what a run does

    /// A register of this shape for the step about to be recorded: the one it had when the path was
    /// first walked.
    int register(Register shape) {
        Optional<Point> known = at.to();
        if (known.isPresent() && known.get().register >= 0) return known.get().register;
        registers.add(shape);
        return registers.size() - 1;
    }

    void step(Step step, int register) {
        Registers.uses(step).forEach(this::use);
        possible.forget(register);
        Point point = happen(new Event.Do(step), register);
        if (step instanceof Step.Read read)
            reads.computeIfAbsent(
                            new Reading(point.site, read.place().variable()),
                            r -> new ArrayList<>())
                    .add(read.register());
        at = point.edge(Point.ON);
        if (step.local()) return;
        context = context.inKernel();
        glued = atomicDepth > 0;
    }

    void enter(Section section) {
        step(new Step.Enter(section), -1);
        context = context.add(section, 1);
        raised.computeIfAbsent(section, s -> new ArrayDeque<>()).push(path.getLast().site);
    }

    void leave(Section section) {
        if (context.depth(section) <= start.depth(section))
            throw new RecordingException(
                    section.leave()
                            + "() at "
                            + Site.ofCaller()
                            + " without "
                            + section.enter()
                            + "(): every path must have entered before it leaves");
        step(new Step.Leave(section), -1);
        context = context.add(section, -1);
        Deque<Site> sites = raised.getOrDefault(section, new ArrayDeque<>());
        if (!sites.isEmpty()) sites.pop();
    }

    Context context() {
        return context;
    }

    /// Sleeping is a bug in an atomic context: a fault that a search can reach. With interrupts off
    /// it ends the path; otherwise it depends on the kernel configuration whether the bug shows.
    void maySleep(String verb) {
        if (!context.atomic()) return;
        var why = new ArrayList<String>();
        for (Section section : Section.values())
            if (section != Section.SRCU && context.depth(section) > 0)
                why.add(
                        context.depth(section) == start.depth(section)
                                ? place()
                                : section.enter() + "() at " + raisedAt(section));
        String text = verb + " may sleep, but " + why.getLast();
        if (context.irq() > 0) fail(Fault.SLEEP_WHILE_ATOMIC, text);
        step(new Step.AtomicSleep(text), -1);
    }

    private String place() {
        return start.equals(Context.INTERRUPT)
                ? "in an interrupt handler"
                : "in a stop_machine callback";
    }

    void fail(Fault fault, String text) {
        happen(new Event.Do(new Step.Fail(fault, text)), -1);
        throw new EndOfPath();
    }

    @Override
    public boolean ask(Question question) {
        if (constantsOnly) throw symbolInWait();
        use(question.left());
        use(question.right());
        Optional<Boolean> decided = possible.decide(question);
        if (decided.isPresent()) return decided.get();
        Point point = happen(new Event.Ask(question), -1);
        Edge yes = point.edge(true);
        Edge no = point.edge(false);
        boolean answer = choose(yes, no);
        at = answer ? yes : no;
        possible.refine(question, answer);
        return answer;
    }

    private boolean choose(Edge yes, Edge no) {
        if (!skipArms && !yes.complete()) return true;
        if (!skipArms && !no.complete()) return false;
        if (yes.leaves() != no.leaves()) return yes.leaves();
        return !preferNo;
    }

    @Override
    public Val compute(Step.Arithmetic op, Val left, Val right) {
        int bits = op == Step.Arithmetic.COPY ? left.bits() : Math.max(left.bits(), right.bits());
        int register = register(Register.word(bits));
        step(new Step.Compute(register, op, own(left), own(right), bits), register);
        return new Val(new Operand.Reg(register), bits, this);
    }

    void assign(int register, Val value) {
        int bits = registers.get(register).bits();
        step(new Step.Compute(register, Step.Arithmetic.COPY, own(value), Operand.of(0), bits), -1);
        possible.forget(register);
    }

    /// Runs the predicate of a wait: it is asked now, once for each constant, and may not record
    /// anything.
    long constantsOnly(LongSupplier predicate) {
        constantsOnly = true;
        try {
            return predicate.getAsLong();
        } finally {
            constantsOnly = false;
        }
    }

    void use(Operand operand) {
        if (operand instanceof Operand.Reg(int number)) used.set(number);
    }

    /// Refuses a register that this recording never made: a value of another task.
    void known(Operand operand) {
        if (operand instanceof Operand.Reg(int number) && number >= registers.size())
            throw foreign();
    }

    Operand own(Val value) {
        return own(value.operand(), value.asker());
    }

    Operand own(Ptr pointer) {
        return own(pointer.operand(), pointer.asker());
    }

    private Operand own(Operand operand, Val.Asker asker) {
        if (operand instanceof Operand.Reg && asker != this) throw foreign();
        return operand;
    }

    private static RecordingException foreign() {
        return new RecordingException(
                "at "
                        + Site.ofCaller()
                        + " a value of another task or of the caller is used: a callback runs on another CPU and sees only"
                        + " cells; write the value to a cell first");
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

    private Point happen(Event event, int register) {
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

    private static RecordingException symbolInWait() {
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

    private void settle(int from, boolean ended) {
        for (int i = path.size() - 1; i >= from; i--)
            path.get(i).settle(ended && i == path.size() - 1);
    }
}
