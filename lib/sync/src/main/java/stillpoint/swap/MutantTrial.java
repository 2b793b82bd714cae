package stillpoint.swap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import stillpoint.check.Checker;
import stillpoint.check.Liveness;
import stillpoint.check.Survey;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Progress;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Flow;
import stillpoint.program.Node;
import stillpoint.program.Program;
import stillpoint.program.RecordingException;
import stillpoint.program.Site;
import stillpoint.program.Step;

/// Tries the mutants of one design: the questions are asked in turn, the cheap ones first, until
/// one shows a failure that the design itself does not show on the same question. Whatever passes
/// all of them is compared with the design by what callers notice.
final class MutantTrial {
    private static final String ENDS = "1 reader, ssd, whether every CPU comes to its end";

    private static final String AGAIN = "whether a fault gets the device that comes after";

    private static final String UNNOTICED = "callers notice nothing";

    private static final String NEVER = "never happened";

    private static final MutantPrograms.Recorded FIRST = MutantQuestion.ALL.getFirst().recorded();

    private static final MutantPrograms.Recorded ONCE =
            new MutantPrograms.Recorded(Scenario.SWAPOFF, DeviceKind.SSD, Watch.NOTHING);

    private final SwapDesign design;
    private final MutantLikeness likeness;
    private final Map<String, Survey> originals = new TreeMap<>();
    private Optional<Boolean> ends = Optional.empty();

    MutantTrial(SwapDesign design) {
        this.design = design;
        this.likeness = new MutantLikeness(design);
    }

    /// Every question, in words.
    static List<String> questions() {
        return Stream.of(
                        MutantQuestion.ALL.stream().map(MutantQuestion::toString),
                        Stream.of(ENDS, AGAIN, MutantQuestion.TWO_READERS.toString()))
                .flatMap(each -> each)
                .toList();
    }

    /// Every mistake in the steps of these files.
    List<Mutation> mutations(Set<String> files) {
        SwapPrograms programs = FIRST.of(design);
        return List.copyOf(Mutation.of(List.of(programs.reader(), programs.swapoff()), files));
    }

    /// Its own source file, and those of the designs it extends.
    Set<String> own() {
        var files = new TreeSet<String>();
        for (Class<?> type = design.getClass();
                type != null && SwapDesign.class.isAssignableFrom(type);
                type = type.getSuperclass())
            files.add(type.getName().replaceAll(".*[.]|[$].*", "") + ".java");
        return files;
    }

    /// The mutant that `mutation` makes; empty if what moves has nowhere to go.
    Optional<Mutant> mutant(Mutation mutation) {
        var mutant = new MutantPrograms(design, mutation);
        try {
            return mutant.of(FIRST).map(changed -> judged(mutation, mutant, changed));
        } catch (RecordingException e) {
            String message = String.valueOf(e.getMessage());
            return Optional.of(outcome(mutation, Mutant.Outcome.RECORDING, message));
        }
    }

    private Mutant judged(Mutation mutation, MutantPrograms mutant, SwapPrograms changed) {
        SwapPrograms before = each(FIRST.of(design), Mutation::bare);
        SwapPrograms after = each(changed, Mutation::bare);
        if (same(before, after))
            return outcome(mutation, Mutant.Outcome.EQUIVALENT, "same minimised graph");
        if (same(each(before, Mutation::unordered), each(after, Mutation::unordered)))
            return outcome(mutation, Mutant.Outcome.OPEN, "only the order of memory differs");
        return caught(mutant)
                .map(what -> outcome(mutation, Mutant.Outcome.CAUGHT, what))
                .orElseGet(() -> passed(mutation, likeness.of(mutant)));
    }

    /// What is known of a mutant that no question catches.
    private Mutant passed(Mutation mutation, MutantLikeness.Likeness likeness) {
        if (design.needsMemoryModel() && likeness.relation() != MutantLikeness.Relation.FAILS)
            return outcome(mutation, Mutant.Outcome.OPEN, "the design itself is open");
        SwapPrograms programs = FIRST.of(design);
        boolean orders = mutation.orders(List.of(programs.reader(), programs.swapoff()));
        return switch (likeness.relation()) {
            case FAILS -> outcome(mutation, Mutant.Outcome.CAUGHT, likeness.difference());
            case OTHER -> outcome(mutation, Mutant.Outcome.SURVIVED, likeness.difference());
            case FEWER ->
                    orders
                            ? open(mutation, "callers notice nothing new, " + likeness.difference())
                            : outcome(mutation, Mutant.Outcome.REFINES, likeness.difference());
            case SAME ->
                    orders
                            ? open(mutation, UNNOTICED)
                            : outcome(
                                    mutation,
                                    Mutant.Outcome.ALIKE,
                                    this.likeness.reaches(mutation)
                                            ? UNNOTICED
                                            : "no run gets there");
        };
    }

    /// What is dropped or moved orders memory too, which no interleaving shows.
    private static Mutant open(Mutation mutation, String likeness) {
        return outcome(
                mutation,
                Mutant.Outcome.OPEN,
                "an order may go with it; where memory is sequentially consistent " + likeness);
    }

    // ---- what catches it

    private Optional<String> caught(MutantPrograms mutant) {
        for (MutantQuestion question : MutantQuestion.ALL) {
            Optional<String> caught = caught(question, mutant);
            if (caught.isPresent()) return caught;
        }
        return caughtWaiting(mutant)
                .or(() -> caughtAgain(mutant))
                .or(() -> caught(MutantQuestion.TWO_READERS, mutant));
    }

    private Optional<String> caught(MutantQuestion question, MutantPrograms mutant) {
        return mutant.of(question.recorded())
                .flatMap(changed -> {
                    Survey known =
                            originals.computeIfAbsent(
                                    question.toString(),
                                    q -> question.asked(question.recorded().of(design)));
                    return news(known, question.asked(changed));
                })
                .map(news -> news + ": " + question);
    }

    private Optional<String> caughtWaiting(MutantPrograms mutant) {
        return mutant.of(ONCE)
                .filter(changed -> ends())
                .flatMap(changed ->
                        progress(changed) instanceof Progress.Broken b
                                ? Optional.of(b.what() + ": " + ENDS)
                                : Optional.empty());
    }

    /// Whether every CPU of the design itself comes to its end, which can be asked of a mutant
    /// then.
    private boolean ends() {
        if (ends.isEmpty()) ends = Optional.of(progress(ONCE.of(design)) instanceof Progress.Kept);
        return ends.get();
    }

    private static Progress progress(SwapPrograms programs) {
        var model = MutantQuestion.model(programs, 1, Scenario.SWAPOFF, DeviceKind.SSD);
        return Liveness.of(model)
                .with(MutantQuestion.LIMITS)
                .ends("reader")
                .ends("swapoff")
                .verdict();
    }

    private Optional<String> caughtAgain(MutantPrograms mutant) {
        SwapPrograms original = SwapPrograms.again(design);
        return mutant.again(original)
                .flatMap(changed -> news(getsAgain(original), getsAgain(changed)))
                .map(news -> news + ": " + AGAIN);
    }

    /// A device that nobody ever gets again is safe, and of no use.
    private static Survey getsAgain(SwapPrograms programs) {
        var model =
                new Model(
                        "mutant",
                        programs.memory(),
                        List.of(new Agent("swapoff", programs.swapoff(), 1)),
                        List.of(SwapPrograms.GOT_THE_NEXT),
                        Bounds.of("readers", "0"),
                        SwapModel::failureClass);
        return Checker.of(Config.PREEMPT_Y_4_20).with(MutantQuestion.LIMITS).survey(model);
    }

    /// What the mutant shows and the design does not: a failure class in a function where the
    /// design has none, the class that is new first; or a thing that never comes to pass.
    private static Optional<String> news(Survey known, Survey survey) {
        if (known.open().isPresent()) return Optional.empty();
        List<String> places =
                survey.places().stream().filter(p -> !known.places().contains(p)).toList();
        Optional<String> first =
                places.stream()
                        .filter(p -> known.broken().stream().noneMatch(p::startsWith))
                        .findFirst()
                        .or(() -> places.stream().findFirst());
        return first.isPresent()
                ? first
                : survey.open().filter(reason -> reason.contains(NEVER)).map(MutantTrial::never);
    }

    /// The checker calls a proof empty in which something never happens that should.
    private static String never(String reason) {
        return "no run comes to "
                + reason.replaceFirst("^nothing is wrong, but ", "")
                        .replaceFirst(" " + NEVER + ".*", "");
    }

    private static Mutant outcome(Mutation mutation, Mutant.Outcome outcome, String what) {
        return new Mutant(
                mutation.site().toString(),
                mutation.step() + ": " + mutation.change().words(),
                outcome,
                what);
    }

    // ---- the same graph, whatever lines it is of

    private static SwapPrograms each(SwapPrograms of, UnaryOperator<Program> change) {
        return new SwapPrograms(of.memory(), change.apply(of.reader()), change.apply(of.swapoff()));
    }

    private static boolean same(SwapPrograms a, SwapPrograms b) {
        return unplaced(a.reader().flow()).equals(unplaced(b.reader().flow()))
                && unplaced(a.swapoff().flow()).equals(unplaced(b.swapoff().flow()));
    }

    private static Flow unplaced(Flow flow) {
        Stream<Node> nodes =
                flow.nodes().stream()
                        .map(n ->
                                new Node(
                                        unplaced(n.step()),
                                        n.context(),
                                        Site.UNKNOWN,
                                        List.of(),
                                        n.glued(),
                                        n.next()));
        return new Flow(flow.name(), nodes.toList(), flow.entry(), flow.registers());
    }

    private static Step unplaced(Step step) {
        return step instanceof Step.StopMachine stop
                ? new Step.StopMachine(
                        stop.mask(), stop.callback().map(MutantTrial::unplaced), stop.copied())
                : step;
    }
}
