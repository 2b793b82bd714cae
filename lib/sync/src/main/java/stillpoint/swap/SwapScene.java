package stillpoint.swap;

import static stillpoint.swap.SwapDevice.COUNT;
import static stillpoint.swap.SwapDevice.PRESENT;
import static stillpoint.swap.SwapDevice.SWAPPED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.primitive.MultiCpuStop;
import stillpoint.primitive.ScaledExpeditedRcu;
import stillpoint.primitive.ScaledRcu;
import stillpoint.primitive.SleepableRcu;
import stillpoint.program.GracePeriod;
import stillpoint.program.Memory;
import stillpoint.program.Node;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.Section;
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
    /// What a scene depends on besides its design.
    private record Asked(int cpus, int window, Config config) {}

    /// Scenes that were recorded last. A scene does not change, so that all who ask the same
    /// question, on whichever thread, share one.
    private static final class Recorded extends LinkedHashMap<Asked, Scene> {
        private static final int MOST = 64;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Scene> eldest) {
            return size() > MOST;
        }
    }

    /// For as long as somebody has the design.
    private static final Map<SwapDesign, Recorded> RECORDED = new WeakHashMap<>();

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
    private final Set<Variable> idle = new HashSet<>();
    private final Set<Variable> own = new HashSet<>();
    private Map<Section, Program> enter = Map.of();
    private Map<Section, Program> leave = Map.of();
    private Optional<Variable> index = Optional.empty();

    private SwapScene(SwapDesign design, int cpus) {
        this.design = design;
        this.cpus = Scene.cpus(cpus);
        p = new SwapDevice(memory, DeviceKind.SSD, design.enabledFlags(), cpus);
        cache = new SwapCache(new SwapMap(design, p, Watch.NOTHING));
    }

    /// The scene of a design.
    ///
    /// @param cpus how many CPUs, 1 to 8192
    /// @param window entries that a fault looks at: its own, and those that it reads ahead
    /// @param config which kinds of grace period are one
    /// @throws IllegalArgumentException if one of the numbers is out of its range
    static Scene of(SwapDesign design, int cpus, int window, Config config) {
        var asked = new Asked(Scene.cpus(cpus), window(window), config);
        synchronized (RECORDED) {
            Scene known = RECORDED.computeIfAbsent(design, d -> new Recorded()).get(asked);
            if (known != null) return known;
        }
        Scene made = new SwapScene(design, cpus).scene(window, config);
        synchronized (RECORDED) {
            RECORDED.computeIfAbsent(design, d -> new Recorded()).put(asked, made);
        }
        return made;
    }

    /// @return the number
    /// @throws IllegalArgumentException unless a fault can look at so many entries
    static int window(int entries) {
        if (entries < 1 || entries > 64)
            throw new IllegalArgumentException(
                    "window = "
                            + entries
                            + ": a fault looks at 1 to 64 entries; the kernel's default is 8");
        return entries;
    }

    private Scene scene(int window, Config config) {
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
        graces(kinds(writer), config);
        entries();
        own.addAll(own());
        return new Scene(
                SwapModel.title(design, DeviceKind.SSD),
                memory,
                cpus,
                writer,
                reader,
                new Scene.Calls(stop, graces, enter, leave),
                services,
                own,
                added,
                lines,
                Map.of(p.pte().place().variable(), PRESENT, p.count().variable(), 0),
                "cond_resched()",
                idle,
                index,
                device(common, added),
                given);
    }

    private static Set<GracePeriod> kinds(Program program) {
        return program.flow().nodes().stream()
                .map(Node::step)
                .filter(Step.GraceBegin.class::isInstance)
                .map(s -> ((Step.GraceBegin) s).kind())
                .collect(Collectors.toUnmodifiableSet());
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

    private void graces(Set<GracePeriod> kinds, Config config) {
        if (kinds.contains(GracePeriod.SRCU)) sleepable();
        if (ScaledRcu.blockingIsGracePeriod(cpus, config)) {
            atOnce(kinds);
            return;
        }
        // Since 4.20, and on PREEMPT=n, synchronize_sched() is another name for synchronize_rcu().
        boolean own = config.preemptible() && !config.consolidated();
        var ticking = kinds.stream().filter(k -> own && k == GracePeriod.SCHED).toList();
        for (GracePeriod kind : ticking) ticking("sched ", kind, Set.of(kind));
        var others = EnumSet.copyOf(List.of(GracePeriod.RCU, GracePeriod.SCHED));
        others.removeAll(ticking);
        if (!Collections.disjoint(kinds, others)) ticking("", GracePeriod.RCU, others);
        if (kinds.contains(GracePeriod.RCU_EXPEDITED)) expedited();
    }

    /// Grace periods that are over as soon as they are asked for.
    private void atOnce(Set<GracePeriod> kinds) {
        var online = memory.word("num_online_cpus", 1, 1);
        Program returns =
                Recorder.record("synchronize_rcu", cpu -> ScaledRcu.returnAtOnce(cpu, online));
        for (GracePeriod kind : kinds) if (kind != GracePeriod.SRCU) graces.put(kind, returns);
    }

    /// Tree RCU, which ticks report to.
    ///
    /// @param asks the kind of section that a tick asks about
    /// @param serves the kinds of grace period that it stands for
    private void ticking(String flavour, GracePeriod asks, Set<GracePeriod> serves) {
        var rcu = new ScaledRcu(memory, flavour, cpus);
        Program synchronize = Recorder.record("synchronize_rcu", rcu::synchronize);
        for (GracePeriod kind : serves) graces.put(kind, synchronize);
        services.addAll(TreeRcuServices.of(rcu, asks));
        lines.addAll(rcu.lines());
        given.putAll(rcu.given());
        idle.add(rcu.idle().variable());
    }

    private void expedited() {
        var resting = memory.perCpuWord("exp idle", 1, 0);
        var rcu = new ScaledExpeditedRcu(memory, resting, cpus);
        graces.put(
                GracePeriod.RCU_EXPEDITED,
                Recorder.record("synchronize_rcu_expedited", rcu::synchronize));
        services.add(
                Service.handler(
                        Recorder.interrupt("rcu_exp_handler", rcu::handler), Service.When.IPI));
        services.add(
                Service.thread(
                        Recorder.record("rcu_exp worker", rcu::worker),
                        Level.TASK,
                        Service.Where.EVERY_CPU));
        lines.addAll(rcu.lines());
        given.putAll(rcu.given());
        idle.add(resting.variable());
    }

    /// SRCU; a reader keeps the index that it went in by.
    private void sleepable() {
        var srcu = SleepableRcu.ofKernel(memory);
        var kept = memory.word("index of the section", 1, 0);
        enter =
                Map.of(
                        Section.SRCU,
                        Recorder.record("srcu_read_lock", cpu -> cpu.write(kept, srcu.enter(cpu))));
        leave =
                Map.of(
                        Section.SRCU,
                        Recorder.record(
                                "srcu_read_unlock", cpu -> srcu.leave(cpu, cpu.read(kept))));
        graces.put(GracePeriod.SRCU, Recorder.record("synchronize_srcu", srcu::synchronize));
        lines.addAll(srcu.lines());
        own.add(kept.place().variable());
        index = Optional.of(srcu.index());
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
