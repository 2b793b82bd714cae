package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import stillpoint.check.Checker;
import stillpoint.check.Limits;
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
/// one shows a failure that the design itself does not show on the same question.
final class MutantTrial {
    /// Bounds in states, not in seconds: the same on every machine.
    private static final Limits LIMITS = Limits.DEFAULT.states(3_000_000);

    private static final String ENDS = "1 reader, ssd, whether every CPU comes to its end";

    private static final String AGAIN = "whether a fault gets the device that comes after";

    private static final String NEVER = "never happened";

    private static final List<Question> QUESTIONS =
            List.of(
                    new Question(1, Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_20, false),
                    new Question(1, Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_19, false),
                    new Question(1, Scenario.SWAPON, DeviceKind.HDD, Config.PREEMPT_Y_4_20, false),
                    new Question(1, Scenario.SWAPON, DeviceKind.SYNC, Config.PREEMPT_Y_4_20, false),
                    new Question(1, Scenario.TWICE, DeviceKind.SSD, Config.PREEMPT_Y_4_20, false),
                    new Question(1, Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_20, true),
                    new Question(1, Scenario.SWAPON, DeviceKind.HDD, Config.PREEMPT_Y_4_20, true),
                    new Question(2, Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_20, false));

    private final SwapDesign design;
    private final Map<String, Survey> originals = new TreeMap<>();
    private Optional<Boolean> ends = Optional.empty();

    private static Model model(
            SwapPrograms programs, int readers, Scenario scenario, DeviceKind device) {
        return SwapModel.of(
                "mutant",
                "reader",
                readers,
                () -> programs,
                scenario,
                device,
                List.of(SwapIn.GOT_THE_DEVICE, SwapIn.MAPPED_THE_PAGE));
    }

    /// What is asked about a mutant and about the design it is a mutant of.
    private record Question(
            int readers, Scenario scenario, DeviceKind device, Config config, boolean audited) {
        Survey asked(SwapPrograms programs) {
            var model = model(programs, readers, scenario, device);
            return Checker.of(config).with(LIMITS).survey(model);
        }

        @Override
        public String toString() {
            return readers
                    + (readers == 1 ? " reader, " : " readers, ")
                    + device
                    + ", "
                    + (scenario == Scenario.TWICE ? "swapoff twice, " : "")
                    + config
                    + (audited ? ", counts audited" : "");
        }
    }

    MutantTrial(SwapDesign design) {
        this.design = design;
    }

    /// Every mistake in the design's own steps.
    List<Mutation> mutations() {
        SwapPrograms programs = programs(QUESTIONS.getFirst());
        return List.copyOf(Mutation.of(List.of(programs.reader(), programs.swapoff()), files()));
    }

    /// Its own source file, and those of the designs it extends.
    private Set<String> files() {
        var files = new TreeSet<String>();
        for (Class<?> type = design.getClass();
                type != null && SwapDesign.class.isAssignableFrom(type);
                type = type.getSuperclass())
            files.add(type.getName().replaceAll(".*[.]|[$].*", "") + ".java");
        return files;
    }

    private SwapPrograms programs(Question question) {
        return SwapPrograms.of(design, question.scenario(), question.device(), question.audited() ? Watch.COUNTS : Watch.NOTHING);
    }

    /// The mutant that `mutation` makes; empty if what moves has nowhere to go.
    Optional<Mutant> mutant(Mutation mutation) {
        SwapPrograms original = programs(QUESTIONS.getFirst());
        Optional<SwapPrograms> changed;
        try {
            changed = changed(mutation, original);
        } catch (RecordingException e) {
            String message = String.valueOf(e.getMessage());
            return Optional.of(outcome(mutation, Mutant.Outcome.RECORDING, message));
        }
        return changed.map(mutant -> judged(mutation, original, mutant));
    }

    private Mutant judged(Mutation mutation, SwapPrograms from, SwapPrograms to) {
        SwapPrograms original = each(from, Mutation::bare);
        SwapPrograms mutant = each(to, Mutation::bare);
        if (same(original, mutant))
            return outcome(mutation, Mutant.Outcome.EQUIVALENT, "same minimised graph");
        if (same(each(original, Mutation::unordered), each(mutant, Mutation::unordered)))
            return outcome(mutation, Mutant.Outcome.OPEN, "only the order of memory differs");
        var asked = new ArrayList<String>();
        for (Question question : QUESTIONS) {
            Optional<SwapPrograms> changed = changed(mutation, programs(question));
            if (changed.isEmpty()) continue;
            Survey survey = question.asked(changed.get());
            Survey known =
                    originals.computeIfAbsent(
                            question.toString(), q -> question.asked(programs(question)));
            Optional<String> news = news(known, survey);
            if (news.isPresent())
                return outcome(mutation, Mutant.Outcome.CAUGHT, news.get() + ": " + question);
            boolean cut = survey.open().isPresent() || known.open().isPresent();
            asked.add(question + (cut ? " (not to its end)" : ""));
        }
        Optional<SwapPrograms> changed = changed(mutation, once());
        if (changed.isPresent() && ends() && progress(changed.get()) instanceof Progress.Broken b)
            return outcome(mutation, Mutant.Outcome.CAUGHT, b.what() + ": " + ENDS);
        if (changed.isPresent() && ends()) asked.add(ENDS);
        SwapPrograms again = SwapPrograms.again(design);
        Optional<SwapPrograms> otherwise = changed(mutation, again);
        if (otherwise.isPresent()) {
            Optional<String> news = news(getsAgain(again), getsAgain(otherwise.get()));
            if (news.isPresent())
                return outcome(mutation, Mutant.Outcome.CAUGHT, news.get() + ": " + AGAIN);
            asked.add(AGAIN);
        }
        return design.needsMemoryModel()
                ? outcome(mutation, Mutant.Outcome.OPEN, "the design itself is open")
                : outcome(mutation, Mutant.Outcome.SURVIVED, String.join("; ", asked));
    }

    private SwapPrograms once() {
        return SwapPrograms.of(design, Scenario.SWAPOFF, DeviceKind.SSD, Watch.NOTHING);
    }

    /// Whether every CPU of the design itself comes to its end, which can be asked of a mutant
    /// then.
    private boolean ends() {
        if (ends.isEmpty()) ends = Optional.of(progress(once()) instanceof Progress.Kept);
        return ends.get();
    }

    private static Progress progress(SwapPrograms programs) {
        var model = model(programs, 1, Scenario.SWAPOFF, DeviceKind.SSD);
        return Liveness.of(model).with(LIMITS).ends("reader").ends("swapoff").verdict();
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
        return Checker.of(Config.PREEMPT_Y_4_20).with(LIMITS).survey(model);
    }

    /// What the mutant shows and the design does not.
    private static Optional<String> news(Survey known, Survey survey) {
        if (known.open().isPresent()) return Optional.empty();
        Optional<String> broken =
                survey.broken().stream().filter(b -> !known.broken().contains(b)).findFirst();
        return broken.isPresent()
                ? broken
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

    private static Optional<SwapPrograms> changed(Mutation mutation, SwapPrograms from) {
        Optional<Program> reader = mutation.on(from.reader());
        Optional<Program> swapoff = mutation.on(from.swapoff());
        if (reader.isEmpty() && swapoff.isEmpty()) return Optional.empty();
        return Optional.of(
                new SwapPrograms(
                        from.memory(),
                        reader.orElse(from.reader()),
                        swapoff.orElse(from.swapoff())));
    }

    private static SwapPrograms each(SwapPrograms of, UnaryOperator<Program> change) {
        return new SwapPrograms(of.memory(), change.apply(of.reader()), change.apply(of.swapoff()));
    }

    // ---- the same graph, whatever lines it is of

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
