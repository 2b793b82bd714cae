package stillpoint.swap;

import static stillpoint.swap.SwapDevice.COUNT;
import static stillpoint.swap.SwapDevice.SWAP_HAS_CACHE;

import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;
import stillpoint.program.Val;

/// The functions over a byte of `swap_map`: how many page table entries use the slot, and whether its page is cached.
/// mm/swapfile.c (v4.19), with the design's calls where the patches put them.
///
/// @param design what keeps the byte alive while it is used
/// @param p the device
record SwapMap(SwapDesign design, SwapDevice p) {
    /// What `swapcache_prepare()` may answer.
    static final int PREPARED = 0;
    /// The page is on its way into the swap cache already.
    static final int EEXIST = 1;
    /// Nobody uses the slot.
    static final int ENOENT = 2;
    /// The device is gone.
    static final int EINVAL = 3;

    // ---- what nothing pins ---------------------------------------------------------------------------------------

    /// `get_swap_device()`, or what stood in its place before.
    boolean getSwapDevice(Cpu cpu, Entry.User user) {
        return cpu.test("get_swap_device", () -> design.getSwapDevice(cpu, p, Entry.of(user)));
    }

    /// `put_swap_device()`.
    void putSwapDevice(Cpu cpu) {
        cpu.call("put_swap_device", () -> design.putSwapDevice(cpu, p));
    }

    /// `__swap_count()`: whether exactly one page table entry uses the slot; a plain load, no lock.
    boolean swapCountIsOne(Cpu cpu) {
        return cpu.test("__swap_count", () -> {
            if (!getSwapDevice(cpu, Entry.User.SWAP_COUNT)) return false;
            boolean one = cpu.read(count(cpu)).has(COUNT);
            putSwapDevice(cpu);
            return one;
        });
    }

    /// `__swp_swapcount()`: whether any page table entry uses the slot.
    boolean isUsed(Cpu cpu) {
        return cpu.test("__swp_swapcount", () -> {
            if (!getSwapDevice(cpu, Entry.User.SWP_SWAPCOUNT)) return false;
            Ptr ci = lockCluster(cpu);
            boolean used = design.stillThere(cpu, p, Entry.of(Entry.User.SWP_SWAPCOUNT))
                    && cpu.read(count(cpu)).has(COUNT);
            unlockCluster(cpu, ci);
            putSwapDevice(cpu);
            return used;
        });
    }

    /// `swapcache_prepare()`: claims the slot's place in the swap cache.
    Val swapcachePrepare(Cpu cpu) {
        return cpu.fetch("__swap_duplicate", 2, () -> {
            if (!getSwapDevice(cpu, Entry.User.SWAP_DUPLICATE)) return Val.of(EINVAL);
            Ptr ci = lockCluster(cpu);
            int answer = EINVAL;
            if (design.stillThere(cpu, p, Entry.of(Entry.User.SWAP_DUPLICATE))) {
                Cell<Val> count = count(cpu);
                Val now = cpu.read(count);
                if (now.has(SWAP_HAS_CACHE)) answer = EEXIST;
                else if (now.lacks(COUNT)) answer = ENOENT;
                else {
                    cpu.write(count, now.or(SWAP_HAS_CACHE));
                    answer = PREPARED;
                }
            }
            unlockCluster(cpu, ci);
            putSwapDevice(cpu);
            return Val.of(answer);
        });
    }

    // ---- what a pin keeps alive ------------------------------------------------------------------------------------
    // The byte is not 0, and the caller holds what keeps it so: swapoff does not get past try_to_unuse() meanwhile. Hence no
    // get and put here in any version.

    /// `swap_free()`: a page table entry no longer uses the slot. The caller holds the page table lock.
    void swapFree(Cpu cpu) {
        change(cpu, "swap_free", COUNT, false);
    }

    /// `swap_duplicate()`: a page table entry uses the slot from now on.
    void swapDuplicate(Cpu cpu) {
        change(cpu, "swap_duplicate", COUNT, true);
    }

    /// `put_swap_page()`: the page has left the swap cache. The caller holds the page lock.
    void putSwapPage(Cpu cpu) {
        change(cpu, "put_swap_page", SWAP_HAS_CACHE, false);
    }

    /// `get_swap_page()`: a free slot for a page that goes to the swap cache; whether there is one.
    boolean getSwapPage(Cpu cpu) {
        return cpu.test("get_swap_page", () -> {
            Ptr ci = lockCluster(cpu);
            Cell<Val> count = count(cpu);
            boolean free = cpu.read(count).isZero();
            if (free) cpu.write(count, SWAP_HAS_CACHE);
            unlockCluster(cpu, ci);
            return free;
        });
    }

    private void change(Cpu cpu, String function, int bit, boolean set) {
        cpu.call(function, () -> {
            Ptr ci = lockCluster(cpu);
            if (set) cpu.setBits(count(cpu), bit);
            else cpu.clearBits(count(cpu), bit);
            unlockCluster(cpu, ci);
        });
    }

    // ---- the lock ----------------------------------------------------------------------------------------------------

    private Ptr lockCluster(Cpu cpu) {
        return cpu.inline("lock_cluster_or_swap_info", () -> design.lockCluster(cpu, p));
    }

    private void unlockCluster(Cpu cpu, Ptr ci) {
        cpu.call("unlock_cluster_or_swap_info", () -> design.unlockCluster(cpu, p, ci));
    }

    private Cell<Val> count(Cpu cpu) {
        return cpu.read(p.swapMap()).at(p.count());
    }
}
