package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;
import static stillpoint.program.Recorded.nodes;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Equal futures are one node, and what no future asks is gone. Counts include the end.
class MergingTest {
    private final Memory memory = new Memory();
    private final Cell<Val> x = memory.word("x", 1, 0);
    private final Cell<Val> y = memory.word("y", 1, 0);

    @Test
    void theTightReaderHasTwoPathsAndNineNodes() {
        Program reader = Recorder.record("reader", this::tightReader);
        assertThat(reader.paths()).isEqualTo(2);
        assertThat(reader.flow().nodes()).hasSize(9);
        assertThat(reader.flow().visibleSteps()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10})
    void kIndependentIfsAre3kPlus1Nodes(int k) {
        assertThat(nodes(ifs(k))).isEqualTo(3 * k + 1);
        assertThat(Recorded.program(ifs(k)).paths()).isEqualTo(1 << k);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 50})
    void kWhensAreTheSameGraphInTwoPaths(int k) {
        assertThat(nodes(whens(k))).isEqualTo(3 * k + 1);
        assertThat(Recorded.program(whens(k)).paths()).isEqualTo(2);
    }

    @Test
    void ifAndWhenGiveTheSameSteps() {
        assertThat(Recorded.steps(ifs(3))).isEqualTo(Recorded.steps(whens(3)));
    }

    @Test
    void equalFuturesAreOneNodeEvenWhenTheirValuesCameFromDifferentReads() {
        assertThat(
                        nodes(cpu -> {
                            Val v = cpu.choose("rain") ? cpu.read(x) : cpu.read(y);
                            cpu.write(x, v);
                        }))
                .isEqualTo(6);
    }

    @Test
    void aQuestionWhoseAnswersMakeNoDifferenceIsGone() {
        assertThat(
                        nodes(cpu -> {
                            if (cpu.read(x).is(1)) cpu.write(y, 1);
                            else cpu.write(y, 1);
                        }))
                .isEqualTo(3);
    }

    @Test
    void aComputationThatNobodyUsesIsGone() {
        assertThat(nodes(cpu -> cpu.read(x).plus(Val.of(1)))).isEqualTo(2);
    }

    @Test
    void equalStepsInDifferentContextsStayApart() {
        assertThat(
                        nodes(cpu -> {
                            if (cpu.choose("rain")) {
                                cpu.preemptDisable();
                                cpu.inc(x);
                                cpu.preemptEnable();
                            } else cpu.inc(x);
                        }))
                .isEqualTo(7);
    }

    @Test
    void registersThatAreNeverAliveTogetherShareANumber() {
        assertThat(Recorded.flow(whens(10)).registers()).hasSize(1);
    }

    @Test
    void equalCallbacksAtTwoSitesAreEqual() {
        assertThat(
                        nodes(cpu -> {
                            if (cpu.choose("rain"))
                                cpu.stopMachine(CpuMask.NULL, each -> each.write(x, 1));
                            else cpu.stopMachine(CpuMask.NULL, each -> each.write(x, 1));
                        }))
                .isEqualTo(3);
    }

    @Test
    void twoEqualLoopsOnSiblingPathsAreOne() {
        assertThat(
                        nodes(cpu -> {
                            if (cpu.choose("rain")) cpu.loop(() -> cpu.read(x).is(1));
                            else cpu.loop(() -> cpu.read(x).is(1));
                        }))
                .isEqualTo(4);
    }

    @Test
    void theUnmergedFormTakesTheSameVisibleStepsOnEachPath() {
        Program program = Recorded.program(ifs(3));
        assertThat(program.lines().visibleSteps()).isGreaterThan(program.flow().visibleSteps());
        assertThat(program.lines().nodes()).extracting(n -> n.site().line()).doesNotContain(0);
    }

    private void tightReader(Cpu cpu) {
        cpu.preemptDisable();
        if (cpu.read(x).is(1)) {
            Val map = cpu.read(y);
            cpu.write(x, map);
            cpu.write(x, map);
            cpu.nop("put");
        }
        cpu.preemptEnable();
    }

    private Consumer<Cpu> ifs(int k) {
        return cpu -> {
            for (int i = 0; i < k; i++) if (cpu.read(x).is(1)) cpu.write(y, i % 2);
        };
    }

    private Consumer<Cpu> whens(int k) {
        return cpu -> {
            for (int i = 0; i < k; i++) {
                int value = i % 2;
                cpu.when(() -> cpu.read(x).is(1), () -> cpu.write(y, value));
            }
        };
    }
}
