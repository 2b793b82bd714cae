package stillpoint.swap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stillpoint.check.Behaviours;
import stillpoint.check.Checker;
import stillpoint.check.Inclusion;
import stillpoint.check.Reductions;
import stillpoint.check.Survey;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// Compares a mutant with its design by what callers notice ([Watch#CALLERS]): which function gets
/// the device, is refused it, and puts it; that a fault has mapped its page, and returns; that
/// swapoff and swapon are called, return, or fail; that a page goes out to the next device; each on
/// its CPU, in any order that some interleaving gives them. A fault of the model is one more event,
/// by its class and function, and ends what is seen; who waits for ever and what is leaked is seen
/// in the end.
///
/// That each shows what the other shows is *the same behaviours within bounds*: one reader, memory
/// sequentially consistent, on every kernel configuration with every kind of device and another
/// device switched on after swapoff; and with swapoff and swapon again and again. Within these a
/// caller can tell the two apart by nothing but time. That a mutant may go round for ever where the
/// design does not is asked elsewhere ([MutantTrial]), of designs that come to their ends.
final class MutantLikeness {
    private static final Reductions REDUCTIONS = Reductions.ALL.withoutMerging().withoutSymmetry();

    private static final List<MutantPrograms.Recorded> VIEWS =
            List.of(
                    view(Scenario.SWAPON, DeviceKind.SSD),
                    view(Scenario.SWAPON, DeviceKind.HDD),
                    view(Scenario.SWAPON, DeviceKind.SYNC),
                    view(Scenario.EVER, DeviceKind.SSD));

    private static final String TAKEN = "the step is taken";

    private final SwapDesign design;
    private final Map<String, Behaviours> originals = new HashMap<>();
    private final Map<String, Boolean> alike = new HashMap<>();

    /// How the behaviours of a mutant and of its design lie to one another.
    enum Relation {
        /// Each shows what the other shows.
        SAME,
        /// The mutant shows what the design shows, and not all of it.
        FEWER,
        /// The mutant meets a fault in a function where the design never meets it.
        FAILS,
        /// The mutant shows what the design does not show, or nothing is known.
        OTHER
    }

    /// @param relation how they lie
    /// @param difference the first thing that one shows and the other does not, or why nothing is
    ///   known; empty where there is none
    record Likeness(Relation relation, String difference) {}

    MutantLikeness(SwapDesign design) {
        this.design = design;
    }

    /// The bounds of every comparison, in words.
    static List<String> bounds() {
        return VIEWS.stream()
                .map(view ->
                        "1 reader, "
                                + view.device()
                                + ", "
                                + (view.scenario() == Scenario.EVER
                                        ? "swapoff and swapon again and again"
                                        : "swapoff, swapon")
                                + ", every kernel configuration")
                .toList();
    }

    private static MutantPrograms.Recorded view(Scenario scenario, DeviceKind device) {
        return new MutantPrograms.Recorded(scenario, device, Watch.CALLERS);
    }

    /// Compares, until the mutant shows something of its own.
    Likeness of(MutantPrograms mutant) {
        Optional<String> fewer = Optional.empty();
        for (MutantPrograms.Recorded view : VIEWS) {
            Optional<SwapPrograms> changed = mutant.of(view);
            if (changed.isEmpty()) continue;
            Model model = model(changed.get(), view);
            Model original = model(view.of(design), view);
            for (Config config : kernels(view, model, original)) {
                String where = view.device() + ", " + view.scenario() + ", " + config;
                var one = Behaviours.of(model, config, MutantQuestion.LIMITS);
                var other =
                        originals.computeIfAbsent(
                                where, k -> Behaviours.of(original, config, MutantQuestion.LIMITS));
                Optional<String> fault =
                        one.failures().stream()
                                .filter(f -> !other.failures().contains(f))
                                .findFirst();
                if (fault.isPresent() && other.places() > 0)
                    return new Likeness(Relation.FAILS, fault.get() + ": 1 reader, " + where);
                Optional<String> more = difference(one, other);
                if (more.isPresent())
                    return new Likeness(Relation.OTHER, "shows " + more.get() + ": " + where);
                if (fewer.isEmpty())
                    fewer = difference(other, one).map(d -> "never shows " + d + ": " + where);
            }
        }
        return fewer.map(d -> new Likeness(Relation.FEWER, d))
                .orElse(new Likeness(Relation.SAME, ""));
    }

    /// Every configuration, but of two on which both models are the same step for step one.
    private List<Config> kernels(MutantPrograms.Recorded view, Model mutant, Model original) {
        var kernels = new ArrayList<Config>();
        for (Config config : Config.values())
            if (kernels.isEmpty() || !alike(view, kernels.getLast(), config, mutant, original))
                kernels.add(config);
        return kernels;
    }

    private boolean alike(
            MutantPrograms.Recorded view, Config one, Config other, Model mutant, Model original) {
        Checker checker = Checker.of(one).with(REDUCTIONS);
        return alike.computeIfAbsent(
                        view + ", " + one + ", " + other, k -> checker.alike(original, other))
                && checker.alike(mutant, other);
    }

    /// Whether some run of the design takes the step that the mutant changes.
    boolean reaches(Mutation mutation) {
        return VIEWS.stream().anyMatch(view -> reaches(mutation, view));
    }

    private boolean reaches(Mutation mutation, MutantPrograms.Recorded view) {
        SwapPrograms programs = view.of(design);
        var noted =
                new SwapPrograms(
                        programs.memory(),
                        mutation.noted(programs.reader(), TAKEN),
                        mutation.noted(programs.swapoff(), TAKEN));
        if (noted.equals(programs))
            return mutation.in(programs.reader()) || mutation.in(programs.swapoff());
        Model model =
                SwapModel.of(
                        "mutant",
                        "reader",
                        1,
                        () -> noted,
                        view.scenario(),
                        view.device(),
                        List.of(TAKEN));
        Survey survey = Checker.of(Config.PREEMPT_Y_4_20).with(MutantQuestion.LIMITS).survey(model);
        return !survey.open().filter(reason -> reason.contains(TAKEN)).isPresent();
    }

    private static Optional<String> difference(Behaviours one, Behaviours other) {
        return switch (one.within(other)) {
            case Inclusion.Within _ -> Optional.empty();
            case Inclusion.Beyond(List<String> seen, String event) ->
                    Optional.of(
                            '"'
                                    + event
                                    + '"'
                                    + (seen.isEmpty() ? "" : " after \"" + seen.getLast() + '"'));
            case Inclusion.Unknown(String reason) ->
                    Optional.of("nothing that is known, " + reason);
        };
    }

    private static Model model(SwapPrograms programs, MutantPrograms.Recorded view) {
        return MutantQuestion.model(programs, 1, view.scenario(), view.device());
    }
}
