package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RewriteTest {
    private static final Memory MEMORY = new Memory();
    private static final Cell<Val> CELL = MEMORY.word("cell", 2, 0);
    private static final Cell<Val> OTHER = MEMORY.word("other", 2, 0);
    private static final SpinLock LOCK = MEMORY.spinLock("lock");

    private static final Consumer<Cpu> WAIT =
            cpu -> {
                cpu.write(CELL, 1);
                cpu.synchronizeRcu();
                cpu.write(OTHER, 1);
            };

    private static final Consumer<Cpu> SECTION =
            cpu -> {
                cpu.rcuReadLock();
                if (cpu.read(CELL).is(1)) cpu.write(OTHER, 1);
                cpu.rcuReadUnlock();
            };

    @Test
    void aDroppedCallLeavesWhatARecordingWithoutItGives() {
        assertThat(steps(Rewrite.drop(program(WAIT), is(Step.GraceBegin.class))))
                .isEqualTo(
                        steps(
                                program(cpu -> {
                                    cpu.write(CELL, 1);
                                    cpu.write(OTHER, 1);
                                })));
    }

    @Test
    void aWaitThatIsMovedLaterGivesWhatARecordingInThatOrderGives() {
        assertThat(steps(Rewrite.later(program(WAIT), is(Step.GraceBegin.class))))
                .isEqualTo(
                        steps(
                                program(cpu -> {
                                    cpu.write(CELL, 1);
                                    cpu.write(OTHER, 1);
                                    cpu.synchronizeRcu();
                                })));
    }

    @Test
    void aReplacementByTheSameStepGivesTheSameGraph() {
        for (Consumer<Cpu> body : List.of(WAIT, SECTION))
            assertThat(Rewrite.replace(program(body), node -> true, step -> step).flow())
                    .isEqualTo(program(body).flow());
    }

    @Test
    void contextsAreThoseOfARecordingWithoutTheSection() {
        Predicate<Node> either = is(Step.Enter.class).or(is(Step.Leave.class));
        Program open = Rewrite.drop(program(SECTION), either);
        assertThat(open.flow().nodes()).noneMatch(node -> node.context().atomic());
    }

    @Test
    void aSectionThatIsEnteredAndNotLeftIsRefused() {
        assertThatThrownBy(() -> Rewrite.drop(program(SECTION), is(Step.Leave.class)))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("rcu_read_lock() is not undone on every path");
    }

    @Test
    void aSectionThatIsLeftAndNotEnteredIsRefused() {
        assertThatThrownBy(() -> Rewrite.drop(program(SECTION), is(Step.Enter.class)))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("without rcu_read_lock()");
    }

    @Test
    void aValueThatIsNoLongerReadIsRefused() {
        assertThatThrownBy(() -> Rewrite.drop(program(SECTION), is(Step.Read.class)))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("not read on every path");
    }

    @Test
    void aWaitThatIsMovedUnderALockIsASleepWhileAtomic() {
        Program under =
                Rewrite.later(
                        program(cpu -> {
                            cpu.synchronizeRcu();
                            cpu.spinLock(LOCK);
                            cpu.spinUnlock(LOCK);
                        }),
                        is(Step.GraceBegin.class));
        assertThat(steps(under)).anyMatch(Step.AtomicSleep.class::isInstance);
    }

    @Test
    void whatIsSeenBetweenTwoCallsStaysBeforeBoth() {
        Program seen =
                program(cpu -> {
                    cpu.write(CELL, 1);
                    cpu.event("seen");
                    cpu.write(OTHER, 1);
                });
        assertThat(steps(Rewrite.later(seen, at(CELL))))
                .isEqualTo(
                        steps(
                                program(cpu -> {
                                    cpu.event("seen");
                                    cpu.write(OTHER, 1);
                                    cpu.write(CELL, 1);
                                })));
    }

    private static Predicate<Node> at(Cell<Val> cell) {
        return node -> node.step().where().filter(cell.place()::equals).isPresent();
    }

    @Test
    void aChangeThatIsNowhereIsRefused() {
        assertThatThrownBy(() -> Rewrite.drop(program(WAIT), is(Step.Free.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no step is where the change should be");
    }

    private static Program program(Consumer<Cpu> body) {
        return Recorder.record("test", body);
    }

    private static List<Step> steps(Program program) {
        return program.flow().nodes().stream().map(Node::step).toList();
    }

    private static Predicate<Node> is(Class<? extends Step> kind) {
        return node -> kind.isInstance(node.step());
    }
}
