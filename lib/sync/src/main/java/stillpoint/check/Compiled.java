package stillpoint.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.CpuMask;
import stillpoint.program.Flow;
import stillpoint.program.GracePeriod;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Node;
import stillpoint.program.Place;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// A model made ready for the search: the code of every CPU, the layout of a state, the first
/// state, and which CPUs are interchangeable.
final class Compiled {
    final Model model;
    final Layout layout;
    final Task[] tasks;

    /// One a CPU; empty if no callback runs on several CPUs.
    final Task[] stoppers;

    /// Runs the callback of a stop on one CPU, which keeps nothing in a state.
    final Task inline;

    final int[] callbackEntries;

    /// Who waits for grace periods of which kind: as many sets of marks are in a state.
    final List<Waits.Waiter> waiters;

    /// For each CPU, the first CPU that runs the same program and may be exchanged with it; itself
    /// if none.
    final int[] firstTwin;

    final long[] initial;
    private final int[][] fields;
    private final int[][] pointers;

    Compiled(Model model, Config config, Reductions reductions) {
        this.model = model;
        int cpus = model.cpus();
        var sharing = new Sharing(model, config);
        var callbacks = new ArrayList<Flow>();
        Code.Callbacks numbers =
                flow -> {
                    if (!callbacks.contains(flow)) callbacks.add(flow);
                    return callbacks.indexOf(flow);
                };
        var codes = new ArrayList<Code>();
        var entries = new ArrayList<Integer>();
        for (int a = 0; a < model.agents().size(); a++) {
            Agent agent = model.agents().get(a);
            var code = new Code(model, config, reductions);
            entries.add(
                    code.add(
                            flow(agent, reductions),
                            sharing,
                            agent.copies() > 1 ? Sharing.SEVERAL : a,
                            numbers));
            codes.add(code);
        }
        var callbackCode = new Code(model, config, reductions);
        callbackEntries =
                callbacks.stream()
                        .mapToInt(flow -> callbackCode.add(flow, sharing, Sharing.SEVERAL, numbers))
                        .toArray();

        var agentOf = new int[cpus];
        int cpu = 0;
        for (int a = 0; a < codes.size(); a++)
            for (int c = 0; c < model.agents().get(a).copies(); c++) agentOf[cpu++] = a;
        var taskBits = new int[cpus];
        var waiting = new ArrayList<Waits.Waiter>();
        for (int c = 0; c < cpus; c++) {
            taskBits[c] = codes.get(agentOf[c]).taskBits();
            Flow flow = model.agents().get(agentOf[c]).program().flow();
            for (GracePeriod kind : GracePeriod.values())
                if (waitsFor(flow, kind)) waiting.add(new Waits.Waiter(c, kind.ordinal()));
        }
        waiters = List.copyOf(waiting);
        boolean onSeveral =
                model.agents().stream().anyMatch(a -> runsCallbackOnSeveral(a.program().flow()));
        layout =
                new Layout(
                        model, taskBits, onSeveral ? callbackCode.taskBits() : 0, waiters.size());
        codes.forEach(code -> code.locate(layout));
        callbackCode.locate(layout);

        tasks = new Task[cpus];
        for (int c = 0; c < cpus; c++)
            tasks[c] = new Task(codes.get(agentOf[c]), layout, c, 0, false);
        inline = new Task(callbackCode, layout, 0, 0, true);
        stoppers = new Task[onSeveral ? cpus : 0];
        for (int c = 0; c < stoppers.length; c++)
            stoppers[c] = new Task(callbackCode, layout, c, taskBits[c], true);
        Memory memory = model.memory();
        fields =
                memory.kinds().stream()
                        .map(kind ->
                                memory.fields(kind).stream().mapToInt(layout::location).toArray())
                        .toArray(int[][]::new);
        pointers =
                memory.kinds().stream()
                        .map(kind ->
                                memory.variables().stream()
                                        .filter(v -> v.pointee().equals(Optional.of(kind)))
                                        .mapToInt(layout::location)
                                        .toArray())
                        .toArray(int[][]::new);
        firstTwin = twins(agentOf, reductions.symmetry(), callbacks);
        initial = initial(agentOf, entries);
    }

    int cpus() {
        return tasks.length;
    }

    /// The locations of the fields of a kind, those of slot 1; the other slots follow each.
    int[] fields(int kind) {
        return fields[kind];
    }

    /// The cells that may point to an object of a kind.
    int[] pointers(int kind) {
        return pointers[kind];
    }

    /// Sorts the blocks of interchangeable CPUs, so that states that differ only in their numbers
    /// are one.
    void canonical(long[] state) {
        for (int c = 1; c < tasks.length; c++) {
            int first = firstTwin[c];
            if (first == c) continue;
            long block = layout.block(state, c);
            int to = c;
            while (to > first && Long.compareUnsigned(layout.block(state, to - 1), block) > 0) {
                layout.setBlock(state, to, layout.block(state, to - 1));
                to--;
            }
            if (to < c) layout.setBlock(state, to, block);
        }
    }

    /// Whether this CPU may be passed over in a canonical state: its twin before it is in the same
    /// state.
    boolean repeatsTwin(long[] state, int cpu) {
        return firstTwin[cpu] != cpu && layout.block(state, cpu) == layout.block(state, cpu - 1);
    }

    private static Flow flow(Agent agent, Reductions reductions) {
        return reductions.merging() ? agent.program().flow() : agent.program().lines();
    }

    private long[] initial(int[] agentOf, List<Integer> entries) {
        Memory memory = model.memory();
        var state = new long[layout.words];
        for (Variable v : memory.variables()) {
            int at = layout.location(v);
            int copies = v.perCpu() ? cpus() : v.owner().map(memory::initialObjects).orElse(1);
            for (int c = 0; c < copies; c++) layout.set(state, at + c, v.initial());
        }
        List<Kind> kinds = memory.kinds();
        for (int k = 0; k < kinds.size(); k++)
            for (int slot = 0; slot < memory.initialObjects(kinds.get(k)); slot++)
                layout.set(state, layout.alive(k) + slot, 1);
        for (Task task : tasks)
            task.rest(state, task.code[entries.get(agentOf[task.cpu])], new int[task.registers()]);
        canonical(state);
        return state;
    }

    // ---- who is interchangeable

    private int[] twins(int[] agentOf, boolean symmetry, List<Flow> callbacks) {
        var first = new int[agentOf.length];
        boolean numbered =
                callbacks.stream().anyMatch(Compiled::namesACpu)
                        || model.agents().stream()
                                .anyMatch(a -> namesOtherCpus(a.program().flow()));
        Set<Integer> seen = new HashSet<>();
        for (int c = 0; c < agentOf.length; c++) {
            int cpu = c;
            boolean waits = waiters.stream().anyMatch(w -> w.cpu() == cpu);
            boolean exchangeable = symmetry && !numbered && !waits;
            first[c] = !exchangeable || seen.add(agentOf[c]) ? c : first[c - 1];
        }
        return first;
    }

    private static boolean namesOtherCpus(Flow flow) {
        return flow.nodes().stream()
                .map(Node::step)
                .anyMatch(s -> s instanceof Step.NextCpu || which(s, Place.Which.OfCpu.class));
    }

    /// A callback on one CPU that uses its own copy of a cell tells the first CPU from the others.
    private static boolean namesACpu(Flow callback) {
        return namesOtherCpus(callback)
                || callback.nodes().stream().anyMatch(n -> which(n.step(), Place.Which.Mine.class));
    }

    private static boolean which(Step step, Class<? extends Place.Which> kind) {
        return step.where().filter(p -> kind.isInstance(p.which())).isPresent();
    }

    private static boolean waitsFor(Flow flow, GracePeriod promise) {
        return flow.nodes().stream()
                .anyMatch(n ->
                        n.step() instanceof Step.GraceBegin(GracePeriod kind)
                                && kind.promise() == promise);
    }

    private static boolean runsCallbackOnSeveral(Flow flow) {
        return flow.nodes().stream()
                .anyMatch(n ->
                        n.step() instanceof Step.StopMachine s
                                && s.callback().isPresent()
                                && s.mask() == CpuMask.ONLINE);
    }
}
