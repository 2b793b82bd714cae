package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.Model;
import stillpoint.program.Memory;
import stillpoint.program.Recorder;
import stillpoint.program.SpinLock;
import stillpoint.swap.LockCensus.Between;

/// Which lock each path takes, and what it orders: answered from the recorded programs.
class LockCensusTest {
    private static final LockCensus SSD = LockCensus.of(new StopMachineV7(), DeviceKind.SSD);
    private static final LockCensus HDD = LockCensus.of(new StopMachineV7(), DeviceKind.HDD);

    private static Stream<LockCensus> all(DeviceKind device) {
        return Designs.all().stream().map(design -> LockCensus.of(design, device));
    }

    @ParameterizedTest
    @EnumSource
    void swapLockIsNotTakenOnTheFaultPathOfAnyDesign(DeviceKind device) {
        assertThat(all(device)).noneMatch(census -> census.onFaultPath("swap_lock"));
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfLocksHasNoCircleInAnyDesign(DeviceKind device) {
        assertThat(all(device)).extracting(LockCensus::cycle).containsOnly(List.of());
    }

    @Test
    void theFaultPathTakesTheLocksOfTheByteOfThePageTableAndOfThePage() {
        assertThat(SSD.locks().stream().filter(SSD::onFaultPath))
                .containsExactlyInAnyOrder(
                        "ci->lock", "p->lock", "ptl", "cache->free_lock", "page_lock");
    }

    /// `p->cluster_info` is NULL there for ever, and the way that asks for it is never taken.
    @Test
    void aRotatingDeviceHasNoClusterLock() {
        assertThat(HDD.onFaultPath("ci->lock")).isFalse();
        assertThat(HDD.onFaultPath("p->lock")).isTrue();
    }

    @Test
    void swapLockOrdersWritersOnly() {
        assertThat(SSD.orders("swap_lock")).containsExactly(Between.WRITERS);
    }

    @Test
    void theLockOfTheByteOrdersReadersToo() {
        assertThat(SSD.ordersAlone("ci->lock")).contains(Between.READERS);
        assertThat(HDD.ordersAlone("p->lock")).contains(Between.READERS);
    }

    /// What it guards, the lists of devices, is not modelled.
    @Test
    void theListsOfDevicesAreNoCells() {
        assertThat(SSD.orders("swap_avail_lock")).isEmpty();
    }

    @Test
    void getSwapDeviceReadsTheFlagsUnderNoLockOfTheirWriters() {
        assertThat(SSD.unordered().rows())
                .anyMatch(row ->
                        row.get(0).equals("p->flags")
                                && row.get(2).contains("do_swap_page > get_swap_device"));
    }

    @Test
    void aCellIsHeldByTheFunctionThatTakesAndReleasesItsLock() {
        assertThat(SSD.table().rows())
                .filteredOn(row -> row.getFirst().equals("ci->lock"))
                .singleElement()
                .extracting(row -> row.get(2))
                .asString()
                .contains("do_swap_page > __swap_duplicate")
                .doesNotContain("lock_cluster");
    }

    @Test
    void everyLockThatIsTakenHasARow() {
        assertThat(SSD.table().rows())
                .extracting(List::getFirst)
                .containsExactlyElementsOf(SSD.locks());
    }

    @Test
    void twoTasksThatTakeTwoLocksInOppositeOrdersMakeACircle() {
        var memory = new Memory();
        SpinLock a = memory.spinLock("a");
        SpinLock b = memory.spinLock("b");
        var census = LockCensus.of(planted(memory, nested("one", a, b), nested("two", b, a)));
        assertThat(census.cycle()).containsExactly("a", "b", "a");
        assertThat(census.order().title()).endsWith("a > b > a");
    }

    @Test
    void aLockThatIsTakenTwiceIsACircle() {
        var memory = new Memory();
        SpinLock a = memory.spinLock("a");
        assertThat(LockCensus.of(planted(memory, nested("one", a, a))).cycle())
                .containsExactly("a", "a");
    }

    @Test
    void twoTasksThatTakeTwoLocksInOneOrderMakeNone() {
        var memory = new Memory();
        SpinLock a = memory.spinLock("a");
        SpinLock b = memory.spinLock("b");
        var census = LockCensus.of(planted(memory, nested("one", a, b), nested("two", a, b)));
        assertThat(census.cycle()).isEmpty();
        assertThat(census.order().rows()).containsExactly(List.of("a", "b", "one; two"));
    }

    @Test
    void aLockThatThereIsNotIsNamed() {
        assertThatThrownBy(() -> SSD.onFaultPath("mmap_lock"))
                .hasMessageContaining("mmap_lock: a lock of D8")
                .hasMessageContaining("ptl");
    }

    private static Agent nested(String name, SpinLock outer, SpinLock inner) {
        return new Agent(
                name,
                Recorder.record(
                        name,
                        cpu -> {
                            cpu.spinLock(outer);
                            cpu.spinLock(inner);
                            cpu.spinUnlock(inner);
                            cpu.spinUnlock(outer);
                        }),
                1);
    }

    private static Model planted(Memory memory, Agent... agents) {
        return new Model(
                "planted", memory, List.of(agents), List.of(), Bounds.of(), (fault, object) -> "");
    }
}
