package stillpoint.swap;

import static stillpoint.swap.SwapDevice.NO_PAGE;
import static stillpoint.swap.SwapDevice.OTHER_PAGE;
import static stillpoint.swap.SwapDevice.OUR_PAGE;

import stillpoint.program.Cpu;
import stillpoint.program.Local;
import stillpoint.program.Ptr;
import stillpoint.program.Val;

/// The swap cache: pages that are in memory and on the device. mm/swap_state.c (v4.19), with the
/// design's calls where the patches put them.
///
/// @param map the bytes of `swap_map`
record SwapCache(SwapMap map) {
    /// `lookup_swap_cache()`: leaves the page, if there is one, in `page`.
    void lookup(Cpu cpu, Local page) {
        cpu.call(
                "lookup_swap_cache",
                () -> {
                    if (!map.getSwapDevice(cpu, Entry.User.LOOKUP_SWAP_CACHE)) return;
                    cpu.sometimes(SwapIn.GOT_THE_DEVICE);
                    findGetPage(cpu, cpu.read(p().swapperSpaces()), page);
                    map.putSwapDevice(cpu, Entry.User.LOOKUP_SWAP_CACHE);
                });
    }

    /// `__read_swap_cache_async()`: finds the page in the swap cache, or reads it into the swap
    /// cache; leaves `page` as it is where the slot is not in use or the device is gone.
    ///
    /// The kernel allocates once and keeps the page for the next time round; here each time may
    /// sleep, which only adds interleavings.
    void readSwapCacheAsync(Cpu cpu, Local page) {
        cpu.call(
                "__read_swap_cache_async",
                () -> {
                    if (map.design().loadsAddressSpaceInside()) {
                        cpu.loop(() -> {
                            if (!map.getSwapDevice(cpu, Entry.User.READ_SWAP_CACHE_ASYNC))
                                return false;
                            findGetPage(cpu, cpu.read(p().swapperSpaces()), page);
                            map.putSwapDevice(cpu, Entry.User.READ_SWAP_CACHE_ASYNC);
                            return readUnlessFound(cpu, page);
                        });
                    } else {
                        Ptr early = cpu.read(p().swapperSpaces());
                        cpu.loop(() -> {
                            if (!map.getSwapDevice(cpu, Entry.User.READ_SWAP_CACHE_ASYNC))
                                return false;
                            findGetPage(cpu, early, page);
                            map.putSwapDevice(cpu, Entry.User.READ_SWAP_CACHE_ASYNC);
                            return readUnlessFound(cpu, page);
                        });
                    }
                });
    }

    /// One time round; whether to come again.
    private boolean readUnlessFound(Cpu cpu, Local page) {
        if (page.get().isNot(NO_PAGE)) return false;
        if (!map.isUsed(cpu) && cpu.read(p().slotsCacheEnabled()).is(1)) return false;
        cpu.mightSleep("alloc_page_vma()");
        Val answer = map.swapcachePrepare(cpu);
        if (answer.is(SwapMap.EEXIST)) {
            cpu.mightSleep("cond_resched()");
            return true;
        }
        if (answer.is(SwapMap.PREPARED)) readAndAdd(cpu, page);
        return false;
    }

    /// `swap_readpage()` and `add_to_swap_cache()`. In the kernel the page is added first, but
    /// locked until it has been read, so that nobody sees its content earlier; `SWAP_HAS_CACHE`
    /// keeps others out until then.
    private void readAndAdd(Cpu cpu, Local page) {
        swapReadpage(cpu, page);
        cpu.call(
                "add_to_swap_cache",
                () -> {
                    Ptr spaces = cpu.read(p().swapperSpaces());
                    if (map.audited())
                        cpu.must(cpu.read(spaces.at(p().cached())).is(NO_PAGE), SwapMap.ONE_PAGE);
                    cpu.write(spaces.at(p().cached()), page.get());
                });
    }

    /// `swap_readpage()`: reads the slot from the device, whichever that is by now.
    void swapReadpage(Cpu cpu, Local page) {
        cpu.call(
                "swap_readpage",
                () -> {
                    Val content = cpu.read(cpu.read(p().swapFile()).at(p().stored()));
                    cpu.when(
                            () -> content.is(OUR_PAGE),
                            () -> page.set(OUR_PAGE),
                            () -> page.set(OTHER_PAGE));
                });
    }

    /// `PageSwapCache()`, under the page lock.
    private boolean isCached(Cpu cpu) {
        return cpu.test(
                "PageSwapCache",
                () -> cpu.read(cpu.read(p().swapperSpaces()).at(p().cached())).isNot(NO_PAGE));
    }

    /// Puts another process's page into the cache.
    void addAnothers(Cpu cpu) {
        store(cpu, "add_to_swap_cache", OTHER_PAGE);
    }

    /// `delete_from_swap_cache()`, under the page lock: first the page leaves, then
    /// `SWAP_HAS_CACHE`.
    void delete(Cpu cpu) {
        cpu.call(
                "delete_from_swap_cache",
                () -> {
                    store(cpu, "__delete_from_swap_cache", NO_PAGE);
                    map.putSwapPage(cpu);
                });
    }

    /// What `try_to_free_swap()` and `try_to_unuse()` have in common: a page that is in the cache
    /// and that no page table entry needs there any more leaves it. The caller holds the page lock.
    void deleteUnlessSwapped(Cpu cpu) {
        cpu.when(() -> isCached(cpu) && !map.pageSwapped(cpu), () -> delete(cpu));
    }

    private void store(Cpu cpu, String function, int page) {
        cpu.call(
                function,
                () -> {
                    Ptr spaces = cpu.read(p().swapperSpaces());
                    cpu.write(spaces.at(p().cached()), page);
                });
    }

    /// `find_get_page()`: the array's address was computed before, the look-up itself is an RCU
    /// section.
    void findGetPage(Cpu cpu, Ptr spaces, Local page) {
        cpu.call(
                "find_get_page",
                () -> {
                    cpu.rcuReadLock();
                    page.set(cpu.read(spaces.at(p().cached())));
                    cpu.rcuReadUnlock();
                });
    }

    private SwapDevice p() {
        return map.p();
    }
}
