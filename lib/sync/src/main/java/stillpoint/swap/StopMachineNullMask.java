// Answer to the review of V7, 87k1i2oks6.fsf@yhuang-dev.intel.com
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Section;

/// V7 with a mask of NULL (Huang Ying, 2019-02-14), D8' in the thread: one CPU runs the callback
/// that does nothing. Every CPU is stopped all the same, which is all that V7 needs.
public class StopMachineNullMask extends StopMachineV7 {
    /// As posted: readers turn preemption off.
    public StopMachineNullMask() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public StopMachineNullMask(Section reader) {
        super(new Readers(reader, StopMachineNullMask::new));
    }

    @Override
    public String id() {
        return "D8-null";
    }

    @Override
    public String title() {
        return "D8': V7 with a dummy stop_machine() and a mask of NULL";
    }

    @Override
    public String source() {
        return "87k1i2oks6.fsf@yhuang-dev.intel.com";
    }

    @Override
    void stop(Cpu cpu) {
        cpu.stopMachine(CpuMask.NULL, each -> {});
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.noWaitInSwapoff(this, "stop"),
                Sibling.validClearedAfterThe("stop", this, this::stop),
                Sibling.putBeforeUse(this));
    }
}
