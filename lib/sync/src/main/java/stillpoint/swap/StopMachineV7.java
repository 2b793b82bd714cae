// [PATCH -mm -V7] 20190211083846.18888-1-ying.huang@intel.com
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;
import static stillpoint.swap.SwapDevice.SWP_WRITEOK;

import java.util.List;
import java.util.Optional;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Section;

/// V7 (Huang Ying, 2019-02-11): readers run with preemption off, and swapoff stops every CPU with a
/// callback that does nothing.
///
/// A section that saw `SWP_VALID` sees the fields of a device that is on, to its end: swapoff
/// clears the bit, stops the machine, and only then takes the fields away; swapon sets the fields
/// up, stops the machine, and only then sets the bit.
public class StopMachineV7 implements SwapDesign {
    private final Readers readers;

    /// As posted: readers turn preemption off.
    public StopMachineV7() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public StopMachineV7(Section reader) {
        this(new Readers(reader, StopMachineV7::new));
    }

    /// For its relatives: another design with readers like these.
    StopMachineV7(Readers readers) {
        this.readers = readers;
    }

    @Override
    public String id() {
        return "D8";
    }

    @Override
    public String title() {
        return "V7: preempt_disable() and a dummy stop_machine()";
    }

    @Override
    public String source() {
        return "20190211083846.18888-1-ying.huang@intel.com";
    }

    @Override
    public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        cpu.enter(readers.section());
        if (cpu.read(p.flags()).has(SWP_VALID) && entry.offset().below(cpu.read(p.max())))
            return true;
        cpu.leave(readers.section());
        return false;
    }

    @Override
    public void putSwapDevice(Cpu cpu, SwapDevice p) {
        cpu.leave(readers.section());
    }

    @Override
    public Optional<Readers> readers() {
        return Optional.of(readers);
    }

    @Override
    public String guard(Entry.User user) {
        return "get_swap_device";
    }

    @Override
    public boolean loadsAddressSpaceInside() {
        return true;
    }

    @Override
    public int enabledFlags() {
        return SWP_WRITEOK | SWP_VALID;
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        SwapOn.setupLocked(cpu, p, fresh);
        stop(cpu);
        SwapOn.enableLocked(cpu, p, enabledFlags());
    }

    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        SwapOff.clearFlag(cpu, p, SWP_VALID);
        stop(cpu);
        return SwapOff.clearFields(cpu, p);
    }

    /// The quiescent point.
    void stop(Cpu cpu) {
        swapOnoffStop(cpu);
    }

    /// The call that the thread is about.
    static void swapOnoffStop(Cpu cpu) {
        cpu.stopMachine(CpuMask.ONLINE, each -> {});
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.noWaitInSwapoff(this, "stop"),
                Sibling.validClearedAfterThe("stop", this, this::stop),
                Sibling.of(
                        "fields-cleared-before-the-stop",
                        new FieldsClearedBeforeTheStop(),
                        "F1",
                        "swapoff takes the fields away and waits then, as if only freeing had to wait"),
                Sibling.putBeforeUse(this),
                Sibling.of(
                        "no-preempt-disable",
                        new NoPreemptDisable(),
                        "F1",
                        "the reader leaves preemption on"),
                Sibling.of(
                                "valid-before-the-fields",
                                new ValidBeforeTheFields(),
                                "F1",
                                "swapon sets SWP_VALID first")
                        .withSwapon(),
                Sibling.noPteRecheck(this),
                Sibling.of(
                                "no-stop-in-swapon",
                                new NoStopInSwapon(),
                                Sibling.WEAK_MEMORY,
                                "swapon does not wait between the fields and SWP_VALID: only their order in memory suffers")
                        .withSwapon());
    }

    /// The usual order of RCU, unlink and then wait, is not enough here: a section loads the fields
    /// again and again.
    static final class FieldsClearedBeforeTheStop extends StopMachineV7 {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            var retired = SwapOff.clearFields(cpu, p);
            swapOnoffStop(cpu);
            return retired;
        }
    }

    /// Safe with `PREEMPT=n` all the same: no schedule point lies in a section. It happens to hold.
    static final class NoPreemptDisable extends StopMachineV7 {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            return cpu.read(p.flags()).has(SWP_VALID) && entry.offset().below(cpu.read(p.max()));
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {}
    }

    /// A section may see the bit of a device whose fields are not there yet.
    static final class ValidBeforeTheFields extends StopMachineV7 {
        @Override
        public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
            SwapOn.enableLocked(cpu, p, enabledFlags());
            swapOnoffStop(cpu);
            SwapOn.setupLocked(cpu, p, fresh);
        }
    }

    /// In every interleaving the fields are there before the bit; a reader on a weak machine may
    /// still see them later.
    static final class NoStopInSwapon extends StopMachineV7 {
        @Override
        public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
            SwapOn.setupLocked(cpu, p, fresh);
            SwapOn.enableLocked(cpu, p, enabledFlags());
        }
    }
}
