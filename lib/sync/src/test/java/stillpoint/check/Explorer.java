package stillpoint.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.opentest4j.TestAbortedException;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Context;
import stillpoint.program.CpuMask;
import stillpoint.program.Fault;
import stillpoint.program.Flow;
import stillpoint.program.GracePeriod;
import stillpoint.program.Kind;
import stillpoint.program.Node;
import stillpoint.program.Operand;
import stillpoint.program.Place;
import stillpoint.program.Program;
import stillpoint.program.Question;
import stillpoint.program.Registers;
import stillpoint.program.Step;
import stillpoint.program.Val;
import stillpoint.program.Variable;

/// A second engine, written from the description of the machine and not from the first: states are
/// maps of names, nothing is packed, nothing is reduced, and every reachable fault is collected.
/// Slow, and simple enough to be read in one go.
final class Explorer {
    private static final int NOBODY = -1;

    /// A larger model is left to the packed engine; its test is skipped.
    private static final int MOST = 150_000;

    /// What an exploration found.
    ///
    /// @param faults every kind of fault, with the number of transitions of the shortest way there
    record Found(int states, long transitions, Map<Fault, Integer> faults, Set<String> occurred) {}

    /// Where a task is: which graph, which node (or nowhere any more), and its registers.
    private record Spot(int flow, int node, SortedMap<Integer, Integer> registers) {
        boolean ended() {
            return node == NOBODY;
        }
    }

    /// Everything there is. A mark `1>0` says that the grace period of CPU 1 waits for CPU 0.
    private record State(
            SortedMap<String, Integer> cells,
            List<Spot> tasks,
            List<Spot> stoppers,
            SortedSet<String> marks) {}

    /// A transition under way; copied where it may go two ways.
    private final class World {
        final Map<String, Integer> cells;
        final List<Spot> tasks;
        final List<Spot> stoppers;
        final Set<String> marks;
        final int who;
        final boolean stopper;
        int flow;
        int node;
        Map<Integer, Integer> registers = new HashMap<>();
        Optional<World> caller = Optional.empty();
        boolean moved;

        World(State from, int who, boolean stopper) {
            this(from.cells, from.tasks, from.stoppers, from.marks, who, stopper);
            Spot spot = (stopper ? stoppers : tasks).get(who);
            flow = spot.flow;
            node = spot.node;
            registers = new HashMap<>(spot.registers);
        }

        World(World other) {
            this(other.cells, other.tasks, other.stoppers, other.marks, other.who, other.stopper);
            flow = other.flow;
            node = other.node;
            registers = new HashMap<>(other.registers);
            caller = other.caller.map(World::new);
            moved = other.moved;
        }

        private World(
                Map<String, Integer> cells,
                List<Spot> tasks,
                List<Spot> stoppers,
                Set<String> marks,
                int who,
                boolean stopper) {
            this.cells = new HashMap<>(cells);
            this.tasks = new ArrayList<>(tasks);
            this.stoppers = new ArrayList<>(stoppers);
            this.marks = new HashSet<>(marks);
            this.who = who;
            this.stopper = stopper;
        }

        /// A callback inside its caller's transition runs on the first CPU.
        int cpu() {
            if (caller.isPresent()) return 0;
            return stopper ? who : cpuOf(cells, who);
        }

        Agent agent() {
            return agentOf(who);
        }

        Node at() {
            return flows.get(flow).nodes().get(node);
        }

        int value(Operand operand) {
            return switch (operand) {
                case Operand.Const(int value) -> value;
                case Operand.Reg(int number) -> registers.getOrDefault(number, 0);
                case Operand.CpuCount _ -> model.cpus();
            };
        }

        void put(int register, int value) {
            if (register >= 0) registers.put(register, value);
        }

        State state() {
            return new State(
                    new TreeMap<>(cells),
                    List.copyOf(tasks),
                    List.copyOf(stoppers),
                    new TreeSet<>(marks));
        }
    }

    /// A fault that ends a transition.
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
        final transient Fault fault;

        Broken(Fault fault) {
            super(fault.words(), null, false, false);
            this.fault = fault;
        }
    }

    private final Model model;
    private final Config config;
    private final boolean dropDead;
    private final List<Flow> flows = new ArrayList<>();
    private final Map<Flow, List<BitSet>> live = new IdentityHashMap<>();
    private final Set<String> occurred = new HashSet<>();
    private final Map<Fault, Integer> faults = new TreeMap<>();
    private final List<State> reached = new ArrayList<>();
    private int depth;
    private boolean moved;
    private boolean goesOn;
    private final List<Model.Place> places;

    private Explorer(Model model, Config config, Function<Program, Flow> form, boolean dropDead) {
        this.model = model;
        this.config = config;
        this.dropDead = dropDead;
        this.places = model.tasks();
        for (Agent agent : model.agents()) flows.add(form.apply(agent.program()));
    }

    /// Explores a model.
    ///
    /// @param form the merged or the unmerged graph of a program
    /// @param dropDead whether registers that no future reads are left out of states
    static Found explore(
            Model model, Config config, Function<Program, Flow> form, boolean dropDead) {
        return new Explorer(model, config, form, dropDead).explore();
    }

    private Found explore() {
        // By their texts, whose hashes spread: those of maps of small numbers collide.
        Map<String, Integer> depths = new HashMap<>();
        var queue = new ArrayDeque<State>();
        depths.put(first().toString(), 0);
        queue.add(first());
        long transitions = 0;
        // States in which nobody goes on who has to, and where handlers may lead from them.
        Map<String, List<String>> idle = new LinkedHashMap<>();
        Map<String, State> idleStates = new HashMap<>();
        while (!queue.isEmpty()) {
            if (depths.size() > MOST)
                throw new TestAbortedException("more than " + MOST + " states");
            State state = queue.remove();
            depth = depths.getOrDefault(state.toString(), 0);
            reached.clear();
            moved = false;
            goesOn = false;
            expand(state);
            if (!goesOn) {
                idle.put(state.toString(), reached.stream().map(State::toString).toList());
                idleStates.put(state.toString(), state);
            }
            transitions += reached.size();
            for (State next : reached)
                if (depths.putIfAbsent(next.toString(), depth + 1) == null) queue.add(next);
        }
        idleStates.forEach((text, state) -> {
            depth = depths.getOrDefault(text, 0);
            if (staysIdle(text, idle)) atRest(state, idle.getOrDefault(text, List.of()).isEmpty());
        });
        return new Found(depths.size(), transitions, faults, occurred);
    }

    private static boolean staysIdle(String from, Map<String, List<String>> idle) {
        var seen = new HashSet<String>();
        var stack = new ArrayDeque<String>(List.of(from));
        while (!stack.isEmpty()) {
            String state = stack.pop();
            if (!seen.add(state)) continue;
            List<String> next = idle.get(state);
            if (next == null) return false;
            stack.addAll(next);
        }
        return true;
    }

    private State first() {
        var cells = new TreeMap<String, Integer>();
        for (Variable v : model.memory().variables()) {
            if (v.perCpu())
                for (int c = 0; c < model.cpus(); c++) cells.put(v.name() + "@" + c, v.initial());
            else if (v.owner().isPresent())
                for (int o = 1; o <= model.memory().initialObjects(v.owner().get()); o++)
                    cells.put(v.name() + "#" + o, v.initial());
            else cells.put(v.name(), v.initial());
        }
        for (Kind kind : model.memory().kinds())
            for (int o = 1; o <= model.memory().initialObjects(kind); o++)
                cells.put("alive " + kind + "#" + o, 1);
        var tasks = new ArrayList<Spot>();
        var stoppers = new ArrayList<Spot>();
        for (Model.Place place : places)
            tasks.add(new Spot(place.agent(), flows.get(place.agent()).entry(), new TreeMap<>()));
        for (int c = 0; c < model.cpus(); c++)
            stoppers.add(new Spot(places.get(c).agent(), NOBODY, new TreeMap<>()));
        for (int t = 0; t < places.size(); t++)
            if (agentOf(t).migrates()) cells.put("cpu of " + t, places.get(t).cpu());
        return new State(cells, tasks, stoppers, new TreeSet<>());
    }

    // ---- who may go on

    private void expand(State state) {
        boolean stopping = state.stoppers.stream().anyMatch(spot -> !spot.ended());
        for (int cpu = 0; cpu < model.cpus(); cpu++)
            if (!state.stoppers.get(cpu).ended() && !handlerOn(state, cpu))
                attempt(new World(state, cpu, true));
        for (int task = 0; task < places.size(); task++) {
            Spot spot = state.tasks.get(task);
            if (spot.ended() || node(spot).step() instanceof Step.End) continue;
            boolean stands = stopping && agentOf(task).level() != Level.NMI;
            if (stands) continue;
            if (mayRun(state, task)) attempt(new World(state, task, false));
            boolean moves = agentOf(task).migrates() && stoppable(node(spot), Level.TASK);
            for (int to = 0; moves && to < model.cpus(); to++) {
                if (to == cpuOf(state.cells, task)) continue;
                var cells = new TreeMap<>(state.cells);
                cells.put("cpu of " + task, to);
                var elsewhere = new State(cells, state.tasks, state.stoppers, state.marks);
                if (mayRun(elsewhere, task)) attempt(new World(elsewhere, task, false));
            }
        }
        if (stopping && !moved) fault(Fault.BLOCKED_CALLBACK);
    }

    private int cpuOf(Map<String, Integer> cells, int task) {
        return cells.getOrDefault("cpu of " + task, places.get(task).cpu());
    }

    private Agent agentOf(int task) {
        return model.agents().get(places.get(task).agent());
    }

    private boolean handlerOn(State state, int cpu) {
        for (int t = 0; t < places.size(); t++)
            if (places.get(t).cpu() == cpu
                    && agentOf(t).level() == Level.NMI
                    && !state.tasks.get(t).ended()
                    && !offItsCpu(node(state.tasks.get(t)))) return true;
        return false;
    }

    /// Whether what stands on the same CPU can be interrupted, preempted or is not there.
    private boolean mayRun(State state, int task) {
        for (int t = 0; t < places.size(); t++) {
            Spot other = state.tasks.get(t);
            if (t == task || other.ended() || cpuOf(state.cells, t) != cpuOf(state.cells, task))
                continue;
            Node at = node(other);
            boolean gone = offItsCpu(at);
            Context c = at.context();
            boolean in =
                    switch (agentOf(t).level()) {
                        case NMI -> gone;
                        case IRQ -> gone || agentOf(task).level() == Level.NMI;
                        case STOP, TASK ->
                                switch (agentOf(task).level()) {
                                    case NMI -> true;
                                    case IRQ -> gone || c.irq() == 0;
                                    case STOP, TASK ->
                                            gone
                                                    || agentOf(t).level() == Level.TASK
                                                            && config.preemptible()
                                                            && c.irq() + c.preempt() == 0;
                                };
                    };
            if (!in) return false;
        }
        return true;
    }

    private void attempt(World world) {
        boolean required = world.stopper || !optional(world.agent());
        int before = reached.size();
        try {
            run(world);
            goesOn |= required && reached.size() > before;
        } catch (Broken broken) {
            goesOn |= required;
            fault(broken.fault);
        }
    }

    private void fault(Fault fault) {
        moved = true;
        int length = depth + (fault == Fault.DEADLOCK || fault == Fault.LEAK ? 0 : 1);
        faults.merge(fault, length, Math::min);
    }

    private static boolean optional(Agent agent) {
        return agent.repeats() || agent.level().compareTo(Level.IRQ) >= 0;
    }

    private void atRest(State state, boolean still) {
        if (state.stoppers.stream().anyMatch(spot -> !spot.ended())) {
            // Handlers still come, so it is the state that is stuck, and no transition ends in it.
            if (!still) faults.merge(Fault.BLOCKED_CALLBACK, depth, Math::min);
            return;
        }
        boolean busy = false;
        for (int t = 0; t < places.size(); t++) {
            Spot spot = state.tasks.get(t);
            if (spot.ended() || node(spot).step() instanceof Step.End) continue;
            boolean atEntry = spot.node == flows.get(spot.flow).entry();
            if (optional(agentOf(t)) && atEntry) continue;
            if (!optional(agentOf(t)) || still) {
                fault(Fault.DEADLOCK);
                return;
            }
            busy = true;
        }
        if (busy) return;
        for (Kind kind : model.memory().kinds())
            for (int o = 1; o <= kind.slots(); o++)
                if (state.cells.getOrDefault("alive " + kind + "#" + o, 0) == 1
                        && !pointedAt(state, kind, o)) fault(Fault.LEAK);
    }

    private boolean pointedAt(State state, Kind kind, int object) {
        return pointers(kind).anyMatch(name -> state.cells.getOrDefault(name, Kind.NULL) == object);
    }

    private java.util.stream.Stream<String> pointers(Kind kind) {
        return model.memory().variables().stream()
                .filter(v -> v.pointee().equals(Optional.of(kind)))
                .map(Variable::name);
    }

    private Node node(Spot spot) {
        return flows.get(spot.flow).nodes().get(spot.node);
    }

    // ---- one transition

    /// Runs to where the task rests; a transition with a step that waits leaves nothing.
    private void run(World w) {
        while (true) {
            Node node = w.at();
            boolean rests = !node.step().local() || w.node == flows.get(w.flow).entry();
            if (w.moved && rests && !node.glued() && w.caller.isEmpty()) {
                rest(w, node);
                return;
            }
            w.moved = true;
            switch (node.step()) {
                case Step.Read s -> w.put(s.register(), load(w, s.place()));
                case Step.Write s -> set(w, s.place(), w.value(s.value()));
                case Step.Modify s -> modify(w, s);
                case Step.Fence _,
                        Step.Nop _,
                        Step.Event _,
                        Step.Note _,
                        Step.Schedule _,
                        Step.Enter _,
                        Step.Leave _ -> {}
                case Step.SpinAcquire(Place lock) -> {
                    if (load(w, lock) != 0) {
                        waits(w);
                        return;
                    }
                    set(w, lock, 1);
                }
                case Step.MutexAcquire(Place lock) -> {
                    if (load(w, lock) != 0) {
                        waits(w);
                        return;
                    }
                    set(w, lock, 1);
                }
                case Step.SpinRelease(Place lock) -> release(w, lock);
                case Step.MutexRelease(Place lock) -> release(w, lock);
                case Step.SpinUntil s -> {
                    int value = load(w, s.place());
                    if ((s.values() >>> value & 1) == 0) {
                        waits(w);
                        return;
                    }
                    w.put(s.register(), value);
                }
                case Step.SleepUntil s -> {
                    if ((s.values() >>> load(w, s.place()) & 1) == 0) {
                        waits(w);
                        return;
                    }
                }
                case Step.GraceBegin(GracePeriod kind) -> {
                    for (int task = 0; task < places.size(); task++)
                        if (task == w.who
                                ? kind == GracePeriod.SRCU && !quiescent(node, kind)
                                : !w.tasks.get(task).ended()
                                        && !quiescent(node(w.tasks.get(task)), kind))
                            w.marks.add(w.who + ">" + task + " " + kind);
                }
                case Step.GraceEnd _ -> {
                    if (w.marks.stream().anyMatch(mark -> mark.startsWith(w.who + ">"))) return;
                }
                case Step.StopMachine s -> {
                    for (int task = 0; task < places.size(); task++)
                        if (task != w.who
                                && !w.tasks.get(task).ended()
                                && !stoppable(node(w.tasks.get(task)), agentOf(task).level()))
                            return;
                    if (w.cells.getOrDefault("cpu_hotplug_lock.writer", 0) == 1) return;
                    int on = online(w);
                    if (s.copied().isPresent() && (w.value(s.copied().get()) & ~on) != 0)
                        throw new Broken(Fault.OFFLINE_CPU);
                    int run =
                            s.copied()
                                    .map(w::value)
                                    .orElse(s.mask() == CpuMask.ONLINE ? on : on & -on);
                    if (s.callback().isPresent()) {
                        int callback = callback(s.callback().get());
                        boolean nmi = model.agents().stream().anyMatch(a -> a.level() == Level.NMI);
                        boolean hotplug = model.memory().hotplug().isPresent();
                        if (s.mask() == CpuMask.ONLINE || nmi || hotplug) {
                            int entry = flows.get(callback).entry();
                            for (int c = 0; c < model.cpus(); c++)
                                if ((run >>> c & 1) != 0)
                                    w.stoppers.set(c, new Spot(callback, entry, new TreeMap<>()));
                        } else {
                            inside(w, callback, node.next().getFirst());
                            return;
                        }
                    }
                }
                case Step.Allocate s -> allocate(w, s);
                case Step.Free s -> free(w, s);
                case Step.Choose s -> {
                    World other = new World(w);
                    other.put(s.register(), 1);
                    other.node = node.next().getFirst();
                    attempt(other);
                    w.put(s.register(), 0);
                }
                case Step.OnlineMask(int register) -> w.put(register, online(w));
                case Step.Interrupted(int register) -> {
                    boolean quiet = true;
                    for (int task = 0; task < places.size(); task++)
                        if (cpuOf(w.cells, task) == w.cpu()
                                && agentOf(task).level().compareTo(w.agent().level()) < 0
                                && !w.tasks.get(task).ended())
                            quiet &= quiescent(node(w.tasks.get(task)), GracePeriod.RCU);
                    w.put(register, quiet ? 1 : 0);
                }
                case Step.NextCpu s -> {
                    int visited = w.value(new Operand.Reg(s.visited()));
                    if ((online(w) & ~visited) != 0) {
                        eachCpu(w, s, visited);
                        return;
                    }
                    w.put(s.cpu(), model.cpus());
                }
                case Step.Compute s ->
                        w.put(
                                s.register(),
                                Val.apply(s.op(), w.value(s.left()), w.value(s.right()), s.bits()));
                case Step.Branch(Question q) -> {
                    if (mayBeReused(w, q)) {
                        World other = new World(w);
                        other.node = node.next().get(0);
                        attempt(other);
                        w.node = node.next().get(1);
                    } else
                        w.node =
                                node.next()
                                        .get(
                                                Question.holds(
                                                                q.relation(),
                                                                w.value(q.left()),
                                                                w.value(q.right()))
                                                        ? 0
                                                        : 1);
                    continue;
                }
                case Step.Sometimes(String label) -> occurred.add(label);
                case Step.AtomicSleep _ -> {
                    if (config.counted() || node.context().irq() > 0)
                        throw new Broken(Fault.SLEEP_WHILE_ATOMIC);
                }
                case Step.Fail s -> throw new Broken(s.fault());
                case Step.End _ -> {
                    if (w.caller.isEmpty()) {
                        rest(w, node);
                        return;
                    }
                    run(returned(w));
                    return;
                }
            }
            w.node = node.next().getFirst();
        }
    }

    private int online(World w) {
        int on = 0;
        for (int cpu = 0; cpu < model.cpus(); cpu++)
            on |= w.cells.getOrDefault("cpu_online@" + cpu, 1) << cpu;
        return on;
    }

    private static void waits(World w) {
        if (w.caller.isPresent()) throw new Broken(Fault.BLOCKED_CALLBACK);
    }

    private void inside(World w, int callback, int onward) {
        World caller = new World(w);
        caller.node = onward;
        w.caller = Optional.of(caller);
        w.flow = callback;
        w.node = flows.get(callback).entry();
        w.registers = new HashMap<>();
        run(w);
    }

    /// The callback's effects, seen from its caller, whose registers free() has kept up to date.
    private World returned(World w) {
        World caller = w.caller.orElseThrow();
        World back = new World(w);
        back.flow = caller.flow;
        back.node = caller.node;
        back.registers = new HashMap<>(caller.registers);
        back.caller = Optional.empty();
        return back;
    }

    private void eachCpu(World w, Step.NextCpu s, int visited) {
        for (int cpu = 0; cpu < model.cpus(); cpu++) {
            if ((visited >>> cpu & 1) != 0 || (online(w) >>> cpu & 1) == 0) continue;
            World other = new World(w);
            other.put(s.visited(), visited | 1 << cpu);
            other.put(s.cpu(), cpu);
            other.node = w.at().next().getFirst();
            attempt(other);
        }
    }

    private void rest(World w, Node node) {
        moved = true;
        var kept = new TreeMap<>(w.registers);
        if (dropDead) kept.keySet().removeIf(r -> !live(flows.get(w.flow)).get(w.node).get(r));
        if (dropDead)
            live(flows.get(w.flow)).get(w.node).stream().forEach(r -> kept.putIfAbsent(r, 0));
        boolean over = w.stopper && node.step() instanceof Step.End;
        if (!w.stopper && w.agent().repeats() && node.step() instanceof Step.End) {
            w.node = flows.get(w.flow).entry();
            rest(w, w.at());
            return;
        }
        var spot = new Spot(w.flow, over ? NOBODY : w.node, over ? new TreeMap<>() : kept);
        if (w.stopper && over)
            w.stoppers.set(w.who, new Spot(places.get(w.who).agent(), NOBODY, new TreeMap<>()));
        else (w.stopper ? w.stoppers : w.tasks).set(w.who, spot);
        if (!w.stopper)
            for (GracePeriod kind : GracePeriod.values())
                if (quiescent(node, kind))
                    w.marks.removeIf(mark -> mark.endsWith(">" + w.who + " " + kind));
        reached.add(w.state());
    }

    // ---- what the machine lets happen

    private boolean stoppable(Node node, Level level) {
        Context c = node.context();
        if (offItsCpu(node)) return true;
        return level == Level.TASK && config.preemptible() && c.preempt() == 0 && c.irq() == 0;
    }

    private boolean quiescent(Node node, GracePeriod kind) {
        Context c = node.context();
        if (kind == GracePeriod.SRCU) return c.srcu() == 0;
        if (!config.preemptible() || c.user() || node.step() instanceof Step.End)
            return offItsCpu(node);
        boolean waitsForRcu = config.consolidated() || kind != GracePeriod.SCHED;
        boolean waitsForOff = config.consolidated() || kind == GracePeriod.SCHED;
        if (waitsForRcu && c.rcu() > 0) return false;
        return !waitsForOff || c.preempt() + c.irq() == 0;
    }

    private static boolean offItsCpu(Node node) {
        return node.context().user()
                || switch (node.step()) {
                    case Step.Schedule _,
                            Step.MutexAcquire _,
                            Step.SleepUntil _,
                            Step.GraceEnd _,
                            Step.StopMachine _,
                            Step.End _ ->
                            true;
                    default -> false;
                };
    }

    // ---- memory

    private String cell(World w, Place place) {
        String name = place.variable().name();
        return switch (place.which()) {
            case Place.Which.Only _ -> name;
            case Place.Which.Mine _ -> name + "@" + w.cpu();
            case Place.Which.OfCpu(Operand cpu) -> name + "@" + w.value(cpu);
            case Place.Which.Of(Operand object) -> {
                int o = w.value(object);
                if (o == Kind.NULL) throw new Broken(Fault.NULL_DEREFERENCE);
                if (o == place.variable().owner().orElseThrow().dangling())
                    throw new Broken(Fault.USE_AFTER_FREE);
                yield name + "#" + o;
            }
        };
    }

    private int load(World w, Place place) {
        return Objects.requireNonNull(w.cells.get(cell(w, place)));
    }

    private void set(World w, Place place, int value) {
        w.cells.put(cell(w, place), value & (1 << place.variable().bits()) - 1);
    }

    private void release(World w, Place lock) {
        if (load(w, lock) == 0) throw new Broken(Fault.UNLOCK_OF_FREE_LOCK);
        set(w, lock, 0);
    }

    private void modify(World w, Step.Modify s) {
        int old = load(w, s.place());
        int value = w.value(s.value());
        int now =
                switch (s.update()) {
                    case CMPXCHG -> old == w.value(s.expected()) ? value : old;
                    case XCHG -> value;
                    case ADD -> old + value;
                    case ADD_UNLESS_ZERO -> old == 0 ? old : old + value;
                    case OR -> old | value;
                    case AND_NOT -> old & ~value;
                };
        set(w, s.place(), now);
        w.put(s.register(), old);
    }

    private void allocate(World w, Step.Allocate s) {
        for (int o = 1; o <= s.kind().slots(); o++) {
            if (w.cells.getOrDefault("alive " + s.kind() + "#" + o, 0) == 1) continue;
            w.cells.put("alive " + s.kind() + "#" + o, 1);
            for (Variable field : model.memory().fields(s.kind()))
                w.cells.put(field.name() + "#" + o, 0);
            w.put(s.register(), o);
            return;
        }
        throw new Broken(Fault.OUT_OF_SLOTS);
    }

    private void free(World w, Step.Free s) {
        int object = w.value(s.object());
        int dangling = s.kind().dangling();
        if (object == Kind.NULL) return;
        if (object == dangling) throw new Broken(Fault.DOUBLE_FREE);
        w.cells.remove("alive " + s.kind() + "#" + object);
        for (Variable field : model.memory().fields(s.kind()))
            w.cells.remove(field.name() + "#" + object);
        pointers(s.kind()).forEach(name -> w.cells.replace(name, object, dangling));
        w.tasks.replaceAll(spot ->
                new Spot(
                        spot.flow,
                        spot.node,
                        dangled(spot.flow, spot.registers, s.kind(), object)));
        w.stoppers.replaceAll(spot ->
                new Spot(
                        spot.flow,
                        spot.node,
                        dangled(spot.flow, spot.registers, s.kind(), object)));
        w.registers = dangled(w.flow, w.registers, s.kind(), object);
        w.caller.ifPresent(caller ->
                caller.registers = dangled(caller.flow, caller.registers, s.kind(), object));
    }

    private SortedMap<Integer, Integer> dangled(
            int flow, Map<Integer, Integer> registers, Kind kind, int object) {
        var now = new TreeMap<>(registers);
        now.replaceAll(
                (r, value) -> pointsTo(flow, r, kind) && value == object ? kind.dangling() : value);
        return now;
    }

    private boolean pointsTo(int flow, int register, Kind kind) {
        return flows.get(flow).registers().get(register).pointee().equals(Optional.of(kind));
    }

    private boolean mayBeReused(World w, Question q) {
        if (q.relation() != Question.Relation.SAME_OBJECT) return false;
        int left = w.value(q.left());
        int right = w.value(q.right());
        int register =
                q.left() instanceof Operand.Reg(int r) ? r : ((Operand.Reg) q.right()).number();
        int dangling =
                flows.get(w.flow).registers().get(register).pointee().orElseThrow().dangling();
        return left != Kind.NULL && right != Kind.NULL && (left == dangling || right == dangling);
    }

    // ---- graphs

    private int callback(Flow callback) {
        if (!flows.contains(callback)) flows.add(callback);
        return flows.indexOf(callback);
    }

    /// Registers that some future reads, for each node.
    private List<BitSet> live(Flow flow) {
        return live.computeIfAbsent(flow, Explorer::liveIn);
    }

    private static List<BitSet> liveIn(Flow flow) {
        List<BitSet> in = new ArrayList<>();
        flow.nodes().forEach(node -> in.add(new BitSet()));
        for (int round = 0; round <= flow.nodes().size(); round++)
            for (int n = 0; n < flow.nodes().size(); n++) {
                Node node = flow.nodes().get(n);
                var now = new BitSet();
                for (int to : node.next()) now.or(in.get(to));
                Registers.definition(node.step()).ifPresent(now::clear);
                for (Operand use : Registers.uses(node.step()))
                    if (use instanceof Operand.Reg(int r)) now.set(r);
                in.set(n, now);
            }
        return in;
    }
}
