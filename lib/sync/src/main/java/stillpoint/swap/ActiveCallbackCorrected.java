// Review of V7, 20190214023805.GA19090@redhat.com, corrected
package stillpoint.swap;

import java.util.List;
import java.util.function.Consumer;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Section;
import stillpoint.program.Val;

/// The sketch corrected: its word is set back before each call, what to do is handed over, and all
/// that readers use has moved into the callback, so that neither `SWP_VALID` nor the grace period
/// of the swap cache is needed. It is D10 on every CPU: the first one updates, and the others wait.
public class ActiveCallbackCorrected extends UpdateWhileStopped {
    private static final int INIT = 0;

    /// As posted: readers turn preemption off.
    public ActiveCallbackCorrected() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public ActiveCallbackCorrected(Section reader) {
        super(new Readers(reader, ActiveCallbackCorrected::new));
    }

    @Override
    public String id() {
        return "D9-corrected";
    }

    @Override
    public String title() {
        return "The sketch with all fields moved in, and its word set back";
    }

    @Override
    public String source() {
        return "20190214023805.GA19090@redhat.com";
    }

    @Override
    void whileStopped(Cpu cpu, SwapDevice p, Consumer<Cpu> update) {
        Cell<Val> first = ActiveCallback.firstStopMachine(p);
        setBack(cpu, first);
        ActiveCallback.onFirstCpu(cpu, first, update);
    }

    void setBack(Cpu cpu, Cell<Val> first) {
        cpu.writeOnce(first, INIT);
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                                "word-not-set-back",
                                new WordNotSetBack(),
                                "F1",
                                "the second call does nothing: swapon leaves swap_map NULL, and reclaim trusts that it is there")
                        .withSwapon(),
                Sibling.of(
                        "freed-before-the-stop",
                        new FreedBeforeTheStop(this),
                        "F2",
                        "the arrays are freed while readers may still look"),
                Sibling.putBeforeUse(this));
    }

    /// As posted, but with readers that rely on what the callback does.
    static final class WordNotSetBack extends ActiveCallbackCorrected {
        @Override
        void setBack(Cpu cpu, Cell<Val> first) {}
    }
}
