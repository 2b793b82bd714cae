// Review of V3, 3897758.H188Yq1CBR@js-desktop.svl.corp.google.com
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;
import static stillpoint.swap.SwapDevice.SWP_WRITEOK;

import java.util.List;
import java.util.Optional;
import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// Junaid Shahid, 2017-12-18: preemption off inside `lock_cluster()` only, and a `stop_machine()`
/// in swapoff. The sections are shorter than V7's: they begin with the test of the two functions
/// that take the lock, and end with its release.
///
/// The message is one sentence; the flag is V3's, to which it answers. The look-up in the swap
/// cache is in no section: F4 is left, and so is `__swap_count()`, which takes no lock.
public class StopInLockCluster implements SwapDesign {
    @Override
    public String id() {
        return "D7";
    }

    @Override
    public String title() {
        return "V3 review: preempt_disable() inside lock_cluster(), stop_machine()";
    }

    @Override
    public String source() {
        return "3897758.H188Yq1CBR@js-desktop.svl.corp.google.com";
    }

    private final Readers readers;

    /// As posted: preemption off.
    public StopInLockCluster() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public StopInLockCluster(Section reader) {
        this.readers = new Readers(reader, StopInLockCluster::new);
    }

    @Override
    public Optional<Readers> readers() {
        return Optional.of(readers);
    }

    @Override
    public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        if (!takesTheLock(entry)) return SwapDesign.super.getSwapDevice(cpu, p, entry);
        cpu.enter(readers.section());
        if (cpu.read(p.flags()).has(SWP_VALID) && entry.offset().below(cpu.read(p.max())))
            return true;
        cpu.leave(readers.section());
        return false;
    }

    @Override
    public void putSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        if (takesTheLock(entry)) cpu.leave(readers.section());
    }

    static boolean takesTheLock(Entry entry) {
        return switch (entry.user()) {
            case SWP_SWAPCOUNT, SWAP_DUPLICATE -> true;
            case LOOKUP_SWAP_CACHE, READ_SWAP_CACHE_ASYNC, SWAP_COUNT -> false;
        };
    }

    @Override
    public int enabledFlags() {
        return SWP_WRITEOK | SWP_VALID;
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        SwapOn.setupLocked(cpu, p, fresh);
        StopMachineV7.swapOnoffStop(cpu);
        SwapOn.enableLocked(cpu, p, enabledFlags());
    }

    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        SwapOff.clearFlag(cpu, p, SWP_VALID);
        StopMachineV7.swapOnoffStop(cpu);
        return SwapOff.clearFields(cpu, p);
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.noWaitInSwapoff(this, "stop"),
                Sibling.validClearedAfterThe("stop", this, StopMachineV7::swapOnoffStop),
                Sibling.putBeforeUse(this));
    }
}
