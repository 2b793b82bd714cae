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

    static List<SwapDesign> designs() {
        var all = new ArrayList<>(Designs.all());
        for (SwapDesign design : Designs.all())
            design.brokenSiblings().forEach(sibling -> all.add(sibling.design()));
        return all;
    }

    @ParameterizedTest
    @MethodSource("designs")
    void itSaysOfEveryClassWhatASearchForThatClassAloneSays(SwapDesign design) {
        for (DeviceKind device : DeviceKind.values()) {
            var check = SwapCheck.of(design).readers(1).swapon(true).device(device);
            Survey survey = check.survey();
            for (String each : classes())
                assertThat(size(survey.verdict(each)))
                        .as(design.id() + " " + device + " " + each)
                        .isEqualTo(size(check.only(each).verdict()));
        }
    }

    @Test
    void whatItMeetsIsWhatTheUnprotectedKernelIsKnownFor() {
        assertThat(SwapCheck.of(new Unprotected()).readers(1).survey().broken())
                .contains("F1", "F2", "F3", "F4");
    }

    @Test
    void aSurveyThatWasCutShortCallsNothingSafe() {
        Survey cut = SwapCheck.of(new StopMachineV7()).with(Limits.DEFAULT.states(1_000)).survey();
        assertThat(cut.open()).get().asString().contains("1000 states");
        assertThat(cut.verdict("F1")).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void whatItMetBeforeItWasCutShortIsBrokenAllTheSame() {
        Survey cut = SwapCheck.of(new Unprotected()).with(Limits.DEFAULT.states(150_000)).survey();
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
