package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import stillpoint.program.Cpu;

/// Mutants of designs, and whether the checks notice them.
class MutantsTest {
    private static final Path RECORDED = Path.of("../../data/golden/mutants.csv");
    private static final Mutants STOP = Mutants.of(new StopMachineV7());

    /// D8 with a remark in the section, and nothing else.
    static final class Remark extends StopMachineV7 {
        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {
            cpu.note("a remark");
            super.putSwapDevice(cpu, p);
        }
    }

    private static Mutant mutant(Mutants of, String change) {
        return of.mutants().stream()
                .filter(m -> m.change().equals(change))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStopThatIsDroppedIsCaughtAsANullMap() {
        Mutant dropped = mutant(STOP, "stop_machine(dummy, NULL, cpu_online_mask): dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.CAUGHT);
        assertThat(dropped.what()).startsWith("F1: 1 reader");
    }

    @Test
    void aSectionThatIsNotEnteredIsCaughtWhenItIsRecorded() {
        Mutant dropped = mutant(STOP, "preempt_disable(): dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.RECORDING);
        assertThat(dropped.what()).contains("every path must have entered before it leaves");
    }

    @Test
    void aRemarkThatIsDroppedLeavesTheSameProgram() {
        Mutant dropped = mutant(Mutants.of(new Remark()), "/* a remark */: dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.EQUIVALENT);
    }

    @Test
    void aDeviceThatNobodyGetsAfterSwaponIsCaughtAlthoughItIsSafe() {
        Mutant dropped = mutant(Mutants.of(new FreshObject()), "r->si->max = 1: dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.CAUGHT);
        assertThat(dropped.what()).startsWith("no run comes to \"a fault got the next device\"");
    }

    @Test
    void aCountThatIsNotGivenBackIsCaughtAsASwapoffThatNeverEnds() {
        Mutant dropped =
                mutant(Mutants.of(new RefcountV1()), "atomic_fetch_dec(&p->count): dropped");
        assertThat(dropped.outcome()).isEqualTo(Mutant.Outcome.CAUGHT);
        assertThat(dropped.what()).contains("comes to its end");
    }

    @Test
    void aFenceThatIsDroppedIsLeftToTheMemoryModel() {
        Mutants fences = Mutants.of(new RcuBarriersV3());
        assertThat(mutant(fences, "smp_rmb(): dropped").outcome()).isEqualTo(Mutant.Outcome.OPEN);
        assertThat(mutant(fences, "smp_wmb(): dropped").outcome()).isEqualTo(Mutant.Outcome.OPEN);
    }

    @Test
    void whereTheDesignItselfIsOpenNoMutantIsCalledSurvivedOrEquivalent() {
        Mutants open = Mutants.of(new PercpuRefNoRmb());
        assertThat(open.all(Mutant.Outcome.OPEN)).isNotEmpty();
        assertThat(open.all(Mutant.Outcome.SURVIVED)).isEmpty();
    }

    @Test
    void everyMutantThatSurvivesNamesItsLineAndTheQuestionsThatItPassed() {
        for (Mutant survivor : STOP.all(Mutant.Outcome.SURVIVED)) {
            assertThat(survivor.line()).startsWith("StopMachineV7.java:");
            assertThat(survivor.what())
                    .startsWith("1 reader, ssd, preempt-y-4.20; ")
                    .endsWith("gets the device that comes after");
        }
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
        for (String line : MutantsFile.lines(List.of(STOP, Mutants.of(new ActiveCallback()))))
            assertThat(file).contains(line);
    }

    /// Minutes: `./stillpoint test --all`.
    @Test
    @Tag("slow")
    void everyDesignScoresAsTheFileSays() throws IOException {
        Golden.matches("mutants.csv", MutantsFile.lines(Mutants.of(Designs.all())));
    }
}
