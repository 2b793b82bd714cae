package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A recorded program tells what it waits for, and does what it did.
class ToldTest {
    private final Memory memory = new Memory();
    private final Cell<Val> done = memory.word("done", 1, 0);

    private Program told(Consumer<Cpu> body) {
        return Told.of(
                Recorder.record("task", body), step -> step instanceof Step.Write, "a store");
    }

    private static List<String> events(Flow flow) {
        return flow.nodes().stream()
                .map(Node::step)
                .filter(Step.Event.class::isInstance)
                .map(step -> ((Step.Event) step).label())
                .sorted()
                .toList();
    }

    @Test
    void aGracePeriodIsToldBeforeItBeginsAndWhenItHasEnded() {
        assertThat(events(told(Cpu::synchronizeRcu).flow()))
                .containsExactly("synchronize_rcu()", "synchronize_rcu() returns");
    }

    @Test
    void aSleepIsTold() {
        assertThat(events(told(cpu -> cpu.waitFor(done, v -> v.is(1))).flow()))
                .containsExactly("wait_event(done)", "wait_event(done) returns");
    }

    @Test
    void aStopIsToldWithItsMask() {
        assertThat(events(told(cpu -> cpu.stopMachine(CpuMask.NULL, each -> {})).flow()))
                .containsExactly("stop_machine(NULL)", "stop_machine(NULL) returns");
    }

    @Test
    void aCallbackTellsThatItRunsEvenIfItDoesNothingElse() {
        assertThat(callback(each -> {})).containsExactly("callback");
    }

    @Test
    void aStoreInACallbackIsMarked() {
        assertThat(callback(each -> each.write(done, 1))).containsExactly("a store", "callback");
    }

    private List<String> callback(Consumer<Cpu> callback) {
        return told(cpu -> cpu.stopMachine(CpuMask.ONLINE, callback)).flow().nodes().stream()
                .map(Node::step)
                .filter(Step.StopMachine.class::isInstance)
                .flatMap(step -> ((Step.StopMachine) step).callback().stream())
                .flatMap(flow -> events(flow).stream())
                .toList();
    }

    @Test
    void theInsideOfALockIsNotTold() {
        assertThat(events(told(cpu -> memory.cpuHotplug().cpusReadLock(cpu)).flow())).isEmpty();
    }

    @Test
    void bothFormsTellTheSame() {
        Program told =
                told(cpu -> {
                    cpu.synchronizeRcu();
                    cpu.stopMachine(CpuMask.ONLINE, each -> {});
                });
        assertThat(events(told.lines())).isEqualTo(events(told.flow()));
    }

    @Test
    void nothingElseChanges() {
        Consumer<Cpu> body =
                cpu -> {
                    cpu.write(done, 1);
                    cpu.synchronizeRcu();
                };
        assertThat(
                        told(body).flow().nodes().stream()
                                .map(Node::step)
                                .filter(step -> !(step instanceof Step.Event)))
                .containsExactlyInAnyOrderElementsOf(
                        Recorder.record("task", body).flow().nodes().stream()
                                .map(Node::step)
                                .toList());
    }
}
