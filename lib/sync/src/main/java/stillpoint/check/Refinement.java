package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stillpoint.check.Schedule.Turn;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Conformance;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Trace;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Step;

/// Compares an implementation with its specification: every finite sequence of events (`cpu.event`)
/// of the first must be one of the second, and where the first comes to rest, the second must be
/// able to rest with the same CPUs at their ends.
///
/// The agents of both models correspond by their order, so an event is a label on a CPU; the
/// implementation may have more agents behind them (a grace-period thread), whose events count too.
/// It is a product search: breadth first through pairs of a state of the implementation and the set
/// of states in which the specification may be after the same events (van Glabbeek, Roscoe). It
/// says nothing about progress, which is [Liveness]'s affair, and nothing outside the bounds.
///
/// @param implementation what is built
/// @param specification what is promised
/// @param config the kernel configuration both run on
/// @param limits where it gives up
/// @param faultsSeen whether a fault is an event like any other, behind which nothing is seen, so
///   that both may have it; otherwise a fault of the implementation parts them, and a specification
///   with a fault is none
public record Refinement(
        Model implementation,
        Model specification,
        Config config,
        Limits limits,
        boolean faultsSeen) {
    private static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /// On `PREEMPT=y` since 4.20, with the usual limits.
    public static Refinement of(Model implementation, Model specification) {
        return new Refinement(
                implementation, specification, Config.PREEMPT_Y_4_20, Limits.DEFAULT, false);
    }

    /// The same on another kernel.
    public Refinement on(Config other) {
        return new Refinement(implementation, specification, other, limits, faultsSeen);
    }

    /// The same with other limits.
    public Refinement with(Limits other) {
        return new Refinement(implementation, specification, config, other, faultsSeen);
    }

    /// The same where a fault is an event: its failure class, or its kind where it has none, and
    /// the function it was met in.
    public Refinement withFaults() {
        return new Refinement(implementation, specification, config, limits, true);
    }

    /// Compares.
    ///
    /// @throws IllegalArgumentException if the implementation has fewer CPUs than the specification
    public Conformance verdict() {
        if (implementation.cpus() < specification.cpus())
            throw new IllegalArgumentException(
                    implementation.title()
                            + ": "
                            + implementation.cpus()
                            + " CPUs, and the specification has "
                            + specification.cpus()
                            + ": agents correspond by their order, so each needs its counterpart");
        var alphabet = new Alphabet();
        StateGraph spec;
        StateGraph impl;
        try {
            spec = graph(specification, alphabet).whole();
            impl = graph(implementation, alphabet);
        } catch (StateGraph.Unfinished e) {
            return inconclusive(NONE, e.reason());
        }
        if (spec.failure().isPresent())
            return inconclusive(
                    NONE,
                    "the specification itself fails, "
                            + spec.failure().get().hit().text()
                            + ": correct it first");
        try {
            return compared(impl, new SpecificationSets(spec, alphabet), alphabet);
        } catch (StateGraph.Unfinished e) {
            return inconclusive(impl.counts(), e.reason());
        }
    }

    /// Merged nodes know one of their functions only.
    private StateGraph graph(Model model, Alphabet alphabet) {
        return faultsSeen
                ? StateGraph.withFaults(
                        model, config, limits, alphabet, Reductions.VERBS.withoutMerging())
                : StateGraph.of(model, config, limits, alphabet);
    }

    private Conformance compared(StateGraph impl, SpecificationSets spec, Alphabet alphabet) {
        var search =
                new ProductSearch(
                        impl,
                        spec,
                        alphabet,
                        specification.tasks().size(),
                        Narrator.columns(implementation),
                        limits);
        Optional<ProductSearch.Parting> parting = search.run();
        if (parting.isPresent()) return parted(impl, spec, alphabet, parting.get());
        Set<String> seen = new TreeSet<>();
        search.seen().stream().map(e -> alphabet.event(e).label()).forEach(seen::add);
        List<String> never = labels().filter(l -> !seen.contains(l)).toList();
        if (seen.isEmpty() || !never.isEmpty())
            return inconclusive(
                    impl.counts(),
                    (seen.isEmpty() ? "no event" : "\"" + String.join("\", \"", never) + "\"")
                            + " ever happened: the proof would be empty; check the model");
        return new Conformance.Refines(
                subject(),
                bounds(),
                impl.counts(),
                spec.counts(),
                search.pairs(),
                search.seen().stream().map(e -> alphabet.event(e).toString()).sorted().toList());
    }

    private Conformance parted(
            StateGraph impl,
            SpecificationSets spec,
            Alphabet alphabet,
            ProductSearch.Parting parting) {
        List<Turn> turns = new ArrayList<>(parting.edges().stream().map(impl::turn).toList());
        List<String> seen =
                parting.edges().stream()
                        .flatMap(e -> alphabet.events(impl.word(e)).stream())
                        .map(e -> alphabet.event(e).toString())
                        .collect(Collectors.toCollection(ArrayList::new));
        String event =
                switch (parting) {
                    case ProductSearch.Parting.Event(_, int number) -> {
                        // The events of the last transition are not all before it.
                        String it = alphabet.event(number).toString();
                        seen.subList(seen.lastIndexOf(it), seen.size()).clear();
                        yield alphabet.event(number).toString();
                    }
                    case ProductSearch.Parting.Rest(_, String how) -> how;
                    case ProductSearch.Parting.Fails(_, StateGraph.Failure failure) -> {
                        turns.add(failure.turn());
                        yield failure.hit().text();
                    }
                };
        var schedule = new Schedule(turns);
        boolean atRest = parting instanceof ProductSearch.Parting.Rest;
        List<Trace.Row> rows =
                new ArrayList<>(
                        new Checker(config, Reductions.ALL, limits, "")
                                .rows(implementation, schedule, atRest));
        if (!atRest && !rows.isEmpty()) rows.add(rows.removeLast().breaking());
        String title = implementation.title() + ": " + event;
        List<String> allowed =
                spec.next(parting.set()).stream()
                        .map(e -> alphabet.event(e).toString())
                        .sorted()
                        .toList();
        return new Conformance.DoesNotRefine(
                subject(),
                bounds(),
                impl.counts(),
                event,
                allowed,
                seen,
                new Trace(
                        title, Narrator.columns(implementation), rows, event, schedule.toString()));
    }

    private Stream<String> labels() {
        return implementation.agents().stream()
                .flatMap(agent -> agent.program().flow().nodes().stream())
                .flatMap(node ->
                        node.step() instanceof Step.Event(String label)
                                ? Stream.of(label)
                                : Stream.empty())
                .distinct();
    }

    private Conformance inconclusive(Counts counts, String reason) {
        return new Conformance.Inconclusive(subject(), bounds(), counts, reason);
    }

    private String subject() {
        return implementation.title() + " against " + specification.title();
    }

    private Bounds bounds() {
        var entries = new ArrayList<>(implementation.bounds().entries());
        entries.add(new Bounds.Bound("config", config.word()));
        entries.add(new Bounds.Bound("memory", "sequentially consistent"));
        return new Bounds(entries);
    }
}
