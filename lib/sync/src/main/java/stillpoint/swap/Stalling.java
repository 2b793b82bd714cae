package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;

import java.util.Locale;
import java.util.function.Consumer;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Hotplug;
import stillpoint.program.Ptr;
import stillpoint.program.Told;
import stillpoint.program.Val;
import stillpoint.swap.SwapProgress.Asked;

/// Designs with one thing changed so that something no longer happens that must, one at least for
/// everything that is asked: that a search finds them is what makes *kept* mean something.
///
/// The broken siblings of a design break its safety; these are safe on the runs that there are, or
/// their faults are beside the point, and stand still or go round.
///
/// A wait in an RCU section of its own is not among them: it sleeps while atomic, which is refused
/// when it is recorded.
public enum Stalling {
    /// V7 with a fault that waits inside its section for the device to come back.
    WAITS_FOR_VALID_IN_ITS_SECTION(
            new WaitsForValid(), Asked.FAULT, "the section ends only once swapoff is through"),
    /// The same, seen from the stop.
    STOP_OF_AN_ENDLESS_SECTION(
            new WaitsForValid(), Asked.WAIT, "the stop waits for a section that waits for swapoff"),
    /// V2 with a swapoff that is an SRCU reader itself.
    WAITS_FOR_ITS_OWN_SECTION(
            new WaitsForItself(), Asked.SWAPOFF, "swapoff waits for the section that it is in"),
    /// V1 with a swapoff that keeps its own use.
    KEEPS_ITS_OWN_USE(
            new KeepsItsUse(),
            Asked.SWAPOFF,
            "the count that swapoff polls for 0 counts swapoff, too"),
    /// percpu_ref with a swapon that waits as swapoff does.
    SWAPON_WAITS_FOR_THE_LAST_USE(
            new WaitsInSwapon(),
            Asked.SWAPON,
            "swapon waits for the end of a use that has just begun"),
    /// V7 with the hotplug lock around its stop, which takes it too, while a CPU goes off line.
    STOP_UNDER_CPUS_READ_LOCK(
            new StopUnderTheLock(),
            Asked.WAIT,
            "a writer that waits keeps the second read lock out"),
    /// V7 with a lock of the byte that takes `p->lock` inside `ci->lock`.
    LOCKS_IN_OPPOSITE_ORDERS(
            new OppositeOrders(),
            Asked.NO_DEADLOCK,
            "free_swap_slot() takes the two the other way round"),
    /// V7 with a stop on a mask that lacks a CPU.
    CALLBACK_NOT_ON_EVERY_CPU(
            new MaskOfOne(), Asked.CALLBACK, "the callback never runs on the other CPUs"),
    /// V7 with a callback that comes round again.
    CALLBACK_TWICE(new RunsTwice(), Asked.CALLBACK, "the callback runs twice on each CPU"),
    /// The sketch as posted: its word says for ever that the work is done.
    UPDATE_NEVER(new ActiveCallback(), Asked.UPDATE_ONCE, "the second call finds the word at END"),
    /// The sketch corrected, but without its word.
    UPDATE_ON_EVERY_CPU(
            new UpdateOnEveryCpu(), Asked.UPDATE_ONCE, "every CPU stores, not the first alone");

    private final SwapDesign design;
    private final Asked breaks;
    private final String why;

    Stalling(SwapDesign design, Asked breaks, String why) {
        this.design = design;
        this.breaks = breaks;
        this.why = why;
    }

    /// Its name in a file: `keeps-its-own-use`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The design.
    public SwapDesign design() {
        return design;
    }

    /// What it breaks; others may break with it.
    public Asked breaks() {
        return breaks;
    }

    /// Why, in one sentence.
    public String why() {
        return why;
    }

    /// The search that shows it: with one reader and a swapon.
    public SwapProgress search() {
        return SwapProgress.of(design);
    }

    private static final class WaitsForValid extends StopMachineV7 {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            cpu.preemptDisable();
            cpu.loop(() -> cpu.read(p.flags()).lacks(SWP_VALID));
            return true;
        }
    }

    private static final class WaitsForItself extends SrcuV2 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            cpu.srcuReadLock();
            cpu.synchronizeSrcu();
            SwapOff.Retired retired = SwapOff.clearFields(cpu, p);
            cpu.srcuReadUnlock();
            return retired;
        }
    }

    private static final class KeepsItsUse extends RefcountV1 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            cpu.loop(() -> {
                if (cpu.read(count(p)).isZero()) return false;
                cpu.mightSleep("schedule_timeout_uninterruptible(1)");
                return true;
            });
            return SwapOff.clearFields(cpu, p);
        }
    }

    private static final class WaitsInSwapon extends PercpuRef {
        @Override
        void resurrect(Cpu cpu, SwapDevice p) {
            super.resurrect(cpu, p);
            awaitLast(cpu, p);
        }
    }

    private static final class StopUnderTheLock extends StopMachineV7 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            Hotplug hotplug = p.cpuHotplug();
            hotplug.cpusReadLock(cpu);
            stop(cpu);
            hotplug.cpusReadUnlock(cpu);
            return SwapOff.clearFields(cpu, p);
        }
    }

    private static final class OppositeOrders extends StopMachineV7 {
        @Override
        public Ptr lockCluster(Cpu cpu, SwapDevice p) {
            Ptr ci = cpu.read(p.clusterInfo());
            cpu.spinLock(ci.lock(p.clusterLock()));
            cpu.spinLock(p.lock());
            return ci;
        }

        @Override
        public void unlockCluster(Cpu cpu, SwapDevice p, Ptr ci) {
            cpu.spinUnlock(p.lock());
            cpu.spinUnlock(ci.lock(p.clusterLock()));
        }
    }

    private static final class MaskOfOne extends StopMachineV7 {
        @Override
        void stop(Cpu cpu) {
            cpu.stopMachineOn(Val.of(1), each -> {});
        }
    }

    private static final class RunsTwice extends StopMachineV7 {
        @Override
        void stop(Cpu cpu) {
            cpu.stopMachine(CpuMask.ONLINE, each -> each.event(Told.CALLBACK));
        }
    }

    private static final class UpdateOnEveryCpu extends ActiveCallbackCorrected {
        @Override
        void whileStopped(Cpu cpu, SwapDevice p, Consumer<Cpu> update) {
            cpu.stopMachine(CpuMask.ONLINE, update);
        }
    }
}
