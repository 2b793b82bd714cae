package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stillpoint.check.Behaviours;
import stillpoint.check.Inclusion;
import stillpoint.check.Limits;
import stillpoint.check.Reductions;
import stillpoint.check.Refinement;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// What callers notice of a design, and that the comparison can tell.
class MutantLikenessTest {
    private static final SwapDesign D8 = new StopMachineV7();

    private static Model model(SwapDesign design, Scenario scenario) {
        SwapPrograms programs = SwapPrograms.of(design, scenario, DeviceKind.SSD, Watch.CALLERS);
        return MutantQuestion.model(programs, 1, scenario, DeviceKind.SSD);
    }

    private static Behaviours of(SwapDesign design, Scenario scenario) {
        return Behaviours.of(model(design, scenario), Config.PREEMPT_Y_4_20, Limits.DEFAULT);
    }

    private static boolean within(SwapDesign one, SwapDesign other) {
        return of(one, Scenario.SWAPON).within(of(other, Scenario.SWAPON))
                instanceof Inclusion.Within;
    }

    private static Set<MutantLikeness.Relation> relations(SwapDesign design, Mutant.Outcome of) {
        var trial = new MutantTrial(design);
        var likeness = new MutantLikeness(design);
        Set<MutantLikeness.Relation> relations = EnumSet.noneOf(MutantLikeness.Relation.class);
        for (Mutation mutation : trial.mutations(trial.own()))
            if (trial.mutant(mutation).filter(m -> m.outcome() == of).isPresent())
                relations.add(likeness.of(new MutantPrograms(design, mutation)).relation());
        return relations;
    }

    /// Were the alphabet too small, a mutant that is known to fail would look like its design.
    @Test
    void aMutantThatIsCaughtIsNeverLikeItsDesignNorWithinIt() {
        assertThat(relations(D8, Mutant.Outcome.CAUGHT))
                .containsExactly(MutantLikeness.Relation.FAILS);
    }

    @Test
    void everyBrokenSiblingOfV7ShowsWhatV7DoesNotButForTheOneThatNeedsWeakMemory() {
        for (Sibling sibling : D8.brokenSiblings())
            assertThat(within(sibling.design(), D8))
                    .as(sibling.name())
                    .isEqualTo(sibling.expected().equals(Sibling.WEAK_MEMORY));
    }

    @Test
    void whatASiblingShowsBeyondV7IsItsFault() {
        Behaviours broken = of(Designs.named("D8/no-stop-in-swapoff"), Scenario.SWAPOFF);
        assertThat(broken.failures()).contains("F1 in __swap_duplicate");
        assertThat(of(D8, Scenario.SWAPOFF).failures()).isEmpty();
    }

    @Test
    void inclusionIsAskedInBothDirections() {
        SwapDesign more = Designs.named("D8/no-stop-in-swapoff");
        assertThat(within(D8, more)).isTrue();
        assertThat(within(more, D8)).isFalse();
    }

    @Test
    void aProductSearchOverVerbsAgreesInBothDirections() {
        for (SwapDesign other : List.of(new RcuV8(), Designs.named("D8/no-stop-in-swapoff")))
            for (boolean turned : new boolean[] {false, true}) {
                Model one = model(turned ? other : D8, Scenario.SWAPOFF);
                Model two = model(turned ? D8 : other, Scenario.SWAPOFF);
                boolean within =
                        Behaviours.of(one, Config.PREEMPT_Y_4_20, Limits.DEFAULT)
                                        .within(
                                                Behaviours.of(
                                                        two, Config.PREEMPT_Y_4_20, Limits.DEFAULT))
                                instanceof Inclusion.Within;
                assertThat(Refinement.of(one, two).withFaults().verdict().word())
                        .as(other.id() + turned)
                        .isEqualTo(within ? "refines" : "does not refine");
            }
    }

    @Test
    void reductionsChangeNoBehaviour() {
        for (SwapDesign design : List.of(new Unprotected(), D8, new PercpuRefPerCpu())) {
            Model model = model(design, Scenario.EVER);
            Behaviours reduced = Behaviours.of(model, Config.PREEMPT_Y_4_19, Limits.DEFAULT);
            Behaviours verbs =
                    Behaviours.of(
                            model,
                            Config.PREEMPT_Y_4_19,
                            Limits.DEFAULT,
                            Reductions.VERBS.withoutMerging());
            assertThat(reduced.within(verbs)).as(design.id()).isInstanceOf(Inclusion.Within.class);
            assertThat(verbs.within(reduced)).as(design.id()).isInstanceOf(Inclusion.Within.class);
        }
    }

    @Test
    void theEventsAreWhatCallersNotice() {
        assertThat(of(D8, Scenario.SWAPON).events())
                .contains(
                        "lookup_swap_cache gets the device on CPU0",
                        "lookup_swap_cache is refused the device on CPU0",
                        "__swap_duplicate puts the device on CPU0",
                        "the fault has mapped the page on CPU0",
                        "swapoff is called on CPU1",
                        "swapoff returns on CPU1",
                        "swapoff fails on CPU1",
                        "swapon returns on CPU1",
                        "a page goes out to the next device on CPU1");
    }
}
