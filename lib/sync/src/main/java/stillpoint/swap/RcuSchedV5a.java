// The other half of V5, 87d12zsjn1.fsf@yhuang-dev.intel.com
package stillpoint.swap;

import java.util.List;
import stillpoint.machine.Config;
import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// V5a (Huang Ying, 2017-12-28): the alternative that was posted beside the first stop_machine
/// version. Readers are those of V7; swapon and swapoff wait for an RCU-sched grace period.
public class RcuSchedV5a extends RcuV8 {
    /// Readers turn preemption off.
    public RcuSchedV5a() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public RcuSchedV5a(Section reader) {
        super(new Readers(reader, RcuSchedV5a::new));
    }

    @Override
    public String id() {
        return "V5a";
    }

    @Override
    public String title() {
        return "V5a: preempt_disable() and synchronize_sched()";
    }

    @Override
    public String source() {
        return "87d12zsjn1.fsf@yhuang-dev.intel.com";
    }

    @Override
    void gracePeriod(Cpu cpu) {
        cpu.synchronizeSched();
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.noWaitInSwapoff(this, "grace-period"),
                Sibling.validClearedAfterThe("grace-period", this, this::gracePeriod),
                Sibling.putBeforeUse(this),
                Sibling.of(
                                "rcu-read-lock-instead",
                                new RcuReadLockInstead(),
                                "F1",
                                "readers are RCU sections, which synchronize_sched() does not wait for before 4.20")
                        .on(Config.PREEMPT_Y_4_19));
    }

    /// The pairing of V8 with the wrong wait: right since the flavours of RCU are one.
    static final class RcuReadLockInstead extends RcuSchedV5a {
        RcuReadLockInstead() {
            super(Section.RCU);
        }
    }
}
