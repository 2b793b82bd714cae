package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A question goes one way now and the other way in a later run; the graph is the union of the
/// runs.
class BranchesTest {
    private final Memory memory = new Memory();
    private final Cell<Val> x = memory.word("x", 2, 0);
    private final Cell<Val> y = memory.word("y", 2, 0);
    private final Cell<Ptr> p = memory.pointer("p", memory.kind("swap_map", 1));

    @Test
    void aQuestionIsAnsweredBothWays() {
        assertThat(
                        Recorded.steps(cpu -> {
                            if (cpu.read(x).is(1)) cpu.write(y, 1);
                            else cpu.write(y, 2);
                        }))
                .contains(write(y, 1), write(y, 2));
    }

    @Test
    void bothAnswersAreEachOnePath() {
        assertThat(Recorded.program(cpu -> cpu.must(cpu.read(x).is(1), "x is 1")).paths())
                .isEqualTo(2);
    }

    @Test
    void aQuestionThatIsDecidedDoesNotFork() {
        assertThat(
                        paths(cpu -> {
                            Val v = cpu.read(x);
                            if (v.is(1) && v.isNot(1)) cpu.write(y, 1);
                        }))
                .isEqualTo(2);
    }

    @Test
    void aWordOfTwoBitsThatIsNeither0Nor1Nor2Is3() {
        assertThat(
                        paths(cpu -> {
                            Val v = cpu.read(x);
                            if (v.isNot(0) && v.isNot(1) && v.isNot(2) && v.isNot(3))
                                cpu.write(y, 1);
                        }))
                .isEqualTo(4);
    }

    @Test
    void constantsAnswerAtOnce() {
        assertThat(
                        paths(cpu -> {
                            if (Val.of(1).plus(Val.of(2)).is(3)) cpu.write(y, 1);
                        }))
                .isEqualTo(1);
    }

    @Test
    void aChainOfAndsHasOneMorePathThanQuestions() {
        assertThat(
                        paths(cpu -> {
                            if (cpu.read(x).is(1) && cpu.read(y).is(1) && cpu.read(x).is(2))
                                cpu.write(y, 1);
                        }))
                .isEqualTo(4);
    }

    @Test
    void aPointerIsNullOrNot() {
        assertThat(
                        Recorded.steps(cpu -> {
                            if (cpu.read(p).exists()) cpu.write(y, 1);
                        }))
                .contains(
                        new Step.Branch(
                                new Question(
                                        Question.Relation.EQUAL,
                                        new Operand.Reg(0),
                                        Operand.of(Kind.NULL))));
    }

    @Test
    void everyQuestionOfAWordRecordsItsRelation() {
        assertThat(
                        Stream.<Consumer<Val>>of(
                                        v -> v.is(2),
                                        v -> v.has(2),
                                        v -> v.below(Val.of(2)),
                                        v -> v.lacks(2),
                                        v -> v.atLeast(Val.of(2)),
                                        v -> v.isNot(2))
                                .map(this::relation)
                                .toList())
                .containsExactly(
                        Question.Relation.EQUAL,
                        Question.Relation.SHARES_BITS,
                        Question.Relation.BELOW,
                        Question.Relation.SHARES_BITS,
                        Question.Relation.BELOW,
                        Question.Relation.EQUAL);
    }

    @Test
    void recordingTwiceGivesTheSameGraph() {
        Consumer<Cpu> body = cpu -> cpu.when(() -> cpu.read(x).is(1), () -> cpu.inc(y));
        assertThat(Recorded.program(body)).isEqualTo(Recorded.program(body));
    }

    @Test
    void aCatchAroundAQuestionDoesNotDisturbTheRecording() {
        var caught = new ArrayList<Throwable>();
        assertThat(
                        paths(cpu -> {
                            try {
                                if (cpu.read(x).is(1)) cpu.write(y, 1);
                            } catch (RuntimeException e) {
                                caught.add(e);
                            }
                        }))
                .isEqualTo(2);
        assertThat(caught).isEmpty();
    }

    private Question.Relation relation(Consumer<Val> question) {
        List<Node> lines = Recorded.program(cpu -> question.accept(cpu.read(x))).lines().nodes();
        return lines.stream()
                .map(Node::step)
                .filter(Step.Branch.class::isInstance)
                .map(step -> ((Step.Branch) step).question().relation())
                .findFirst()
                .orElseThrow();
    }

    private static int paths(Consumer<Cpu> body) {
        return Recorded.program(body).paths();
    }

    private static Step write(Cell<Val> cell, int value) {
        return new Step.Write(cell.place(), Operand.of(value), Order.PLAIN);
    }
}
