package stillpoint.swap;

import static stillpoint.swap.SwapDevice.NO_PAGE;
import static stillpoint.swap.SwapDevice.OUR_PAGE;
import static stillpoint.swap.SwapDevice.PRESENT;
import static stillpoint.swap.SwapDevice.SWAPPED;
import static stillpoint.swap.SwapDevice.SWP_SYNCHRONOUS_IO;

import stillpoint.program.Cpu;
import stillpoint.program.Local;

/// A page fault on a swap entry: `do_swap_page()`, mm/memory.c (v4.19), step by step. It never
/// knows that a swapoff is under way; from step 1 on nothing pins the entry.
///
/// @param cache the swap cache, and below it the bytes of `swap_map`
record SwapIn(SwapCache cache) {
    /// Some fault was allowed to use the device.
    static final String GOT_THE_DEVICE = "a reader got the device";

    /// Some fault mapped the page.
    static final String MAPPED_THE_PAGE = "a reader mapped the page";

    /// The whole fault.
    void doSwapPage(Cpu cpu) {
        cpu.call("do_swap_page", () -> fault(cpu));
        cache.map().notice(cpu, "the fault returns");
    }

    private void fault(Cpu cpu) {
        if (!pteUnmapSame(cpu)) return;
        boolean begun = cpu.test("", () -> design().beginFault(cpu, p()));
        cache.map()
                .notice(
                        cpu,
                        begun
                                ? "do_swap_page gets the device"
                                : "do_swap_page is refused the device");
        if (!begun) return;
        Local page = cpu.local("page", 2, NO_PAGE);
        Local direct = cpu.local("direct", 1, 0);
        cache.lookup(cpu, page);
        cpu.when(
                () -> page.get().is(NO_PAGE),
                () -> {
                    if (p().device().synchronous()) readPastCache(cpu, page, direct);
                    else swapinReadahead(cpu, page);
                });
        cpu.when(() -> page.get().is(NO_PAGE), () -> backOut(cpu), () -> map(cpu, page, direct));
        design().endFault(cpu, p());
        cache.map().notice(cpu, "do_swap_page puts the device");
    }

    /// Step 1. Whether the page table entry still is what the fault was about; then the lock is
    /// dropped.
    private boolean pteUnmapSame(Cpu cpu) {
        return cpu.test(
                "pte_unmap_same",
                () -> {
                    cpu.spinLock(p().pageTableLock());
                    boolean same = cpu.read(p().pte()).is(SWAPPED);
                    cpu.spinUnlock(p().pageTableLock());
                    return same;
                });
    }

    /// Step 3. A device as fast as memory, and nobody else to share the page with: no swap cache.
    private void readPastCache(Cpu cpu, Local page, Local direct) {
        cpu.when(
                () ->
                        cpu.read(p().flags()).has(SWP_SYNCHRONOUS_IO)
                                && cache.map().swapCountIsOne(cpu),
                () -> {
                    cpu.mightSleep("alloc_page_vma()");
                    cache.swapReadpage(cpu, page);
                    direct.set(1);
                },
                () -> swapinReadahead(cpu, page));
    }

    /// Step 4.
    private void swapinReadahead(Cpu cpu, Local page) {
        cpu.call("swapin_readahead", () -> cache.readSwapCacheAsync(cpu, page));
    }

    /// No page: somebody else has mapped it, or the fault fails for want of memory.
    private void backOut(Cpu cpu) {
        cpu.spinLock(p().pageTableLock());
        cpu.must(cpu.read(p().pte()).isNot(SWAPPED), SwapModel.FALSE_OOM);
        cpu.spinUnlock(p().pageTableLock());
    }

    /// Step 7. Only if the page table entry is still the same is the page mapped.
    private void map(Cpu cpu, Local page, Local direct) {
        // A page that was read past the cache is this fault's own: its lock is never contended.
        cpu.when(() -> direct.get().is(0), () -> cpu.mutexLock(p().pageLock()));
        boolean mapped = cpu.test("pte_same", () -> setPte(cpu, page));
        if (mapped) {
            cpu.sometimes(MAPPED_THE_PAGE);
            cache.map().notice(cpu, "the fault has mapped the page");
            cpu.when(
                    () -> direct.get().is(0) && cpu.choose("mem_cgroup_swap_full()"),
                    () -> cpu.call("try_to_free_swap", () -> cache.deleteUnlessSwapped(cpu)));
        }
        cpu.when(() -> direct.get().is(0), () -> cpu.mutexUnlock(p().pageLock()));
    }

    private boolean setPte(Cpu cpu, Local page) {
        cpu.spinLock(p().pageTableLock());
        boolean map = !design().rechecksPte() || cpu.read(p().pte()).is(SWAPPED);
        if (map) {
            cpu.must(page.get().is(OUR_PAGE), SwapModel.OTHERS_PAGE);
            cpu.write(p().pte(), PRESENT);
            cache.map().swapFree(cpu);
        }
        cpu.spinUnlock(p().pageTableLock());
        return map;
    }

    private SwapDesign design() {
        return cache.map().design();
    }

    private SwapDevice p() {
        return cache.map().p();
    }
}
