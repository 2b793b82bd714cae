package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import stillpoint.check.Schedule.Turn;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Progress;
import stillpoint.evidence.Trace;
import stillpoint.machine.Agent;
import stillpoint.machine.Model;

/// What comes of promises on one graph of states: each is watched on every CPU that it may be
/// about, and where a fair run leaves it open, that run is told.
final class Fates {
    private final Liveness asked;
    private final Model model;
    private final StateGraph graph;
    private final Alphabet alphabet;
    private final Set<String> seen = new TreeSet<>();

    /// @param graph whole, and without a fault unless it goes past faults
    Fates(Liveness asked, StateGraph graph, Alphabet alphabet) {
        this.asked = asked;
        this.model = asked.model();
        this.graph = graph;
        this.alphabet = alphabet;
        alphabet.events().forEach(e -> seen.add(e.label()));
    }

    /// What comes of a promise, with queues and without.
    Liveness.Fate of(Promise promise) {
        Optional<Progress> queued = decided(promise, true);
        Optional<Progress> weak = decided(promise, false);
        if (queued.isEmpty())
            for (Monitor monitor : monitors(promise)) {
                var watched = new Watched(graph, monitor, alphabet, asked.limits());
                Optional<Watched.Slip> slip = watched.explore();
                if (weak.isEmpty()) weak = broken(watched, slip, false);
                // Queues only leave out runs: what is kept without them is kept.
                if (weak.isPresent() && queued.isEmpty()) queued = broken(watched, slip, true);
            }
        return new Liveness.Fate(
                promise,
                queued.orElseGet(() -> unbroken(promise, true)),
                weak.orElseGet(() -> unbroken(promise, false)));
    }

    /// What comes of a promise.
    Progress of(Promise promise, boolean queues) {
        Optional<Progress> found = decided(promise, queues);
        for (Monitor monitor : monitors(promise)) {
            if (found.isPresent()) break;
            var watched = new Watched(graph, monitor, alphabet, asked.limits());
            Optional<Watched.Slip> slip = watched.explore();
            found = broken(watched, slip, queues);
        }
        return found.orElseGet(() -> unbroken(promise, queues));
    }

    /// What is known before any run is looked at.
    private Optional<Progress> decided(Promise promise, boolean queues) {
        if (promise instanceof Promise.GoesOn && graph.blocked().isPresent())
            return Optional.of(blocked(promise, queues, graph.blocked().get()));
        return empty(promise).map(why -> inconclusive(queues, why));
    }

    /// Of a promise that no run breaks.
    private Progress unbroken(Promise promise, boolean queues) {
        return unmet(promise)
                .map(why -> inconclusive(queues, why))
                .orElseGet(() -> kept(List.of(promise), queues));
    }

    private Progress inconclusive(boolean queues, String why) {
        return new Progress.Inconclusive(model.title(), bounds(queues), graph.counts(), why);
    }

    Progress kept(List<Promise> promises, boolean queues) {
        return new Progress.Kept(
                model.title(),
                bounds(queues),
                graph.counts(),
                promises.stream().map(Promise::toString).toList());
    }

    static Progress inconclusive(Liveness asked, boolean queues, Counts counts, String reason) {
        return new Progress.Inconclusive(
                asked.model().title(), bounds(asked, queues, ""), counts, reason);
    }

    static Liveness.Fate inconclusive(
            Liveness asked, Promise promise, Counts counts, String reason) {
        return new Liveness.Fate(
                promise,
                inconclusive(asked, true, counts, reason),
                inconclusive(asked, false, counts, reason));
    }

    /// Why a promise would be empty: what it is about never begins. Empty if it does.
    private Optional<String> empty(Promise promise) {
        return switch (promise) {
            case Promise.Follows f -> never(f.call());
            case Promise.Runs r -> never(r.call());
            case Promise.Ends _, Promise.GoesOn _ -> Optional.empty();
        };
    }

    /// Why a promise that no run breaks is kept by none either: faults came first. Empty if some
    /// run keeps it.
    private Optional<String> unmet(Promise promise) {
        return switch (promise) {
            case Promise.Follows f -> never(f.reply());
            case Promise.Runs r -> never(r.callback()).or(() -> never(r.reply()));
            case Promise.Ends(String agent) ->
                    tasks(agent).allMatch(graph::everOver)
                            ? Optional.empty()
                            : Optional.of(
                                    agent
                                            + " never comes to its end: the promise would be empty;"
                                            + " check the model");
            case Promise.GoesOn _ -> Optional.empty();
        };
    }

    private Optional<String> never(String label) {
        return seen.contains(label)
                ? Optional.empty()
                : Optional.of(
                        "\""
                                + label
                                + "\" never happened: the promise would be empty; check the model");
    }

    /// One for each CPU it may be about.
    private List<Monitor> monitors(Promise promise) {
        IntStream cpus =
                switch (promise) {
                    case Promise.Follows f -> callers(f.call());
                    case Promise.Runs r -> callers(r.call());
                    case Promise.Ends(String agent) -> tasks(agent);
                    case Promise.GoesOn _ -> IntStream.of(0);
                };
        return cpus.mapToObj(cpu -> new Monitor(promise, cpu, model.cpus())).toList();
    }

    private IntStream tasks(String name) {
        int first = 0;
        for (Agent agent : model.agents()) {
            if (agent.name().equals(name)) return IntStream.range(first, first + agent.copies());
            first += agent.copies();
        }
        return IntStream.empty();
    }

    private IntStream callers(String call) {
        return alphabet.events().stream()
                .filter(e -> e.label().equals(call))
                .mapToInt(Alphabet.Event::cpu)
                .sorted();
    }

    /// How a promise is broken; empty if it is not.
    private Optional<Progress> broken(
            Watched watched, Optional<Watched.Slip> slip, boolean queues) {
        Monitor monitor = watched.monitor();
        if (slip.isPresent()) {
            var stem = new ArrayList<>(watched.way(slip.get().place()));
            stem.add(slip.get().edge());
            String what = slip.get().what();
            return Optional.of(
                    broken(monitor.promise(), queues, what, turns(stem), List.of(), false));
        }
        return new FairRun(graph, watched, queues)
                .find()
                .map(lasso ->
                        broken(
                                monitor.promise(),
                                queues,
                                what(monitor, lasso.cycle().isEmpty()),
                                turns(lasso.stem()),
                                turns(lasso.cycle()),
                                true));
    }

    private String what(Monitor monitor, boolean still) {
        if (monitor.promise() instanceof Promise.GoesOn) return "nothing goes on";
        String who = Narrator.columns(model).get(monitor.cpu());
        return still
                ? "nothing goes on, and " + who + " waits for ever"
                : who + " waits for ever while others go round";
    }

    /// A stop that stands still in its callback: the last turn is the one that cannot be taken.
    private Progress blocked(Promise promise, boolean queues, StateGraph.Failure failure) {
        var watched =
                new Watched(graph, new Monitor(promise, 0, model.cpus()), alphabet, asked.limits());
        if (watched.explore().isPresent())
            throw new IllegalStateException(promise + " is broken by an event, which it has not");
        List<Turn> turns = new ArrayList<>(turns(watched.way(failure.state())));
        turns.add(failure.turn());
        return broken(promise, queues, failure.hit().text(), turns, List.of(), false);
    }

    private List<Turn> turns(List<Integer> edges) {
        return edges.stream().map(graph::turn).toList();
    }

    /// @param endless whether the run stays there for ever, so that it is asked what keeps it
    private Progress broken(
            Promise promise,
            boolean queues,
            String what,
            List<Turn> stem,
            List<Turn> cycle,
            boolean endless) {
        List<Turn> turns = new ArrayList<>(stem);
        turns.addAll(cycle);
        boolean atRest = endless && cycle.isEmpty();
        List<Trace.Row> rows = rows(turns, atRest);
        int split = cycle.isEmpty() ? rows.size() : Math.min(rows.size(), rows(stem, false).size());
        List<Trace.Row> first = rows.subList(0, split);
        List<Trace.Row> round = rows.subList(split, rows.size());
        List<String> why =
                endless ? new Hindrance(graph, turns, stem.size(), first, round).all() : List.of();
        String replay = new Schedule(turns).toString();
        return new Progress.Broken(
                model.title(),
                bounds(queues),
                graph.counts(),
                promise.toString(),
                what,
                why,
                trace(first, what, replay),
                trace(round, "and so on", replay));
    }

    private Trace trace(List<Trace.Row> rows, String what, String replay) {
        return new Trace(model.title() + ": " + what, Narrator.columns(model), rows, what, replay);
    }

    private List<Trace.Row> rows(List<Turn> turns, boolean atRest) {
        return new Checker(asked.config(), Reductions.ALL, asked.limits(), "")
                .rows(model, new Schedule(turns), atRest);
    }

    private Bounds bounds(boolean queues) {
        return bounds(asked, queues, String.join("; ", graph.met()));
    }

    /// @param met the faults that were met; empty if none
    private static Bounds bounds(Liveness asked, boolean queues, String met) {
        var entries = new ArrayList<>(asked.model().bounds().entries());
        entries.add(new Bounds.Bound("config", asked.config().word()));
        entries.add(new Bounds.Bound("memory", "sequentially consistent"));
        entries.add(
                new Bounds.Bound(
                        "fairness",
                        queues ? "weak, and in turn at locks and on shared CPUs" : "weak"));
        if (!met.isEmpty()) entries.add(new Bounds.Bound(Liveness.RUNS_END_AT, met));
        return new Bounds(entries);
    }
}
