package stillpoint.swap;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import stillpoint.check.Limits;
import stillpoint.check.Liveness;
import stillpoint.check.Promise;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.CpuMask;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.program.Step;
import stillpoint.program.Told;
import stillpoint.program.Val;

/// Whether what must happen under a design does happen at last: the system calls return, every
/// fault comes to its end, no wait lasts for ever, a callback runs where it must and once, nothing
/// is deadlocked.
///
/// The recorded programs tell by events what they wait for; nothing else about them changes. A run
/// ends at its first fault: a design that is not safe is asked about its other runs. What holds
/// only if tasks queue for locks, as they do in the kernel, is told apart from what weak fairness
/// alone gives.
///
/// Where a design knows of CPU hotplug, a CPU of a fault goes off line meanwhile.
///
/// @param design whose programs are searched
/// @param readers CPUs that take a page fault, 1 to 8
/// @param scenario what happens to the device meanwhile
/// @param device what the swap device is
/// @param config the kernel
/// @param limits where the search gives up
public record SwapProgress(
        SwapDesign design,
        int readers,
        Scenario scenario,
        DeviceKind device,
        Config config,
        Limits limits) {
    /// What a callback tells before it takes `p->swap_map` away or sets it.
    private static final String UPDATE = "store of p->swap_map";

    private static final String CPU_DOWN = "cpu_down";

    /// What is asked.
    public enum Asked {
        /// `swapoff()` returns, off or failed.
        SWAPOFF("swapoff", "swapoff returns"),
        /// `swapon()` of the next device returns.
        SWAPON("swapon", "swapon returns"),
        /// No fault starves.
        FAULT("faults", "every fault returns"),
        /// Each stop, grace period and completion that the writer waits for.
        WAIT("waits", "every wait returns"),
        /// Never, or twice on one CPU, or on too few.
        CALLBACK("callbacks", "each callback runs once on every CPU of its mask"),
        /// Where a callback stores `p->swap_map`, it does so once a call: on one CPU, and not
        /// never.
        UPDATE_ONCE("updates", "each call's callbacks store p->swap_map once"),
        /// Somebody goes on until all are at their ends.
        NO_DEADLOCK("deadlock", "no deadlock");

        private final String head;
        private final String words;

        Asked(String head, String words) {
            this.head = head;
            this.words = words;
        }

        /// In a word, as the head of a column.
        public String head() {
            return head;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// One reader, with swapon, on an SSD, `PREEMPT=y` since 4.20.
    public static SwapProgress of(SwapDesign design) {
        return new SwapProgress(
                design, 1, Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_20, Limits.DEFAULT);
    }

    /// The same with another number of readers.
    public SwapProgress readers(int count) {
        return new SwapProgress(design, count, scenario, device, config, limits);
    }

    /// The same in another scenario.
    public SwapProgress scenario(Scenario other) {
        return new SwapProgress(design, readers, other, device, config, limits);
    }

    /// The same on another kind of device.
    public SwapProgress device(DeviceKind kind) {
        return new SwapProgress(design, readers, scenario, kind, config, limits);
    }

    /// The same on another kernel.
    public SwapProgress on(Config other) {
        return new SwapProgress(design, readers, scenario, device, other, limits);
    }

    /// The same with other limits.
    public SwapProgress with(Limits other) {
        return new SwapProgress(design, readers, scenario, device, config, other);
    }

    /// What is searched.
    public Model model() {
        SwapPrograms telling =
                SwapPrograms.telling(design, scenario, device, SwapProgress::updates, UPDATE);
        Model model =
                SwapModel.of(SwapModel.title(design, device), telling, readers, scenario, device);
        if (model.memory().hotplug().isEmpty()) return model;
        var agents = new ArrayList<>(model.agents());
        var hotplug = model.memory().hotplug().get();
        agents.add(
                new Agent(
                        CPU_DOWN,
                        Recorder.record(CPU_DOWN, cpu -> hotplug.cpuDown(cpu, Val.of(0))),
                        1));
        return new Model(
                model.title(),
                model.memory(),
                agents,
                model.sometimes(),
                model.bounds(),
                model.classes());
    }

    private static boolean updates(Step step) {
        return step instanceof Step.Write w && w.place().variable().name().equals("p->swap_map");
    }

    /// Each promise, and what it is asked for.
    private Map<Promise, Asked> promises(Model model) {
        var promises = new LinkedHashMap<Promise, Asked>();
        promises.put(returns(Scenario.SWAPOFF_CALL), Asked.SWAPOFF);
        if (scenario.hasSwapon()) promises.put(returns(Scenario.SWAPON_CALL), Asked.SWAPON);
        promises.put(new Promise.Ends("reader"), Asked.FAULT);
        Program writer = writer(model);
        var waits = Told.waits(writer);
        waits.keySet().forEach(call -> promises.put(returns(call), Asked.WAIT));
        if (model.memory().hotplug().isEmpty())
            waits.forEach((call, step) -> {
                if (!(step instanceof Step.StopMachine stop)) return;
                promises.put(runs(Told.CALLBACK, on(stop, model.cpus()), call), Asked.CALLBACK);
                if (updated(stop)) promises.put(runs(UPDATE, 1, call), Asked.UPDATE_ONCE);
            });
        promises.put(new Promise.GoesOn(), Asked.NO_DEADLOCK);
        return promises;
    }

    private static Program writer(Model model) {
        return model.agents().stream()
                .filter(agent -> agent.name().equals("swapoff"))
                .findFirst()
                .orElseThrow()
                .program();
    }

    /// On how many CPUs its callback is meant to run.
    private static int on(Step.StopMachine stop, int cpus) {
        return stop.mask() == CpuMask.NULL ? 1 : cpus;
    }

    private static boolean updated(Step.StopMachine stop) {
        return stop.callback().stream()
                .flatMap(flow -> flow.nodes().stream())
                .anyMatch(node -> updates(node.step()));
    }

    private static Promise returns(String call) {
        return new Promise.Follows(call, Told.returned(call));
    }

    private static Promise runs(String what, int times, String call) {
        return new Promise.Runs(what, times, call, Told.returned(call));
    }

    /// Searches once for everything that is asked.
    public ProgressRow row() {
        Model model = model();
        Map<Promise, Asked> promises = promises(model);
        Liveness liveness = Liveness.of(model).on(config).with(limits).untilFault();
        for (Promise promise : promises.keySet()) liveness = liveness.and(promise);
        var fates = new EnumMap<Asked, List<Liveness.Fate>>(Asked.class);
        for (Liveness.Fate fate : liveness.fates()) {
            Asked asked = Objects.requireNonNull(promises.get(fate.promise()));
            fates.computeIfAbsent(asked, a -> new ArrayList<>()).add(fate);
        }
        return new ProgressRow(this, fates);
    }
}
