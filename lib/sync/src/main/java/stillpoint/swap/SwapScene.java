package stillpoint.swap;

import static stillpoint.swap.SwapDevice.COUNT;
import static stillpoint.swap.SwapDevice.PRESENT;
import static stillpoint.swap.SwapDevice.SWAPPED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import stillpoint.machine.Level;
import stillpoint.primitive.MultiCpuStop;
import stillpoint.primitive.ScaledRcu;
import stillpoint.program.GracePeriod;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.Step;
import stillpoint.program.Variable;
import stillpoint.simulate.Scene;
import stillpoint.simulate.Service;

/// The scene that the simulator runs: swapoff on CPU 0, page faults on every other CPU, each on
/// entries of its own, and the kernel's own implementations of what the design waits with.
///
/// The graphs are those that a search explores. What differs: no page is left on the device when
/// swapoff begins, so that what is timed is what the designs differ in; and since none is left,
/// faults are on another device of the same kind. Those that were under way when swapoff began
/// count as users of this one: what the design counts them with is theirs and swapoff's, and a
/// second set of it is for those that come later.
final class SwapScene {
    private final SwapDesign design;
    private final int cpus;
    private final Memory memory = new Memory();
    private final SwapDevice p;
    private final SwapCache cache;
    private final List<Service> services = new ArrayList<>();
    private final List<List<Variable>> lines = new ArrayList<>();
    private final Map<Variable, IntUnaryOperator> given = new HashMap<>();
    private final Map<GracePeriod, Program> graces = new HashMap<>();
    private Optional<Program> stop = Optional.empty();
    private Optional<Variable> idle = Optional.empty();
    private Optional<Variable> index = Optional.empty();

    private SwapScene(SwapDesign design, int cpus) {
        this.design = design;
        this.cpus = Scene.cpus(cpus);
        p = new SwapDevice(memory, DeviceKind.SSD, design.enabledFlags(), cpus);
        cache = new SwapCache(new SwapMap(design, p, Watch.NOTHING));
    }

    /// The scene of a design.
    ///
    /// @param cpus how many CPUs, 2 to 8192
    /// @param window entries that a fault looks at: its own, and those that it reads ahead
    /// @throws IllegalArgumentException if one of the numbers is out of its range
    static Scene of(SwapDesign design, int cpus, int window) {
        if (window < 1 || window > 64)
            throw new IllegalArgumentException(
                    "window = "
                            + window
                            + ": a fault looks at 1 to 64 entries; the kernel's default is 8");
        return new SwapScene(design, cpus).scene(window);
    }

    private Scene scene(int window) {
        Set<Variable> common = Set.copyOf(memory.variables());
        Program writer = Recorder.record("swapoff", cpu -> new SwapOff(cache).swapoff(cpu));
        Program fault = Recorder.record("fault", cpu -> new SwapIn(cache).doSwapPage(cpu));
        Program ahead =
                Recorder.record(
                        "read-ahead",
                        cpu -> {
                            var page = cpu.local("page", 2, SwapDevice.NO_PAGE);
                            cache.readSwapCacheAsync(cpu, page);
                        });
        var reader = new ArrayList<Program>();
        reader.add(fault);
        for (int w = 1; w < window; w++) reader.add(ahead);
        Set<Variable> added =
                memory.variables().stream()
                        .filter(v -> !common.contains(v))
                        .collect(Collectors.toUnmodifiableSet());
        if (has(writer, Step.StopMachine.class)) stops();
        if (has(writer, Step.GraceBegin.class)) graces();
        entries();
        return new Scene(
                SwapModel.title(design, DeviceKind.SSD),
                memory,
                cpus,
                writer,
                reader,
                new Scene.Calls(stop, graces, Map.of(), Map.of()),
                services,
                own(),
                added,
                lines,
                Map.of(p.pte().place().variable(), PRESENT, p.count().variable(), 0),
                "cond_resched()",
                idle,
                index,
                device(common, added),
                given);
    }

    private static boolean has(Program program, Class<? extends Step> step) {
        return program.flow().nodes().stream().anyMatch(n -> step.isInstance(n.step()));
    }

    private void stops() {
        var machine = MultiCpuStop.ofKernel(memory, cpus);
        stop = Optional.of(Recorder.record("stop_machine", cpu -> machine.stop(cpu, 0)));
        Program stopper =
                Recorder.record(
                        "stopper", cpu -> machine.stopper(cpu, each -> each.nop(Scene.CALLBACK)));
        services.add(Service.thread(stopper, Level.STOP, Service.Where.EVERY_CPU));
        lines.add(
                List.of(
                        machine.state().place().variable(),
                        machine.acks().place().variable(),
                        machine.fn().place().variable()));
    }

    private void graces() {
        var rcu = new ScaledRcu(memory, cpus);
        Program synchronize = Recorder.record("synchronize_rcu", rcu::synchronize);
        for (GracePeriod kind : GracePeriod.values()) graces.put(kind, synchronize);
        services.add(Service.handler(Recorder.interrupt("tick", rcu::tick), Service.When.TICK));
        services.add(
                Service.thread(
                        Recorder.record("rcu_gp", rcu::gracePeriod),
                        Level.TASK,
                        Service.Where.LAST_CPU));
        for (int t = 0; t < ScaledRcu.TIMERS; t++) {
            int number = t;
            services.add(
                    Service.thread(
                            Recorder.record("fqs timer " + t, cpu -> rcu.timer(cpu, number)),
                            Level.TASK,
                            Service.Where.BACKGROUND));
        }
        lines.addAll(rcu.lines());
        given.putAll(rcu.given());
        idle = Optional.of(rcu.idle());
    }

    /// Each reader has a page of its own that is swapped out, and so has the writer's device.
    private void entries() {
        given.put(p.pte().place().variable(), cpu -> SWAPPED);
        given.put(p.count().variable(), cpu -> COUNT);
    }

    /// What belongs to a device, so that there is another for the next swapoff.
    private static Set<Variable> device(Set<Variable> common, Set<Variable> added) {
        var all = new HashSet<>(common);
        all.addAll(added);
        return all;
    }

    private Set<Variable> own() {
        return Set.of(
                p.pte().place().variable(),
                p.count().variable(),
                p.clusterLock().variable(),
                p.cached().variable(),
                p.stored().variable(),
                p.slotsKept().place().variable(),
                p.slotsLock().place().variable(),
                p.pageTableLock().place().variable(),
                p.pageLock().place().variable(),
                p.flags().place().variable(),
                p.max().place().variable(),
                p.swapMap().place().variable(),
                p.clusterInfo().place().variable(),
                p.swapperSpaces().place().variable(),
                p.swapFile().place().variable());
    }
}
