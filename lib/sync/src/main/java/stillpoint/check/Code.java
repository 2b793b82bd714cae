package stillpoint.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Flow;
import stillpoint.program.GracePeriod;
import stillpoint.program.Kind;
import stillpoint.program.Node;
import stillpoint.program.Operand;
import stillpoint.program.Place;
import stillpoint.program.Register;
import stillpoint.program.Registers;
import stillpoint.program.Step;

/// A graph, flattened for the hot loop: instructions in an array, places as locations, and for each
/// node at which a task may rest, the number it keeps and the registers that are live.
///
/// Several graphs may share one code (the callbacks of `stop_machine`); each has its entry.
final class Code {
    private final Model model;
    private final Config config;
    private final Reductions reductions;
    private final Level level;
    private final List<Instr> instructions = new ArrayList<>();
    private final List<Register> registers = new ArrayList<>();
    private final List<Instr> resting = new ArrayList<>();
    private int widest;

    /// @param level that of the tasks that run it
    Code(Model model, Config config, Reductions reductions, Level level) {
        this.level = level;
        this.model = model;
        this.config = config;
        this.reductions = reductions;
    }

    /// Adds a graph; gives its entry.
    int add(Flow flow, Sharing sharing, Sharing.Who who, Callbacks callbacks) {
        int base = instructions.size();
        int firstRegister = registers.size();
        registers.addAll(flow.registers());
        List<BitSet> live = live(flow);
        for (int n = 0; n < flow.nodes().size(); n++) {
            Node node = flow.nodes().get(n);
            Instr i = new Instr(node);
            Step step = shifted(node.step(), firstRegister);
            fill(i, step, callbacks);
            i.visible = n == flow.entry() || !(node.step().local() && reductions.fusion());
            i.glued = node.glued();
            boolean piece = beginsPiece(flow, n);
            i.barrier = barrier(node.step(), i) || who.crowded() && (piece || mayWait(node.step()));
            i.acquires |= piece;
            i.mobility =
                    reductions.movers() && !piece
                            ? sharing.mobility(node.step(), who)
                            : Instr.Mobility.NON;
            i.live = live.get(n).stream().map(r -> r + firstRegister).toArray();
            for (Level entering : Level.values())
                if (config.admits(node, level, entering)) i.admits |= 1 << entering.ordinal();
            for (GracePeriod kind : GracePeriod.values())
                if (config.quiescent(node, kind)) i.quiescent |= 1 << kind.ordinal();
            if (i.visible) {
                i.pc = resting.size();
                resting.add(i);
                int kept = 0;
                for (int r : i.live) kept += registers.get(r).bits();
                widest = Math.max(widest, kept);
            }
            instructions.add(i);
        }
        for (int n = 0; n < flow.nodes().size(); n++) {
            List<Integer> next = flow.nodes().get(n).next();
            Instr i = instructions.get(base + n);
            if (!next.isEmpty()) i.next = instructions.get(base + next.get(0));
            if (next.size() > 1) i.otherwise = instructions.get(base + next.get(1));
        }
        return base + flow.entry();
    }

    /// Whether an atomic piece of several steps begins here: it moves as one, and it may wait in
    /// the middle.
    private static boolean beginsPiece(Flow flow, int node) {
        for (int next : flow.nodes().get(node).next())
            if (flow.nodes().get(next).glued()) return true;
        return false;
    }

    /// Where others are on the same CPU, they notice that a task has begun to wait: it keeps them
    /// away, or lets them run.
    private static boolean mayWait(Step step) {
        return step instanceof Step.Schedule || step instanceof Step.SpinAcquire;
    }

    private boolean barrier(Step step, Instr i) {
        if (step instanceof Step.Schedule) return !config.preemptible();
        return Config.schedules(step) || i.op == Transition.Op.SPIN_UNTIL;
    }

    /// The number of the callback in the order of appearance.
    interface Callbacks {
        int number(Flow callback);
    }

    Instr[] instructions() {
        return instructions.toArray(Instr[]::new);
    }

    Instr[] resting() {
        return resting.toArray(Instr[]::new);
    }

    int registerCount() {
        return registers.size();
    }

    int[] registerBits() {
        return registers.stream().mapToInt(Register::bits).toArray();
    }

    /// For each register the number of the kind it points to, or -1.
    int[] registerKinds() {
        List<Kind> kinds = model.memory().kinds();
        return registers.stream()
                .mapToInt(r -> r.pointee().map(kinds::indexOf).orElse(-1))
                .toArray();
    }

    /// Bits that tell apart the resting nodes and one more (idle).
    int pcBits() {
        return Math.max(1, 32 - Integer.numberOfLeadingZeros(resting.size()));
    }

    /// Bits of a task's part of a block.
    int taskBits() {
        return pcBits() + widest;
    }

    // ---- liveness

    private static List<BitSet> live(Flow flow) {
        List<Node> nodes = flow.nodes();
        var live = new ArrayList<BitSet>();
        var uses = new ArrayList<BitSet>();
        var defined = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            Step step = nodes.get(i).step();
            live.add(new BitSet());
            uses.add(used(step));
            defined[i] = Registers.definition(step).orElse(-1);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = nodes.size() - 1; i >= 0; i--) {
                var now = new BitSet();
                for (int next : nodes.get(i).next()) now.or(live.get(next));
                if (defined[i] >= 0) now.clear(defined[i]);
                now.or(uses.get(i));
                if (!now.equals(live.get(i))) {
                    live.set(i, now);
                    changed = true;
                }
            }
        }
        return live;
    }

    private static BitSet used(Step step) {
        var used = new BitSet();
        for (Operand use : Registers.uses(step)) if (use instanceof Operand.Reg(int r)) used.set(r);
        return used;
    }

    private static Step shifted(Step step, int by) {
        UnaryOperator<Operand> use =
                o -> o instanceof Operand.Reg(int r) ? new Operand.Reg(r + by) : o;
        return by == 0 ? step : Registers.rename(step, use, r -> r < 0 ? r : r + by);
    }

    // ---- flattening

    private void fill(Instr i, Step step, Callbacks callbacks) {
        Registers.definition(step).ifPresent(r -> i.register = r);
        switch (step) {
            case Step.Read s -> place(i, Transition.Op.READ, s.place());
            case Step.Write s -> {
                place(i, Transition.Op.WRITE, s.place());
                left(i, s.value());
            }
            case Step.Modify s -> {
                place(i, Transition.Op.MODIFY, s.place());
                left(i, s.expected());
                right(i, s.value());
                i.detail = s.update().ordinal();
                i.bits = s.place().variable().bits();
            }
            case Step.Fence _ -> i.op = Transition.Op.FENCE;
            case Step.Nop _ -> i.op = Transition.Op.FENCE;
            case Step.Event _ -> i.op = Transition.Op.FENCE;
            case Step.Schedule _ -> i.op = Transition.Op.FENCE;
            case Step.Note _ -> i.op = Transition.Op.FENCE;
            case Step.Enter _ -> i.op = Transition.Op.ENTER;
            case Step.Leave _ -> i.op = Transition.Op.LEAVE;
            case Step.SpinAcquire s -> {
                place(i, Transition.Op.SPIN_ACQUIRE, s.lock());
                i.acquires = true;
            }
            case Step.SpinRelease s -> place(i, Transition.Op.RELEASE, s.lock());
            case Step.MutexAcquire s -> {
                place(i, Transition.Op.MUTEX_ACQUIRE, s.lock());
                i.acquires = true;
            }
            case Step.MutexRelease s -> place(i, Transition.Op.RELEASE, s.lock());
            case Step.GraceBegin s -> {
                i.op = Transition.Op.GRACE_BEGIN;
                i.detail = s.kind().promise().ordinal();
            }
            case Step.GraceEnd s -> {
                i.op = Transition.Op.GRACE_END;
                i.detail = s.kind().promise().ordinal();
            }
            case Step.StopMachine s -> {
                i.op = Transition.Op.STOP;
                i.detail = s.callback().map(callbacks::number).orElse(-1);
                i.bits = s.mask().ordinal();
                s.copied().ifPresent(cpus -> left(i, cpus));
                i.copied = s.copied().isPresent();
            }
            case Step.Allocate s -> {
                i.op = Transition.Op.ALLOCATE;
                i.detail = model.memory().kinds().indexOf(s.kind());
            }
            case Step.Free s -> {
                i.op = Transition.Op.FREE;
                i.detail = model.memory().kinds().indexOf(s.kind());
                left(i, s.object());
            }
            case Step.SpinUntil s -> {
                place(i, Transition.Op.SPIN_UNTIL, s.place());
                i.values = s.values();
            }
            case Step.SleepUntil s -> {
                place(i, Transition.Op.SLEEP_UNTIL, s.place());
                i.values = s.values();
            }
            case Step.Choose _ -> i.op = Transition.Op.CHOOSE;
            case Step.Interrupted _ -> i.op = Transition.Op.INTERRUPTED;
            case Step.OnlineMask _ -> i.op = Transition.Op.ONLINE_MASK;
            case Step.NextCpu s -> {
                i.op = Transition.Op.NEXT_CPU;
                i.detail = s.visited();
            }
            case Step.Compute s -> {
                i.op = Transition.Op.COMPUTE;
                i.detail = s.op().ordinal();
                i.bits = s.bits();
                left(i, s.left());
                right(i, s.right());
            }
            case Step.Branch s -> {
                i.op = Transition.Op.BRANCH;
                i.detail = s.question().relation().ordinal();
                left(i, s.question().left());
                right(i, s.question().right());
            }
            case Step.Sometimes s -> {
                i.op = Transition.Op.SOMETIMES;
                i.detail = model.sometimes().indexOf(s.label());
            }
            case Step.AtomicSleep _ ->
                    i.op = config.noticesSleep(i.node) ? Transition.Op.FAIL : Transition.Op.FENCE;
            case Step.Fail _ -> i.op = Transition.Op.FAIL;
            case Step.End _ -> i.op = Transition.Op.END;
        }
    }

    /// The variable stands in `location` until [#locate] puts its location there.
    private void place(Instr i, Transition.Op op, Place place) {
        i.op = op;
        i.location = model.memory().variables().indexOf(place.variable());
        switch (place.which()) {
            case Place.Which.Only _ -> i.which = Way.Which.ONLY;
            case Place.Which.Mine _ -> i.which = Way.Which.MINE;
            case Place.Which.Of(Operand object) -> {
                i.which = Way.Which.OBJECT;
                i.whichKind = object.kind();
                i.whichValue = object.value();
                i.dangling = place.variable().owner().map(Kind::dangling).orElse(0);
            }
            case Place.Which.OfCpu(Operand cpu) -> {
                i.which = Way.Which.OF_CPU;
                i.whichKind = cpu.kind();
                i.whichValue = cpu.value();
            }
        }
    }

    /// Replaces variables by their locations, once these are known.
    void locate(Layout layout) {
        for (Instr i : instructions)
            switch (i.op) {
                case READ,
                        WRITE,
                        MODIFY,
                        SPIN_ACQUIRE,
                        RELEASE,
                        MUTEX_ACQUIRE,
                        SPIN_UNTIL,
                        SLEEP_UNTIL ->
                        i.location = layout.location(model.memory().variables().get(i.location));
                default -> {}
            }
    }

    private static void left(Instr i, Operand operand) {
        i.leftKind = operand.kind();
        i.leftValue = operand.value();
    }

    private static void right(Instr i, Operand operand) {
        i.rightKind = operand.kind();
        i.rightValue = operand.value();
    }
}
