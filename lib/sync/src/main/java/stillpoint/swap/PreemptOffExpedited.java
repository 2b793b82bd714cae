// Review of V7, 20190212101316.GA6905@andrea
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// Andrea Parri, 2019-02-12: D11 with the expedited grace period, which promises the same and ends
/// sooner.
public class PreemptOffExpedited extends RcuV8 {
    /// Readers turn preemption off.
    public PreemptOffExpedited() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public PreemptOffExpedited(Section reader) {
        super(new Readers(reader, PreemptOffExpedited::new));
    }

    @Override
    public String id() {
        return "D11-expedited";
    }

    @Override
    public String title() {
        return "preempt_disable() and synchronize_rcu_expedited()";
    }

    @Override
    public String source() {
        return "20190212101316.GA6905@andrea";
    }

    @Override
    void gracePeriod(Cpu cpu) {
        cpu.synchronizeRcuExpedited();
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.noWaitInSwapoff(this, "grace-period"),
                Sibling.validClearedAfterThe("grace-period", this, this::gracePeriod),
                Sibling.putBeforeUse(this));
    }
}
