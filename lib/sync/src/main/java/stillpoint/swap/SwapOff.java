package stillpoint.swap;

import static stillpoint.swap.SwapDevice.COUNT;
import static stillpoint.swap.SwapDevice.NO_PAGE;
import static stillpoint.swap.SwapDevice.OUR_PAGE;
import static stillpoint.swap.SwapDevice.PRESENT;
import static stillpoint.swap.SwapDevice.SWAPPED;
import static stillpoint.swap.SwapDevice.SWP_SCANNING;
import static stillpoint.swap.SwapDevice.SWP_WRITEOK;

import stillpoint.program.Cpu;
import stillpoint.program.Local;
import stillpoint.program.Ptr;

/// `swapoff()`, mm/swapfile.c (v4.19), step by step. What a patch changes in it is in the
/// [SwapDesign].
///
/// @param cache the swap cache, through which it swaps pages in as a fault does
public record SwapOff(SwapCache cache) {
    /// swapoff went through.
    static final String FINISHED = "swapoff finished";

    /// What swapoff took away and has to free.
    ///
    /// @param swapFile what `p->swap_file` pointed to
    /// @param swapMap what `p->swap_map` pointed to
    /// @param clusterInfo what `p->cluster_info` pointed to
    public record Retired(Ptr swapFile, Ptr swapMap, Ptr clusterInfo) {
        /// What the fields point to now. swapoff alone changes them, so it may look before it takes
        /// the locks.
        public static Retired present(Cpu cpu, SwapDevice p) {
            return new Retired(
                    cpu.read(p.swapFile()), cpu.read(p.swapMap()), cpu.read(p.clusterInfo()));
        }
    }

    /// The system call; whether the device is off.
    boolean swapoff(Cpu cpu) {
        cache.map().notice(cpu, "swapoff is called");
        boolean off = off(cpu);
        cache.map().notice(cpu, off ? "swapoff returns" : "swapoff fails");
        return off;
    }

    private boolean off(Cpu cpu) {
        return cpu.test(
                "swapoff",
                () -> {
                    delFromAvailList(cpu);
                    cache.map().disableSlotsCache(cpu);
                    if (!tryToUnuse(cpu)) {
                        cpu.call("reinsert_swap_info", () -> design().reinsert(cpu, p()));
                        reenableSlotsCache(cpu);
                        return false;
                    }
                    reenableSlotsCache(cpu);
                    design().teardown(cpu, p());
                    cpu.spinLock(p().swapLock());
                    cpu.write(p().flags(), 0);
                    cpu.spinUnlock(p().swapLock());
                    cpu.sometimes(FINISHED);
                    return true;
                });
    }

    /// Step 1: nobody allocates from the device any more.
    private void delFromAvailList(Cpu cpu) {
        cpu.spinLock(p().swapLock());
        cpu.call(
                "del_from_avail_list",
                () -> {
                    cpu.spinLock(p().availLock());
                    cpu.spinUnlock(p().availLock());
                });
        cpu.spinLock(p().lock());
        cpu.clearBits(p().flags(), SWP_WRITEOK);
        cpu.spinUnlock(p().lock());
        cpu.spinUnlock(p().swapLock());
    }

    private void reenableSlotsCache(Cpu cpu) {
        cpu.call("reenable_swap_slots_cache_unlock", () -> cpu.write(p().slotsCacheEnabled(), 1));
    }

    // ---- step 2: every page comes back

    /// `try_to_unuse()`: swaps in whatever uses the device, until every byte of `swap_map` is 0.
    /// This is what pins a user that holds a count or `SWAP_HAS_CACHE`. Whether it got there:
    /// memory may run out, or a signal come.
    private boolean tryToUnuse(Cpu cpu) {
        return cpu.test(
                "try_to_unuse",
                () -> {
                    Local failed = cpu.local("failed", 1, 0);
                    cpu.loop(() -> {
                        if (!cpu.test("find_next_to_unuse", () -> inUse(cpu))) return false;
                        if (cpu.choose("signal_pending()")) {
                            failed.set(1);
                            return false;
                        }
                        Local page = cpu.local("page", 2, NO_PAGE);
                        cpu.call(
                                "read_swap_cache_async", () -> cache.readSwapCacheAsync(cpu, page));
                        if (page.get().isNot(NO_PAGE)) {
                            unuse(cpu, page);
                            return true;
                        }
                        // Freed meanwhile, or no memory.
                        if (!inUse(cpu)) return true;
                        failed.set(1);
                        return false;
                    });
                    return failed.get().is(0);
                });
    }

    /// A plain look at the byte: swapoff itself is what would free the array.
    private boolean inUse(Cpu cpu) {
        return cpu.read(cpu.read(p().swapMap()).at(p().count())).isNot(0);
    }

    private void unuse(Cpu cpu, Local page) {
        cpu.mutexLock(p().pageLock());
        cpu.when(
                () -> cpu.read(cpu.read(p().swapMap()).at(p().count())).has(COUNT),
                () -> unusePte(cpu, page));
        cache.deleteUnlessSwapped(cpu);
        cpu.mutexUnlock(p().pageLock());
        cpu.mightSleep("cond_resched()");
    }

    /// `unuse_mm()` down to `unuse_pte()`, for the only page table entry there is.
    private void unusePte(Cpu cpu, Local page) {
        cpu.call(
                "unuse_pte",
                () -> {
                    cpu.spinLock(p().pageTableLock());
                    cpu.when(
                            () -> cpu.read(p().pte()).is(SWAPPED),
                            () -> {
                                cpu.must(page.get().is(OUR_PAGE), SwapModel.OTHERS_PAGE);
                                cpu.write(p().pte(), PRESENT);
                                cache.map().swapFree(cpu);
                            });
                    cpu.spinUnlock(p().pageTableLock());
                });
    }

    // ---- steps 4 to 6: what a design's teardown is made of

    /// Steps 4 and 5: under the locks, once no scan is under way, `swap_file`, `max`, `swap_map`
    /// and `cluster_info` go, in this order.
    public static Retired clearFields(Cpu cpu, SwapDevice p) {
        cpu.mutexLock(p.swaponMutex());
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        cpu.loop(() -> {
            if (cpu.read(p.flags()).lacks(SWP_SCANNING)) return false;
            cpu.spinUnlock(p.lock());
            cpu.spinUnlock(p.swapLock());
            cpu.mightSleep("schedule_timeout_uninterruptible(1)");
            cpu.spinLock(p.swapLock());
            cpu.spinLock(p.lock());
            return true;
        });
        Retired retired = Retired.present(cpu, p);
        clearFieldsLocked(cpu, p);
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
        cpu.mutexUnlock(p.swaponMutex());
        return retired;
    }

    /// Step 5 alone: the stores.
    public static void clearFieldsLocked(Cpu cpu, SwapDevice p) {
        cpu.clear(p.swapFile());
        cpu.write(p.max(), 0);
        cpu.clear(p.swapMap());
        if (p.device().clusters()) cpu.clear(p.clusterInfo());
    }

    /// Clears a bit of the flags under the locks that every writer of the flags takes.
    public static void clearFlag(Cpu cpu, SwapDevice p, int flag) {
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        cpu.clearBits(p.flags(), flag);
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
    }

    /// Step 6: `vfree(swap_map)`, `kvfree(cluster_info)`.
    public static void freeArrays(Cpu cpu, Retired retired) {
        cpu.call("vfree", () -> cpu.free(retired.swapMap()));
        cpu.call("kvfree", () -> cpu.free(retired.clusterInfo()));
    }

    /// Step 6: `exit_swap_address_space()`, with a grace period for look-ups that are under way.
    public static void exitSwapAddressSpace(Cpu cpu, SwapDevice p) {
        cpu.call(
                "exit_swap_address_space",
                () -> {
                    Ptr spaces = cpu.read(p.swapperSpaces());
                    cpu.clear(p.swapperSpaces());
                    cpu.synchronizeRcu();
                    cpu.free(spaces);
                });
    }

    /// The same since v5.3: whoever could look has been waited for before.
    public static void exitSwapAddressSpaceAtOnce(Cpu cpu, SwapDevice p) {
        cpu.call(
                "exit_swap_address_space",
                () -> {
                    cpu.free(cpu.read(p.swapperSpaces()));
                    cpu.clear(p.swapperSpaces());
                });
    }

    /// Step 6: `filp_close(swap_file)`.
    public static void closeFile(Cpu cpu, Retired retired) {
        cpu.call("filp_close", () -> cpu.free(retired.swapFile()));
    }

    private SwapDesign design() {
        return cache.map().design();
    }

    private SwapDevice p() {
        return cache.map().p();
    }
}
