// Review of V7, 20190214023805.GA19090@redhat.com
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;

import java.util.List;
import java.util.function.Consumer;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Section;
import stillpoint.program.Val;

/// Andrea Arcangeli's sketch, 2019-02-13, exactly as posted: the first CPU of the `stop_machine()`
/// to take a static word from INIT to START clears `swap_map` and publishes END; the others spin
/// for END. It stands where V7's dummy stood, in swapon and in swapoff. Nothing sets the word back,
/// and nothing else has moved into the callback yet.
///
/// With V7's readers, who test `SWP_VALID`, the stop is still the quiescent point that they need,
/// whatever its callback does. So a call that does nothing, which is every call but the first,
/// costs them nothing. It costs swapon a map if its call is the first: see [ActiveCallbackReset].
public class ActiveCallback extends StopMachineV7 {
    private static final int INIT = 0;
    private static final int START = 1;
    private static final int END = 2;

    /// As posted: readers turn preemption off.
    public ActiveCallback() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public ActiveCallback(Section reader) {
        this(new Readers(reader, ActiveCallback::new));
    }

    /// For its relatives: another design with readers like these.
    ActiveCallback(Readers readers) {
        super(readers);
    }

    @Override
    public String id() {
        return "D9";
    }

    @Override
    public String title() {
        return "The first CPU of a stop_machine() clears swap_map, as posted";
    }

    @Override
    public String source() {
        return "20190214023805.GA19090@redhat.com";
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        SwapOn.setupLocked(cpu, p, fresh);
        swapOnoffStop(cpu, p);
        SwapOn.enableLocked(cpu, p, enabledFlags());
    }

    @Override
    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        SwapOff.clearFlag(cpu, p, SWP_VALID);
        SwapOff.Retired retired = SwapOff.Retired.present(cpu, p);
        swapOnoffStop(cpu, p);
        clearOtherFields(cpu, p);
        return retired;
    }

    /// What has not moved into the callback.
    static void clearOtherFields(Cpu cpu, SwapDevice p) {
        cpu.mutexLock(p.swaponMutex());
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        cpu.clear(p.swapFile());
        cpu.write(p.max(), 0);
        if (p.device().clusters()) cpu.clear(p.clusterInfo());
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
        cpu.mutexUnlock(p.swaponMutex());
    }

    /// `swap_onoff_stop()` on every CPU.
    void swapOnoffStop(Cpu cpu, SwapDevice p) {
        onFirstCpu(cpu, firstStopMachine(p), each -> each.clear(p.swapMap()));
    }

    /// Stops every CPU; the first to take the word from INIT to START updates, the others wait.
    static void onFirstCpu(Cpu cpu, Cell<Val> first, Consumer<Cpu> update) {
        cpu.stopMachine(
                CpuMask.ONLINE,
                each -> {
                    if (each.cmpxchg(first, INIT, START).is(INIT)) {
                        update.accept(each);
                        each.smpWmb();
                        each.writeOnce(first, END);
                    } else {
                        each.condLoad(first, v -> v.is(END)).ignored();
                        each.smpRmb();
                    }
                });
    }

    static Cell<Val> firstStopMachine(SwapDevice p) {
        return p.named(p.word("first_stop_machine", 2, INIT), "INIT", "START", "END");
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "valid-cleared-after-the-stop",
                        new ValidClearedTooLate(this),
                        "F1",
                        "a section may open with the bit set and swap_map gone"),
                Sibling.of(
                        "max-instead-of-valid",
                        new MaxInsteadOfValid(this),
                        "F1",
                        "the reader tests max, which has not moved into the callback"),
                Sibling.putBeforeUse(this));
    }

    /// The bit outlives the map.
    record ValidClearedTooLate(ActiveCallback design) implements Broken {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.Retired retired = SwapOff.Retired.present(cpu, p);
            design.swapOnoffStop(cpu, p);
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            clearOtherFields(cpu, p);
            return retired;
        }
    }

    /// The callback clears `swap_map` while `max` says that it is there.
    record MaxInsteadOfValid(ActiveCallback design) implements Broken {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            cpu.preemptDisable();
            if (entry.offset().below(cpu.read(p.max()))) return true;
            cpu.preemptEnable();
            return false;
        }
    }
}
