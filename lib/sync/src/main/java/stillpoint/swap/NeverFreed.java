// About swapoff race patch, alpine.LSU.2.11.1902041257390.4682@eggly.anvils
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;

/// After Hugh Dickins, 2019-02-04: the arrays stay with the slot for ever, and the next device uses
/// them again. No reader needs protecting from freed memory; what an old entry finds in the arrays
/// may be the next device's, which the look at the page table entry catches.
///
/// He would have kept the address spaces; `swap_map` and `cluster_info` stay here too. The file
/// does not.
public class NeverFreed implements SwapDesign {
    @Override
    public String id() {
        return "D12";
    }

    @Override
    public String title() {
        return "Arrays that are never freed";
    }

    @Override
    public String source() {
        return "alpine.LSU.2.11.1902041257390.4682@eggly.anvils";
    }

    @Override
    public void teardown(Cpu cpu, SwapDevice p) {
        Ptr file = cpu.read(p.swapFile());
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        cpu.clear(p.swapFile());
        cpu.write(p.max(), 0);
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
        release(cpu, p);
        cpu.call("filp_close", () -> cpu.free(file));
    }

    /// What is freed of the arrays.
    void release(Cpu cpu, SwapDevice p) {}

    @Override
    public SwapOn.Arrays allocate(Cpu cpu, SwapDevice p) {
        return SwapOn.Arrays.present(cpu, p);
    }

    @Override
    public void initSwapAddressSpace(Cpu cpu, SwapDevice p) {}

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of("map-freed", new MapFreed(), "F2", "swap_map does not stay"),
                Sibling.of(
                        "clusters-freed", new ClustersFreed(), "F3", "cluster_info does not stay"),
                Sibling.of(
                        "address-spaces-freed",
                        new AddressSpacesFreed(),
                        "F4",
                        "swapper_spaces does not stay"),
                Sibling.noPteRecheck(this));
    }

    /// Type-stable, all but one.
    static final class MapFreed extends NeverFreed {
        @Override
        void release(Cpu cpu, SwapDevice p) {
            cpu.free(cpu.read(p.swapMap()));
        }
    }

    /// The locks lie in it.
    static final class ClustersFreed extends NeverFreed {
        @Override
        void release(Cpu cpu, SwapDevice p) {
            cpu.free(cpu.read(p.clusterInfo()));
        }
    }

    /// What he would have kept first.
    static final class AddressSpacesFreed extends NeverFreed {
        @Override
        void release(Cpu cpu, SwapDevice p) {
            cpu.free(cpu.read(p.swapperSpaces()));
        }
    }
}
