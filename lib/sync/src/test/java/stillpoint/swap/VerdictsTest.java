package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import stillpoint.check.Checker;
import stillpoint.check.Reductions;
import stillpoint.check.Survey;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

class VerdictsTest {
    private static final SwapDesign D0 = new Unprotected();
    private static final SwapDesign D6 = new RcuV8();
    private static final SwapDesign D8 = new StopMachineV7();

    /// The others that are safe within the bounds of this file, or open where only memory orders
    /// are in question.
    private static final List<SwapDesign> SAFE_TOO =
            List.of(
                    new RefcountV1(),
                    new SrcuV2(),
                    new RcuBarriersV3(),
                    new RcuSchedV5a(),
                    new StopMachineNullMask(),
                    new ActiveCallback(),
                    new ActiveCallbackCorrected(),
                    new UpdateWhileStopped(),
                    new PreemptOffRcu(),
                    new PreemptOffExpedited(),
                    new NeverFreed(),
                    new PercpuRef(),
                    new PercpuRefNoRmb(),
                    new PercpuRefPerCpu(),
                    new FreshObject());

    @Test
    void withoutProtectionEveryClassFromF1ToF4IsReachedOnASolidStateDevice() {
        for (String failure : List.of("F1", "F2", "F3", "F4"))
            assertThat(search(D0, 1, false, DeviceKind.SSD, Config.PREEMPT_Y_4_20, failure))
                    .isEqualTo(failure);
    }

    @Test
    void withoutProtectionASynchronousDeviceReachesF5() {
        assertThat(search(D0, 1, false, DeviceKind.SYNC, Config.PREEMPT_Y_4_20, "F5"))
                .isEqualTo("F5");
    }

    @Test
    void onARotatingDeviceTheLockOfTheDeviceRulesOutF2AndF3ButNotF1() {
        assertThat(search(D0, 2, false, DeviceKind.HDD, Config.PREEMPT_Y_4_20, "F1"))
                .isEqualTo("F1");
        assertThat(search(D0, 2, false, DeviceKind.HDD, Config.PREEMPT_Y_4_20, "F2"))
                .isEqualTo("safe");
        assertThat(search(D0, 2, false, DeviceKind.HDD, Config.PREEMPT_Y_4_20, "F3"))
                .isEqualTo("safe");
    }

    /// `alloc_swap_info()` initialises `p->lock` of the slot it takes over, whoever may hold it.
    @Test
    void withoutProtectionSwaponInitialisesALockThatAFaultHolds() {
        assertThat(
                        search(
                                D0,
                                1,
                                true,
                                DeviceKind.HDD,
                                Config.PREEMPT_Y_4_20,
                                "unlock of a free lock"))
                .startsWith("unlock of a free lock p->lock");
    }

    @Tag("slow")
    @Test
    void v7AndV8AreSafeOnEveryConfigurationAndTheOtherSafeDesignsWhereTheApiDecides()
            throws IOException {
        var lines = new ArrayList<String>();
        for (SwapDesign design : List.of(D6, D8))
            for (Config config : Config.values())
                for (DeviceKind device : List.of(DeviceKind.SSD, DeviceKind.HDD))
                    for (int readers = 1;
                            readers <= (device == DeviceKind.SSD ? 3 : 2);
                            readers++) {
                        Verdict verdict =
                                Checker.of(config)
                                        .check(SwapModel.of(design, readers, true, device));
                        assertThat(verdict).as(verdict.toString()).isInstanceOf(Verdict.Safe.class);
                        lines.add(
                                design.id()
                                        + " "
                                        + config
                                        + " "
                                        + device
                                        + " readers "
                                        + readers
                                        + ": "
                                        + verdict.counts().states()
                                        + " states, "
                                        + verdict.counts().transitions()
                                        + " transitions");
                    }
        for (SwapDesign design : SAFE_TOO)
            for (int readers = 1; readers <= mostReaders(design); readers++)
                lines.add(counts(design, readers, Config.PREEMPT_Y_4_20));
        Golden.matches("swap-safe.txt", lines);
    }

    /// With words of each CPU three readers are 4.8 million states; its specification, D13, is
    /// searched in its place.
    private static int mostReaders(SwapDesign design) {
        return design instanceof PercpuRefPerCpu ? 2 : 3;
    }

    private static String counts(SwapDesign design, int readers, Config config) {
        Verdict verdict =
                Checker.of(config).check(SwapModel.of(design, readers, true, DeviceKind.SSD));
        assertThat(verdict).as(verdict.toString()).isInstanceOf(Verdict.Safe.class);
        return "%s %s ssd readers %d: %d states, %d transitions"
                .formatted(
                        design.id(),
                        config,
                        readers,
                        verdict.counts().states(),
                        verdict.counts().transitions());
    }

    /// One reader; each class is looked for behind the others too. Where only an order in memory is
    /// in question, that every interleaving is safe leaves it open.
    @Tag("slow")
    @Test
    void everyDesignBreaksOrHoldsAsWeKnowInEveryScenario() throws IOException {
        var lines = new ArrayList<String>();
        for (SwapDesign design : Designs.all()) {
            for (Scenario scenario : Scenario.values())
                lines.add(met(design, scenario, DeviceKind.SSD, Config.PREEMPT_Y_4_20));
            lines.add(met(design, Scenario.SWAPON, DeviceKind.HDD, Config.PREEMPT_Y_4_20));
            lines.add(met(design, Scenario.SWAPON, DeviceKind.SYNC, Config.PREEMPT_Y_4_20));
            for (SwapDesign flavour : flavours(design)) {
                lines.add(met(flavour, Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_19));
                if (flavour != design)
                    lines.add(met(flavour, Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_20));
            }
        }
        Golden.matches("swap-verdicts.txt", lines);
    }

    private static List<SwapDesign> flavours(SwapDesign design) {
        var all = new ArrayList<SwapDesign>(List.of(design));
        for (var flavour : design.flavours())
            if (!design.flavour().equals(Optional.of(flavour))) all.add(design.in(flavour));
        return all;
    }

    private static String met(
            SwapDesign design, Scenario scenario, DeviceKind device, Config config) {
        Survey survey = Checker.of(config).survey(SwapModel.of(design, 1, scenario, device));
        assertThat(survey.open()).as(Designs.nameOf(design)).isEmpty();
        String safe = design.needsMemoryModel() ? "open: needs the memory model" : "safe";
        return "%s %s %s %s: %s"
                .formatted(
                        Designs.nameOf(design),
                        config,
                        device,
                        scenario,
                        survey.broken().isEmpty() ? safe : String.join(", ", survey.broken()));
    }

    /// The sketch as posted: the first call clears `swap_map`, every later one does nothing. V7's
    /// readers need only the stop, so nothing breaks; readers who trust the callback's work do.
    @Test
    void theSketchsSecondCallHurtsOnlyWhereTheFlagIsGone() {
        assertThat(survey(new ActiveCallback(), Scenario.EVER)).isEmpty();
        assertThat(survey(new ActiveCallbackCorrected.WordNotSetBack(), Scenario.SWAPON))
                .contains("F1");
        assertThat(survey(new ActiveCallbackCorrected(), Scenario.EVER)).isEmpty();
    }

    /// Posted for swapon and swapoff alike, a callback that clears `swap_map` each time takes the
    /// new device's.
    @Test
    void setBackByItsCallerTheSketchTakesTheMapThatSwaponSetUp() {
        assertThat(survey(new ActiveCallbackReset(), Scenario.SWAPOFF)).isEmpty();
        assertThat(survey(new ActiveCallbackReset(), Scenario.SWAPON)).contains("F1");
    }

    /// What the whole fault holds covers the read past the swap cache; sections never do.
    @Test
    void onlyDesignsThatHoldTheDeviceAcrossTheReadCoverASynchronousDevice() {
        for (SwapDesign design : List.of(new RefcountV1(), new SrcuV2(), new PercpuRef()))
            assertThat(search(design, 2, true, DeviceKind.SYNC, Config.PREEMPT_Y_4_20, ""))
                    .as(design.id())
                    .isEqualTo("safe");
    }

    private static List<String> survey(SwapDesign design, Scenario scenario) {
        return Checker.of(Config.PREEMPT_Y_4_20)
                .survey(SwapModel.of(design, 1, scenario, DeviceKind.SSD))
                .broken();
    }

    /// The thread knew: the read itself is not in any section of V7 or V8, and percpu_ref came for
    /// it.
    @Test
    void v7AndV8DoNotCoverTheReadPastTheSwapCache() {
        assertThat(search(D8, 1, false, DeviceKind.SYNC, Config.PREEMPT_Y_4_20, ""))
                .isEqualTo("F5");
        assertThat(search(D6, 1, false, DeviceKind.SYNC, Config.PREEMPT_Y_4_20, ""))
                .isEqualTo("F5");
    }

    @Test
    void onASynchronousDeviceF5IsAllThatIsLeft() {
        for (SwapDesign design : List.of(D6, D8))
            for (String failure : List.of("F1", "F2", "F3", "F4", "F6"))
                assertThat(search(design, 2, true, DeviceKind.SYNC, Config.PREEMPT_Y_4_20, failure))
                        .as(design.id() + " " + failure)
                        .isEqualTo("safe");
    }

    @Test
    void everyBrokenSiblingBreaksAsItSays() {
        for (SwapDesign design : Designs.all())
            for (Sibling s : design.brokenSiblings()) {
                String focus = s.needsWeakMemory() ? "" : s.expected();
                assertThat(search(s.design(), 1, s.swapon(), s.device(), s.config(), focus))
                        .as(design.id() + "/" + s.name())
                        .isEqualTo(s.needsWeakMemory() ? "safe" : s.expected());
            }
    }

    @Test
    void aReaderThatLeavesPreemptionOnHappensToBeSafeWithoutKernelPreemption() {
        SwapDesign open = new StopMachineV7.NoPreemptDisable();
        assertThat(search(open, 2, true, DeviceKind.SSD, Config.PREEMPT_N_4_19, ""))
                .isEqualTo("safe");
        assertThat(search(open, 1, true, DeviceKind.SSD, Config.PREEMPT_Y_4_19, "F1"))
                .isEqualTo("F1");
    }

    @Test
    void preemptDisableForRcuIsRightSinceTheFlavoursAreOne() {
        SwapDesign mixed = new RcuV8.PreemptDisableInstead();
        assertThat(search(mixed, 2, true, DeviceKind.SSD, Config.PREEMPT_Y_4_20, ""))
                .isEqualTo("safe");
        assertThat(search(mixed, 1, true, DeviceKind.SSD, Config.PREEMPT_Y_4_19, "F1"))
                .isEqualTo("F1");
    }

    @Test
    void noReductionChangesAVerdict() {
        for (SwapDesign design : List.of(D0, D6, D8)) {
            sameWithAll(Reductions.NONE, SwapModel.of(design, 1, true, DeviceKind.SSD));
            sameWithAll(Reductions.NONE, SwapModel.of(design, 1, true, DeviceKind.HDD));
            sameWithAll(Reductions.VERBS, SwapModel.of(design, 2, false, DeviceKind.SSD));
            sameWithAll(
                    Reductions.ALL.withoutSymmetry(),
                    SwapModel.of(design, 2, true, DeviceKind.SSD));
        }
    }

    private static void sameWithAll(Reductions reductions, Model model) {
        Checker all = Checker.of(Config.PREEMPT_Y_4_20);
        assertThat(word(all.with(reductions).check(model))).isEqualTo(word(all.check(model)));
    }

    private static String search(
            SwapDesign design,
            int readers,
            boolean swapon,
            DeviceKind device,
            Config config,
            String only) {
        return word(
                Checker.of(config).only(only).check(SwapModel.of(design, readers, swapon, device)));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Safe s -> s.word();
            case Verdict.Violation v -> v.failureClass().isEmpty() ? v.what() : v.failureClass();
            case Verdict.Inconclusive i -> i.reason();
        };
    }
}
