package stillpoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import stillpoint.evidence.Trace;
import stillpoint.machine.Model;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Node;
import stillpoint.program.Operand;
import stillpoint.program.PseudoC;
import stillpoint.program.Section;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// Tells a run as rows: each visible step in kernel words, with the value it read and what it
/// changed.
final class Narrator {
    private final Compiled compiled;
    private final Memory memory;

    Narrator(Compiled compiled) {
        this.compiled = compiled;
        this.memory = compiled.model.memory();
    }

    /// One column a task.
    static List<String> columns(Model model) {
        var columns = new ArrayList<String>();
        for (Model.Place task : model.tasks())
            columns.add("CPU" + task.cpu() + " (" + model.agents().get(task.agent()).name() + ")");
        return columns;
    }

    /// The rows of a run; the last one carries the fault if there is one.
    List<Trace.Row> rows(List<Replay.Move> moves, boolean faulty) {
        var noticed = new Noticed(moves);
        var rows = new ArrayList<Trace.Row>();
        for (Replay.Move move : moves) {
            SortedSet<Integer> inside = inside(move.state());
            int cpu = move.turn().cpu();
            for (Engine.Taken taken : move.trail()) {
                Node node = taken.instr().node;
                if (node.step() instanceof Step.Note(String note) && !rows.isEmpty())
                    rows.add(noted(rows.removeLast(), note));
                // A section that ends with a lock's release ends at the row of the release.
                if (node.step() instanceof Step.Leave
                        && partOfLock(taken)
                        && !rows.isEmpty()
                        && rows.getLast().column() == cpu)
                    rows.add(rows.removeLast().withInside(inside));
                if (node.step().local() || partOfLock(taken)) continue;
                rows.add(
                        new Trace.Row(
                                cpu,
                                node.frames(),
                                elsewhere(cpu, move.state()) + text(taken),
                                change(taken),
                                node.site().toString(),
                                inside,
                                false,
                                !noticed.by(cpu, taken),
                                1));
            }
        }
        if (faulty
                && (moves.isEmpty()
                        || moves.getLast().trail().isEmpty()
                        || moves.getLast().hit().isEmpty()))
            rows.addAll(waiting(moves.isEmpty() ? compiled.initial : moves.getLast().state()));
        if (faulty && !rows.isEmpty()) rows.add(rows.removeLast().breaking());
        return rows;
    }

    /// Where a task that has migrated is.
    private String elsewhere(int id, long[] state) {
        Task task = compiled.tasks[id];
        int at = task.cpu(state);
        return at == task.cpu ? "" : "(on CPU" + at + ") ";
    }

    /// What each CPU waits for where nothing goes on: its stopper while a stop is on, else its
    /// task.
    private List<Trace.Row> waiting(long[] state) {
        var rows = new ArrayList<Trace.Row>();
        boolean stopping =
                Arrays.stream(compiled.stoppers).anyMatch(stopper -> stopper.active(state));
        for (Task task : stopping ? compiled.stoppers : compiled.tasks) {
            if (task.over(state)) continue;
            Node node = task.node(state).node;
            String text = "waits: " + awaited(node.step());
            rows.add(
                    new Trace.Row(
                            task.id,
                            node.frames(),
                            text,
                            "",
                            node.site().toString(),
                            inside(state),
                            false));
        }
        return rows;
    }

    /// What a task waits in that stands before a step.
    static String awaited(Step step) {
        return step instanceof Step.SpinAcquire s
                ? "spin_lock(&" + s.lock().variable() + ")"
                : plain(step);
    }

    private static Trace.Row noted(Trace.Row row, String note) {
        return row.withText(row.text() + " /* " + note + " */");
    }

    /// Preemption goes off with a spin lock and on with its release: one line in a trace.
    private static boolean partOfLock(Engine.Taken taken) {
        Task task = taken.task();
        return switch (taken.instr().node.step()) {
            case Step.Enter(Section section) ->
                    section == Section.PREEMPT
                            && taken.instr().next.node.step() instanceof Step.SpinAcquire;
            case Step.Leave(Section section) ->
                    section == Section.PREEMPT && afterRelease(task, taken.instr());
            default -> false;
        };
    }

    private static boolean afterRelease(Task task, Instr leave) {
        for (Instr i : task.code)
            if (i.node.step() instanceof Step.SpinRelease && i.next == leave) return true;
        return false;
    }

    private SortedSet<Integer> inside(long[] state) {
        var inside = new TreeSet<Integer>();
        for (Task task : compiled.tasks)
            if (!task.over(state) && task.node(state).node.context().inside()) inside.add(task.id);
        return inside;
    }

    private String text(Engine.Taken taken) {
        Step step = taken.instr().node.step();
        return switch (step) {
            case Step.Read s ->
                    reading(verb("READ", s.order().word()), s.place().variable(), taken);
            case Step.Write s ->
                    verb("WRITE", s.order().word())
                            + " "
                            + s.place().variable()
                            + " = "
                            + (taken.location() < 0
                                    ? operand(s.place().variable(), s.value())
                                    : meaning(s.place().variable(), taken.after()));
            case Step.Modify s -> modifying(s, taken);
            case Step.SpinAcquire s -> "spin_lock(&" + s.lock().variable() + ")";
            case Step.SpinRelease s -> "spin_unlock(&" + s.lock().variable() + ")";
            case Step.SpinUntil s -> reading("spin until", s.place().variable(), taken);
            case Step.SleepUntil s -> reading("sleep until", s.place().variable(), taken);
            case Step.GraceBegin s -> s.kind().verb() + "() called";
            case Step.GraceEnd s -> s.kind().verb() + "() returns";
            case Step.StopMachine s ->
                    "stop_machine("
                            + (s.callback().isPresent() ? "callback" : "dummy")
                            + ", "
                            + s.copied().map(copy -> "a copied mask").orElse(s.mask().c())
                            + "): every CPU stands still";
            case Step.Allocate s -> "kvzalloc(" + s.kind() + ") -> #" + taken.after();
            case Step.Free s -> "kvfree(" + s.kind() + " " + pointer(s.kind(), taken.after()) + ")";
            case Step.Choose s -> s.label() + ": " + (taken.after() == 1 ? "yes" : "no");
            case Step.Interrupted _ ->
                    "interrupted "
                            + (taken.after() == 1
                                    ? "a quiescent state"
                                    : "what is not a quiescent state");
            case Step.OnlineMask _ -> "READ cpu_online_mask -> " + set(taken.after());
            case Step.NextCpu _ ->
                    "next cpu: " + (taken.after() == compiled.cpus() ? "no more" : taken.after());
            case Step.Fence _,
                    Step.Enter _,
                    Step.Leave _,
                    Step.MutexAcquire _,
                    Step.MutexRelease _,
                    Step.Schedule _,
                    Step.Nop _,
                    Step.Event _,
                    Step.Compute _,
                    Step.Branch _,
                    Step.Sometimes _,
                    Step.Note _,
                    Step.AtomicSleep _,
                    Step.Fail _,
                    Step.End _ ->
                    PseudoC.line(step);
        };
    }

    private static String set(int cpus) {
        var list = new ArrayList<String>();
        for (int cpu = 0; cpu < 16; cpu++) if ((cpus >>> cpu & 1) != 0) list.add("CPU" + cpu);
        return "{" + String.join(", ", list) + "}";
    }

    private static String verb(String verb, String order) {
        return switch (order) {
            case "" -> verb;
            case "ONCE" -> verb + "_ONCE";
            default -> verb + " (" + order + ")";
        };
    }

    /// The old value is told where the step gives it; setting and clearing bits is told by the
    /// change.
    private String modifying(Step.Modify s, Engine.Taken taken) {
        Variable v = s.place().variable();
        String old = taken.location() < 0 ? "" : " -> " + meaning(v, taken.before());
        return switch (s.update()) {
            case OR -> v + " |= " + operand(v, s.value());
            case AND_NOT -> v + " &= ~" + operand(v, s.value());
            case CMPXCHG ->
                    "cmpxchg(&"
                            + v
                            + ", "
                            + operand(v, s.expected())
                            + ", "
                            + operand(v, s.value())
                            + ")"
                            + old;
            case XCHG -> "xchg(&" + v + ", " + operand(v, s.value()) + ")" + old;
            case ADD, ADD_UNLESS_ZERO -> plain(s) + old;
        };
    }

    private String operand(Variable variable, Operand operand) {
        return operand instanceof Operand.Const(int value)
                ? meaning(variable, value)
                : operand.toString();
    }

    private static String plain(Step step) {
        return plain(PseudoC.line(step));
    }

    private static String plain(String line) {
        return line.replaceFirst("^r\\d+ = ", "").replaceAll("r\\d+->", "");
    }

    private String reading(String verb, Variable variable, Engine.Taken taken) {
        return verb
                + " "
                + variable
                + (taken.location() < 0 ? "" : " -> " + meaning(variable, taken.after()));
    }

    private String change(Engine.Taken taken) {
        if (taken.location() < 0 || taken.before() == taken.after()) return "";
        return taken.instr()
                .node
                .step()
                .where()
                .map(place -> place.variable())
                .filter(v -> v.sort() == Variable.Sort.WORD || v.sort() == Variable.Sort.POINTER)
                .map(v ->
                        v.name()
                                + ": "
                                + meaning(v, taken.before())
                                + " -> "
                                + meaning(v, taken.after()))
                .orElse("");
    }

    private String meaning(Variable variable, int value) {
        return variable.pointee()
                .map(kind -> pointer(kind, value))
                .orElseGet(() -> memory.meaning(variable, value));
    }

    private static String pointer(Kind kind, int value) {
        return value == Kind.NULL ? "NULL" : value == kind.dangling() ? "freed" : "#" + value;
    }
}
