package stillpoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
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

    /// One a CPU; empty if every callback runs inside one transition.
    final Task[] stoppers;

    /// Whether callbacks run step by step even on one CPU: a handler may come while every CPU
    /// stands still, or it is not always the same CPU.
    final boolean stepwise;

    /// Runs the callback of a stop on one CPU, which keeps nothing in a state.
    final Task inline;

    final int[] callbackEntries;

    /// Who waits for grace periods of which kind: as many sets of marks are in a state.
    final List<Waits.Waiter> waiters;

    /// For each CPU, the first CPU that runs the same program and may be exchanged with it; itself
    /// if none.
    final int[] firstTwin;

    final long[] initial;
    private final boolean twins;
    private final int[][] fields;
    private final int[][] pointers;

    Compiled(Model model, Config config, Reductions reductions) {
        this.model = model;
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
            var code = new Code(model, config, reductions, agent.level());
            entries.add(code.add(flow(agent, reductions), sharing, sharing.agent(a), numbers));
            codes.add(code);
        }
        var callbackCode = new Code(model, config, reductions, Level.STOP);
        callbackEntries =
                callbacks.stream()
                        .mapToInt(flow ->
                                callbackCode.add(flow, sharing, sharing.callback(), numbers))
                        .toArray();

        List<Model.Place> places = model.tasks();
        var taskBits = new int[places.size()];
        var waiting = new ArrayList<Waits.Waiter>();
        for (int t = 0; t < taskBits.length; t++) {
            int agent = places.get(t).agent();
            taskBits[t] = codes.get(agent).taskBits();
            Flow flow = model.agents().get(agent).program().flow();
            for (GracePeriod kind : GracePeriod.values())
                if (waitsFor(flow, kind)) waiting.add(new Waits.Waiter(t, kind.ordinal()));
        }
        waiters = List.copyOf(waiting);
        stepwise =
                model.memory().hotplug().isPresent()
                        || model.agents().stream().anyMatch(a -> a.level() == Level.NMI);
        boolean slots =
                stepwise && !callbacks.isEmpty()
                        || model.agents().stream()
                                .anyMatch(a -> runsCallbackOnSeveral(a.program().flow()));
        layout = new Layout(model, taskBits, slots ? callbackCode.taskBits() : 0, waiters.size());
        codes.forEach(code -> code.locate(layout));
        callbackCode.locate(layout);

        tasks = new Task[places.size()];
        for (int t = 0; t < tasks.length; t++) {
            int agent = places.get(t).agent();
            tasks[t] = Task.of(model, layout, t, codes.get(agent), entries.get(agent));
        }
        for (Task task : tasks)
            task.neighbours =
                    Arrays.stream(tasks)
                            .filter(other ->
                                    other != task && (model.migrates() || other.cpu == task.cpu))
                            .toArray(Task[]::new);
        inline = Task.stopper(model, layout, 0, callbackCode);
        stoppers = new Task[slots ? model.cpus() : 0];
        for (int c = 0; c < stoppers.length; c++)
            stoppers[c] = Task.stopper(model, layout, c, callbackCode);
        for (Task stopper : stoppers)
            stopper.neighbours =
                    Arrays.stream(tasks)
                            .filter(t -> t.cpu == stopper.cpu && t.level == Level.NMI)
                            .toArray(Task[]::new);
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
        firstTwin = twins(reductions.symmetry(), callbacks);
        boolean any = false;
        for (int c = 0; c < firstTwin.length; c++) any |= firstTwin[c] != c;
        twins = any;
        initial = initial();
    }

    int cpus() {
        return firstTwin.length;
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
        if (!twins) return;
        for (int c = 1; c < firstTwin.length; c++) {
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
        return twins
                && firstTwin[cpu] != cpu
                && layout.block(state, cpu) == layout.block(state, cpu - 1);
    }

    private static Flow flow(Agent agent, Reductions reductions) {
        return reductions.merging() ? agent.program().flow() : agent.program().lines();
    }

    private long[] initial() {
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
        for (Task task : tasks) task.begin(state);
        canonical(state);
        return state;
    }

    // ---- who is interchangeable

    /// A task that waits for grace periods has marks of its own on the others.
    private int[] twins(boolean symmetry, List<Flow> callbacks) {
        var first = new int[model.cpus()];
        boolean numbered =
                model.migrates()
                        || callbacks.stream().anyMatch(Compiled::namesACpu)
                        || model.agents().stream()
                                .anyMatch(a -> namesOtherCpus(a.program().flow()));
        Set<Integer> seen = new HashSet<>();
        for (int c = 0; c < first.length; c++) {
            int cpu = c;
            boolean waits = waiters.stream().anyMatch(w -> tasks[w.task()].cpu == cpu);
            boolean exchangeable = symmetry && !numbered && !waits;
            boolean fresh = seen.add(model.tasks().get(c).agent());
            first[c] = !exchangeable || fresh ? c : first[c - 1];
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

    /// Whether another form of the same model is searched step for step like this one.
    boolean alike(Compiled other) {
        return alike(tasks, other.tasks)
                && alike(stoppers, other.stoppers)
                && inline.alike(other.inline);
    }

    private static boolean alike(Task[] ours, Task[] theirs) {
        if (ours.length != theirs.length) return false;
        for (int t = 0; t < ours.length; t++) if (!ours[t].alike(theirs[t])) return false;
        return true;
    }
}
