package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;
import static stillpoint.program.Recorded.line;
import static stillpoint.program.Recorded.refusal;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds at a point on every path to it belongs to the node: a path that breaks it is found
/// while recording.
class ContextTest {
    private final Memory memory = new Memory();
    private final Cell<Val> x = memory.word("x", 1, 0);
    private final SpinLock lock = memory.spinLock("swap_lock");
    private final Mutex mutex = memory.mutex("mutex");

    @Test
    void aSectionThatIsNotLeftOnEveryPathIsNamedWithTheLineThatEnteredIt() {
        assertThat(
                        refusal(cpu -> {
                            cpu.preemptDisable();
                            if (cpu.read(x).is(1)) cpu.preemptEnable();
                        }))
                .contains("preempt_disable() at " + line(-3), "preempt_enable()");
    }

    @Test
    void aSpinLockThatIsNotReleasedLeavesPreemptionOff() {
        assertThat(refusal(cpu -> cpu.spinLock(lock))).contains("preempt_disable() at " + line(0));
    }

    @Test
    void anEnableWithoutADisableIsNamedWithItsLine() {
        assertThat(refusal(Cpu::preemptEnable))
                .contains("preempt_enable()", "without preempt_disable()");
    }

    @Test
    void anRcuReadUnlockWithoutALockIsRefused() {
        assertThat(refusal(cpu -> cpu.rcuReadUnlock())).contains("rcu_read_unlock() at " + line(0));
    }

    @Test
    void sectionsNest() {
        assertThat(
                        Recorded.flow(
                                        cpu -> {
                                            cpu.rcuReadLock();
                                            cpu.rcuReadLock();
                                            cpu.rcuReadUnlock();
                                            cpu.rcuReadUnlock();
                                        })
                                .nodes())
                .extracting(node -> node.context().rcu())
                .containsExactly(0, 1, 2, 1, 0);
    }

    static Stream<Consumer<Cpu>> sleepers() {
        Memory memory = new Memory();
        Cell<Val> x = memory.word("x", 1, 0);
        Mutex mutex = memory.mutex("mutex");
        return Stream.of(
                Cpu::synchronizeRcu,
                cpu -> cpu.stopMachine(CpuMask.ONLINE, each -> {}),
                cpu -> cpu.mutexLock(mutex),
                cpu -> cpu.waitFor(x, v -> v.is(1)),
                cpu -> cpu.mightSleep("kvzalloc()"));
    }

    @ParameterizedTest
    @MethodSource("sleepers")
    void whatMaySleepIsAFaultWhilePreemptionIsOff(Consumer<Cpu> sleeper) {
        assertThat(
                        fault(cpu -> {
                            cpu.preemptDisable();
                            sleeper.accept(cpu);
                            cpu.preemptEnable();
                        }))
                .contains("may sleep, but preempt_disable() at " + line(-4));
    }

    @Test
    void sleepingInTheInnermostOfSeveralSectionsNamesThatOne() {
        assertThat(
                        fault(cpu -> {
                            cpu.rcuReadLock();
                            cpu.mutexLock(mutex);
                            cpu.rcuReadUnlock();
                        }))
                .isEqualTo("mutex_lock(mutex) may sleep, but rcu_read_lock() at " + line(-4));
    }

    @Test
    void sleepingUnderASpinLockNamesTheLineOfTheLock() {
        assertThat(
                        fault(cpu -> {
                            cpu.spinLock(lock);
                            cpu.mightSleep("kvzalloc()");
                            cpu.spinUnlock(lock);
                        }))
                .isEqualTo("kvzalloc() may sleep, but preempt_disable() at " + line(-4));
    }

    @Test
    void whatMaySleepEndsThePathWhileInterruptsAreOff() {
        assertThat(
                        Recorded.steps(cpu -> {
                            cpu.localIrqDisable();
                            cpu.mightSleep("kvzalloc()");
                        }))
                .last()
                .isInstanceOf(Step.Fail.class);
    }

    @Test
    void aCallbackOfStopMachineMayNotSleep() {
        assertThat(
                        Recorded.flow(cpu ->
                                        cpu.stopMachine(
                                                CpuMask.NULL, each -> each.mutexLock(mutex)))
                                .nodes())
                .extracting(Node::step)
                .first()
                .asString()
                .contains("may sleep, but in a stop_machine callback");
    }

    @Test
    void aProgramStartsInUserModeAndEntersTheKernelWithItsFirstStep() {
        assertThat(
                        Recorded.flow(
                                        cpu -> {
                                            cpu.inc(x);
                                            cpu.inc(x);
                                        })
                                .nodes())
                .extracting(node -> node.context().user())
                .containsExactly(true, false, false);
    }

    private static String fault(Consumer<Cpu> body) {
        return Recorded.steps(body).stream()
                .filter(Step.AtomicSleep.class::isInstance)
                .map(step -> ((Step.AtomicSleep) step).text())
                .findFirst()
                .orElseThrow();
    }
}
