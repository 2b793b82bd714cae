// Review of V7, 20190214023805.GA19090@redhat.com, its word set back by the caller
package stillpoint.swap;

import stillpoint.program.Cpu;
import stillpoint.program.Section;

/// The sketch with its caller setting the static word back to INIT before each stop, so that each
/// call does what the first did: clear `swap_map`. In swapoff that is right. In swapon, which
/// posted the same callback, it takes away the map that was just set up.
public class ActiveCallbackReset extends ActiveCallback {
    /// As posted: readers turn preemption off.
    public ActiveCallbackReset() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public ActiveCallbackReset(Section reader) {
        super(new Readers(reader, ActiveCallbackReset::new));
    }

    @Override
    public String id() {
        return "D9-reset";
    }

    @Override
    public String title() {
        return "The sketch, with its word set back before each call";
    }

    @Override
    public String source() {
        return "20190214023805.GA19090@redhat.com";
    }

    @Override
    void swapOnoffStop(Cpu cpu, SwapDevice p) {
        cpu.writeOnce(firstStopMachine(p), 0);
        super.swapOnoffStop(cpu, p);
    }
}
