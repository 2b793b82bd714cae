package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import stillpoint.machine.Config;
import stillpoint.machine.Level;
import stillpoint.program.Cell;
import stillpoint.program.Completion;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Program;
import stillpoint.program.StopperWork;
import stillpoint.program.Val;
import stillpoint.program.WaitQueue;

/// Who sleeps and who wakes: queues, completions, and work for stopper threads.
class SleepersTest {
    private final Scene s = new Scene();
    private final Cell<Val> ready = s.memory.word("ready", 1, 0);
    private final WaitQueue queue = WaitQueue.of(s.memory, "wq");
    private final Completion done = Completion.of(s.memory, "done", 2);
    private final StopperWork work = StopperWork.of(s.memory, "work");

    @Test
    void whoPreparesBeforeItAsksLosesNoWakeUp() {
        s.cpu("sleeper", cpu -> queue.waitEvent(cpu, () -> cpu.read(ready).is(1)));
        assertThat(outcome(woken())).isEqualTo("safe");
    }

    @Test
    void whoAsksBeforeItPreparesMayLoseTheWakeUpAndSleepForEver() {
        s.cpu(
                "sleeper",
                cpu -> {
                    if (cpu.read(ready).is(1)) return;
                    queue.prepareToWait(cpu);
                    queue.schedule(cpu);
                    queue.finishWait(cpu);
                });
        assertThat(outcome(woken())).isEqualTo("deadlock");
    }

    @Test
    void whoWakesBeforeItSaysWhyWakesForNothing() {
        s.cpu("sleeper", cpu -> queue.waitEvent(cpu, () -> cpu.read(ready).is(1)))
                .cpu(
                        "waker",
                        cpu -> {
                            queue.wakeUp(cpu);
                            cpu.write(ready, 1);
                        });
        assertThat(outcome(s)).isEqualTo("deadlock");
    }

    private Scene sleepers(Consumer<Cpu> behind) {
        return s.cpus(
                "sleeper",
                2,
                cpu -> {
                    queue.waitEvent(cpu, () -> cpu.read(ready).is(1));
                    behind.accept(cpu);
                });
    }

    @Test
    void oneWakeUpLeavesTheOtherSleeperAsleep() {
        sleepers(cpu -> {});
        assertThat(outcome(woken())).isEqualTo("deadlock");
    }

    @Test
    void whoIsWokenAndPassesItOnLeavesNobodyAsleep() {
        sleepers(queue::wakeUp);
        assertThat(outcome(woken())).isEqualTo("safe");
    }

    /// One that was woken is about to sleep again when the second comes. The kernel would put it
    /// behind the other; in which order sleepers are found is left open here.
    @Test
    void twoWakeUpsMayFindTheSameSleeperTwice() {
        sleepers(cpu -> {});
        s.cpu(
                "waker",
                cpu -> {
                    cpu.write(ready, 1);
                    queue.wakeUp(cpu);
                    queue.wakeUp(cpu);
                });
        assertThat(outcome(s)).isEqualTo("deadlock");
    }

    @Test
    void wakeUpAllWakesEverySleeper() {
        sleepers(cpu -> {});
        s.cpu(
                "waker",
                cpu -> {
                    cpu.write(ready, 1);
                    queue.wakeUpAll(cpu);
                });
        assertThat(outcome(s)).isEqualTo("safe");
    }

    /// One of them takes what there is, and the other sleeps again.
    @Test
    void whoFindsNothingSleepsAgain() {
        takers(cpu -> {});
        assertThat(outcome(s)).isEqualTo("deadlock");
    }

    @Test
    void whoGivesBackWhatItTookAndWakesOneLetsAllHaveIt() {
        takers(cpu -> {
            cpu.write(ready, 1);
            queue.wakeUp(cpu);
        });
        assertThat(outcome(s)).isEqualTo("safe");
    }

    private void takers(Consumer<Cpu> behind) {
        s.cpus(
                "taker",
                2,
                cpu -> {
                    queue.waitEvent(cpu, () -> cpu.cmpxchg(ready, 1, 0).is(1));
                    behind.accept(cpu);
                });
        s.cpu(
                "giver",
                cpu -> {
                    cpu.write(ready, 1);
                    queue.wakeUpAll(cpu);
                });
    }

    @Test
    void aCompletionIsNotLostHoweverEarlyItComes() {
        s.cpu("waiter", done::waitFor).cpu("completer", done::complete);
        assertThat(outcome(s)).isEqualTo("safe");
    }

    @Test
    void eachCompletionLetsOneTaskGoOn() {
        s.cpus("waiter", 2, done::waitFor).cpu("completer", done::complete);
        assertThat(outcome(s)).isEqualTo("deadlock");
    }

    @Test
    void twoCompletionsLetTwoTasksGoOn() {
        s.cpus("waiter", 2, done::waitFor).cpus("completer", 2, done::complete);
        assertThat(outcome(s)).isEqualTo("safe");
    }

    @Test
    void completeAllLetsEverybodyGoOn() {
        s.cpus("waiter", 3, done::waitFor).cpu("completer", done::completeAll);
        assertThat(outcome(s)).isEqualTo("safe");
    }

    @Test
    void aCompletionThatIsInitialisedAnewTooLateIsLost() {
        s.cpu("waiter", done::waitFor)
                .cpu(
                        "completer",
                        cpu -> {
                            done.complete(cpu);
                            done.reinit(cpu);
                        });
        assertThat(outcome(s)).isEqualTo("deadlock");
    }

    @Test
    void moreCompletionsThanThereIsRoomForAreFound() {
        s.cpus("completer", 3, done::complete);
        assertThat(outcome(s)).isEqualTo("broken assertion");
    }

    @Test
    void workOnAStopperThreadRunsWhereNothingElseOfItsCpuDoes() {
        assertThat(outcome(stopped(Cpu::preemptDisable, Cpu::preemptEnable))).isEqualTo("safe");
    }

    @Test
    void aTaskThatMayBePreemptedSeesTheWorkInTheMiddle() {
        assertThat(outcome(stopped(cpu -> {}, cpu -> {}))).isEqualTo("broken assertion");
    }

    @Test
    void aStopperThreadWithoutWorkIsNoDeadlock() {
        s.cpu("task", Cpu::smpMb);
        s.repeating("task", Level.STOP, "migration/0", cpu -> work.thread(cpu, Cpu::smpMb));
        assertThat(outcome(s)).isEqualTo("safe");
    }

    @Test
    void aStopperThreadAtWorkHoldsOffAStop() {
        Cell<Val> x = s.memory.word("x", 1, 0);
        s.cpu("task", cpu -> work.queue(cpu, Val.of(0)))
                .cpu("swapoff", cpu -> cpu.stopMachine(CpuMask.NULL, each -> each.write(x, 1)));
        s.repeating(
                "task",
                Level.STOP,
                "migration/0",
                cpu ->
                        work.thread(
                                cpu,
                                at -> {
                                    Val seen = at.read(x);
                                    at.must(at.read(x).is(seen), "nothing moves in the work");
                                }));
        assertThat(outcome(s)).isEqualTo("safe");
    }

    /// A task reads twice while work for its CPU's stopper writes; the caller waits for the work.
    private Scene stopped(Consumer<Cpu> enter, Consumer<Cpu> leave) {
        Cell<Val> x = s.memory.word("x", 1, 0);
        s.cpu(
                        "task",
                        cpu -> {
                            enter.accept(cpu);
                            Val seen = cpu.read(x);
                            cpu.must(cpu.read(x).is(seen), "nothing moves in a section");
                            leave.accept(cpu);
                        })
                .cpu(
                        "caller",
                        cpu -> {
                            work.queue(cpu, Val.of(0));
                            done.waitFor(cpu);
                            cpu.must(cpu.read(x).is(1), "the work was done");
                        });
        return s.repeating(
                "task",
                Level.STOP,
                "migration/0",
                cpu ->
                        work.thread(
                                cpu,
                                at -> {
                                    at.write(x, 1);
                                    done.complete(at);
                                }));
    }

    private Scene woken() {
        return s.cpu(
                "waker",
                cpu -> {
                    cpu.write(ready, 1);
                    queue.wakeUp(cpu);
                });
    }

    /// Both engines and every reduction say so.
    private static String outcome(Scene s) {
        String outcome = Scene.outcome(s.check());
        for (Reductions with : SmallPrograms.EVERY_WAY)
            assertThat(Scene.outcome(s.check(Checker.of(Config.PREEMPT_Y_4_20).with(with))))
                    .isEqualTo(outcome);
        var found = Explorer.explore(s.model("scene"), Config.PREEMPT_Y_4_20, Program::flow, true);
        assertThat(found.faults().isEmpty()).isEqualTo(outcome.equals("safe"));
        return outcome;
    }
}
