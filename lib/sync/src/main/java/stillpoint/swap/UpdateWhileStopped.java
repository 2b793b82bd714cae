// Review of V7, 20190214212236.GA10698@redhat.com
package stillpoint.swap;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Ptr;
import stillpoint.program.Section;

/// Andrea Arcangeli, 2019-02-14: with a mask of NULL one CPU updates everything while the machine
/// stands, the swap cache's array too. A reader tests the pointer itself: no flag, no second locked
/// section, and swapoff needs one stop and no grace period.
///
/// The message is about swapoff. swapon does the same here: what the fields shall be is handed to
/// the callback in cells, as `stop_machine()` hands over its `data`.
public class UpdateWhileStopped implements SwapDesign {
    private final Readers readers;

    /// As posted: readers turn preemption off.
    public UpdateWhileStopped() {
        this(Section.PREEMPT);
    }

    /// With readers in a section of this kind.
    public UpdateWhileStopped(Section reader) {
        this(new Readers(reader, UpdateWhileStopped::new));
    }

    /// For its relatives: another design with readers like these.
    UpdateWhileStopped(Readers readers) {
        this.readers = readers;
    }

    @Override
    public String id() {
        return "D10";
    }

    @Override
    public String title() {
        return "One CPU clears everything while the machine stands";
    }

    @Override
    public String source() {
        return "20190214212236.GA10698@redhat.com";
    }

    @Override
    public Optional<Readers> readers() {
        return Optional.of(readers);
    }

    @Override
    public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        cpu.enter(readers.section());
        if (cpu.read(p.swapMap()).exists() && entry.offset().below(cpu.read(p.max()))) return true;
        cpu.leave(readers.section());
        return false;
    }

    @Override
    public void putSwapDevice(Cpu cpu, SwapDevice p) {
        cpu.leave(readers.section());
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
    public void teardown(Cpu cpu, SwapDevice p) {
        SwapOff.Retired retired = SwapOff.Retired.present(cpu, p);
        Ptr spaces = cpu.read(p.swapperSpaces());
        whileStopped(
                cpu,
                p,
                each -> {
                    SwapOff.clearFieldsLocked(each, p);
                    each.clear(p.swapperSpaces());
                });
        SwapOff.freeArrays(cpu, retired);
        cpu.call("exit_swap_address_space", () -> cpu.free(spaces));
        SwapOff.closeFile(cpu, retired);
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        cpu.writePtr(newMap(p), fresh.swapMap());
        fresh.clusterInfo().ifPresent(ci -> cpu.writePtr(newClusters(p), ci));
        whileStopped(
                cpu,
                p,
                each -> {
                    each.writePtr(p.swapMap(), each.read(newMap(p)));
                    if (p.device().clusters())
                        each.writePtr(p.clusterInfo(), each.read(newClusters(p)));
                });
        cpu.clear(newMap(p));
        if (p.device().clusters()) cpu.clear(newClusters(p));
        SwapOn.enableLocked(cpu, p, enabledFlags());
    }

    /// Runs on one CPU, and on no other does anything run.
    void whileStopped(Cpu cpu, SwapDevice p, Consumer<Cpu> update) {
        cpu.stopMachine(CpuMask.NULL, update);
    }

    private static Cell<Ptr> newMap(SwapDevice p) {
        return p.nullPointer("swsm->swap_map", p.swapMapKind());
    }

    private static Cell<Ptr> newClusters(SwapDevice p) {
        return p.nullPointer("swsm->cluster_info", p.clusterInfoKind());
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "map-cleared-outside",
                        new MapClearedOutside(),
                        "F1",
                        "swap_map is cleared once the machine runs again"),
                Sibling.of(
                                "address-space-loaded-early",
                                new AddressSpaceLoadedEarly(),
                                "F4",
                                "a fault keeps the address of the swap cache from before its section")
                        .withSwapon(),
                Sibling.of(
                        "freed-before-the-stop",
                        new FreedBeforeTheStop(this),
                        "F2",
                        "the arrays are freed while readers may still look"),
                Sibling.putBeforeUse(this));
    }

    /// A dummy stop, and then the fields: nothing keeps a new section from opening in between.
    static final class MapClearedOutside extends UpdateWhileStopped {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            whileStopped(cpu, p, each -> {});
            return SwapOff.clearFields(cpu, p);
        }

        @Override
        public void teardown(Cpu cpu, SwapDevice p) {
            SwapOff.Retired retired = retract(cpu, p);
            free(cpu, p, retired);
            SwapOff.closeFile(cpu, retired);
        }
    }

    /// `__read_swap_cache_async()` as before the patch: the address is loaded at its entry and
    /// kept.
    static final class AddressSpaceLoadedEarly extends UpdateWhileStopped {
        @Override
        public boolean loadsAddressSpaceInside() {
            return false;
        }
    }

    /// Freed, and then taken away.
    record FreedBeforeTheStop(UpdateWhileStopped design) implements Broken {
        @Override
        public void teardown(Cpu cpu, SwapDevice p) {
            SwapOff.Retired retired = SwapOff.Retired.present(cpu, p);
            SwapOff.freeArrays(cpu, retired);
            design.whileStopped(cpu, p, each -> SwapOff.clearFieldsLocked(each, p));
            SwapOff.exitSwapAddressSpace(cpu, p);
            SwapOff.closeFile(cpu, retired);
        }
    }
}
