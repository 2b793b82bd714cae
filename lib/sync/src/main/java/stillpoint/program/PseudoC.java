package stillpoint.program;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// Prints a graph as kernel-style pseudo-C, so that a reviewer sees what was modelled.
///
/// An `if` whose ways meet again is closed where they meet; whatever else jumps is a `goto` to a
/// label.
public final class PseudoC {
    private final Flow flow;
    private final int[] meets;
    private final int[] entries;
    private final BitSet printed = new BitSet();
    private final List<String> lines = new ArrayList<>();
    private final Set<String> targets = new HashSet<>();

    private final BiFunction<Variable, Integer, String> names;
    private final Map<Integer, Set<Variable>> sources = new HashMap<>();

    private PseudoC(Flow flow, BiFunction<Variable, Integer, String> names) {
        this.flow = flow;
        this.names = names;
        this.meets = Meeting.points(flow);
        this.entries = new int[flow.nodes().size()];
        entries[flow.entry()]++;
        for (Node node : flow.nodes()) {
            for (int next : node.next()) entries[next]++;
            if (node.step() instanceof Step.Read(int register, Place place, Order _))
                sources.computeIfAbsent(register, r -> new HashSet<>()).add(place.variable());
        }
    }

    /// The whole program.
    public static String of(Flow flow) {
        return of(new PseudoC(flow, (variable, value) -> Integer.toString(value)), flow);
    }

    /// The whole program, with the names that `memory` has for values.
    public static String of(Flow flow, Memory memory) {
        return of(new PseudoC(flow, memory::meaning), flow);
    }

    private static String of(PseudoC printer, Flow flow) {
        printer.lines.add("void " + flow.name().replaceAll("[^A-Za-z0-9_]+", "_") + "(void)");
        printer.lines.add("{");
        printer.print(flow.entry(), -1, 1);
        printer.lines.add("}");
        printer.lines.removeIf(printer::pointless);
        return String.join("\n", printer.lines) + "\n";
    }

    private void print(int from, int stop, int depth) {
        int at = from;
        while (at != stop) {
            if (printed.get(at)) {
                add(depth, "goto L" + at + ";");
                targets.add("L" + at + ":");
                return;
            }
            printed.set(at);
            if (labelled(at)) lines.add("L" + at + ":");
            Node node = flow.nodes().get(at);
            if (node.step() instanceof Step.Branch(Question question)) {
                int meet = meets[at];
                boolean onlyNo = node.next().get(0) == meet;
                add(depth, "if (" + (onlyNo ? not(question) : asked(question)) + ") {");
                print(node.next().get(onlyNo ? 1 : 0), meet, depth + 1);
                if (!onlyNo && node.next().get(1) != meet) {
                    add(depth, "} else {");
                    print(node.next().get(1), meet, depth + 1);
                }
                add(depth, "}");
                if (meet < 0) return;
                at = meet;
            } else {
                Optional<String> pair = node.next().isEmpty() ? Optional.empty() : pair(node, stop);
                add(depth, pair.orElseGet(() -> statement(node.step())) + ";");
                if (node.next().isEmpty()) return;
                at = node.next().getFirst();
                if (pair.isPresent()) {
                    printed.set(at);
                    at = flow.nodes().get(at).next().getFirst();
                }
            }
        }
    }

    /// Two steps that are one call in C: preemption goes off with a spin lock and on with its
    /// release.
    private Optional<String> pair(Node node, int stop) {
        int next = node.next().getFirst();
        if (next == stop || labelled(next) || printed.get(next)) return Optional.empty();
        Step then = flow.nodes().get(next).step();
        return switch (node.step()) {
            case Step.Enter(Section section)
                    when section == Section.PREEMPT && then instanceof Step.SpinAcquire s ->
                    Optional.of("spin_lock(&" + text(s.lock()) + ")");
            case Step.SpinRelease s
                    when then instanceof Step.Leave(Section section)
                            && section == Section.PREEMPT ->
                    Optional.of("spin_unlock(&" + text(s.lock()) + ")");
            case Step.GraceBegin(GracePeriod kind) when then instanceof Step.GraceEnd ->
                    Optional.of(kind.verb() + "()");
            default -> Optional.empty();
        };
    }

    private String statement(Step step) {
        return switch (step) {
            case Step.Read s when s.register() < 0 -> "(void) " + line(step);
            case Step.Modify(
                            int _,
                            Place place,
                            Step.Update update,
                            Operand _,
                            Operand.Const(int value),
                            Order _)
                    when update == Step.Update.OR ->
                    text(place) + " |= " + names.apply(place.variable(), value);
            case Step.Modify(
                            int _,
                            Place place,
                            Step.Update update,
                            Operand _,
                            Operand.Const(int value),
                            Order _)
                    when update == Step.Update.AND_NOT ->
                    text(place) + " &= ~" + names.apply(place.variable(), value);
            case Step.Write(Place place, Operand.Const(int value), Order order)
                    when order == Order.PLAIN && place.variable().pointee().isEmpty() ->
                    text(place) + " = " + names.apply(place.variable(), value);
            default -> line(step);
        };
    }

    private String asked(Question question) {
        Operand right = question.right();
        String named = right.toString();
        if (right instanceof Operand.Const(int value)
                && question.left() instanceof Operand.Reg(int register)) {
            Set<Variable> read = sources.getOrDefault(register, Set.of());
            boolean pointer = read.stream().anyMatch(v -> v.pointee().isPresent());
            if (pointer && value == Kind.NULL) named = "NULL";
            else if (read.size() == 1) named = names.apply(read.iterator().next(), value);
        }
        return switch (question.relation()) {
            case EQUAL, SAME_OBJECT -> question.left() + " == " + named;
            case BELOW -> question.left() + " < " + named;
            case SHARES_BITS -> question.left() + " & " + named;
        };
    }

    private String not(Question question) {
        return switch (question.relation()) {
            case EQUAL, SAME_OBJECT -> asked(question).replace(" == ", " != ");
            case BELOW -> question.left() + " >= " + question.right();
            case SHARES_BITS -> "!(" + asked(question) + ")";
        };
    }

    /// A label that nothing jumps to.
    private boolean pointless(String line) {
        return line.startsWith("L") && !targets.contains(line);
    }

    private boolean labelled(int node) {
        return entries[node] > 1;
    }

    private void add(int depth, String line) {
        lines.add("\t".repeat(depth) + line);
    }

    /// One step on one line, without the semicolon.
    public static String line(Step step) {
        return switch (step) {
            case Step.Read s ->
                    (s.register() < 0 ? "" : "r" + s.register() + " = ")
                            + load(s.order(), s.place());
            case Step.Write s -> store(s);
            case Step.Modify s -> (s.register() < 0 ? "" : "r" + s.register() + " = ") + modify(s);
            case Step.Fence s -> s.verb() + "()";
            case Step.Enter s -> s.section().enter() + "()";
            case Step.Leave s -> s.section().leave() + "()";
            case Step.SpinAcquire s -> "spin_acquire(&" + text(s.lock()) + ")";
            case Step.SpinRelease s -> "spin_release(&" + text(s.lock()) + ")";
            case Step.MutexAcquire s -> "mutex_lock(&" + text(s.lock()) + ")";
            case Step.MutexRelease s -> "mutex_unlock(&" + text(s.lock()) + ")";
            case Step.GraceBegin(GracePeriod kind) -> kind.verb() + "() /* called */";
            case Step.GraceEnd(GracePeriod kind) -> kind.verb() + "() /* returned */";
            case Step.StopMachine s ->
                    "stop_machine("
                            + (s.callback().isPresent() ? "callback" : "dummy")
                            + ", NULL, "
                            + s.copied().map(copy -> "&" + copy).orElse(s.mask().c())
                            + ")";
            case Step.Allocate s ->
                    (s.register() < 0 ? "" : "r" + s.register() + " = ")
                            + "kvzalloc("
                            + s.kind()
                            + ")";
            case Step.Free s -> "kvfree(" + s.object() + " /* " + s.kind() + " */)";
            case Step.SpinUntil s ->
                    (s.register() < 0 ? "" : "r" + s.register() + " = ")
                            + "smp_cond_load_acquire(&"
                            + text(s.place())
                            + ", "
                            + values(s.values())
                            + ")";
            case Step.SleepUntil s ->
                    "wait_event(" + text(s.place()) + " in " + values(s.values()) + ")";
            case Step.Schedule s -> s.label();
            case Step.Choose s ->
                    (s.register() < 0 ? "" : "r" + s.register() + " = ")
                            + "maybe(\""
                            + s.label()
                            + "\")";
            case Step.Interrupted s -> register(s.register()) + "interrupted_quiescent_state()";
            case Step.OnlineMask s -> register(s.register()) + "*cpu_online_mask";
            case Step.Nop s -> "/* " + s.label() + " */";
            case Step.Event s -> "/* event: " + s.label() + " */";
            case Step.NextCpu s ->
                    "r" + s.cpu() + " = next_cpu(" + s.mask().c() + ", &r" + s.visited() + ")";
            case Step.Compute s -> "r" + s.register() + " = " + compute(s);
            case Step.Branch s -> "if (" + s.question() + ")";
            case Step.Sometimes s -> "/* sometimes: " + s.label() + " */";
            case Step.Note s -> "/* " + s.text() + " */";
            case Step.AtomicSleep s -> "might_sleep() /* " + s.text() + " */";
            case Step.Fail s -> "BUG() /* " + s.fault().words() + ": " + s.text() + " */";
            case Step.End _ -> "return";
        };
    }

    private static String register(int register) {
        return register < 0 ? "(void) " : "r" + register + " = ";
    }

    private static String compute(Step.Compute s) {
        return switch (s.op()) {
            case COPY -> s.left().toString();
            case PLUS -> s.left() + " + " + s.right();
            case MINUS -> s.left() + " - " + s.right();
            case AND -> s.left() + " & " + s.right();
            case OR -> s.left() + " | " + s.right();
        };
    }

    private static String load(Order order, Place place) {
        return switch (order) {
            case PLAIN, RELEASE, FULL -> text(place);
            case ONCE -> "READ_ONCE(" + text(place) + ")";
            case ACQUIRE -> "smp_load_acquire(&" + text(place) + ")";
            case DEREFERENCE -> "rcu_dereference(" + text(place) + ")";
        };
    }

    private static String store(Step.Write s) {
        String value =
                s.place().variable().pointee().isPresent() && s.value().equals(Operand.of(0))
                        ? "NULL"
                        : s.value().toString();
        return switch (s.order()) {
            case PLAIN, ACQUIRE, FULL, DEREFERENCE -> text(s.place()) + " = " + value;
            case ONCE -> "WRITE_ONCE(" + text(s.place()) + ", " + value + ")";
            case RELEASE -> "smp_store_release(&" + text(s.place()) + ", " + value + ")";
        };
    }

    private static String modify(Step.Modify s) {
        String place = text(s.place());
        int wrapped = 1 << s.place().variable().bits();
        return switch (s.update()) {
            case CMPXCHG -> "cmpxchg(&" + place + ", " + s.expected() + ", " + s.value() + ")";
            case XCHG -> "xchg(&" + place + ", " + s.value() + ")";
            case ADD ->
                    s.value().equals(Operand.of(wrapped - 1))
                            ? "atomic_fetch_dec(&" + place + ")"
                            : "atomic_fetch_add(" + s.value() + ", &" + place + ")";
            case ADD_UNLESS_ZERO -> "atomic_inc_not_zero(&" + place + ")";
            case OR -> place + " |= " + s.value();
            case AND_NOT -> place + " &= ~" + s.value();
        };
    }

    /// A place as C spells it.
    public static String text(Place place) {
        return place.which() instanceof Place.Which.Of(Operand object)
                ? object + "->" + place.variable().name()
                : place.toString();
    }

    private static String values(long values) {
        var list = new ArrayList<Integer>();
        for (int v = 0; v < 64; v++) if ((values >>> v & 1) != 0) list.add(v);
        return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
    }
}
