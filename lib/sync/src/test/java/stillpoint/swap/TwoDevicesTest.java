package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.check.Checker;
import stillpoint.check.Reductions;
import stillpoint.check.Survey;
import stillpoint.machine.Config;

class TwoDevicesTest {
    @Test
    void asPostedTheSecondDeviceKeepsAPointerThatNoReaderFollows() {
        assertThat(met(TwoDevices.AS_POSTED)).containsExactly(TwoDevices.NOT_CLEARED);
    }

    @Test
    void neverSetBackTheSecondDevicesReadersFollowWhatWasFreed() {
        assertThat(met(TwoDevices.NEVER_SET_BACK)).containsExactly("F2", TwoDevices.NOT_CLEARED);
    }

    @Test
    void setBackByCallersThatHoldNothingTheTwoSwapoffsRace() {
        assertThat(met(TwoDevices.SET_BACK_BY_THE_CALLER))
                .containsExactly("F2", TwoDevices.NOT_CLEARED);
    }

    @Test
    void aMutexAcrossTheStopAWordOfItsOwnOrNoWordAtAllIsSafe() {
        assertThat(met(TwoDevices.SET_BACK_UNDER_A_MUTEX)).isEmpty();
        assertThat(met(TwoDevices.A_WORD_OF_ITS_OWN)).isEmpty();
        assertThat(met(TwoDevices.NULL_MASK)).isEmpty();
    }

    @Test
    void noReductionChangesWhatIsMet() {
        for (TwoDevices variant : TwoDevices.values())
            assertThat(survey(variant, Reductions.NONE).broken()).isEqualTo(met(variant));
    }

    @Test
    void theCountsAreThoseOfTheGoldenFile() throws IOException {
        var lines = new ArrayList<String>();
        for (int readers = 1; readers <= 2; readers++)
            lines.addAll(NewTypeTest.lines(TwoDevices.table(readers, Config.PREEMPT_Y_4_20)));
        Golden.matches("swap-two-devices.txt", lines);
    }

    @Test
    void aModelWithoutReadersIsRefused() {
        assertThatThrownBy(() -> TwoDevices.NULL_MASK.model(0)).hasMessageContaining("readers = 0");
    }

    private static List<String> met(TwoDevices variant) {
        return survey(variant, Reductions.ALL).broken();
    }

    private static Survey survey(TwoDevices variant, Reductions reductions) {
        Survey survey = Checker.of(Config.PREEMPT_Y_4_20).with(reductions).survey(variant.model(1));
        assertThat(survey.open()).isEmpty();
        return survey;
    }
}
