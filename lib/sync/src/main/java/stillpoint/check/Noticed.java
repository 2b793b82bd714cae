package stillpoint.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import stillpoint.program.Kind;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// Which steps of a run matter to another CPU of it, or to who looks on: an event, a cell that one
/// changes and another uses, an object that one frees and another points into, a wait, and the
/// sections that it waits for. Locks are left out: they say who comes first, and the order of the
/// rows says it too.
final class Noticed {
    private final Map<Integer, Set<Integer>> users = new HashMap<>();
    private final Map<Integer, Set<Integer>> writers = new HashMap<>();
    private final Map<Kind, Set<Integer>> holders = new HashMap<>();
    private final Set<Integer> waiters = new HashSet<>();

    Noticed(List<Replay.Move> moves) {
        for (Replay.Move move : moves)
            for (Engine.Taken taken : move.trail()) note(move.turn().cpu(), taken);
    }

    private void note(int cpu, Engine.Taken taken) {
        Step step = taken.instr().node.step();
        if (waits(step)) waiters.add(cpu);
        step.where()
                .flatMap(place -> place.variable().owner())
                .ifPresent(kind -> add(holders, kind, cpu));
        if (!isData(taken)) return;
        add(users, taken.location(), cpu);
        if (taken.before() != taken.after()) add(writers, taken.location(), cpu);
    }

    /// Whether another CPU notices the step of this one, or this one notices another's by it.
    boolean by(int cpu, Engine.Taken taken) {
        Step step = taken.instr().node.step();
        if (waits(step) || step instanceof Step.Event) return true;
        if (step instanceof Step.Enter || step instanceof Step.Leave) return others(waiters, cpu);
        if (step instanceof Step.Free free)
            return others(holders.getOrDefault(free.kind(), Set.of()), cpu);
        if (!isData(taken)) return false;
        boolean changes = taken.before() != taken.after();
        return others((changes ? users : writers).getOrDefault(taken.location(), Set.of()), cpu);
    }

    private static boolean waits(Step step) {
        return step instanceof Step.GraceBegin
                || step instanceof Step.GraceEnd
                || step instanceof Step.StopMachine;
    }

    private static boolean isData(Engine.Taken taken) {
        return taken.location() >= 0
                && taken.instr()
                        .node
                        .step()
                        .where()
                        .map(place -> place.variable().sort())
                        .filter(sort -> sort == Variable.Sort.WORD || sort == Variable.Sort.POINTER)
                        .isPresent();
    }

    private static boolean others(Set<Integer> cpus, int cpu) {
        return cpus.stream().anyMatch(other -> other != cpu);
    }

    private static <K> void add(Map<K, Set<Integer>> to, K key, int cpu) {
        to.computeIfAbsent(key, k -> new HashSet<>()).add(cpu);
    }
}
