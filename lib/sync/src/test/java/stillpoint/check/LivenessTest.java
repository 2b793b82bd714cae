package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Progress;
import stillpoint.machine.Agent;
import stillpoint.machine.Level;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Recorder;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;

/// What must happen does happen at last, if every task that can go on goes on at last.
class LivenessTest {
    private final Scene s = new Scene();
    private final Cell<Val> flag = s.memory.word("flag", 1, 0);
    private final SpinLock lock = s.memory.spinLock("lock");

    private static final Consumer<Cpu> FOR_EVER =
            cpu ->
                    cpu.loop(() -> {
                        cpu.smpMb();
                        return true;
                    });

    private Liveness liveness() {
        return Liveness.of(s.model("scene"));
    }

    private static Progress.Broken broken(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Broken.class);
        return (Progress.Broken) progress;
    }

    @Test
    void aProgramThatEndsEnds() {
        s.cpu("a", Cpu::smpMb);
        assertThat(liveness().ends("a").verdict().word()).isEqualTo("kept");
    }

    @Test
    void aTaskThatCanGoOnIsNotLeftBehindByOneThatRunsForEver() {
        s.cpu("a", Cpu::smpMb).cpu("b", FOR_EVER);
        assertThat(liveness().ends("a").verdict().word()).isEqualTo("kept");
    }

    @Test
    void aProgramThatRunsForEverDoesNotEnd() {
        s.cpu("a", FOR_EVER);
        var broken = broken(liveness().ends("a").verdict());
        assertThat(broken.cycle().rows()).hasSize(1);
    }

    @Test
    void aWaitForWhatNeverComesIsADeadlock() {
        s.cpu("a", cpu -> cpu.waitFor(flag, v -> v.is(1))).cpu("b", Cpu::smpMb);
        var broken = broken(liveness().ends("a").verdict());
        assertThat(broken.what()).contains("nothing goes on");
        assertThat(broken.cycle().rows()).isEmpty();
    }

    @Test
    void aPollForWhatNeverComesGoesRound() {
        s.cpu("a", cpu -> cpu.loop(() -> cpu.read(flag).is(0)));
        assertThat(broken(liveness().ends("a").verdict()).cycle().rows()).hasSize(1);
    }

    @Test
    void aPollForWhatComesEnds() {
        s.cpu("a", cpu -> cpu.loop(() -> cpu.read(flag).is(0))).cpu("b", cpu -> cpu.write(flag, 1));
        assertThat(liveness().ends("a").verdict().word()).isEqualTo("kept");
    }

    @Test
    void whatComesAndGoesAgainMayBeMissedForEver() {
        Consumer<Cpu> blinking =
                cpu ->
                        cpu.loop(() -> {
                            cpu.write(flag, 1);
                            cpu.write(flag, 0);
                            return true;
                        });
        s.cpu("a", cpu -> cpu.waitFor(flag, v -> v.is(1))).cpu("b", blinking);
        var broken = broken(liveness().ends("a").verdict());
        assertThat(broken.what()).contains("CPU0 (a) waits for ever while others go round");
        assertThat(broken.cycle().rows()).allMatch(row -> row.column() == 1);
    }

    @Test
    void theCycleOfALassoGivesEveryTaskThatCanGoOnItsTurn() {
        s.cpu("a", cpu -> cpu.loop(() -> cpu.read(flag).is(0))).cpu("b", FOR_EVER);
        assertThat(broken(liveness().ends("a").verdict()).cycle().rows())
                .extracting(row -> row.column())
                .contains(0, 1);
    }

    @Test
    void aLockForWhichTasksQueueIsHadAtLast() {
        s.cpus(
                "a",
                2,
                cpu ->
                        cpu.loop(() -> {
                            cpu.event("call");
                            cpu.spinLock(lock);
                            cpu.event("enter");
                            cpu.spinUnlock(lock);
                            return true;
                        }));
        Liveness liveness = liveness().follows("call", "enter");
        assertThat(liveness.verdict().word()).isEqualTo("kept");
        assertThat(liveness.withoutQueues().verdict().word()).isEqualTo("broken");
    }

    @Test
    void aStopCompletesIfSectionsEnd() {
        s.cpu("stopper", cpu -> cpu.stopMachine(CpuMask.ONLINE, each -> {}))
                .cpu(
                        "reader",
                        cpu -> {
                            cpu.preemptDisable();
                            cpu.smpMb();
                            cpu.preemptEnable();
                        });
        assertThat(liveness().ends("stopper").verdict().word()).isEqualTo("kept");
    }

    @Test
    void aStopDoesNotCompleteWhileASectionSpinsForEver() {
        s.cpu("stopper", cpu -> cpu.stopMachine(CpuMask.ONLINE, each -> {}))
                .cpu(
                        "reader",
                        cpu -> {
                            cpu.preemptDisable();
                            cpu.loop(() -> cpu.read(flag).is(0));
                            cpu.preemptEnable();
                        });
        assertThat(broken(liveness().ends("stopper").verdict()).what()).contains("CPU0 (stopper)");
    }

    @Test
    void aStopMayNeverFindAMomentBetweenSectionsThatFollowOneAnother() {
        s.cpu("stopper", cpu -> cpu.stopMachine(CpuMask.ONLINE, each -> {}))
                .cpus(
                        "reader",
                        2,
                        cpu ->
                                cpu.loop(() -> {
                                    cpu.preemptDisable();
                                    cpu.preemptEnable();
                                    return true;
                                }));
        // The specification waits for one instant at which every CPU can be stopped; the
        // implementation stops each CPU when it can.
        assertThat(liveness().ends("stopper").verdict().word()).isEqualTo("broken");
    }

    /// Whose CPU stands still in every stop goes on between two of them.
    @Test
    void aStopThatComesAgainAndAgainKeepsNobodyForEver() {
        s.cpu(
                        "stopper",
                        cpu ->
                                cpu.loop(() -> {
                                    cpu.stopMachine(CpuMask.ONLINE, each -> each.event("callback"));
                                    return true;
                                }))
                .cpu("other", Cpu::smpMb);
        assertThat(liveness().ends("other").verdict().word()).isEqualTo("kept");
        assertThat(liveness().ends("other").withoutQueues().verdict().word()).isEqualTo("kept");
    }

    @Test
    void aCallbackThatSpinsForEverKeepsEverybodyForEver() {
        s.cpu(
                        "stopper",
                        cpu ->
                                cpu.stopMachine(
                                        CpuMask.ONLINE,
                                        each -> each.loop(() -> each.read(flag).is(0))))
                .cpu("other", Cpu::smpMb);
        assertThat(broken(liveness().ends("other").verdict()).what()).contains("CPU1 (other)");
    }

    @Test
    void aRunThatMeetsAFaultBreaksNoPromise() {
        s.cpu(
                "a",
                cpu -> {
                    if (cpu.choose("goes wrong")) cpu.must(false, "it works");
                    cpu.smpMb();
                });
        assertThat(liveness().ends("a").untilFault().verdict().word()).isEqualTo("kept");
    }

    @Test
    void whatOnlyFaultsLetThroughIsNotKept() {
        s.cpu("a", cpu -> cpu.must(false, "it works"));
        var verdict = liveness().ends("a").untilFault().verdict();
        assertThat(verdict).isInstanceOf(Progress.Inconclusive.class);
        assertThat(((Progress.Inconclusive) verdict).reason()).contains("never comes to its end");
    }

    /// The fault is one way on; waiting for it is no reason to stay.
    @Test
    void whoCanGoOnIntoAFaultOnlyIsNotLeftBehind() {
        s.cpu("a", cpu -> cpu.must(cpu.read(flag).is(1), "it is set")).cpu("b", FOR_EVER);
        assertThat(liveness().ends("a").untilFault().verdict().word()).isEqualTo("inconclusive");
    }

    @Test
    void aReplyThatNeverComesIsABrokenPromise() {
        s.cpu(
                "a",
                cpu -> {
                    cpu.event("call");
                    cpu.waitFor(flag, v -> v.is(1));
                    cpu.event("return");
                });
        assertThat(broken(liveness().follows("call", "return").verdict()).why())
                .containsExactly("CPU0 (a) waits in wait_event(flag): it is 0");
    }

    @Test
    void whereNothingGoesOnIsADeadlock() {
        s.cpu("a", cpu -> cpu.waitFor(flag, v -> v.is(1)));
        assertThat(broken(liveness().goesOn().verdict()).what()).isEqualTo("nothing goes on");
    }

    @Test
    void whoGoesRoundIsNotDeadlocked() {
        s.cpu("a", FOR_EVER);
        assertThat(liveness().goesOn().verdict().word()).isEqualTo("kept");
    }

    @Test
    void aStopWhoseCallbackWaitsForWhoStandsStillIsADeadlock() {
        s.cpu(
                        "stopper",
                        cpu ->
                                cpu.stopMachine(
                                        CpuMask.ONLINE,
                                        each -> each.condLoad(flag, v -> v.is(1)).ignored()))
                .cpu("other", cpu -> cpu.write(flag, 1));
        assertThat(broken(liveness().goesOn().untilFault().verdict()).what())
                .contains("is held, and its holder is stopped");
    }

    private void calls(CpuMask mask, Consumer<Cpu> callback) {
        s.cpu(
                        "stopper",
                        cpu -> {
                            cpu.event("call");
                            cpu.stopMachine(mask, callback);
                            cpu.event("return");
                        })
                .cpu("other", Cpu::smpMb);
    }

    @Test
    void aCallbackRunsOnceOnEveryCpu() {
        calls(CpuMask.ONLINE, each -> each.event("callback"));
        assertThat(liveness().runs("callback", 2, "call", "return").verdict().word())
                .isEqualTo("kept");
        assertThat(broken(liveness().runs("callback", 1, "call", "return").verdict()).what())
                .contains("more than 1");
    }

    @Test
    void aCallbackThatDoesNotRunEverywhereIsFound() {
        calls(CpuMask.NULL, each -> each.event("callback"));
        assertThat(liveness().runs("callback", 1, "call", "return").verdict().word())
                .isEqualTo("kept");
        assertThat(broken(liveness().runs("callback", 2, "call", "return").verdict()).what())
                .contains("on 1 of 2 CPUs");
    }

    @Test
    void aCallbackThatRunsTwiceIsFound() {
        calls(
                CpuMask.ONLINE,
                each -> {
                    each.event("callback");
                    each.event("callback");
                });
        assertThat(broken(liveness().runs("callback", 2, "call", "return").verdict()).what())
                .contains("runs twice");
    }

    private Agent handler(String on, boolean again) {
        var handler =
                Agent.handler(
                        "irq",
                        Recorder.interrupt("irq", cpu -> cpu.write(flag, 1)),
                        1,
                        Level.IRQ,
                        on);
        return again ? handler.repeating() : handler;
    }

    @Test
    void aHandlerThatNeedNotComeIsNotReliedOn() {
        s.cpu("a", cpu -> cpu.waitFor(flag, v -> v.is(1))).agent(handler("a", false));
        assertThat(liveness().ends("a").verdict().word()).isEqualTo("broken");
    }

    @Test
    void aHandlerThatComesAgainAndAgainComesAtLast() {
        s.cpu("a", cpu -> cpu.waitFor(flag, v -> v.is(1))).agent(handler("a", true));
        assertThat(liveness().ends("a").verdict().word()).isEqualTo("kept");
    }

    @Test
    void aTaskOnASharedCpuHasItsTurnBetweenTheSectionsOfAnother() {
        s.cpu(
                        "a",
                        cpu ->
                                cpu.loop(() -> {
                                    cpu.preemptDisable();
                                    cpu.preemptEnable();
                                    return true;
                                }))
                .agent(
                        new Agent("thread", Recorder.record("thread", Cpu::smpMb), 1)
                                .at(Level.STOP)
                                .on("a"));
        assertThat(liveness().ends("thread").verdict().word()).isEqualTo("kept");
        assertThat(liveness().ends("thread").withoutQueues().verdict().word()).isEqualTo("broken");
    }

    @Test
    void aTaskOnACpuWhoseSectionNeverEndsHasNoTurn() {
        s.cpu(
                        "a",
                        cpu -> {
                            cpu.preemptDisable();
                            cpu.loop(() -> cpu.read(flag).is(0));
                            cpu.preemptEnable();
                        })
                .agent(
                        new Agent("thread", Recorder.record("thread", Cpu::smpMb), 1)
                                .at(Level.STOP)
                                .on("a"));
        assertThat(liveness().ends("thread").verdict().word()).isEqualTo("broken");
    }

    @Test
    void whatIsCutShortKeepsNoPromise() {
        s.cpu("a", Cpu::smpMb).cpu("b", FOR_EVER);
        assertThat(liveness().ends("a").with(Limits.DEFAULT.states(1)).verdict().word())
                .isEqualTo("inconclusive");
    }

    @Test
    void aPromiseAboutWhatNeverHappensIsEmpty() {
        s.cpu("a", Cpu::smpMb);
        assertThat(liveness().follows("call", "return").verdict().word()).isEqualTo("inconclusive");
    }

    @Test
    void whatIsNotSafeHasNoProgressToSpeakOf() {
        s.cpu("a", cpu -> cpu.must(false, "it works"));
        assertThat(liveness().ends("a").verdict().word()).isEqualTo("inconclusive");
    }

    @Test
    void anAgentThatIsNotThereIsRefused() {
        s.cpu("a", Cpu::smpMb);
        assertThatThrownBy(() -> liveness().ends("b")).hasMessageContaining("the agents of scene");
    }
}
