package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import stillpoint.check.Schedule.Turn;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Progress;
import stillpoint.evidence.Trace;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// Searches for a run on which what must happen never happens, although every task that can go on
/// for ever does go on at last (weak fairness): a stop that never completes, a reader that starves,
/// a deadlock, a callback that is never run or runs twice.
///
/// A step that waits (a lock, `condLoad`, a grace period) is one that its task cannot take; a loop
/// that polls is steps that it takes. For `spin_lock` and `mutex_lock` tasks queue, as they do in
/// the kernel (kernel/locking/qspinlock.c, mutex.c with its hand-off): one that is free again and
/// again is had at last. A lock written with `xchg` promises nothing of the kind. Tasks that share
/// a CPU run in turn: one that could go on again and again does at last. A handler that comes again
/// and again comes at last; any other need not come.
///
/// The specification of `stop_machine` waits for one moment at which every CPU can be stopped, and
/// readers that never end may keep it from finding one; the kernel's stopper holds each CPU as soon
/// as it can. Give such readers an end, or search the implementation (`primitive/StopMachine`). A
/// choice (`choose`) may go the same way for ever, so a section that must end may not hang on one.
/// Built on the whole graph of states, without symmetry, so it is for small models.
///
/// ```java
/// Liveness.of(model).follows("call", "return").ends("swapoff").verdict()
/// ```
///
/// @param model what is searched
/// @param config the kernel configuration
/// @param limits where it gives up
/// @param queues whether tasks queue for the language's locks, and take turns on a CPU they share
/// @param promises what must come to pass
public record Liveness(
        Model model, Config config, Limits limits, boolean queues, List<Promise> promises) {
    private static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public Liveness {
        promises = List.copyOf(promises);
    }

    /// On `PREEMPT=y` since 4.20, with the usual limits, and nothing promised yet.
    public static Liveness of(Model model) {
        return new Liveness(model, Config.PREEMPT_Y_4_20, Limits.DEFAULT, true, List.of());
    }

    /// The same on another kernel.
    public Liveness on(Config other) {
        return new Liveness(model, other, limits, queues, promises);
    }

    /// The same with other limits.
    public Liveness with(Limits other) {
        return new Liveness(model, config, other, queues, promises);
    }

    /// The same where nobody queues for the language's locks, so that each is a test-and-set lock,
    /// and the scheduler may let a task on a shared CPU wait for ever.
    public Liveness withoutQueues() {
        return new Liveness(model, config, limits, false, promises);
    }

    /// Also: each event `call` is followed by `reply` on the same CPU.
    public Liveness follows(String call, String reply) {
        return and(new Promise.Follows(call, reply));
    }

    /// Also: every CPU of an agent comes to its end.
    ///
    /// @throws IllegalArgumentException if the model has no such agent
    public Liveness ends(String agent) {
        if (model.agents().stream().noneMatch(a -> a.name().equals(agent)))
            throw new IllegalArgumentException(
                    agent
                            + ": the agents of "
                            + model.title()
                            + " are "
                            + String.join(", ", model.agents().stream().map(Agent::name).toList()));
        return and(new Promise.Ends(agent));
    }

    /// Also: between `call` and `reply` the event `callback` happens once on each of `times` CPUs.
    public Liveness runs(String callback, int times, String call, String reply) {
        return and(new Promise.Runs(callback, times, call, reply));
    }

    /// Also this.
    public Liveness and(Promise promise) {
        return new Liveness(
                model,
                config,
                limits,
                queues,
                Stream.concat(promises.stream(), Stream.of(promise)).toList());
    }

    /// Searches.
    ///
    /// @throws IllegalStateException if nothing is promised
    public Progress verdict() {
        if (promises.isEmpty())
            throw new IllegalStateException(
                    model.title() + ": nothing is promised: say ends(...) or follows(...) first");
        var alphabet = new Alphabet();
        Counts counts = NONE;
        try {
            StateGraph graph = StateGraph.of(model, config, limits, alphabet).whole();
            counts = graph.counts();
            return verdict(graph, alphabet);
        } catch (StateGraph.Unfinished e) {
            return inconclusive(counts, e.reason());
        }
    }

    private Progress verdict(StateGraph graph, Alphabet alphabet) {
        if (graph.failure().isPresent())
            return inconclusive(
                    graph.counts(),
                    graph.failure().get().hit().text()
                            + ": it is not safe; what comes of it says nothing about progress");
        Set<String> seen = new TreeSet<>();
        alphabet.events().forEach(e -> seen.add(e.label()));
        for (Promise promise : promises) {
            List<Monitor> monitors = monitors(promise, alphabet);
            List<String> never =
                    new Monitor(promise, 0, model.cpus())
                            .labels().stream().filter(l -> !seen.contains(l)).toList();
            if (!never.isEmpty())
                return inconclusive(
                        graph.counts(),
                        "\""
                                + String.join("\", \"", never)
                                + "\" never happened: the promise would be empty; check the model");
            for (Monitor monitor : monitors) {
                Optional<Progress> broken = broken(graph, alphabet, monitor);
                if (broken.isPresent()) return broken.get();
            }
        }
        return new Progress.Kept(
                model.title(),
                bounds(),
                graph.counts(),
                promises.stream().map(Promise::toString).toList());
    }

    /// One for each CPU it may be about.
    private List<Monitor> monitors(Promise promise, Alphabet alphabet) {
        IntStream cpus =
                switch (promise) {
                    case Promise.Follows f -> callers(alphabet, f.call());
                    case Promise.Runs r -> callers(alphabet, r.call());
                    case Promise.Ends e -> {
                        int first = 0;
                        int copies = 0;
                        for (Agent agent : model.agents()) {
                            if (agent.name().equals(e.agent())) {
                                copies = agent.copies();
                                break;
                            }
                            first += agent.copies();
                        }
                        yield IntStream.range(first, first + copies);
                    }
                };
        return cpus.mapToObj(cpu -> new Monitor(promise, cpu, model.cpus())).toList();
    }

    private static IntStream callers(Alphabet alphabet, String call) {
        return alphabet.events().stream()
                .filter(e -> e.label().equals(call))
                .mapToInt(Alphabet.Event::cpu)
                .sorted();
    }

    private Optional<Progress> broken(StateGraph graph, Alphabet alphabet, Monitor monitor) {
        var watched = new Watched(graph, monitor, alphabet, limits);
        Optional<Watched.Slip> slip = watched.explore();
        if (slip.isPresent()) {
            var stem = new ArrayList<>(watched.way(slip.get().place()));
            stem.add(slip.get().edge());
            return Optional.of(broken(graph, monitor, slip.get().what(), stem, List.of()));
        }
        return new FairRun(graph, watched, queues)
                .find()
                .map(lasso ->
                        broken(
                                graph,
                                monitor,
                                lasso.cycle().isEmpty()
                                        ? "nothing goes on, and "
                                                + column(monitor)
                                                + " waits for ever"
                                        : column(monitor) + " waits for ever while others go round",
                                lasso.stem(),
                                lasso.cycle()));
    }

    private Progress broken(
            StateGraph graph,
            Monitor monitor,
            String what,
            List<Integer> stem,
            List<Integer> cycle) {
        List<Turn> turns = new ArrayList<>();
        stem.forEach(e -> turns.add(graph.turn(e)));
        cycle.forEach(e -> turns.add(graph.turn(e)));
        List<Trace.Row> rows = rows(turns, cycle.isEmpty());
        int split =
                cycle.isEmpty() ? rows.size() : rows(turns.subList(0, stem.size()), false).size();
        String replay = new Schedule(turns).toString();
        return new Progress.Broken(
                model.title(),
                bounds(),
                graph.counts(),
                monitor.promise().toString(),
                what,
                trace(rows.subList(0, Math.min(split, rows.size())), what, replay),
                trace(
                        rows.subList(Math.min(split, rows.size()), rows.size()),
                        "and so on",
                        replay));
    }

    private Trace trace(List<Trace.Row> rows, String what, String replay) {
        return new Trace(model.title() + ": " + what, Narrator.columns(model), rows, what, replay);
    }

    private List<Trace.Row> rows(List<Turn> turns, boolean atRest) {
        return new Checker(config, Reductions.ALL, limits, "")
                .rows(model, new Schedule(turns), atRest);
    }

    private String column(Monitor monitor) {
        return Narrator.columns(model).get(monitor.cpu());
    }

    private Progress inconclusive(Counts counts, String reason) {
        return new Progress.Inconclusive(model.title(), bounds(), counts, reason);
    }

    private Bounds bounds() {
        var entries = new ArrayList<>(model.bounds().entries());
        entries.add(new Bounds.Bound("config", config.word()));
        entries.add(new Bounds.Bound("memory", "sequentially consistent"));
        entries.add(
                new Bounds.Bound(
                        "fairness",
                        queues ? "weak, and in turn at locks and on shared CPUs" : "weak"));
        return new Bounds(entries);
    }
}
