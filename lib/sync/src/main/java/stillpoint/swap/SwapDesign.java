package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_USED;
import static stillpoint.swap.SwapDevice.SWP_WRITEOK;

import java.util.List;
import java.util.Optional;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;
import stillpoint.program.Section;

/// A way to keep faults and swapoff apart, written as the patch that introduces it.
///
/// Every method has a default: the kernel before the patch (v4.19). A design overrides what its
/// patch changes. The library calls these methods inside the kernel function they belong to, and
/// joins their paths.
public interface SwapDesign {
    /// The key of the design in the thread, for example `D8`.
    String id();

    /// What it is, in one line.
    String title();

    /// The message or the commit it is taken from.
    String source();

    // ---- what it may be asked with

    /// The section that readers are in between get and put; empty where they are in none, or in
    /// another one for each function.
    default Optional<Readers> readers() {
        return Optional.empty();
    }

    /// That section alone.
    default Optional<Section> flavour() {
        return readers().map(Readers::section);
    }

    /// The sections that this design can be asked with, its own first; empty where there is nothing
    /// to choose.
    default List<Section> flavours() {
        return readers().map(r -> r.choices(this)).orElse(List.of());
    }

    /// The same design with readers in sections of another kind.
    ///
    /// @throws IllegalArgumentException if that is not one of [#flavours]
    default SwapDesign in(Section flavour) {
        if (flavours().contains(flavour)) return readers().orElseThrow().design().apply(flavour);
        throw new IllegalArgumentException(
                id()
                        + " in "
                        + flavour.enter()
                        + ": its readers are in sections of "
                        + (flavours().isEmpty() ? "one kind only" : flavours().toString()));
    }

    /// Whether what tells this design from its neighbours is an order in memory alone.
    /// Interleavings are searched all the same; that every one is safe then leaves the question
    /// *open: needs the memory model*.
    default boolean needsMemoryModel() {
        return false;
    }

    /// The key of the design that this one spells out: what the other takes as one step is here an
    /// implementation, and that the implementation refines it is shown elsewhere
    /// (`primitive/Primitives`). Empty for a design of its own.
    default Optional<String> spellsOut() {
        return Optional.empty();
    }

    // ---- the fault

    /// Whether the entry may be used now. Where it says yes a section may stay open, which
    /// [#putSwapDevice] closes.
    ///
    /// Before the patch: `lookup_swap_cache()` and `__swap_count()` test nothing,
    /// `__swp_swapcount()` tests the flags and `max`, `__swap_duplicate()` tests `max`; all of them
    /// without a lock.
    default boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        return switch (entry.user()) {
            case LOOKUP_SWAP_CACHE, READ_SWAP_CACHE_ASYNC, SWAP_COUNT -> true;
            case SWP_SWAPCOUNT ->
                    cpu.read(p.flags()).has(SWP_USED) && entry.offset().below(cpu.read(p.max()));
            case SWAP_DUPLICATE -> entry.offset().below(cpu.read(p.max()));
        };
    }

    /// The function that [#getSwapDevice] stands for, as a trace names it; empty if the user does
    /// the test itself.
    default String guard(Entry.User user) {
        return user == Entry.User.SWP_SWAPCOUNT ? "__swap_info_get" : "";
    }

    /// Ends what [#getSwapDevice] began.
    default void putSwapDevice(Cpu cpu, SwapDevice p) {}

    /// The same where it matters which function ends: a design that guards some and not others.
    default void putSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        putSwapDevice(cpu, p);
    }

    /// `lock_cluster_or_swap_info()`: the lock of the byte; gives what [#unlockCluster] needs.
    default Ptr lockCluster(Cpu cpu, SwapDevice p) {
        Ptr ci = cpu.read(p.clusterInfo());
        if (ci.isNull()) cpu.spinLock(p.lock());
        else cpu.spinLock(ci.lock(p.clusterLock()));
        return ci;
    }

    /// `unlock_cluster_or_swap_info()`.
    default void unlockCluster(Cpu cpu, SwapDevice p, Ptr ci) {
        if (ci.isNull()) cpu.spinUnlock(p.lock());
        else cpu.spinUnlock(ci.lock(p.clusterLock()));
    }

    /// Whether the entry is still there, asked once the lock of the byte is held. Before the patch
    /// nobody asked.
    default boolean stillThere(Cpu cpu, SwapDevice p, Entry entry) {
        return true;
    }

    /// Whether a fault may go on, asked once for the whole of it; [#endFault] comes after it. A
    /// design that holds the device across the read, which may sleep, does it here.
    default boolean beginFault(Cpu cpu, SwapDevice p) {
        return true;
    }

    /// Ends what [#beginFault] began.
    default void endFault(Cpu cpu, SwapDevice p) {}

    /// Whether `__read_swap_cache_async()` loads the swap cache's array anew each time round,
    /// inside the section. Before the patch it loaded it once, at its entry, and kept it while it
    /// slept.
    default boolean loadsAddressSpaceInside() {
        return false;
    }

    /// Whether the fault compares the page table entry again before it maps the page. Every version
    /// does.
    default boolean rechecksPte() {
        return true;
    }

    // ---- swapon and swapoff

    /// The bits of `p->flags` that are set last when a device is switched on.
    default int enabledFlags() {
        return SWP_WRITEOK;
    }

    /// What swapon allocates for `swap_map` and `cluster_info`.
    default SwapOn.Arrays allocate(Cpu cpu, SwapDevice p) {
        return SwapOn.Arrays.allocated(cpu, p);
    }

    /// `init_swap_address_space()`: swapon gives the slot a swap cache.
    default void initSwapAddressSpace(Cpu cpu, SwapDevice p) {
        cpu.rcuAssignPointer(p.swapperSpaces(), cpu.alloc(p.addressSpaceKind()));
    }

    /// `enable_swap_info()`: swapon makes a device usable whose other fields are set up.
    default void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        SwapOn.setup(cpu, p, fresh);
        SwapOn.enable(cpu, p, enabledFlags());
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
    }

    /// `reinsert_swap_info()`: swapoff failed, and the device goes on as before.
    default void reinsert(Cpu cpu, SwapDevice p) {
        cpu.spinLock(p.swapLock());
        cpu.spinLock(p.lock());
        SwapOn.setup(cpu, p, SwapOn.Arrays.present(cpu, p));
        SwapOn.enable(cpu, p, enabledFlags());
        cpu.spinUnlock(p.lock());
        cpu.spinUnlock(p.swapLock());
    }

    /// The part of swapoff that begins once the device is empty: from there on the order is the
    /// design's. [#retract] and [#free] are its halves; a design that cuts elsewhere overrides the
    /// whole.
    default void teardown(Cpu cpu, SwapDevice p) {
        SwapOff.Retired retired = retract(cpu, p);
        free(cpu, p, retired);
        SwapOff.closeFile(cpu, retired);
    }

    /// The first half of [#teardown], which takes the fields away; gives what they pointed to.
    default SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        return SwapOff.clearFields(cpu, p);
    }

    /// The second half of [#teardown], which frees what [#retract] took away, and the swap cache's
    /// array.
    default void free(Cpu cpu, SwapDevice p, SwapOff.Retired retired) {
        SwapOff.freeArrays(cpu, retired);
        SwapOff.exitSwapAddressSpace(cpu, p);
    }

    // ---- what breaks it

    /// The same design with one thing taken away, each with what then goes wrong.
    default List<Sibling> brokenSiblings() {
        return List.of();
    }
}
