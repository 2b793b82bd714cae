// Review of V7, 20190212101316.GA6905@andrea
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// Andrea Parri, 2019-02-12: since 4.20 `synchronize_rcu()` waits for code with preemption off too,
/// so that V7's readers need no stop. Before 4.20 with `PREEMPT=y` it does not, and this is not
/// safe.
public class PreemptOffRcu extends RcuV8 {
    /// Readers turn preemption off.
    public PreemptOffRcu() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public PreemptOffRcu(Section reader) {
        super(new Readers(reader, PreemptOffRcu::new));
    }

    @Override
    public String id() {
        return "D11";
    }

    @Override
    public String title() {
        return "preempt_disable() and synchronize_rcu()";
    }

    @Override
    public String source() {
        return "20190212101316.GA6905@andrea";
    }

    @Override
    void gracePeriod(Cpu cpu) {
        cpu.synchronizeRcu();
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.noWaitInSwapoff(this, "grace-period"),
                Sibling.validClearedAfterThe("grace-period", this, this::gracePeriod),
                Sibling.putBeforeUse(this));
    }
}
