package stillpoint.swap;

import static stillpoint.swap.SwapDevice.COUNT;
import static stillpoint.swap.SwapDevice.SWAP_HAS_CACHE;

import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;
import stillpoint.program.Val;

/// The functions over a byte of `swap_map`: how many page table entries use the slot, and whether
/// its page is cached. mm/swapfile.c (v4.19), with the design's calls where the patches put them.
///
/// @param design what keeps the byte alive while it is used
/// @param p the device
/// @param watch what is recorded beside the kernel's own steps
record SwapMap(SwapDesign design, SwapDevice p, Watch watch) {
    /// Broken when a count was lost before.
    static final String COUNTED = "a use of the slot that is given back was counted";

    /// Broken when a slot is freed that somebody uses.
    static final String UNUSED = "a slot that is freed is in no use";

    /// Broken when two pages are added to the swap cache for one entry.
    static final String ONE_PAGE = "the swap cache has no other page for the entry";

    /// What `swapcache_prepare()` may answer.
    static final int PREPARED = 0;

    /// The page is on its way into the swap cache already.
    static final int EEXIST = 1;

    /// Nobody uses the slot.
    static final int ENOENT = 2;

    /// The device is gone.
    static final int EINVAL = 3;

    // ---- what nothing pins

    /// `get_swap_device()`, or what stood in its place before.
    boolean getSwapDevice(Cpu cpu, Entry.User user) {
        boolean got =
                cpu.test(design.guard(user), () -> design.getSwapDevice(cpu, p, Entry.of(user)));
        notice(cpu, user.function() + (got ? " gets the device" : " is refused the device"));
        return got;
    }

    /// `put_swap_device()`.
    void putSwapDevice(Cpu cpu, Entry.User user) {
        cpu.call("put_swap_device", () -> design.putSwapDevice(cpu, p, Entry.of(user)));
        notice(cpu, user.function() + " puts the device");
    }

    /// Something that a caller notices.
    void notice(Cpu cpu, String what) {
        if (watch == Watch.CALLERS) cpu.event(what);
    }

    /// Whether the kernel's own checks of the counts are modelled.
    boolean audited() {
        return watch == Watch.COUNTS;
    }

    /// `__swap_count()`: whether exactly one page table entry uses the slot; a plain load, no lock.
    boolean swapCountIsOne(Cpu cpu) {
        return cpu.test(
                "__swap_count",
                () -> {
                    if (!getSwapDevice(cpu, Entry.User.SWAP_COUNT)) return false;
                    boolean one = cpu.read(count(cpu)).has(COUNT);
                    putSwapDevice(cpu, Entry.User.SWAP_COUNT);
                    return one;
                });
    }

    /// `__swp_swapcount()`: whether any page table entry uses the slot.
    boolean isUsed(Cpu cpu) {
        return cpu.test(
                "__swp_swapcount",
                () -> {
                    if (!getSwapDevice(cpu, Entry.User.SWP_SWAPCOUNT)) return false;
                    Ptr ci = lockCluster(cpu);
                    boolean used =
                            design.stillThere(cpu, p, Entry.of(Entry.User.SWP_SWAPCOUNT))
                                    && cpu.read(count(cpu)).has(COUNT);
                    unlockCluster(cpu, ci);
                    putSwapDevice(cpu, Entry.User.SWP_SWAPCOUNT);
                    return used;
                });
    }

    /// `swapcache_prepare()`: claims the slot's place in the swap cache.
    Val swapcachePrepare(Cpu cpu) {
        return cpu.fetch(
                "__swap_duplicate",
                2,
                () -> {
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
                    putSwapDevice(cpu, Entry.User.SWAP_DUPLICATE);
                    return Val.of(answer);
                });
    }

    // ---- what a pin keeps alive
    // The byte is not 0, and the caller holds what keeps it so: swapoff does not get past
    // try_to_unuse() meanwhile. Hence no
    // get and put here in any version.

    /// `swap_free()`: a page table entry no longer uses the slot. The caller holds the page table
    /// lock.
    void swapFree(Cpu cpu) {
        cpu.call(
                "swap_free",
                () -> {
                    if (isLastUse(cpu, COUNT)) freeSwapSlot(cpu);
                });
    }

    /// `put_swap_page()`: the page has left the swap cache. The caller holds the page lock.
    void putSwapPage(Cpu cpu) {
        cpu.call(
                "put_swap_page",
                () -> {
                    if (isLastUse(cpu, SWAP_HAS_CACHE)) freeSwapSlot(cpu);
                });
    }

    /// `page_swapped()`: whether a page table entry uses the slot of a page in the swap cache.
    boolean pageSwapped(Cpu cpu) {
        return cpu.test(
                "page_swapcount",
                () -> {
                    Ptr ci = lockCluster(cpu);
                    boolean used = cpu.read(count(cpu)).has(COUNT);
                    unlockCluster(cpu, ci);
                    return used;
                });
    }

    /// `swap_duplicate()`: a page table entry uses the slot from now on.
    void swapDuplicate(Cpu cpu) {
        cpu.call(
                "swap_duplicate",
                () -> {
                    Ptr ci = lockCluster(cpu);
                    cpu.setBits(count(cpu), COUNT);
                    unlockCluster(cpu, ci);
                });
    }

    /// `__swap_entry_free()`: takes a use away; whether it was the last. Then `SWAP_HAS_CACHE`
    /// stays in the byte, so that nobody takes the slot, and swapoff does not pass, until it is
    /// freed under `p->lock`.
    private boolean isLastUse(Cpu cpu, int use) {
        return cpu.test(
                "__swap_entry_free",
                () -> {
                    Ptr ci = lockCluster(cpu);
                    Cell<Val> count = count(cpu);
                    int other = COUNT + SWAP_HAS_CACHE - use;
                    Val now = cpu.read(count);
                    if (audited()) cpu.must(now.has(use), COUNTED);
                    boolean last = now.lacks(other);
                    cpu.write(count, last ? SWAP_HAS_CACHE : other);
                    unlockCluster(cpu, ci);
                    return last;
                });
    }

    /// `free_swap_slot()`, mm/swap_slots.c: a slot in no use is kept for the next page, where that
    /// cache is active, or freed.
    private void freeSwapSlot(Cpu cpu) {
        cpu.call(
                "free_swap_slot",
                () -> {
                    if (cpu.choose("slots cache active") && keepsSwapSlot(cpu)) return;
                    swapcacheFreeEntries(cpu);
                });
    }

    private boolean keepsSwapSlot(Cpu cpu) {
        cpu.spinLock(p.slotsLock());
        boolean enabled = cpu.read(p.slotsCacheEnabled()).is(1);
        if (enabled) cpu.write(p.slotsKept(), 1);
        cpu.spinUnlock(p.slotsLock());
        return enabled;
    }

    /// `disable_swap_slots_cache_lock()`: what was kept is freed, and nothing is kept from now on.
    void disableSlotsCache(Cpu cpu) {
        cpu.call(
                "disable_swap_slots_cache_lock",
                () -> {
                    cpu.write(p.slotsCacheEnabled(), 0);
                    cpu.spinLock(p.slotsLock());
                    cpu.when(
                            () -> cpu.read(p.slotsKept()).is(1),
                            () -> {
                                swapcacheFreeEntries(cpu);
                                cpu.write(p.slotsKept(), 0);
                            });
                    cpu.spinUnlock(p.slotsLock());
                });
    }

    /// `swapcache_free_entries()`: the byte becomes 0, under `p->lock`, which swapoff will want
    /// too.
    private void swapcacheFreeEntries(Cpu cpu) {
        cpu.call(
                "swapcache_free_entries",
                () -> {
                    cpu.spinLock(p.lock());
                    storeUnderLock(cpu, 0);
                    cpu.spinUnlock(p.lock());
                });
    }

    /// `get_swap_page()`: takes a free slot for a page that goes to the swap cache; whether there
    /// is one.
    boolean getSwapPage(Cpu cpu) {
        return cpu.test(
                "get_swap_page",
                () -> {
                    cpu.spinLock(p.lock());
                    boolean free = cpu.read(count(cpu)).isZero();
                    if (free) storeUnderLock(cpu, SWAP_HAS_CACHE);
                    cpu.spinUnlock(p.lock());
                    return free;
                });
    }

    /// Stores the byte with `p->lock` held; `lock_cluster()` takes the cluster's lock as well where
    /// there is one.
    private void storeUnderLock(Cpu cpu, int value) {
        Ptr ci = cpu.read(p.clusterInfo());
        if (ci.exists()) cpu.spinLock(ci.lock(p.clusterLock()));
        Cell<Val> count = count(cpu);
        if (audited() && value == 0) cpu.must(cpu.read(count).lacks(COUNT), UNUSED);
        cpu.write(count, value);
        if (ci.exists()) cpu.spinUnlock(ci.lock(p.clusterLock()));
    }

    // ---- the lock

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
