package stillpoint.program;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import stillpoint.program.Point.Edge;
import stillpoint.program.Point.Event;

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

    private final Consumer<Recording> program;
    private final Context start;
    private final Edge root = new Edge();
    private final List<Register> registers = new ArrayList<>();
    private final BitSet used = new BitSet();
    private final Map<Reading, List<Integer>> reads = new LinkedHashMap<>();
    private final Walk walk;
    private int paths;

    /// A read as its author sees it: what is read, and on which line.
    private record Reading(Site site, Variable variable) {}

    Recording(Consumer<Recording> program, Context start) {
        this.program = program;
        this.start = start;
        this.walk = new Walk(root, start, registers);
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
        walk.skipArms = true;
        replay(false);
        replay(true);
        walk.skipArms = false;
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
        walk.preferNo = no;
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
            walk.preferNo = false;
        }
    }

    private void run() {
        walk.begin(root, start);
        try {
            program.accept(this);
            finish();
        } catch (EndOfPath end) {
            walk.settle(0, true);
        }
    }

    private void finish() {
        for (Section section : Section.values()) {
            int extra = walk.context.depth(section) - start.depth(section);
            if (extra > 0)
                throw new RecordingException(
                        section.enter()
                                + "() at "
                                + walk.raisedAt(section)
                                + " is not undone on every path: call "
                                + section.leave()
                                + "() before the end");
        }
        walk.happen(new Event.Do(new Step.End()), -1);
        walk.settle(0, true);
    }

    // ---- what a run does

    /// A register of this shape for the step about to be recorded: the one it had when the path was
    /// first walked.
    int register(Register shape) {
        Optional<Point> known = walk.at.to();
        if (known.isPresent() && known.get().register >= 0) return known.get().register;
        registers.add(shape);
        return registers.size() - 1;
    }

    void step(Step step, int register) {
        Registers.uses(step).forEach(this::use);
        walk.possible.forget(register);
        Point point = walk.happen(new Event.Do(step), register);
        if (step instanceof Step.Read read)
            reads.computeIfAbsent(
                            new Reading(point.site, read.place().variable()),
                            r -> new ArrayList<>())
                    .add(read.register());
        walk.at = point.edge(Point.ON);
        if (step.local()) return;
        walk.stepped();
    }

    void enter(Section section) {
        step(new Step.Enter(section), -1);
        walk.context = walk.context.add(section, 1);
        walk.raise(section);
    }

    void leave(Section section) {
        if (walk.context.depth(section) <= start.depth(section))
            throw new RecordingException(
                    section.leave()
                            + "() at "
                            + Site.ofCaller()
                            + " without "
                            + section.enter()
                            + "(): every path must have entered before it leaves");
        step(new Step.Leave(section), -1);
        walk.context = walk.context.add(section, -1);
        walk.lower(section);
    }

    Context context() {
        return walk.context;
    }

    /// Sleeping is a bug in an atomic context: a fault that a search can reach. With interrupts off
    /// it ends the path; otherwise it depends on the kernel configuration whether the bug shows.
    void maySleep(String verb) {
        if (!walk.context.atomic()) return;
        var why = new ArrayList<String>();
        for (Section section : Section.values())
            if (section != Section.SRCU && walk.context.depth(section) > 0)
                why.add(
                        walk.context.depth(section) == start.depth(section)
                                ? place()
                                : section.enter() + "() at " + walk.raisedAt(section));
        String text = verb + " may sleep, but " + why.getLast();
        if (walk.context.irq() > 0) fail(Fault.SLEEP_WHILE_ATOMIC, text);
        step(new Step.AtomicSleep(text), -1);
    }

    private String place() {
        return start.equals(Context.INTERRUPT)
                ? "in an interrupt handler"
                : "in a stop_machine callback";
    }

    void fail(Fault fault, String text) {
        walk.happen(new Event.Do(new Step.Fail(fault, text)), -1);
        throw new EndOfPath();
    }

    @Override
    public boolean ask(Question question) {
        if (walk.constantsOnly) throw Walk.symbolInWait();
        use(question.left());
        use(question.right());
        Optional<Boolean> decided = walk.possible.decide(question);
        if (decided.isPresent()) return decided.get();
        Point point = walk.happen(new Event.Ask(question), -1);
        Edge yes = point.edge(true);
        Edge no = point.edge(false);
        boolean answer = walk.choose(yes, no);
        walk.possible.refine(question, answer);
        return answer;
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
        walk.possible.forget(register);
    }

    /// Where the run is, for what joins again and what goes round.
    Walk walk() {
        return walk;
    }

    /// Runs the predicate of a wait: it is asked now, once for each constant, and may not record
    /// anything.
    long constantsOnly(LongSupplier predicate) {
        walk.constantsOnly = true;
        try {
            return predicate.getAsLong();
        } finally {
            walk.constantsOnly = false;
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
}
