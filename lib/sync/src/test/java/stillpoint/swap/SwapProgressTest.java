package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.check.Limits;
import stillpoint.evidence.Progress;
import stillpoint.swap.ProgressRow.Word;
import stillpoint.swap.SwapProgress.Asked;

/// What must happen under a design happens at last, if every task that can go on goes on; and what
/// was planted so that it does not is found.
class SwapProgressTest {
    private static final Path FILE = Path.of("../../data/golden/swap-progress.csv");
    private static final SwapProgress V7 = SwapProgress.of(new StopMachineV7());

    private static Map<String, String> recorded = Map.of();

    @BeforeAll
    static void read() throws IOException {
        if (Boolean.getBoolean("golden.update"))
            Files.writeString(
                    FILE,
                    ProgressFile.text(
                            ProgressFile.entries().stream().map(e -> e.line().get()).toList()));
        var lines = new LinkedHashMap<String, String>();
        for (ProgressLine line : ProgressFile.parse(FILE.toString(), Files.readString(FILE)))
            lines.put(key(line.text()), line.text());
        recorded = lines;
    }

    private static String key(String line) {
        return line.replaceFirst("^((?:[^,]*,){4}[^,]*),.*$", "$1");
    }

    static Stream<ProgressFile.Entry> quick() {
        return ProgressFile.entries().stream().filter(e -> !e.slow());
    }

    static Stream<ProgressFile.Entry> slow() {
        return ProgressFile.entries().stream().filter(ProgressFile.Entry::slow);
    }

    @ParameterizedTest
    @MethodSource("quick")
    void aSearchSaysWhatIsRecorded(ProgressFile.Entry entry) {
        assertThat(entry.line().get().text()).isEqualTo(recorded.get(entry.key()));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("slow")
    void aFurtherSearchSaysWhatIsRecorded(ProgressFile.Entry entry) {
        assumeFalse(Boolean.getBoolean("golden.update"), "just regenerated");
        assertThat(entry.line().get().text()).isEqualTo(recorded.get(entry.key()));
    }

    @Test
    void theFileHoldsThoseSearchesAndNoOthers() {
        assertThat(recorded.keySet())
                .containsExactlyElementsOf(
                        ProgressFile.entries().stream().map(ProgressFile.Entry::key).toList());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPlantedBreaksWhatItIsPlantedFor(Stalling planted) {
        assertThat(recorded(planted).words()).containsEntry(planted.breaks(), Word.BROKEN);
    }

    /// What it was made of keeps it: the change is what breaks it.
    @ParameterizedTest
    @EnumSource(names = "UPDATE_NEVER", mode = EnumSource.Mode.EXCLUDE)
    void whatIsPlantedForIsKeptByTheDesignItIsMadeOf(Stalling planted) {
        String line = recorded.get(planted.design().id() + ",on,ssd,1,preempt-y-4.20");
        assertThat(line(line).words().get(planted.breaks())).isNotEqualTo(Word.BROKEN);
    }

    @ParameterizedTest
    @EnumSource
    void somethingIsPlantedForEverythingThatIsAsked(Asked asked) {
        assertThat(Stalling.values()).extracting(Stalling::breaks).contains(asked);
    }

    @Test
    void nothingThatIsRecordedWasCutShortExceptBehindWhatIsPlanted() {
        assertThat(recorded.values().stream().map(SwapProgressTest::line))
                .filteredOn(line -> !line.planted())
                .noneMatch(line -> line.words().containsValue(Word.INCONCLUSIVE));
    }

    /// As posted, the word stays at END: of the designs there are, nothing else breaks a promise.
    @Test
    void onlyTheSketchAsPostedBreaksAPromise() {
        assertThat(recorded.values().stream().map(SwapProgressTest::line))
                .filteredOn(line -> !line.planted() && line.words().containsValue(Word.BROKEN))
                .allMatch(line -> line.design().equals("D9"))
                .allMatch(line -> line.words().get(Asked.UPDATE_ONCE) == Word.BROKEN)
                .isNotEmpty();
    }

    private static ProgressLine line(String text) {
        return ProgressLine.parse(text);
    }

    private static ProgressLine recorded(Stalling planted) {
        return line(recorded.get("planted: " + planted.word() + ",on,ssd,1,preempt-y-4.20"));
    }

    // ---- what is told of it

    private static Progress.Broken broken(Stalling planted) {
        return planted.search().row().broken(planted.breaks()).orElseThrow();
    }

    @Test
    void aDeadlockNamesWhoHasTheLockThatAnotherWaitsFor() {
        assertThat(broken(Stalling.LOCKS_IN_OPPOSITE_ORDERS).why())
                .containsExactly(
                        "CPU0 (reader) waits in spin_lock(&ci->lock), which CPU1 (swapoff) has",
                        "CPU1 (swapoff) waits in spin_lock(&p->lock), which CPU0 (reader) has");
    }

    @Test
    void aStopThatNeverBeginsNamesTheSectionThatHoldsItOff() {
        assertThat(broken(Stalling.STOP_OF_AN_ENDLESS_SECTION).why())
                .anyMatch(why ->
                        why.contains("CPU1 (swapoff) waits in stop_machine(cpu_online_mask)")
                                && why.contains("CPU0 (reader), last in get_swap_device"));
    }

    @Test
    void whoPollsForEverSaysWhatHeReads() {
        assertThat(broken(Stalling.KEEPS_ITS_OWN_USE).why())
                .containsExactly("CPU1 (swapoff) goes round in swapoff (READ p->count -> 1)");
    }

    @Test
    void whoWaitsForHimselfIsTold() {
        assertThat(broken(Stalling.WAITS_FOR_ITS_OWN_SECTION).why())
                .containsExactly(
                        "CPU1 (swapoff) waits in synchronize_srcu(): it is in such a section itself");
    }

    @Test
    void theHotplugLockIsNamed() {
        assertThat(broken(Stalling.STOP_UNDER_CPUS_READ_LOCK).why())
                .anyMatch(why -> why.contains("somebody has the hotplug lock to write"));
    }

    /// A fault has taken the page out of the cache and waits for the cluster's lock to give back
    /// the entry; `try_to_unuse()` sees the entry, finds no page, and takes that lock again and
    /// again to look. Only the queue for the lock lets the fault through.
    @Test
    void swapoffMayGoRoundForEverWhereNobodyQueuesForALock() {
        var found = (Progress.Broken) V7.row().found(Asked.SWAPOFF).orElseThrow();
        assertThat(found.cycle().rows()).allMatch(row -> row.frames().contains("try_to_unuse"));
        assertThat(found.why())
                .anyMatch(why -> why.startsWith("CPU0 (reader) waits in spin_lock(&ci->lock)"));
    }

    @Test
    void whatIsCutShortKeepsNoPromise() {
        assertThat(V7.with(Limits.DEFAULT.states(1000)).row().word(Asked.SWAPOFF))
                .isEqualTo(Word.INCONCLUSIVE);
    }

    @Test
    void aDesignThatIsNotSafeIsAskedAboutItsOtherRuns() {
        var row = SwapProgress.of(new Unprotected()).row();
        assertThat(row.faults()).contains("F1", "F4");
        assertThat(row.word(Asked.SWAPOFF)).isEqualTo(Word.IN_TURN);
    }

    @Test
    void aLineThatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> ProgressFile.parse("f.csv", "design,scenario\n"))
                .hasMessageStartingWith("f.csv:1: the columns are design,scenario,device");
        assertThatThrownBy(() -> ProgressFile.parse("f.csv", ""))
                .hasMessageContaining("0 searches");
        String good = recorded.values().iterator().next();
        assertThatThrownBy(() -> ProgressLine.parse(good.replaceFirst("kept", "held")))
                .hasMessageStartingWith("held in turn: what is said is one of -, kept,");
    }
}
