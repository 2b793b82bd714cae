package stillpoint.check;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Flow;
import stillpoint.program.GracePeriod;
import stillpoint.program.Kind;
import stillpoint.program.Node;
import stillpoint.program.Place;
import stillpoint.program.Section;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// Who touches what: from it follows which steps commute with the steps of other CPUs.
///
/// A step is a *both*-mover if no other CPU can notice it, a *right*-mover if it may happen later
/// without others noticing (entering, taking a free lock), a *left*-mover if it may happen earlier
/// (leaving, releasing).
final class Sharing {
    /// More than one CPU.
    static final int SEVERAL = -2;

    private final Config config;
    private final Map<Variable, Integer> users = new HashMap<>();
    private final Map<Kind, Integer> allocators = new HashMap<>();
    private final Set<Variable> written = new HashSet<>();

    /// Written by a plain store: a lock that somebody initialises anew may be held by another.
    private final Set<Variable> stored = new HashSet<>();

    private int stopper = -1;

    /// Who waits for grace periods, by the promise it waits for.
    private final Map<GracePeriod, Integer> waiters = new EnumMap<>(GracePeriod.class);

    /// Who runs a program.
    ///
    /// @param agent its number, or [#SEVERAL] CPUs
    /// @param crowded whether other tasks run on the same CPUs, and notice whether they may
    record Who(int agent, boolean crowded) {}

    private final Model model;

    Sharing(Model model, Config config) {
        this.model = model;
        this.config = config;
        for (int a = 0; a < model.agents().size(); a++)
            scan(model.agents().get(a).program().flow(), agent(a).agent());
    }

    /// Who an agent of the model is.
    Who agent(int number) {
        Agent agent = model.agents().get(number);
        boolean crowded =
                model.migrates()
                        || !agent.on().isEmpty()
                        || model.agents().stream().anyMatch(a -> a.on().contains(agent.name()));
        return new Who(agent.copies() > 1 ? SEVERAL : number, crowded);
    }

    /// Who runs the callback of a stop.
    Who callback() {
        boolean interrupted = model.agents().stream().anyMatch(a -> a.level() == Level.NMI);
        return new Who(SEVERAL, interrupted);
    }

    private void scan(Flow flow, int who) {
        for (Node node : flow.nodes()) {
            switch (node.step()) {
                case Step.Read s -> touch(s.place(), who, false);
                case Step.Write s -> {
                    touch(s.place(), who, true);
                    stored.add(s.place().variable());
                }
                case Step.Modify s -> touch(s.place(), who, true);
                case Step.SpinAcquire s -> touch(s.lock(), who, true);
                case Step.SpinRelease s -> touch(s.lock(), who, true);
                case Step.MutexAcquire s -> touch(s.lock(), who, true);
                case Step.MutexRelease s -> touch(s.lock(), who, true);
                case Step.SpinUntil s -> touch(s.place(), who, false);
                case Step.SleepUntil s -> touch(s.place(), who, false);
                case Step.Allocate s -> allocators.merge(s.kind(), who, Sharing::both);
                case Step.Free s -> allocators.merge(s.kind(), who, Sharing::both);
                case Step.GraceBegin s -> waiters.merge(s.kind().promise(), who, Sharing::both);
                case Step.StopMachine s -> {
                    stopper = stopper == -1 ? who : both(stopper, who);
                    s.callback().ifPresent(callback -> scan(callback, SEVERAL));
                    model.memory().hotplug().ifPresent(h -> h.variables().forEach(this::look));
                }
                case Step.NextCpu _, Step.OnlineMask _ ->
                        model.memory().hotplug().ifPresent(h -> look(h.online().variable()));
                case Step.Fence _,
                        Step.Interrupted _,
                        Step.Enter _,
                        Step.Leave _,
                        Step.GraceEnd _,
                        Step.Schedule _,
                        Step.Choose _,
                        Step.Nop _,
                        Step.Event _,
                        Step.Compute _,
                        Step.Branch _,
                        Step.Sometimes _,
                        Step.Note _,
                        Step.AtomicSleep _,
                        Step.Fail _,
                        Step.End _ -> {}
            }
        }
    }

    private void touch(Place place, int who, boolean writes) {
        users.merge(place.variable(), who, Sharing::both);
        if (writes) written.add(place.variable());
    }

    /// Every task may look at it by a step that names no place.
    private void look(Variable variable) {
        users.put(variable, SEVERAL);
        written.add(variable);
    }

    private static int both(int one, int other) {
        return one == other ? one : SEVERAL;
    }

    /// How a step commutes with the steps of the other tasks.
    ///
    /// Where several tasks are on one CPU, taking a lock commutes with nothing: a handler may come
    /// behind it and spin for the lock for ever.
    Instr.Mobility mobility(Step step, Who who) {
        boolean locks =
                step instanceof Step.SpinAcquire
                        || step instanceof Step.SpinRelease
                        || step instanceof Step.MutexAcquire
                        || step instanceof Step.MutexRelease;
        if (who.crowded() && (locks || step instanceof Step.Schedule)) return Instr.Mobility.NON;
        if (who.crowded() && step instanceof Step.Enter s && countsOnItsCpu(s.section()))
            return Instr.Mobility.RIGHT;
        if (who.crowded() && step instanceof Step.Leave s && countsOnItsCpu(s.section()))
            return Instr.Mobility.LEFT;
        return mobility(step, who.agent());
    }

    private static boolean countsOnItsCpu(Section section) {
        return section == Section.PREEMPT || section == Section.IRQ;
    }

    private Instr.Mobility mobility(Step step, int who) {
        return switch (step) {
            case Step.Read s ->
                    alone(s.place(), who) || constant(s.place())
                            ? Instr.Mobility.BOTH
                            : Instr.Mobility.NON;
            case Step.Write s -> alone(s.place(), who) ? Instr.Mobility.BOTH : Instr.Mobility.NON;
            case Step.Modify s -> alone(s.place(), who) ? Instr.Mobility.BOTH : Instr.Mobility.NON;
            case Step.Enter s ->
                    noticed(s.section(), who) ? Instr.Mobility.RIGHT : Instr.Mobility.BOTH;
            case Step.Leave s ->
                    noticed(s.section(), who) ? Instr.Mobility.LEFT : Instr.Mobility.BOTH;
            case Step.SpinAcquire s -> lock(s.lock(), who, Instr.Mobility.RIGHT);
            case Step.SpinRelease s -> lock(s.lock(), who, Instr.Mobility.LEFT);
            case Step.MutexAcquire s -> lock(s.lock(), who, Instr.Mobility.RIGHT);
            case Step.MutexRelease s -> lock(s.lock(), who, Instr.Mobility.LEFT);
            case Step.GraceEnd _ -> Instr.Mobility.RIGHT;
            case Step.Allocate s ->
                    who >= 0 && allocators.getOrDefault(s.kind(), SEVERAL) == who
                            ? Instr.Mobility.BOTH
                            : Instr.Mobility.NON;
            case Step.Fence _, Step.Nop _, Step.Choose _, Step.Schedule _ -> Instr.Mobility.BOTH;
            case Step.Compute _,
                    Step.Branch _,
                    Step.Sometimes _,
                    Step.Note _,
                    Step.AtomicSleep _,
                    Step.Fail _ ->
                    Instr.Mobility.BOTH;
            case Step.Free _,
                    Step.GraceBegin _,
                    Step.StopMachine _,
                    Step.SpinUntil _,
                    Step.SleepUntil _,
                    Step.NextCpu _,
                    Step.Event _,
                    Step.OnlineMask _,
                    Step.Interrupted _,
                    Step.End _ ->
                    Instr.Mobility.NON;
        };
    }

    private Instr.Mobility lock(Place place, int who, Instr.Mobility shared) {
        if (place.which() instanceof Place.Which.Of || stored.contains(place.variable()))
            return Instr.Mobility.NON;
        return alone(place, who) ? Instr.Mobility.BOTH : shared;
    }

    private boolean alone(Place place, int who) {
        return who >= 0
                && place.which() instanceof Place.Which.Only
                && users.getOrDefault(place.variable(), SEVERAL) == who;
    }

    private boolean constant(Place place) {
        return place.which() instanceof Place.Which.Only && !written.contains(place.variable());
    }

    /// Whether another CPU's stop or grace period depends on whether this one is in the section.
    private boolean noticed(Section section, int who) {
        return config.preemptible() && countsOnItsCpu(section) && other(stopper, who)
                || waiters.entrySet().stream()
                        .anyMatch(w ->
                                other(w.getValue(), who) && config.waitedFor(section, w.getKey()));
    }

    private static boolean other(int agent, int who) {
        return agent != -1 && (agent == SEVERAL || agent != who);
    }
}
