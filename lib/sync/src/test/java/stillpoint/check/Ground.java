package stillpoint.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Context;
import stillpoint.program.Flow;
import stillpoint.program.GracePeriod;
import stillpoint.program.Kind;
import stillpoint.program.Node;
import stillpoint.program.Operand;
import stillpoint.program.Program;
import stillpoint.program.Registers;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// What stays the same while the second engine explores a model: the model, the kernel it is on,
/// and the graphs; and from these, who holds whom off where.
final class Ground {
    final Model model;
    final Config config;
    final List<Model.Place> places;
    final List<Flow> flows = new ArrayList<>();
    private final Map<Flow, List<BitSet>> live = new IdentityHashMap<>();

    Ground(Model model, Config config, Function<Program, Flow> form) {
        this.model = model;
        this.config = config;
        this.places = model.tasks();
        for (Agent agent : model.agents()) flows.add(form.apply(agent.program()));
    }

    /// Where everything begins.
    World.State first() {
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
        var tasks = new ArrayList<World.Spot>();
        var stoppers = new ArrayList<World.Spot>();
        for (Model.Place place : places)
            tasks.add(
                    new World.Spot(
                            place.agent(), flows.get(place.agent()).entry(), new TreeMap<>()));
        for (int c = 0; c < model.cpus(); c++)
            stoppers.add(new World.Spot(places.get(c).agent(), World.NOBODY, new TreeMap<>()));
        for (int t = 0; t < places.size(); t++)
            if (agentOf(t).migrates()) cells.put("cpu of " + t, places.get(t).cpu());
        return new World.State(cells, tasks, stoppers, new TreeSet<>());
    }

    // ---- who holds whom off

    boolean handlerOn(World.State state, int cpu) {
        for (int t = 0; t < places.size(); t++)
            if (places.get(t).cpu() == cpu
                    && agentOf(t).level() == Level.NMI
                    && !state.tasks().get(t).ended()
                    && !offItsCpu(node(state.tasks().get(t)))) return true;
        return false;
    }

    /// Whether what stands on the same CPU can be interrupted, preempted or is not there.
    boolean mayRun(World.State state, int task) {
        for (int t = 0; t < places.size(); t++) {
            World.Spot other = state.tasks().get(t);
            if (t == task || other.ended() || cpuOf(state.cells(), t) != cpuOf(state.cells(), task))
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

    int cpuOf(Map<String, Integer> cells, int task) {
        return cells.getOrDefault("cpu of " + task, places.get(task).cpu());
    }

    Agent agentOf(int task) {
        return model.agents().get(places.get(task).agent());
    }

    boolean stoppable(Node node, Level level) {
        Context c = node.context();
        if (offItsCpu(node)) return true;
        return level == Level.TASK && config.preemptible() && c.preempt() == 0 && c.irq() == 0;
    }

    boolean quiescent(Node node, GracePeriod kind) {
        Context c = node.context();
        if (kind == GracePeriod.SRCU) return c.srcu() == 0;
        if (!config.preemptible() || c.user() || node.step() instanceof Step.End)
            return offItsCpu(node);
        boolean waitsForRcu = config.consolidated() || kind != GracePeriod.SCHED;
        boolean waitsForOff = config.consolidated() || kind == GracePeriod.SCHED;
        if (waitsForRcu && c.rcu() > 0) return false;
        return !waitsForOff || c.preempt() + c.irq() == 0;
    }

    static boolean offItsCpu(Node node) {
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

    // ---- graphs

    int callback(Flow callback) {
        if (!flows.contains(callback)) flows.add(callback);
        return flows.indexOf(callback);
    }

    /// Registers that some future reads, for each node.
    List<BitSet> live(Flow flow) {
        return live.computeIfAbsent(flow, Ground::liveIn);
    }

    static List<BitSet> liveIn(Flow flow) {
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

    Node node(World.Spot spot) {
        return flows.get(spot.flow()).nodes().get(spot.node());
    }

    /// The cells that may point to an object of a kind.
    Stream<String> pointers(Kind kind) {
        return model.memory().variables().stream()
                .filter(v -> v.pointee().equals(Optional.of(kind)))
                .map(Variable::name);
    }

    boolean pointsTo(int flow, int register, Kind kind) {
        return flows.get(flow).registers().get(register).pointee().equals(Optional.of(kind));
    }
}
