package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.check.Limits;
import stillpoint.check.Survey;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.program.Fault;

/// One search that answers for every failure class at once.
class SurveyTest {
    /// All that can be looked for alone.
    private static List<String> classes() {
        Stream<String> kinds = Arrays.stream(Fault.values()).map(f -> "other " + f.words());
        return Stream.concat(SwapModel.failureClasses().stream(), kinds).toList();
    }

    /// Designs that differ in what is found, on every kind of device, and every sibling of theirs
    /// where it shows what is broken. All designs would be thousands of searches.
    static List<SwapCheck> checks() {
        var all = new ArrayList<SwapCheck>();
        for (SwapDesign design :
                List.of(
                        new Unprotected(),
                        new RcuV8(),
                        new StopMachineV7(),
                        new ActiveCallbackReset(),
                        new DeviceLock())) {
            var check = SwapCheck.of(design).readers(1).swapon(true);
            for (DeviceKind device : DeviceKind.values()) all.add(check.device(device));
            for (Sibling s : design.brokenSiblings())
                all.add(SwapCheck.of(s.design()).readers(1).swapon(s.swapon()).device(s.device()));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("checks")
    void itSaysOfEveryClassWhatASearchForThatClassAloneSays(SwapCheck check) {
        Survey survey = check.survey();
        for (String each : classes())
            assertThat(size(survey.verdict(each)))
                    .as(each)
                    .isEqualTo(size(check.checker().only(each).check(check.model())));
    }

    @Test
    void whatItMeetsIsWhatTheUnprotectedKernelIsKnownFor() {
        assertThat(SwapCheck.of(new Unprotected()).readers(1).survey().broken())
                .contains("F1", "F2", "F3", "F4");
    }

    @Test
    void itNamesFunctionsInWhichAClassIsMet() {
        assertThat(SwapCheck.of(new Unprotected()).readers(1).survey().places())
                .contains("F1 in __swap_duplicate", "F1 in __swp_swapcount");
    }

    @Test
    void aSurveyThatWasCutShortCallsNothingSafe() {
        Survey cut = SwapCheck.of(new StopMachineV7()).with(Limits.DEFAULT.states(1_000)).survey();
        assertThat(cut.open()).get().asString().contains("1000 states");
        assertThat(cut.verdict("F1")).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void whatItMetBeforeItWasCutShortIsBrokenAllTheSame() {
        var one = SwapCheck.of(new Unprotected()).readers(1).swapon(true);
        Survey cut = one.with(Limits.DEFAULT.states(4_000)).survey();
        assertThat(cut.open()).isPresent();
        assertThat(cut.broken()).contains("F1");
    }

    @Test
    void aClassThatIsMetHasTheShortestTraceOfASearchForItAlone() {
        var check = SwapCheck.of(new Unprotected()).readers(1).config(Config.PREEMPT_Y_4_19);
        assertThat(trace(check.survey().verdict("F3")))
                .isEqualTo(trace(check.checker().only("F3").check(check.model())));
    }

    private static String trace(Verdict verdict) {
        return verdict instanceof Verdict.Violation v ? v.trace().toString() : "none";
    }

    /// Without the seconds.
    private static String size(Verdict verdict) {
        String outcome =
                switch (verdict) {
                    case Verdict.Safe safe -> safe.occurred().toString();
                    case Verdict.Violation v -> v.what() + v.trace().rows();
                    case Verdict.Inconclusive i -> i.reason();
                };
        return verdict.subject()
                + verdict.bounds()
                + verdict.counts().states()
                + verdict.counts().transitions()
                + outcome;
    }
}
