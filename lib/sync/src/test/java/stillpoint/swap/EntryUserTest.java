package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.check.Checker;
import stillpoint.machine.Config;

class EntryUserTest {
    private static final SwapDesign D0 = new Unprotected();
    private static final SwapDesign D8 = new StopMachineV7();

    @Test
    void unprotectedALookUpAloneMeetsAnArrayThatIsGone() {
        assertThat(met(D0, EntryUser.LOOKUP)).containsExactly("F4");
        assertThat(met(D0, EntryUser.MINCORE_SHMEM)).containsExactly("F4");
    }

    @Test
    void unprotectedReadaheadOfANeighbourMeetsEveryClassFromF1ToF4() {
        assertThat(met(D0, EntryUser.READAHEAD)).contains("F1", "F2", "F3", "F4");
    }

    @Test
    void whatALockPinsIsSafeWithoutGetAndPut() {
        for (EntryUser user : EntryUser.values())
            if (user.pin().isPresent()) assertThat(met(D0, user)).as(user.name()).isEmpty();
    }

    @Test
    void aPinThatIsDroppedBeforeTheUseDoesNotPin() {
        assertThat(met(D0, EntryUser.FORK_WITHOUT_THE_LOCK)).contains("F1", "F2", "F3");
        assertThat(met(D0, EntryUser.PAGE_SWAPCOUNT_WITHOUT_THE_LOCK)).contains("F1", "F2", "F3");
    }

    @Test
    void v7CoversTheLookUpAndReadaheadButNotMincoreOfSharedMemory() {
        assertThat(met(D8, EntryUser.LOOKUP)).isEmpty();
        assertThat(met(D8, EntryUser.READAHEAD)).isEmpty();
        assertThat(met(D8, EntryUser.MINCORE_SHMEM)).containsExactly("F4");
    }

    @Test
    void pinnedUsersStaySafeWhileTheSlotIsReused() {
        for (EntryUser user : List.of(EntryUser.FORK, EntryUser.ZAP, EntryUser.PAGE_SWAPCOUNT))
            assertThat(met(D0, user, Scenario.TWICE)).as(user.name()).isEmpty();
    }

    @Test
    void theCountsAreThoseOfTheGoldenFile() throws IOException {
        var lines = new ArrayList<String>();
        for (int users = 1; users <= 2; users++)
            lines.addAll(
                    NewTypeTest.lines(
                            EntryUser.table(users, Config.PREEMPT_Y_4_20, D0, new RcuV8(), D8)));
        Golden.matches("swap-entry-users.txt", lines);
    }

    @Test
    void aModelWithoutUsersIsRefused() {
        assertThatThrownBy(() -> EntryUser.ZAP.model(D0, 0, Scenario.SWAPOFF, DeviceKind.SSD))
                .hasMessageContaining("readers = 0");
    }

    private static List<String> met(SwapDesign design, EntryUser user) {
        return met(design, user, Scenario.SWAPOFF);
    }

    private static List<String> met(SwapDesign design, EntryUser user, Scenario scenario) {
        var survey =
                Checker.of(Config.PREEMPT_Y_4_20)
                        .survey(user.model(design, 1, scenario, DeviceKind.SSD));
        assertThat(survey.open()).as(Arrays.toString(survey.broken().toArray())).isEmpty();
        return survey.broken();
    }
}
