package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.check.Limits;
import stillpoint.evidence.Progress;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Model;
import stillpoint.program.Step;
import stillpoint.swap.LockExperiment.Found;
import stillpoint.swap.LockExperiment.From;

/// What breaks when a spin lock of the fault path becomes `preempt_disable()`: searched, lock by
/// lock.
class LockExperimentTest {
    private static final LockExperiment D8 = LockExperiment.of(new StopMachineV7());
    private static final LockExperiment ALONE = D8.readers(1);

    static Stream<SwapDesign> holding() {
        return Stream.of(new RcuV8(), new StopMachineV7());
    }

    @Test
    void aFaultDoesNotTakeSwapLockSoNothingIsTakenFromIt() {
        assertThat(D8.taken("swap_lock", From.READERS)).isFalse();
        assertThat(D8.found("swap_lock", From.READERS).taken()).isFalse();
        assertThat(D8.taken("swap_lock", From.WRITER)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whoeverGoesWithoutTheLockOfTheByteLosesACountAndWithItThePin(From from) {
        assertThat(D8.found("ci->lock", from).breaks()).contains("F4", "F5");
    }

    @ParameterizedTest
    @EnumSource
    void onARotatingDeviceThatLockIsTheOneOfTheDevice(From from) {
        LockExperiment hdd = ALONE.device(DeviceKind.HDD);
        assertThat(hdd.found("p->lock", from).breaks()).contains("F4", "F5");
        assertThat(hdd.taken("ci->lock", from)).isFalse();
    }

    @Test
    void theUnprotectedKernelFreesTheByteUnderARotatingDevicesUserOnlyWithoutTheLock() {
        var found =
                LockExperiment.of(new Unprotected())
                        .device(DeviceKind.HDD)
                        .found("p->lock", From.READERS);
        assertThat(found.breaks()).contains("F2");
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheLockOfTheSlotCacheSwapoffNeverEnds(From from) {
        Found found = ALONE.found("cache->free_lock", from);
        assertThat(found.breaks()).isEmpty();
        assertThat(found.progress()).get().isInstanceOf(Progress.Broken.class);
        assertThat(found.harmless()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("holding")
    void swapoffAndSwaponBreakNothingWithoutSwapLockWhileTheyRunOneAfterTheOther(
            SwapDesign design) {
        var found = LockExperiment.of(design).readers(1).found("swap_lock", From.WRITER);
        assertThat(found.harmless()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("holding")
    void nothingThatIsModelledNeedsTheLockOfTheListsOfDevices(SwapDesign design) {
        var found = LockExperiment.of(design).readers(1).found("swap_avail_lock", From.WRITER);
        assertThat(found.harmless()).isTrue();
    }

    /// Whoever maps a page of the swap cache, or takes it back, holds the page's lock: between
    /// them, the lock of the page table orders nothing more. No other user of the page table is
    /// modelled.
    @ParameterizedTest
    @EnumSource
    void throughTheSwapCacheThePageLockStandsInForTheOneOfThePageTable(From from) {
        assertThat(D8.verdict("ptl", from)).isInstanceOf(Verdict.Safe.class);
    }

    /// A page that was read past the swap cache is locked by nobody: the entry is given back twice.
    @ParameterizedTest
    @EnumSource
    void pastTheSwapCacheNothingStandsInForIt(From from) {
        var percpuRef = LockExperiment.of(new PercpuRef()).device(DeviceKind.SYNC);
        assertThat(percpuRef.verdict("ptl", from))
                .isInstanceOfSatisfying(
                        Verdict.Violation.class, v -> assertThat(v.what()).contains("counted"));
    }

    /// Who holds the device across the whole fault meets no freed array; the count is lost all the
    /// same, as the checks of the kernel tell.
    @ParameterizedTest
    @MethodSource("acrossTheFault")
    void aReferenceToTheDeviceDoesNotStandInForTheLockOfTheByte(SwapDesign design) {
        Found found = LockExperiment.of(design).found("ci->lock", From.READERS);
        assertThat(found.breaks()).containsExactly("other broken assertion");
    }

    static Stream<SwapDesign> acrossTheFault() {
        return Stream.of(new RefcountV1(), new SrcuV2(), new PercpuRef());
    }

    @ParameterizedTest
    @EnumSource
    void withEveryLockTheChecksOfTheKernelHold(DeviceKind device) {
        Model model = SwapModel.audited(new PercpuRef(), 2, Scenario.SWAPON, device);
        assertThat(D8.checker().check(model)).isInstanceOf(Verdict.Safe.class);
    }

    @Test
    void onASolidStateDeviceTheLockOfTheDeviceIsTakenAroundThatOfTheByte() {
        assertThat(D8.verdict("p->lock", From.READERS)).isInstanceOf(Verdict.Safe.class);
    }

    @Test
    void aVerdictIsShownWithAsFewReadersAsPossible() {
        var verdict = D8.verdict("ci->lock", From.READERS);
        assertThat(verdict.subject()).endsWith("readers without ci->lock");
        assertThat(verdict.bounds().entries()).anyMatch(b -> b.toString().contains("readers"));
        assertThat(verdict).isInstanceOf(Verdict.Violation.class);
    }

    /// Nothing but the lock is gone: what is left of the two programs is the same.
    @Test
    void preemptionStaysOffWhereTheLockWas() {
        assertThat(steps(D8.without("ci->lock", From.READERS, 1)))
                .isEqualTo(
                        steps(
                                SwapModel.audited(
                                        new StopMachineV7(), 1, Scenario.SWAPON, DeviceKind.SSD)));
    }

    private static List<String> steps(Model model) {
        return model.agents().getFirst().program().lines().nodes().stream()
                .map(n -> locking(n.step()) ? "lock" + n.context() : "" + n.step() + n.context())
                .toList();
    }

    private static boolean locking(Step step) {
        return step instanceof Step.Nop
                || step instanceof Step.SpinAcquire
                || step instanceof Step.SpinRelease;
    }

    @Test
    void theTableHasARowForEachLockAndSide() {
        var table = ALONE.table();
        assertThat(table.rows()).hasSize(2 * ALONE.locks().size());
        assertThat(table.rows())
                .contains(List.of("swap_lock", "readers", "", "they do not take it", "", ""));
    }

    @Test
    void aSearchThatWasCutShortCallsNothingHarmless() {
        Found cut = D8.with(Limits.DEFAULT.states(100)).found("swap_lock", From.WRITER);
        assertThat(cut.open()).get().asString().contains("100 states");
        assertThat(cut.harmless()).isFalse();
    }

    @Test
    void aLockThatThereIsNotIsNamed() {
        assertThatThrownBy(() -> D8.verdict("swapon_mutex", From.WRITER))
                .hasMessageContaining("swapon_mutex: a spin lock of this model is one of")
                .hasMessageContaining("swap_avail_lock");
    }
}
