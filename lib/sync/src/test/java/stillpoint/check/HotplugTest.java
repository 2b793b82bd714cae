package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Hotplug;
import stillpoint.program.PerCpu;
import stillpoint.program.Program;
import stillpoint.program.Val;

/// CPUs that go on and off line: the question about `cpu_online_mask` of 2019-02-13, and the lock
/// that answers it.
class HotplugTest {
    private static final Val OTHER = Val.of(1);

    private final Scene s = new Scene();
    private final Hotplug hotplug = s.memory.cpuHotplug();
    private final PerCpu ran = s.memory.perCpuWord("ran", 1, 0);
    private final Cell<Val> runs = s.memory.word("runs", 2, 0);

    @Test
    void stopMachineRunsItsCallbackOnTheCpusThatAreOnlineThen() {
        stopping((cpu, callback) -> cpu.stopMachine(CpuMask.ONLINE, callback));
        assertThat(outcome()).isEqualTo("safe");
    }

    @Test
    void aMaskReadUnderTheLockIsStillRight() {
        stopping((cpu, callback) -> {
            hotplug.cpusReadLock(cpu);
            Val mask = cpu.onlineMask();
            hotplug.cpusReadUnlock(cpu);
            cpu.stopMachineOn(mask, callback);
        });
        assertThat(outcome()).isEqualTo("stop_machine callback for a CPU that is off line");
    }

    @Test
    void aMaskCopiedOutsideTheLockMayHoldACpuThatIsOffLine() {
        stopping((cpu, callback) -> cpu.stopMachineOn(cpu.onlineMask(), callback));
        assertThat(outcome()).isEqualTo("stop_machine callback for a CPU that is off line");
    }

    @Test
    void takingTheHotplugLockAroundStopMachineIsADeadlockOnceAWriterWaits() {
        stopping((cpu, callback) -> {
            hotplug.cpusReadLock(cpu);
            cpu.stopMachine(CpuMask.ONLINE, callback);
            hotplug.cpusReadUnlock(cpu);
        });
        assertThat(outcome()).isEqualTo("deadlock");
    }

    @Test
    void withoutAWriterTheNestedLockHappensToWork() {
        s.cpu(
                "swapoff",
                cpu -> {
                    hotplug.cpusReadLock(cpu);
                    cpu.stopMachine(CpuMask.ONLINE, each -> each.inc(runs));
                    hotplug.cpusReadUnlock(cpu);
                });
        assertThat(outcome()).isEqualTo("safe");
    }

    @Test
    void aReaderThatAsksTwiceIsADeadlockOnceAWriterWaits() {
        hotplugger();
        s.cpu(
                "reader",
                cpu -> {
                    hotplug.cpusReadLock(cpu);
                    hotplug.cpusReadLock(cpu);
                    hotplug.cpusReadUnlock(cpu);
                    hotplug.cpusReadUnlock(cpu);
                });
        assertThat(outcome()).isEqualTo("deadlock");
    }

    @Test
    void noCpuComesOrGoesUnderTheReadLock() {
        hotplugger();
        s.cpu(
                "reader",
                cpu -> {
                    hotplug.cpusReadLock(cpu);
                    Val before = cpu.onlineMask();
                    cpu.must(cpu.onlineMask().is(before), "the same again");
                    hotplug.cpusReadUnlock(cpu);
                });
        assertThat(outcome()).isEqualTo("safe");
    }

    @Test
    void withoutTheLockCpusComeAndGo() {
        hotplugger();
        s.cpu(
                "reader",
                cpu -> {
                    Val before = cpu.onlineMask();
                    cpu.must(cpu.onlineMask().is(before), "the same again");
                });
        assertThat(outcome()).isEqualTo("broken assertion");
    }

    @Test
    void aWalkVisitsTheCpusThatAreOnline() {
        s.cpu("idle", Cpu::smpMb)
                .cpu("other", Cpu::smpMb)
                .cpu(
                        "walker",
                        cpu -> {
                            hotplug.cpuDown(cpu, OTHER);
                            cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(ran.of(each), 1));
                            cpu.must(cpu.read(ran.of(OTHER)).is(0), "off line");
                            cpu.must(cpu.read(ran.of(Val.of(0))).is(1), "on line");
                            cpu.must(cpu.read(ran.mine()).is(1), "its own");
                        });
        assertThat(outcome()).isEqualTo("safe");
    }

    @Test
    void aNullMaskRunsOnTheFirstCpuThatIsOnline() {
        s.cpu("idle", Cpu::smpMb)
                .cpu(
                        "stopper",
                        cpu -> {
                            hotplug.cpuDown(cpu, Val.of(0));
                            cpu.stopMachine(CpuMask.NULL, each -> each.write(ran.mine(), 1));
                            cpu.must(cpu.read(ran.of(OTHER)).is(1), "the second");
                            hotplug.cpuUp(cpu, Val.of(0));
                            cpu.stopMachine(CpuMask.NULL, each -> each.write(ran.mine(), 1));
                            cpu.must(cpu.read(ran.of(Val.of(0))).is(1), "the first");
                        });
        assertThat(outcome()).isEqualTo("safe");
    }

    /// A stop whose callback counts its runs, against a CPU that goes off line and comes back.
    private void stopping(BiConsumer<Cpu, Consumer<Cpu>> stop) {
        s.cpu("swapoff", cpu -> stop.accept(cpu, each -> each.write(ran.mine(), 1)));
        hotplugger();
    }

    private void hotplugger() {
        s.cpu(
                "cpu hotplug",
                cpu -> {
                    hotplug.cpuDown(cpu, OTHER);
                    cpu.sometimes("down");
                    hotplug.cpuUp(cpu, OTHER);
                });
    }

    /// Both engines say so.
    private String outcome() {
        String outcome = Scene.outcome(s.check());
        for (Reductions with : SmallPrograms.EVERY_WAY)
            assertThat(Scene.outcome(s.check(Checker.of(Config.PREEMPT_Y_4_20).with(with))))
                    .isEqualTo(outcome);
        var found = Explorer.explore(s.model("scene"), Config.PREEMPT_Y_4_20, Program::flow, true);
        assertThat(found.faults().isEmpty()).isEqualTo(outcome.equals("safe"));
        return outcome;
    }
}
