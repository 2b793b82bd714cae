package stillpoint.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.opentest4j.TestAbortedException;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
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
import stillpoint.program.Step;
import stillpoint.program.Val;

/// A second engine, written from the description of the machine and not from the first: states are
/// maps of names, nothing is packed, nothing is reduced, and every reachable fault is collected.
/// Slow, and simple enough to be read in one go: [Ground] is what stays the same, [World] what a
/// transition changes.
final class Explorer {
    /// A larger model is left to the packed engine; its test is skipped.
    private static final int MOST = 150_000;

    /// What an exploration found.
    ///
    /// @param faults every kind of fault, with the number of transitions of the shortest way there
    record Found(int states, long transitions, Map<Fault, Integer> faults, Set<String> occurred) {}

    private final Ground ground;
    private final boolean dropDead;
    private final Set<String> occurred = new HashSet<>();
    private final Map<Fault, Integer> faults = new TreeMap<>();
    private final List<World.State> reached = new ArrayList<>();
    private int depth;
    private boolean moved;
    private boolean goesOn;

    private Explorer(Model model, Config config, Function<Program, Flow> form, boolean dropDead) {
        this.ground = new Ground(model, config, form);
        this.dropDead = dropDead;
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
        var queue = new ArrayDeque<World.State>();
        depths.put(ground.first().toString(), 0);
        queue.add(ground.first());
        long transitions = 0;
        // States in which nobody goes on who has to, and where handlers may lead from them.
        Map<String, List<String>> idle = new LinkedHashMap<>();
        Map<String, World.State> idleStates = new HashMap<>();
        while (!queue.isEmpty()) {
            if (depths.size() > MOST)
                throw new TestAbortedException("more than " + MOST + " states");
            World.State state = queue.remove();
            depth = depths.getOrDefault(state.toString(), 0);
            reached.clear();
            moved = false;
            goesOn = false;
            expand(state);
            if (!goesOn) {
                idle.put(state.toString(), reached.stream().map(World.State::toString).toList());
                idleStates.put(state.toString(), state);
            }
            transitions += reached.size();
            for (World.State next : reached)
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

    // ---- who may go on

    private void expand(World.State state) {
        boolean stopping = state.stoppers().stream().anyMatch(spot -> !spot.ended());
        for (int cpu = 0; cpu < ground.model.cpus(); cpu++)
            if (!state.stoppers().get(cpu).ended() && !ground.handlerOn(state, cpu))
                attempt(new World(ground, state, cpu, true));
        for (int task = 0; task < ground.places.size(); task++) {
            World.Spot spot = state.tasks().get(task);
            if (spot.ended() || ground.node(spot).step() instanceof Step.End) continue;
            boolean stands = stopping && ground.agentOf(task).level() != Level.NMI;
            if (stands) continue;
            if (ground.mayRun(state, task)) attempt(new World(ground, state, task, false));
            boolean moves =
                    ground.agentOf(task).migrates()
                            && ground.stoppable(ground.node(spot), Level.TASK);
            for (int to = 0; moves && to < ground.model.cpus(); to++) {
                if (to == ground.cpuOf(state.cells(), task)) continue;
                var cells = new TreeMap<>(state.cells());
                cells.put("cpu of " + task, to);
                var elsewhere =
                        new World.State(cells, state.tasks(), state.stoppers(), state.marks());
                if (ground.mayRun(elsewhere, task))
                    attempt(new World(ground, elsewhere, task, false));
            }
        }
        if (stopping && !moved) fault(Fault.BLOCKED_CALLBACK);
    }

    private void attempt(World world) {
        boolean required = world.stopper || !optional(world.agent());
        int before = reached.size();
        try {
            run(world);
            goesOn |= required && reached.size() > before;
        } catch (World.Broken broken) {
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

    private void atRest(World.State state, boolean still) {
        if (state.stoppers().stream().anyMatch(spot -> !spot.ended())) {
            // Handlers still come, so it is the state that is stuck, and no transition ends in it.
            if (!still) faults.merge(Fault.BLOCKED_CALLBACK, depth, Math::min);
            return;
        }
        boolean busy = false;
        for (int t = 0; t < ground.places.size(); t++) {
            World.Spot spot = state.tasks().get(t);
            if (spot.ended() || ground.node(spot).step() instanceof Step.End) continue;
            boolean atEntry = spot.node() == ground.flows.get(spot.flow()).entry();
            if (optional(ground.agentOf(t)) && atEntry) continue;
            if (!optional(ground.agentOf(t)) || still) {
                fault(Fault.DEADLOCK);
                return;
            }
            busy = true;
        }
        if (busy) return;
        for (Kind kind : ground.model.memory().kinds())
            for (int o = 1; o <= kind.slots(); o++)
                if (state.cells().getOrDefault("alive " + kind + "#" + o, 0) == 1
                        && !pointedAt(state, kind, o)) fault(Fault.LEAK);
    }

    private boolean pointedAt(World.State state, Kind kind, int object) {
        return ground.pointers(kind)
                .anyMatch(name -> state.cells().getOrDefault(name, Kind.NULL) == object);
    }

    // ---- one transition

    /// Runs to where the task rests; a transition with a step that waits leaves nothing.
    private void run(World w) {
        while (true) {
            Node node = w.at();
            boolean rests = !node.step().local() || w.node == ground.flows.get(w.flow).entry();
            if (w.moved && rests && !node.glued() && w.caller.isEmpty()) {
                rest(w, node);
                return;
            }
            w.moved = true;
            switch (node.step()) {
                case Step.Read s -> w.put(s.register(), w.load(s.place()));
                case Step.Write s -> w.set(s.place(), w.value(s.value()));
                case Step.Modify s -> w.modify(s);
                case Step.Fence _,
                        Step.Nop _,
                        Step.Event _,
                        Step.Note _,
                        Step.Schedule _,
                        Step.Enter _,
                        Step.Leave _ -> {}
                case Step.SpinAcquire(Place lock) -> {
                    if (w.load(lock) != 0) {
                        waits(w);
                        return;
                    }
                    w.set(lock, 1);
                }
                case Step.MutexAcquire(Place lock) -> {
                    if (w.load(lock) != 0) {
                        waits(w);
                        return;
                    }
                    w.set(lock, 1);
                }
                case Step.SpinRelease(Place lock) -> w.release(lock);
                case Step.MutexRelease(Place lock) -> w.release(lock);
                case Step.SpinUntil s -> {
                    int value = w.load(s.place());
                    if ((s.values() >>> value & 1) == 0) {
                        waits(w);
                        return;
                    }
                    w.put(s.register(), value);
                }
                case Step.SleepUntil s -> {
                    if ((s.values() >>> w.load(s.place()) & 1) == 0) {
                        waits(w);
                        return;
                    }
                }
                case Step.GraceBegin(GracePeriod kind) -> {
                    for (int task = 0; task < ground.places.size(); task++)
                        if (task == w.who
                                ? kind == GracePeriod.SRCU && !ground.quiescent(node, kind)
                                : !w.tasks.get(task).ended()
                                        && !ground.quiescent(ground.node(w.tasks.get(task)), kind))
                            w.marks.add(w.who + ">" + task + " " + kind);
                }
                case Step.GraceEnd _ -> {
                    if (w.marks.stream().anyMatch(mark -> mark.startsWith(w.who + ">"))) return;
                }
                case Step.StopMachine s -> {
                    for (int task = 0; task < ground.places.size(); task++)
                        if (task != w.who
                                && !w.tasks.get(task).ended()
                                && !ground.stoppable(
                                        ground.node(w.tasks.get(task)),
                                        ground.agentOf(task).level())) return;
                    if (w.cells.getOrDefault("cpu_hotplug_lock.writer", 0) == 1) return;
                    int on = w.online();
                    if (s.copied().isPresent() && (w.value(s.copied().get()) & ~on) != 0)
                        throw new World.Broken(Fault.OFFLINE_CPU);
                    int run =
                            s.copied()
                                    .map(w::value)
                                    .orElse(s.mask() == CpuMask.ONLINE ? on : on & -on);
                    if (s.callback().isPresent()) {
                        int callback = ground.callback(s.callback().get());
                        boolean nmi =
                                ground.model.agents().stream()
                                        .anyMatch(a -> a.level() == Level.NMI);
                        boolean hotplug = ground.model.memory().hotplug().isPresent();
                        if (s.mask() == CpuMask.ONLINE || nmi || hotplug) {
                            int entry = ground.flows.get(callback).entry();
                            for (int c = 0; c < ground.model.cpus(); c++)
                                if ((run >>> c & 1) != 0)
                                    w.stoppers.set(
                                            c, new World.Spot(callback, entry, new TreeMap<>()));
                        } else {
                            inside(w, callback, node.next().getFirst());
                            return;
                        }
                    }
                }
                case Step.Allocate s -> w.allocate(s);
                case Step.Free s -> w.free(s);
                case Step.Choose s -> {
                    World other = new World(w);
                    other.put(s.register(), 1);
                    other.node = node.next().getFirst();
                    attempt(other);
                    w.put(s.register(), 0);
                }
                case Step.OnlineMask(int register) -> w.put(register, w.online());
                case Step.Interrupted(int register) -> {
                    boolean quiet = true;
                    for (int task = 0; task < ground.places.size(); task++)
                        if (ground.cpuOf(w.cells, task) == w.cpu()
                                && ground.agentOf(task).level().compareTo(w.agent().level()) < 0
                                && !w.tasks.get(task).ended())
                            quiet &=
                                    ground.quiescent(
                                            ground.node(w.tasks.get(task)), GracePeriod.RCU);
                    w.put(register, quiet ? 1 : 0);
                }
                case Step.NextCpu s -> {
                    int visited = w.value(new Operand.Reg(s.visited()));
                    if ((w.online() & ~visited) != 0) {
                        eachCpu(w, s, visited);
                        return;
                    }
                    w.put(s.cpu(), ground.model.cpus());
                }
                case Step.Compute s ->
                        w.put(
                                s.register(),
                                Val.apply(s.op(), w.value(s.left()), w.value(s.right()), s.bits()));
                case Step.Branch(Question q) -> {
                    if (w.mayBeReused(q)) {
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
                    if (ground.config.counted() || node.context().irq() > 0)
                        throw new World.Broken(Fault.SLEEP_WHILE_ATOMIC);
                }
                case Step.Fail s -> throw new World.Broken(s.fault());
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

    private static void waits(World w) {
        if (w.caller.isPresent()) throw new World.Broken(Fault.BLOCKED_CALLBACK);
    }

    private void inside(World w, int callback, int onward) {
        World caller = new World(w);
        caller.node = onward;
        w.caller = Optional.of(caller);
        w.flow = callback;
        w.node = ground.flows.get(callback).entry();
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
        for (int cpu = 0; cpu < ground.model.cpus(); cpu++) {
            if ((visited >>> cpu & 1) != 0 || (w.online() >>> cpu & 1) == 0) continue;
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
        if (dropDead)
            kept.keySet().removeIf(r -> !ground.live(ground.flows.get(w.flow)).get(w.node).get(r));
        if (dropDead)
            ground.live(ground.flows.get(w.flow)).get(w.node).stream()
                    .forEach(r -> kept.putIfAbsent(r, 0));
        boolean over = w.stopper && node.step() instanceof Step.End;
        if (!w.stopper && w.agent().repeats() && node.step() instanceof Step.End) {
            w.node = ground.flows.get(w.flow).entry();
            rest(w, w.at());
            return;
        }
        var spot =
                new World.Spot(w.flow, over ? World.NOBODY : w.node, over ? new TreeMap<>() : kept);
        if (w.stopper && over)
            w.stoppers.set(
                    w.who,
                    new World.Spot(
                            ground.places.get(w.who).agent(), World.NOBODY, new TreeMap<>()));
        else (w.stopper ? w.stoppers : w.tasks).set(w.who, spot);
        if (!w.stopper)
            for (GracePeriod kind : GracePeriod.values())
                if (ground.quiescent(node, kind))
                    w.marks.removeIf(mark -> mark.endsWith(">" + w.who + " " + kind));
        reached.add(w.state());
    }
}
