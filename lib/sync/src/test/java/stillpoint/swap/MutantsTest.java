package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import stillpoint.program.Cpu;

/// Mutants of designs, and whether the checks notice them.
class MutantsTest {
    private static final Path RECORDED = Path.of("../../data/golden/mutants.csv");
    private static final Mutants STOP = Mutants.of(new StopMachineV7());
    private static final Mutants COUNT = Mutants.of(new RefcountV1());

    /// D8 with a remark in the section, and nothing else.
    static final class Remark extends StopMachineV7 {
        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {
            cpu.note("a remark");
            super.putSwapDevice(cpu, p);
        }
    }

    private static Mutant mutant(SwapDesign design, String change) {
        return mutants(design, m -> (m.step() + ": " + m.change().words()).equals(change))
                .getFirst();
    }

    private static List<Mutant> mutants(SwapDesign design, Predicate<Mutation> which) {
        var trial = new MutantTrial(design);
        return trial.mutations(trial.own()).stream()
                .filter(which)
                .flatMap(m -> trial.mutant(m).stream())
                .toList();
    }

    private static Mutant mutant(Mutants of, String change) {
        return of.mutants().stream()
                .filter(m -> m.change().equals(change))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStopThatIsDroppedIsCaughtAsANullMapInTheFunctionThatMeetsIt() {
        Mutant dropped = mutant(STOP, "stop_machine(dummy, NULL, cpu_online_mask): dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.CAUGHT);
        assertThat(dropped.what()).startsWith("F1 in __swap_duplicate: 1 reader");
    }

    @Test
    void aSectionThatIsDroppedAtBothEndsIsCaught() {
        Mutant dropped = mutant(STOP, "preempt_disable(): dropped at both ends");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.CAUGHT);
        assertThat(dropped.what()).startsWith("F1 in ");
    }

    @Test
    void aSectionThatEndsOneStepLaterRefinesTheDesign() {
        Mutant later =
                STOP.all(Mutant.Outcome.REFINES).stream()
                        .filter(m -> m.change().equals("preempt_enable(): swapped with the next"))
                        .findFirst()
                        .orElseThrow();
        assertThat(later.what()).startsWith("never shows \"");
    }

    @Test
    void aSleepBetweenTwoLooksAtACountIsNotNoticed() {
        Mutant dropped = mutant(COUNT, "schedule_timeout_uninterruptible(1): dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.ALIKE);
        assertThat(dropped.what()).isEqualTo("callers notice nothing");
    }

    @Test
    void aLockThatIsHeldLongerIsEquivalentAndAStoreThatLeavesItIsOpen() {
        assertThat(
                        mutant(new NeverFreed(), "spin_release(&p->lock): swapped with the next")
                                .outcome())
                .isEqualTo(Mutant.Outcome.ALIKE);
        assertThat(mutant(new NeverFreed(), "p->max = 0: swapped with the next").outcome())
                .isEqualTo(Mutant.Outcome.OPEN);
    }

    @Test
    void whatNoRunReachesIsCalledSo() {
        Mutant unreached = mutant(new Unreached(), "p->max = 0: dropped");
        assertThat(unreached.outcome()).isEqualTo(Mutant.Outcome.ALIKE);
        assertThat(unreached.what()).isEqualTo("no run gets there");
    }

    /// D8 with a store that no run comes to.
    static final class Unreached extends StopMachineV7 {
        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {
            if (cpu.read(p.flags()).has(SwapDevice.SWP_SCANNING)) cpu.write(p.max(), 0);
            super.putSwapDevice(cpu, p);
        }
    }

    @Test
    void aWaitIsNeverCalledEquivalent() {
        Mutant moved =
                mutant(
                        new RcuInLockCluster(),
                        "synchronize_rcu() /* called */: moved before the last");
        assertThat(moved.outcome()).isEqualTo(Mutant.Outcome.OPEN);
        assertThat(moved.what()).startsWith("an order may go with it");
    }

    @Test
    void aSectionThatIsNotEnteredIsCaughtWhenItIsRecorded() {
        Mutant dropped = mutant(STOP, "preempt_disable(): dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.RECORDING);
        assertThat(dropped.what()).contains("every path must have entered before it leaves");
    }

    @Test
    void aRemarkThatIsDroppedLeavesTheSameProgram() {
        Mutant dropped = mutant(new Remark(), "/* a remark */: dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.EQUIVALENT);
    }

    @Test
    void aDeviceThatNobodyGetsAfterSwaponIsCaughtAlthoughItIsSafe() {
        Mutant dropped = mutant(new FreshObject(), "r->si->max = 1: dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.CAUGHT);
        assertThat(dropped.what()).startsWith("no run comes to \"a fault got the next device\"");
    }

    @Test
    void aCountThatIsNotGivenBackIsCaughtAsASwapoffThatNeverEnds() {
        Mutant dropped = mutant(COUNT, "atomic_fetch_dec(&p->count): dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.CAUGHT);
        assertThat(dropped.what()).contains("comes to its end");
    }

    @Test
    void aFenceThatIsDroppedIsLeftToTheMemoryModel() {
        SwapDesign fences = new RcuBarriersV3();
        assertThat(mutant(fences, "smp_rmb(): dropped").outcome()).isEqualTo(Mutant.Outcome.OPEN);
        assertThat(mutant(fences, "smp_wmb(): dropped").outcome()).isEqualTo(Mutant.Outcome.OPEN);
    }

    @Test
    void whereTheDesignItselfIsOpenNoMutantIsCalledEquivalentOrSafe() {
        assertThat(mutants(new PercpuRefNoRmb(), m -> m.change() == Mutation.Change.LATER))
                .extracting(Mutant::outcome)
                .containsOnly(Mutant.Outcome.OPEN, Mutant.Outcome.CAUGHT);
    }

    @Test
    void everyMutantThatSurvivesSaysWhatOnlyItShows() {
        for (Mutants each : List.of(STOP, COUNT))
            for (Mutant survivor : each.all(Mutant.Outcome.SURVIVED))
                assertThat(survivor.what()).startsWith("shows \"");
    }

    @Test
    void theScoreAddsUp() {
        long total = 0;
        for (Mutant.Outcome outcome : Mutant.Outcome.values()) total += STOP.count(outcome);
        assertThat(total).isEqualTo(STOP.mutants().size());
        assertThat(STOP.count(Mutant.Outcome.CAUGHT)).isPositive();
    }

    @Test
    void theTableHasALineForEachMutant() {
        assertThat(STOP.table().rows()).hasSize(STOP.mutants().size());
    }

    @Test
    void twoDesignsScoreAsTheFileSays() throws IOException {
        List<String> file = Files.readAllLines(RECORDED);
        assertThat(file).containsAll(MutantsFile.lines(List.of(STOP, COUNT)));
    }

    /// Minutes: `./stillpoint test --all`.
    @Test
    @Tag("slow")
    void everyDesignScoresAsTheFileSays() throws IOException {
        Golden.matches("mutants.csv", MutantsFile.lines(Mutants.all()));
    }
}
