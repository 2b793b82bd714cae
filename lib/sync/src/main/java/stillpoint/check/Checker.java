package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Fault;
import stillpoint.program.Site;

/// Searches every interleaving of a model on a kernel configuration.
///
/// What it finds without being asked: NULL dereference, use after free, double free, sleep while
/// atomic, unlock of a free lock, deadlock, leak. What it does not see: reorderings of a weak
/// memory model, starvation, and anything outside the model's bounds.
///
/// @param config what a stop and a grace period wait for
/// @param reductions what makes the search smaller
/// @param limits where it gives up
/// @param focus what alone counts: a failure class (`F2`), a kind of fault (`use after free`), and
///   after the word `in` a function (`F1 in __swap_duplicate`); empty for all. Another fault then
///   ends its task, and the search goes on: otherwise a NULL dereference would hide the use after
///   free behind it
/// @param means how many threads search, and whether states are kept exactly
public record Checker(
        Config config, Reductions reductions, Limits limits, String focus, Means means) {
    /// The name of the bound on what hash compaction may have hidden.
    public static final String HASHED = "states";

    /// One thread that keeps every state exactly.
    public Checker(Config config, Reductions reductions, Limits limits, String focus) {
        this(config, reductions, limits, focus, Means.DEFAULT);
    }

    /// Everything on, the usual limits, every fault counts.
    public static Checker of(Config config) {
        return new Checker(config, Reductions.ALL, Limits.DEFAULT, "");
    }

    /// The same with other reductions.
    public Checker with(Reductions other) {
        return new Checker(config, other, limits, focus, means);
    }

    /// The same with other limits.
    public Checker with(Limits other) {
        return new Checker(config, reductions, other, focus, means);
    }

    /// The same with other means.
    public Checker with(Means other) {
        return new Checker(config, reductions, limits, focus, other);
    }

    /// The same where only one failure class (`F2`) or kind of fault (`use after free`) counts, or
    /// that in one function (`F1 in __swap_duplicate`).
    public Checker only(String what) {
        return new Checker(config, reductions, limits, what, means);
    }

    /// Searches a model. A model that is too large for a state, or whose programs cannot carry a
    /// verdict, is inconclusive.
    ///
    /// @throws IllegalArgumentException if it looks for a fault in a function that the model has
    ///   not
    public Verdict check(Model model) {
        Focus.of(focus).suits(model);
        Optional<String> unasked = unasked(model);
        Counts none = new Counts(0, 0, 0, 0, 0, 0);
        if (unasked.isPresent())
            return new Verdict.Inconclusive(
                    subject(model), bounds(model, reductions), none, unasked.get());
        try {
            return verdict(model, Focus.of(focus).suited(reductions));
        } catch (Layout.TooLarge e) {
            return new Verdict.Inconclusive(
                    subject(model), bounds(model, reductions), none, e.reason());
        }
    }

    /// Searches a model once for every failure class and kind of fault: each fault ends its task,
    /// and the search goes on. What this checker looks for alone is left aside.
    public Survey survey(Model model) {
        Checker all = only("");
        Set<Hit> met = ConcurrentHashMap.newKeySet();
        Predicate<Hit> noting =
                hit -> {
                    met.add(hit);
                    return true;
                };
        Optional<String> unasked = unasked(model);
        Counts none = new Counts(0, 0, 0, 0, 0, 0);
        if (unasked.isPresent()) return all.survey(model, met, none, unasked, List.of());
        try {
            Sweep sweep = sweep(model, reductions, noting);
            Sweep.Result result = sweep.run();
            if (!sweep.fingerprints()) all = all.with(new Means(means.workers(), false));
            return switch (result) {
                case Sweep.Exhausted _ -> all.survey(model, met, sweep);
                case Sweep.Stopped(String reason) ->
                        all.survey(model, met, sweep.counts(), Optional.of(reason), List.of());
                case Sweep.Failed(Hit hit) ->
                        throw new IllegalStateException(
                                hit.text() + ": a survey passes every fault over");
            };
        } catch (Layout.TooLarge e) {
            return all.survey(model, met, none, Optional.of(e.reason()), List.of());
        }
    }

    /// Whether the search of a model on another kernel would be this one step for step: then one of
    /// the two is enough. `PREEMPT=n` before and since 4.20 are an example.
    public boolean alike(Model model, Config other) {
        try {
            return new Compiled(model, config, reductions)
                    .alike(new Compiled(model, other, reductions));
        } catch (Layout.TooLarge e) {
            return false;
        }
    }

    private Survey survey(Model model, Set<Hit> met, Sweep sweep) {
        Counts counts = sweep.counts();
        return switch (safe(model, reductions, sweep, counts)) {
            case Verdict.Safe safe -> survey(model, met, counts, Optional.empty(), safe.occurred());
            case Verdict.Inconclusive open ->
                    survey(model, met, counts, Optional.of(open.reason()), List.of());
            case Verdict.Violation v ->
                    throw new IllegalStateException(v.what() + " in what is not a search");
        };
    }

    private Survey survey(
            Model model,
            Set<Hit> met,
            Counts counts,
            Optional<String> open,
            List<String> occurred) {
        FailureClasses classes = model.classes();
        return new Survey(
                model,
                this,
                met.stream().map(hit -> Focus.of(hit, classes)).distinct().sorted().toList(),
                met.stream().map(hit -> Focus.place(hit, classes)).distinct().sorted().toList(),
                counts,
                open,
                occurred);
    }

    /// Shows a run again.
    ///
    /// @param schedule from a trace's replay string
    /// @return the run as a violation, or as a trace without a fault
    /// @throws IllegalArgumentException if the model cannot take the schedule
    public Trace replay(Model model, Schedule schedule) {
        var compiled = new Compiled(model, config, Reductions.VERBS);
        var replay = new Replay(compiled, passedOver(model));
        List<Replay.Move> moves = replay.follow(schedule);
        if (moves.size() < schedule.turns().size()) {
            boolean early = !moves.isEmpty() && moves.getLast().hit().isPresent();
            throw new IllegalArgumentException(
                    "transition "
                            + (moves.size() + 1)
                            + " of the schedule: "
                            + (early
                                    ? "the run has ended before it"
                                    : "CPU "
                                            + schedule.turns().get(moves.size()).cpu()
                                            + " cannot go on")
                            + "; the string belongs to another design, or to another version of this one");
        }
        Optional<Hit> hit = moves.isEmpty() ? Optional.empty() : moves.getLast().hit();
        if (hit.isEmpty()) hit = replay.atRest(moves).filter(passedOver(model).negate());
        return trace(model, schedule, hit);
    }

    private Sweep sweep(Model model, Reductions with, Predicate<Hit> passedOver) {
        return new Sweep(() -> new Compiled(model, config, with), passedOver, limits, means);
    }

    /// A sweep says whether there is a fault; a search, which needs more memory, then finds the
    /// shortest way to one.
    private Verdict verdict(Model model, Reductions with) {
        Sweep sweep = sweep(model, with, passedOver(model));
        Sweep.Result result = sweep.run();
        Counts counts = sweep.counts();
        Bounds bounds = bounds(model, with, sweep, counts);
        return switch (result) {
            case Sweep.Exhausted _ -> safe(model, with, sweep, counts);
            case Sweep.Stopped(String reason) ->
                    new Verdict.Inconclusive(subject(model), bounds, counts, reason);
            case Sweep.Failed(Hit hit) -> traced(model, with, hit);
        };
    }

    /// Shortest in verbs, not in transitions that hold several.
    private Verdict traced(Model model, Reductions swept, Hit met) {
        Reductions with =
                swept.fusion()
                        ? swept.withoutMovers()
                        : new Reductions(true, swept.merging(), false, swept.symmetry());
        var compiled = new Compiled(model, config, with);
        var search =
                new Search(
                        compiled,
                        new Engine(compiled, passedOver(model)),
                        limits,
                        passedOver(model));
        return switch (search.run()) {
            case Search.Found found -> violation(model, with, compiled, found, search.counts());
            case Search.Stopped(String reason) -> untraced(model, with, search, met, reason);
            case Search.Exhausted _ ->
                    untraced(
                            model,
                            with,
                            search,
                            met,
                            "a search that keeps the ways does not find it, a bug of the search");
        };
    }

    private Verdict untraced(Model model, Reductions with, Search search, Hit met, String reason) {
        return new Verdict.Inconclusive(
                subject(model),
                bounds(model, with),
                search.counts(),
                met.text() + ", but no shortest trace: " + reason);
    }

    private Verdict safe(Model model, Reductions with, Sweep sweep, Counts counts) {
        Bounds bounds = bounds(model, with, sweep, counts);
        var occurred = new ArrayList<String>();
        var never = new ArrayList<String>();
        for (int label = 0; label < model.sometimes().size(); label++)
            (sweep.occurred(label) ? occurred : never).add(model.sometimes().get(label));
        if (never.isEmpty()) return new Verdict.Safe(subject(model), bounds, counts, occurred);
        return new Verdict.Inconclusive(
                subject(model),
                bounds,
                counts,
                "nothing is wrong, but \""
                        + String.join("\", \"", never)
                        + "\" never happened: the proof would be empty; check the model");
    }

    private Verdict violation(
            Model model, Reductions with, Compiled compiled, Search.Found found, Counts counts) {
        var replay = new Replay(compiled, passedOver(model));
        Schedule schedule = replay.calmer(replay.schedule(found));
        Hit hit = found.hit();
        Trace trace = trace(model, schedule, Optional.of(hit));
        return new Verdict.Violation(
                subject(model),
                bounds(model, with),
                counts,
                hit.fault().words(),
                trace.fault(),
                model.classes().of(hit.fault(), hit.object()),
                trace);
    }

    /// The rows come from the unmerged program, whose nodes know their own lines.
    private Trace trace(Model model, Schedule schedule, Optional<Hit> hit) {
        List<Trace.Row> rows = rows(model, schedule, hit.isPresent());
        String fault = hit.map(h -> sentence(h, rows)).orElse("");
        String title = model.title() + (fault.isEmpty() ? "" : ": " + fault);
        return new Trace(title, Narrator.columns(model), rows, fault, schedule.toString());
    }

    /// What happens in a run, step by step; none if it cannot be told.
    List<Trace.Row> rows(Model model, Schedule schedule, boolean faulty) {
        return rows(model, schedule, faulty, Reductions.VERBS.withoutMerging())
                .or(() -> rows(model, schedule, faulty, Reductions.VERBS))
                .orElse(List.of());
    }

    private Optional<List<Trace.Row>> rows(
            Model model, Schedule schedule, boolean faulty, Reductions with) {
        try {
            var compiled = new Compiled(model, config, with);
            List<Replay.Move> moves = new Replay(compiled, passedOver(model)).follow(schedule);
            if (moves.size() < schedule.turns().size()) return Optional.empty();
            // Merging may leave out a local first step, which is then a turn more without it.
            if (!with.merging() && !broken(moves).equals(broken(followed(model, schedule))))
                return Optional.empty();
            return Optional.of(new Narrator(compiled).rows(moves, faulty));
        } catch (Layout.TooLarge e) {
            return Optional.empty();
        }
    }

    private List<Replay.Move> followed(Model model, Schedule schedule) {
        var compiled = new Compiled(model, config, Reductions.VERBS);
        return new Replay(compiled, passedOver(model)).follow(schedule);
    }

    /// What the last step of a run broke.
    private static Optional<String> broken(List<Replay.Move> moves) {
        return moves.isEmpty() ? Optional.empty() : moves.getLast().hit().map(Hit::text);
    }

    private static String sentence(Hit hit, List<Trace.Row> rows) {
        boolean ofAStep = hit.fault() != Fault.DEADLOCK && hit.fault() != Fault.LEAK;
        if (!ofAStep || rows.isEmpty() || rows.getLast().frames().isEmpty()) return hit.text();
        return hit.text() + " in " + rows.getLast().frames().getLast();
    }

    private Predicate<Hit> passedOver(Model model) {
        return Focus.of(focus).passedOver(model.classes());
    }

    String subject(Model model) {
        return focus.isEmpty() ? model.title() : model.title() + ", " + focus + " alone";
    }

    Bounds bounds(Model model, Reductions with) {
        var entries = new ArrayList<>(model.bounds().entries());
        entries.add(new Bounds.Bound("config", config.word()));
        entries.add(new Bounds.Bound("memory", "sequentially consistent"));
        entries.add(new Bounds.Bound("reductions", with.toString()));
        if (!focus.isEmpty()) entries.add(new Bounds.Bound("only", focus));
        return new Bounds(entries);
    }

    private Bounds bounds(Model model, Reductions with, Sweep sweep, Counts counts) {
        return bounds(model, with, sweep.fingerprints(), counts);
    }

    /// Where only hashes were kept, their chance of hiding a state is one of the bounds.
    Bounds bounds(Model model, Reductions with, boolean hashed, Counts counts) {
        Bounds bounds = bounds(model, with);
        if (!hashed) return bounds;
        var entries = new ArrayList<>(bounds.entries());
        entries.add(
                new Bounds.Bound(
                        HASHED,
                        String.format(
                                Locale.ROOT,
                                "64-bit hashes; the chance that two states had one is at most %.1e",
                                Means.collision(counts.states()))));
        return new Bounds(entries);
    }

    static Optional<String> unasked(Model model) {
        for (Agent agent : model.agents()) {
            List<Site> sites = agent.program().unasked();
            if (!sites.isEmpty())
                return Optional.of(
                        "unasked read at "
                                + sites.getFirst()
                                + ": nothing depends on what it reads; ask the value"
                                + " (== on it compiles and is always false), or say ignored()");
        }
        return Optional.empty();
    }
}
