package stillpoint.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.program.Context;
import stillpoint.program.CpuMask;
import stillpoint.program.Flow;
import stillpoint.program.GracePeriod;
import stillpoint.program.Node;
import stillpoint.program.Operand;
import stillpoint.program.Place;
import stillpoint.program.Program;
import stillpoint.program.Registers;
import stillpoint.program.Section;
import stillpoint.program.Step;
import stillpoint.program.Variable;
import stillpoint.random.Distribution;

/// Flattens the programs of a scene, and puts the prices on their steps that do not depend on what
/// the caches hold.
///
/// A step that stands for an implementation becomes a call: of `stop_machine`, of a grace period,
/// of a section that is more than a count.
final class Compiler {
    private static final Set<Instr.Op> WRITES =
            EnumSet.of(
                    Instr.Op.WRITE, Instr.Op.MODIFY, Instr.Op.SPIN_ACQUIRE, Instr.Op.MUTEX_ACQUIRE);

    private static final Context NO_SECTION = new Context(0, 0, 0, false);

    /// For these a line comes over.
    private static final Set<Instr.Op> CHANGES =
            EnumSet.of(
                    Instr.Op.READ,
                    Instr.Op.WRITE,
                    Instr.Op.MODIFY,
                    Instr.Op.SPIN_ACQUIRE,
                    Instr.Op.SPIN_RELEASE,
                    Instr.Op.MUTEX_ACQUIRE,
                    Instr.Op.MUTEX_RELEASE);

    private final Scene scene;
    private final Cells cells;
    private final Hardware hardware;
    private final Kernel kernel;
    private final Load load;
    private final List<Flow> callbacks;

    // Of the script that is being made.
    private final List<Instr> code = new ArrayList<>();
    private final List<Distribution> extras = new ArrayList<>();
    private final Map<Called, Integer> entries = new HashMap<>();
    private int registers;
    private Level level = Level.TASK;
    private boolean reader;
    private GracePeriod asks = GracePeriod.RCU;
    private Context outer = NO_SECTION;
    private boolean inner;
    private boolean follows;

    /// A program that is called, and the sections that the caller is in.
    private record Called(Flow flow, Context context) {}

    Compiler(Scene scene, Cells cells, Hardware hardware, Kernel kernel, Load load) {
        this.scene = scene;
        this.cells = cells;
        this.hardware = hardware;
        this.kernel = kernel;
        this.load = load;
        this.callbacks =
                scene.writer().flow().nodes().stream()
                        .map(Node::step)
                        .filter(Step.StopMachine.class::isInstance)
                        .map(Step.StopMachine.class::cast)
                        .flatMap(s -> s.callback().stream())
                        .distinct()
                        .toList();
    }

    Script writer() {
        return script(scene.writer().name(), List.of(scene.writer()), Level.TASK, false);
    }

    Script reader() {
        return script("reader", scene.reader(), Level.TASK, true);
    }

    Script service(Service service) {
        asks = service.asks();
        return script(service.program().name(), List.of(service.program()), service.level(), false);
    }

    private Script script(String name, List<Program> programs, Level taskLevel, boolean reads) {
        code.clear();
        extras.clear();
        entries.clear();
        registers = 0;
        level = taskLevel;
        reader = reads;
        inner = false;
        outer = NO_SECTION;
        int entry = -1;
        // The last one first: each goes on with the next where it ends.
        for (Program program : programs.reversed()) {
            follows = program != programs.getFirst();
            entry = add(program.flow(), entry);
        }
        follows = false;
        inner = true;
        int[] starts = {};
        if (code.stream().anyMatch(i -> i.op == Instr.Op.CALLBACK)) {
            starts = new int[callbacks.size() + 1];
            for (int c = 0; c < callbacks.size(); c++) starts[c + 1] = add(callbacks.get(c), -1);
        }
        return new Script(
                name, code.toArray(Instr[]::new), entry, registers, List.copyOf(extras), starts);
    }

    /// What is called inside of sections is in them too.
    private int called(Program program, Context context) {
        var key = new Called(program.flow(), context);
        Integer known = entries.get(key);
        if (known != null) return known;
        Context outerBefore = outer;
        boolean innerBefore = inner;
        outer = context;
        inner = true;
        int entry = add(program.flow(), -1);
        outer = outerBefore;
        inner = innerBefore;
        entries.put(key, entry);
        return entry;
    }

    /// What a task may be preempted by there, and what it does not hold off.
    private void stands(Instr i, Node node) {
        for (Level entering : Level.values())
            if (kernel.config().admits(node, level, entering)) i.admits |= 1 << entering.ordinal();
        for (GracePeriod kind : GracePeriod.values())
            if (kernel.config().quiescent(node, kind)) i.quiescent |= 1 << kind.ordinal();
    }

    /// A node as its caller has it: in the caller's sections too, and at its end the task goes on.
    private Node inside(Node node, int then) {
        boolean returns = inner || then >= 0;
        Context c = node.context();
        return new Node(
                returns && node.step() instanceof Step.End ? new Step.Nop("return") : node.step(),
                new Context(
                        c.preempt() + outer.preempt(),
                        c.irq() + outer.irq(),
                        c.rcu() + outer.rcu(),
                        c.srcu() + outer.srcu(),
                        c.user() && !inner && !follows),
                node.site(),
                node.frames(),
                node.glued(),
                node.next());
    }

    /// @param then where it goes on when it ends; -1 if it returns
    private int add(Flow flow, int then) {
        int base = code.size();
        int firstRegister = registers;
        registers += flow.registers().size();
        for (Node node : flow.nodes()) code.add(new Instr(node, code.size()));
        List<Set<String>> before = functionsBefore(flow);
        for (int n = 0; n < flow.nodes().size(); n++) {
            Node node = flow.nodes().get(n);
            Instr i = code.get(base + n);
            i.next = node.next().isEmpty() ? -1 : base + node.next().get(0);
            i.otherwise = node.next().size() < 2 ? -1 : base + node.next().get(1);
            fill(i, shifted(node.step(), firstRegister), inside(node, then).context());
            if (i.op == Instr.Op.END && then >= 0) {
                i.op = Instr.Op.RENEW;
                i.next = then;
            }
            stands(i, inside(node, then));
            i.quiet = i.extra < 0 && i.ticks == 0 && (i.own || node.step().local());
            inFunction(i, flow, before, n);
        }
        return base + flow.entry();
    }

    /// What a function does besides its steps happens where it is entered.
    private void inFunction(Instr i, Flow flow, List<Set<String>> before, int n) {
        for (String function : flow.nodes().get(n).frames()) {
            if (!before.get(n).contains(function))
                load.at(flow.name() + ": " + function)
                        .or(() -> load.at(function))
                        .ifPresent(pause -> pause(i, pause));
        }
    }

    /// For each node, the functions that some node before it is in.
    private static List<Set<String>> functionsBefore(Flow flow) {
        var before = new ArrayList<Set<String>>();
        for (int n = 0; n < flow.nodes().size(); n++) before.add(new HashSet<>());
        for (Node node : flow.nodes())
            for (int next : node.next()) before.get(next).addAll(node.frames());
        return before;
    }

    private int extra(Distribution time) {
        extras.add(time);
        return extras.size() - 1;
    }

    private static Step shifted(Step step, int by) {
        UnaryOperator<Operand> use =
                o -> o instanceof Operand.Reg(int r) ? new Operand.Reg(r + by) : o;
        return by == 0 ? step : Registers.rename(step, use, r -> r < 0 ? r : r + by);
    }

    private void fill(Instr i, Step step, Context context) {
        Registers.definition(step).ifPresent(r -> i.register = r);
        switch (step) {
            case Step.Read s -> place(i, Instr.Op.READ, s.place());
            case Step.Write s -> {
                place(i, Instr.Op.WRITE, s.place());
                left(i, s.value());
                i.bits = s.place().variable().bits();
            }
            case Step.Modify s -> {
                place(i, Instr.Op.MODIFY, s.place());
                left(i, s.expected());
                right(i, s.value());
                i.detail = s.update().ordinal();
                i.bits = s.place().variable().bits();
            }
            case Step.Fence s -> {
                i.op = Instr.Op.FENCE;
                i.flat = s.verb().equals("smp_mb") ? price(Quantity.FULL_FENCE) : 0;
            }
            case Step.Enter s -> section(i, s.section(), true, context);
            case Step.Leave s -> section(i, s.section(), false, context);
            case Step.SpinAcquire s -> place(i, Instr.Op.SPIN_ACQUIRE, s.lock());
            case Step.SpinRelease s -> place(i, Instr.Op.SPIN_RELEASE, s.lock());
            case Step.MutexAcquire s -> place(i, Instr.Op.MUTEX_ACQUIRE, s.lock());
            case Step.MutexRelease s -> place(i, Instr.Op.MUTEX_RELEASE, s.lock());
            case Step.SpinUntil s -> {
                place(i, Instr.Op.SPIN_UNTIL, s.place());
                i.values = s.values();
            }
            case Step.SleepUntil s -> {
                place(i, Instr.Op.SLEEP_UNTIL, s.place());
                i.values = s.values();
            }
            case Step.GraceBegin s ->
                    call(
                            i,
                            Optional.ofNullable(scene.calls().graces().get(s.kind())),
                            s.kind().verb());
            case Step.StopMachine s -> {
                call(i, scene.calls().stop(), "stop_machine");
                i.callback = s.callback().map(c -> callbacks.indexOf(c) + 1).orElse(0);
                i.everywhere = s.mask() == CpuMask.ONLINE;
            }
            case Step.Allocate s -> {
                i.op = Instr.Op.ALLOCATE;
                i.detail = scene.memory().kinds().indexOf(s.kind());
                i.flat = price(Quantity.ALLOCATE);
            }
            case Step.Free s -> {
                i.op = Instr.Op.FREE;
                i.detail = scene.memory().kinds().indexOf(s.kind());
                left(i, s.object());
                i.flat = price(Quantity.FREE);
            }
            case Step.Schedule s -> {
                if (s.label().equals(scene.refill())) i.mark = Instr.Mark.REFILL;
                load.at(s.label()).ifPresent(pause -> pause(i, pause));
            }
            case Step.Nop s -> {
                if (s.label().equals(Scene.CALLBACK)) i.op = Instr.Op.CALLBACK;
                else load.at(s.label()).ifPresent(pause -> pause(i, pause));
            }
            case Step.Choose s -> {
                i.op = Instr.Op.CHOOSE;
                i.detail = load.taken().contains(s.label()) ? 1 : 0;
            }
            case Step.Interrupted _ -> {
                i.op = Instr.Op.INTERRUPTED;
                i.detail = asks.ordinal();
            }
            case Step.OnlineMask _ ->
                    throw new IllegalArgumentException(
                            i.node.site() + " reads cpu_online_mask: a simulation has no hotplug");
            case Step.NextCpu s -> {
                i.op = Instr.Op.NEXT_CPU;
                i.detail = s.visited();
            }
            case Step.Compute s -> {
                i.op = Instr.Op.COMPUTE;
                i.detail = s.op().ordinal();
                i.bits = s.bits();
                left(i, s.left());
                right(i, s.right());
            }
            case Step.Branch s -> {
                i.op = Instr.Op.BRANCH;
                i.detail = s.question().relation().ordinal();
                left(i, s.question().left());
                right(i, s.question().right());
            }
            case Step.Fail _ -> i.op = Instr.Op.FAIL;
            case Step.AtomicSleep _ ->
                    i.op = kernel.config().noticesSleep(i.node) ? Instr.Op.FAIL : Instr.Op.NOTHING;
            case Step.GraceEnd _, Step.Event _, Step.Sometimes _, Step.Note _ -> {}
            case Step.End _ -> i.op = Instr.Op.END;
        }
    }

    private long price(Quantity quantity) {
        return hardware.whole(quantity);
    }

    private void call(Instr i, Optional<Program> program, String verb) {
        i.op = Instr.Op.CALL;
        i.mark = Instr.Mark.WAIT_BEGINS;
        i.target =
                called(
                        program.orElseThrow(() ->
                                new IllegalArgumentException(
                                        i.node.site()
                                                + " calls "
                                                + verb
                                                + "(): the scene has no implementation of it; add"
                                                + " one to its calls")),
                        NO_SECTION);
    }

    private void section(Instr i, Section section, boolean enters, Context context) {
        Program program = (enters ? scene.calls().enter() : scene.calls().leave()).get(section);
        if (program != null) {
            i.op = Instr.Op.CALL;
            i.target = called(program, context);
        } else {
            i.flat = counted(section);
            if (section == Section.IRQ) i.mark = enters ? Instr.Mark.IRQ_OFF : Instr.Mark.IRQ_ON;
        }
    }

    /// What counting costs on this kernel; nothing where nothing is counted.
    private long counted(Section section) {
        Config config = kernel.config();
        return switch (section) {
            case PREEMPT -> config.counted() ? price(Quantity.PREEMPT_COUNT) : 0;
            case IRQ -> price(Quantity.IRQ_FLAG);
            case RCU -> config.preemptible() ? price(Quantity.RCU_NESTING) : 0;
            case SRCU ->
                    throw new IllegalArgumentException(
                            "srcu_read_lock(): the scene has no implementation of it; add one to"
                                    + " its calls");
        };
    }

    private void pause(Instr i, Pause pause) {
        i.quiet = false;
        switch (pause) {
            case Pause.Busy(Distribution time) -> i.extra = extra(time);
            case Pause.Asleep(Distribution time) -> {
                i.extra = extra(time);
                i.sleeps = true;
            }
            case Pause.Ticks(int number) -> {
                i.ticks = number;
                i.sleeps = true;
            }
        }
    }

    private void place(Instr i, Instr.Op op, Place place) {
        i.op = op;
        var variable = place.variable();
        boolean several = cells.own(variable);
        // Who does not read works on the writer's copy, which is CPU 0's.
        i.own = several && reader;
        i.location = cells.location(variable);
        i.line = cells.line(variable) - i.location;
        i.twin = cells.twin(variable);
        switch (place.which()) {
            case Place.Which.Only _ -> i.which = i.own ? Instr.Which.MINE : Instr.Which.ONLY;
            case Place.Which.Mine _ -> i.which = Instr.Which.MINE;
            case Place.Which.Of(Operand object) -> {
                i.which = several ? Instr.Which.OWN_OBJECT : Instr.Which.OBJECT;
                i.whichKind = object.kind();
                i.whichValue = object.value();
                i.owner = variable.owner().map(k -> scene.memory().kinds().indexOf(k)).orElse(-1);
            }
            case Place.Which.OfCpu(Operand cpu) -> {
                i.which = Instr.Which.OF_CPU;
                i.whichKind = cpu.kind();
                i.whichValue = cpu.value();
            }
        }
        i.flat =
                switch (op) {
                    case MODIFY, SPIN_ACQUIRE, MUTEX_ACQUIRE -> price(Quantity.ATOMIC);
                    default -> price(Quantity.HIT);
                };
    }

    private static void left(Instr i, Operand operand) {
        i.leftKind = operand.kind();
        i.leftValue = operand.value();
    }

    private static void right(Instr i, Operand operand) {
        i.rightKind = operand.kind();
        i.rightValue = operand.value();
    }

    /// What a reader has written of what is not its CPU's own alone: what is known of one that was
    /// not simulated must say how it has changed that.
    ///
    /// @param taken the steps that it has taken, by number
    List<Variable> sharedByReaders(Script reader, BitSet taken) {
        return Arrays.stream(reader.code())
                .filter(i -> taken.get(i.number) && WRITES.contains(i.op) && !i.own)
                .map(i -> i.node.step().where().orElseThrow().variable())
                .distinct()
                .toList();
    }

    /// Marks the steps that look at what readers write, or change what readers go by.
    void touches(Script script, List<Variable> shared) {
        for (Instr i : script.code()) {
            if (i.node.step().where().isEmpty()) continue;
            Place place = i.node.step().where().orElseThrow();
            boolean turns =
                    WRITES.contains(i.op) && scene.index().equals(Optional.of(place.variable()));
            if (!turns && !shared.contains(place.variable())) continue;
            i.contended = !i.own && !place.variable().perCpu() && CHANGES.contains(i.op);
            i.touches =
                    switch (place.which()) {
                        case Place.Which.OfCpu _ -> Instr.Touches.ITS_CPU;
                        case Place.Which.Mine _ -> Instr.Touches.NOBODY;
                        case Place.Which.Only _, Place.Which.Of _ -> Instr.Touches.EVERY_CPU;
                    };
        }
    }
}
