package stillpoint.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import stillpoint.machine.Agent;
import stillpoint.program.Fault;
import stillpoint.program.Kind;
import stillpoint.program.Node;
import stillpoint.program.Operand;
import stillpoint.program.Place;
import stillpoint.program.Question;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// A transition of the second engine under way: cells, tasks and marks by name; copied where it may
/// go two ways.
final class World {
    static final int NOBODY = -1;

    /// Where a task is: which graph, which node (or nowhere any more), and its registers.
    record Spot(int flow, int node, SortedMap<Integer, Integer> registers) {
        boolean ended() {
            return node == NOBODY;
        }
    }

    /// Everything there is. A mark `1>0` says that the grace period of CPU 1 waits for CPU 0.
    record State(
            SortedMap<String, Integer> cells,
            List<Spot> tasks,
            List<Spot> stoppers,
            SortedSet<String> marks) {}

    /// A fault that ends a transition.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
        final transient Fault fault;

        Broken(Fault fault) {
            super(fault.words(), null, false, false);
            this.fault = fault;
        }
    }

    private final Ground ground;
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

    World(Ground ground, State from, int who, boolean stopper) {
        this(ground, from.cells, from.tasks, from.stoppers, from.marks, who, stopper);
        Spot spot = (stopper ? stoppers : tasks).get(who);
        flow = spot.flow;
        node = spot.node;
        registers = new HashMap<>(spot.registers);
    }

    World(World other) {
        this(
                other.ground,
                other.cells,
                other.tasks,
                other.stoppers,
                other.marks,
                other.who,
                other.stopper);
        flow = other.flow;
        node = other.node;
        registers = new HashMap<>(other.registers);
        caller = other.caller.map(World::new);
        moved = other.moved;
    }

    private World(
            Ground ground,
            Map<String, Integer> cells,
            List<Spot> tasks,
            List<Spot> stoppers,
            Set<String> marks,
            int who,
            boolean stopper) {
        this.ground = ground;
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
        return stopper ? who : ground.cpuOf(cells, who);
    }

    Agent agent() {
        return ground.agentOf(who);
    }

    Node at() {
        return ground.flows.get(flow).nodes().get(node);
    }

    int value(Operand operand) {
        return switch (operand) {
            case Operand.Const(int value) -> value;
            case Operand.Reg(int number) -> registers.getOrDefault(number, 0);
            case Operand.CpuCount _ -> ground.model.cpus();
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

    // ---- memory

    String cell(Place place) {
        String name = place.variable().name();
        return switch (place.which()) {
            case Place.Which.Only _ -> name;
            case Place.Which.Mine _ -> name + "@" + cpu();
            case Place.Which.OfCpu(Operand cpu) -> name + "@" + value(cpu);
            case Place.Which.Of(Operand object) -> {
                int o = value(object);
                if (o == Kind.NULL) throw new Broken(Fault.NULL_DEREFERENCE);
                if (o == place.variable().owner().orElseThrow().dangling())
                    throw new Broken(Fault.USE_AFTER_FREE);
                yield name + "#" + o;
            }
        };
    }

    int load(Place place) {
        return Objects.requireNonNull(cells.get(cell(place)));
    }

    void set(Place place, int value) {
        cells.put(cell(place), value & (1 << place.variable().bits()) - 1);
    }

    void release(Place lock) {
        if (load(lock) == 0) throw new Broken(Fault.UNLOCK_OF_FREE_LOCK);
        set(lock, 0);
    }

    void modify(Step.Modify s) {
        int old = load(s.place());
        int value = value(s.value());
        int now =
                switch (s.update()) {
                    case CMPXCHG -> old == value(s.expected()) ? value : old;
                    case XCHG -> value;
                    case ADD -> old + value;
                    case ADD_UNLESS_ZERO -> old == 0 ? old : old + value;
                    case OR -> old | value;
                    case AND_NOT -> old & ~value;
                };
        set(s.place(), now);
        put(s.register(), old);
    }

    void allocate(Step.Allocate s) {
        for (int o = 1; o <= s.kind().slots(); o++) {
            if (cells.getOrDefault("alive " + s.kind() + "#" + o, 0) == 1) continue;
            cells.put("alive " + s.kind() + "#" + o, 1);
            for (Variable field : ground.model.memory().fields(s.kind()))
                cells.put(field.name() + "#" + o, 0);
            put(s.register(), o);
            return;
        }
        throw new Broken(Fault.OUT_OF_SLOTS);
    }

    void free(Step.Free s) {
        int object = value(s.object());
        int dangling = s.kind().dangling();
        if (object == Kind.NULL) return;
        if (object == dangling) throw new Broken(Fault.DOUBLE_FREE);
        cells.remove("alive " + s.kind() + "#" + object);
        for (Variable field : ground.model.memory().fields(s.kind()))
            cells.remove(field.name() + "#" + object);
        ground.pointers(s.kind()).forEach(name -> cells.replace(name, object, dangling));
        tasks.replaceAll(spot ->
                new Spot(
                        spot.flow,
                        spot.node,
                        dangled(spot.flow, spot.registers, s.kind(), object)));
        stoppers.replaceAll(spot ->
                new Spot(
                        spot.flow,
                        spot.node,
                        dangled(spot.flow, spot.registers, s.kind(), object)));
        registers = dangled(flow, registers, s.kind(), object);
        caller.ifPresent(caller ->
                caller.registers = dangled(caller.flow, caller.registers, s.kind(), object));
    }

    SortedMap<Integer, Integer> dangled(
            int flow, Map<Integer, Integer> registers, Kind kind, int object) {
        var now = new TreeMap<>(registers);
        now.replaceAll((r, value) ->
                ground.pointsTo(flow, r, kind) && value == object ? kind.dangling() : value);
        return now;
    }

    boolean mayBeReused(Question q) {
        if (q.relation() != Question.Relation.SAME_OBJECT) return false;
        int left = value(q.left());
        int right = value(q.right());
        int register =
                q.left() instanceof Operand.Reg(int r) ? r : ((Operand.Reg) q.right()).number();
        int dangling =
                ground.flows.get(flow).registers().get(register).pointee().orElseThrow().dangling();
        return left != Kind.NULL && right != Kind.NULL && (left == dangling || right == dangling);
    }

    /// The CPUs that are on line, one bit each.
    int online() {
        int on = 0;
        for (int cpu = 0; cpu < ground.model.cpus(); cpu++)
            on |= cells.getOrDefault("cpu_online@" + cpu, 1) << cpu;
        return on;
    }
}
