package stillpoint.swap;

import java.util.Optional;
import java.util.function.Supplier;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;

/// `swapon()` of another device in the slot that swapoff has left, mm/swapfile.c (v4.19), and then
/// the first page of another process that goes out to it: to the very offset that a fault of ours
/// may still have in mind.
///
/// @param cache the swap cache of the slot
public record SwapOn(SwapCache cache) {
    /// swapon went through.
    static final String FINISHED = "swapon finished";

    /// The arrays of a device that is being switched on.
    ///
    /// @param swapMap what `p->swap_map` shall point to
    /// @param clusterInfo what `p->cluster_info` shall point to; empty on a rotating device, where
    ///   it stays NULL
    public record Arrays(Ptr swapMap, Optional<Ptr> clusterInfo) {
        /// Those it has: for a swapoff that failed.
        public static Arrays present(Cpu cpu, SwapDevice p) {
            return new Arrays(cpu.read(p.swapMap()), clusters(p, () -> cpu.read(p.clusterInfo())));
        }

        /// New ones.
        public static Arrays allocated(Cpu cpu, SwapDevice p) {
            return new Arrays(
                    cpu.alloc(p.swapMapKind()), clusters(p, () -> cpu.alloc(p.clusterInfoKind())));
        }

        private static Optional<Ptr> clusters(SwapDevice p, Supplier<Ptr> pointer) {
            return p.device().clusters() ? Optional.of(pointer.get()) : Optional.empty();
        }
    }

    /// The system call.
    void swapon(Cpu cpu) {
        cache.map().notice(cpu, "swapon is called");
        on(cpu);
        cache.map().notice(cpu, "swapon returns");
    }

    private void on(Cpu cpu) {
        cpu.call(
                "swapon",
                () -> {
                    allocSwapInfo(cpu);
                    cpu.writePtr(p().swapFile(), cpu.alloc(p().fileKind()));
                    Arrays fresh = design().allocate(cpu, p());
                    cpu.call("setup_swap_map_and_extents", () -> cpu.write(p().max(), 1));
                    cpu.call(
                            "init_swap_address_space",
                            () -> design().initSwapAddressSpace(cpu, p()));
                    cpu.mutexLock(p().swaponMutex());
                    cpu.call("enable_swap_info", () -> design().publish(cpu, p(), fresh));
                    cpu.mutexUnlock(p().swaponMutex());
                    cpu.sometimes(FINISHED);
                });
    }

    /// The slot of the last device is used again.
    private void allocSwapInfo(Cpu cpu) {
        cpu.call(
                "alloc_swap_info",
                () -> {
                    cpu.spinLock(p().swapLock());
                    cpu.write(p().flags(), p().usedFlags());
                    cpu.spinUnlock(p().swapLock());
                    // spin_lock_init(&p->lock), whoever may hold it.
                    cpu.write(new Cell<>(p().lock().place()), 0);
                });
    }

    /// Reclaim swaps a page of another process out, and the page leaves the swap cache once it is
    /// written. Runs on the CPU of swapon; all that matters is that it comes after it.
    void swapOutAnothers(Cpu cpu) {
        cpu.call(
                "shrink_page_list",
                () -> {
                    if (!cache.map().getSwapPage(cpu)) return;
                    cache.map().notice(cpu, "a page goes out to the next device");
                    cache.addAnothers(cpu);
                    cache.map().swapDuplicate(cpu);
                    cache.delete(cpu);
                });
    }

    /// `setup_swap_info()`: the fields that readers use, under the locks.
    public static void setup(Cpu cpu, SwapDevice p, Arrays arrays) {
        cpu.call(
                "setup_swap_info",
                () -> {
                    cpu.writePtr(p.swapMap(), arrays.swapMap());
                    arrays.clusterInfo().ifPresent(ci -> cpu.writePtr(p.clusterInfo(), ci));
                });
    }

    /// The first half of `enable_swap_info()` since V4: the fields, in a locked section of their
    /// own.
    public static void setupLocked(Cpu cpu, SwapDevice p, Arrays arrays) {
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        setup(cpu, p, arrays);
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
    }

    /// The second half of `enable_swap_info()` since V4: the flags, in a locked section of their
    /// own.
    public static void enableLocked(Cpu cpu, SwapDevice p, int flags) {
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        enable(cpu, p, flags);
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
    }

    /// The flags and the list of devices to allocate from, under the locks.
    public static void enable(Cpu cpu, SwapDevice p, int flags) {
        cpu.setBits(p.flags(), flags);
        cpu.call(
                "add_to_avail_list",
                () -> {
                    cpu.spinLock(p.availLock());
                    cpu.spinUnlock(p.availLock());
                });
    }

    private SwapDesign design() {
        return cache.map().design();
    }

    private SwapDevice p() {
        return cache.map().p();
    }
}
