package stillpoint.swap;

import java.util.ArrayList;
import java.util.stream.IntStream;
import stillpoint.program.Cell;
import stillpoint.program.Field;
import stillpoint.program.Hotplug;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Mutex;
import stillpoint.program.PerCpu;
import stillpoint.program.Ptr;
import stillpoint.program.SpinLock;
import stillpoint.program.SpinLockField;
import stillpoint.program.Val;

/// `struct swap_info_struct` and what hangs on it: the shared state of the model. mm/swapfile.c,
/// mm/swap_state.c (v4.19).
///
/// One entry is under test, at offset 0, and one page table entry maps it, which the faulting
/// threads share. So `max` is 0 or 1, the byte of `swap_map` needs one bit of count, and the swap
/// cache has room for one page. The `swap_info_struct` itself is never freed, hence it is not an
/// object with a life; what it points to is.
public final class SwapDevice {
    /// `p->flags`: the slot is taken by a device.
    public static final int SWP_USED = 1;

    /// `p->flags`: pages may be written to the device.
    public static final int SWP_WRITEOK = 2;

    /// `p->flags`: a scan for a free slot is under way.
    public static final int SWP_SCANNING = 4;

    /// `p->flags`: the fields may be used between get and put. Not before V3 of the patch.
    public static final int SWP_VALID = 8;

    /// `p->flags`: reading is as fast as copying, so a fault may read past the swap cache.
    public static final int SWP_SYNCHRONOUS_IO = 16;

    /// A byte of `swap_map`: a page table entry refers to the slot.
    public static final int COUNT = 1;

    /// A byte of `swap_map`: the slot's page is, or is about to be, in the swap cache.
    public static final int SWAP_HAS_CACHE = 2;

    /// No page.
    public static final int NO_PAGE = 0;

    /// The page of the process whose threads fault.
    public static final int OUR_PAGE = 1;

    /// The page of another process.
    public static final int OTHER_PAGE = 2;

    /// The page table entry: a page is mapped.
    public static final int PRESENT = 0;

    /// The page table entry: it refers to the swap entry under test.
    public static final int SWAPPED = 1;

    /// Readers that a search may have.
    private static final int MOST_USERS = 8;

    private final Memory memory;
    private final int users;
    private final DeviceKind kind;
    private final Kind swapMapKind;
    private final Kind clusterInfoKind;
    private final Kind addressSpaceKind;
    private final Kind fileKind;
    private final Cell<Val> flags;
    private final Cell<Val> max;
    private final Cell<Ptr> swapMap;
    private final Field<Val> count;
    private final Cell<Ptr> clusterInfo;
    private final SpinLockField clusterLock;
    private final Cell<Ptr> swapperSpaces;
    private final Field<Val> cached;
    private final Cell<Ptr> swapFile;
    private final Field<Val> stored;
    private final Cell<Val> slotsCacheEnabled;
    private final Cell<Val> slotsKept;
    private final SpinLock slotsLock;
    private final Cell<Val> pte;
    private final SpinLock swapLock;
    private final SpinLock lock;
    private final SpinLock availLock;
    private final SpinLock pageTableLock;
    private final Mutex swaponMutex;
    private final Mutex pageLock;

    /// Declares a device that is switched on and has one page swapped out.
    ///
    /// @param enabled the bits of `p->flags` that swapon sets last, for example `SWP_WRITEOK`
    public SwapDevice(Memory memory, DeviceKind kind, int enabled) {
        this(memory, kind, enabled, MOST_USERS);
    }

    /// @param users how many may use it at the same time
    SwapDevice(Memory memory, DeviceKind kind, int enabled, int users) {
        this.memory = memory;
        this.users = users;
        this.kind = kind;
        // Two objects of each kind may live at once: a design may keep the old one while the new
        // one is set up.
        swapMapKind = memory.kind("swap_map", 2);
        clusterInfoKind = memory.kind("cluster_info", 2);
        addressSpaceKind = memory.kind("swapper_spaces", 2);
        fileKind = memory.kind("swap_file", 2);
        flags = memory.named(memory.word("p->flags", 5, usedFlags() | enabled), flagNames());
        max = memory.word("p->max", 1, 1);
        swapMap = memory.pointer("p->swap_map", swapMapKind);
        count = memory.field(swapMapKind, "swap_map[0]", 2, COUNT);
        memory.named(new Cell<>(placeOf(count)), "0", "1", "HAS_CACHE", "1|HAS_CACHE");
        clusterInfo =
                kind.clusters()
                        ? memory.pointer("p->cluster_info", clusterInfoKind)
                        : memory.nullPointer("p->cluster_info", clusterInfoKind);
        clusterLock = memory.lockField(clusterInfoKind, "ci->lock");
        swapperSpaces = memory.pointer("swapper_spaces[type]", addressSpaceKind);
        cached = memory.field(addressSpaceKind, "i_pages[0]", 2, NO_PAGE);
        memory.named(new Cell<>(placeOf(cached)), "no page", "our page", "another's page");
        swapFile = memory.pointer("p->swap_file", fileKind);
        stored = memory.field(fileKind, "content[0]", 1, OUR_PAGE);
        memory.named(new Cell<>(placeOf(stored)), "another's page", "our page");
        slotsCacheEnabled = memory.word("swap_slot_cache_enabled", 1, 1);
        slotsKept = memory.word("cache->slots_ret", 1, 0);
        slotsLock = memory.spinLock("cache->free_lock");
        pte = memory.named(memory.word("pte", 1, SWAPPED), "present", "swapped");
        swapLock = memory.spinLock("swap_lock");
        lock = memory.spinLock("p->lock");
        availLock = memory.spinLock("swap_avail_lock");
        pageTableLock = memory.spinLock("ptl");
        swaponMutex = memory.mutex("swapon_mutex");
        pageLock = memory.mutex("page_lock");
    }

    /// What kind of device it is.
    public DeviceKind device() {
        return kind;
    }

    /// `p->flags`.
    public Cell<Val> flags() {
        return flags;
    }

    /// `p->max`: 1 with a device, 0 without.
    public Cell<Val> max() {
        return max;
    }

    /// `p->swap_map`.
    public Cell<Ptr> swapMap() {
        return swapMap;
    }

    /// The byte of `swap_map` for the entry under test: [#COUNT], [#SWAP_HAS_CACHE].
    public Field<Val> count() {
        return count;
    }

    /// `p->cluster_info`: NULL on a rotating device.
    public Cell<Ptr> clusterInfo() {
        return clusterInfo;
    }

    /// `ci->lock`.
    public SpinLockField clusterLock() {
        return clusterLock;
    }

    /// `swapper_spaces[type]`: the array of address spaces that is this device's swap cache.
    public Cell<Ptr> swapperSpaces() {
        return swapperSpaces;
    }

    /// The page in the swap cache at the entry under test: [#NO_PAGE], [#OUR_PAGE], [#OTHER_PAGE].
    public Field<Val> cached() {
        return cached;
    }

    /// `p->swap_file`.
    public Cell<Ptr> swapFile() {
        return swapFile;
    }

    /// What is stored on the device for the entry under test: [#OUR_PAGE] or another's.
    public Field<Val> stored() {
        return stored;
    }

    /// `swap_slot_cache_enabled`: swapoff turns it off while it works.
    public Cell<Val> slotsCacheEnabled() {
        return slotsCacheEnabled;
    }

    /// `cache->slots_ret`: whether the entry under test is kept there, in no use, for the next
    /// page.
    public Cell<Val> slotsKept() {
        return slotsKept;
    }

    /// `cache->free_lock`.
    public SpinLock slotsLock() {
        return slotsLock;
    }

    /// The page table entry: [#SWAPPED] or [#PRESENT].
    public Cell<Val> pte() {
        return pte;
    }

    /// `swap_lock`.
    public SpinLock swapLock() {
        return swapLock;
    }

    /// `p->lock`.
    public SpinLock lock() {
        return lock;
    }

    /// `swap_avail_lock`.
    public SpinLock availLock() {
        return availLock;
    }

    /// The lock of the page table.
    public SpinLock pageTableLock() {
        return pageTableLock;
    }

    /// `swapon_mutex`.
    public Mutex swaponMutex() {
        return swaponMutex;
    }

    /// The lock of the page in the swap cache: one for all pages that are there in turn.
    public Mutex pageLock() {
        return pageLock;
    }

    /// Objects that `p->swap_map` points to.
    public Kind swapMapKind() {
        return swapMapKind;
    }

    /// Objects that `p->cluster_info` points to.
    public Kind clusterInfoKind() {
        return clusterInfoKind;
    }

    /// Objects that `swapper_spaces[type]` points to.
    public Kind addressSpaceKind() {
        return addressSpaceKind;
    }

    /// Objects that `p->swap_file` points to.
    public Kind fileKind() {
        return fileKind;
    }

    /// What `p->flags` is from `alloc_swap_info()` on.
    public int usedFlags() {
        return SWP_USED | (kind.synchronous() ? SWP_SYNCHRONOUS_IO : 0);
    }

    /// Bits of a word that counts those who use the device, and the device's own use.
    public int countBits() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(users);
    }

    /// CPU hotplug, for a design that knows of it: a model in which a CPU goes off line meanwhile.
    Hotplug cpuHotplug() {
        return memory.cpuHotplug();
    }

    /// A word that a design adds to the structure.
    public Cell<Val> word(String name, int bits, int initial) {
        return memory.word(name, bits, initial);
    }

    /// Gives the values of a word that a design adds names, for traces: `names[v]` for value v.
    public Cell<Val> named(Cell<Val> word, String... names) {
        return memory.named(word, names);
    }

    /// A word a CPU that a design adds to the structure.
    public PerCpu perCpuWord(String name, int bits, int initial) {
        return memory.perCpuWord(name, bits, initial);
    }

    /// A kind of object that a design adds.
    public Kind kind(String name, int slots) {
        return memory.kind(name, slots);
    }

    /// A pointer that a design adds to the structure, to an object that exists from the start.
    public Cell<Ptr> pointer(String name, Kind to) {
        return memory.pointer(name, to);
    }

    /// A pointer that a design adds to the structure, NULL at first.
    public Cell<Ptr> nullPointer(String name, Kind to) {
        return memory.nullPointer(name, to);
    }

    /// A word that a design adds to a kind of object.
    public Field<Val> field(Kind owner, String name, int bits, int initial) {
        return memory.field(owner, name, bits, initial);
    }

    private static stillpoint.program.Place placeOf(Field<Val> field) {
        return new stillpoint.program.Place(
                field.variable(), new stillpoint.program.Place.Which.Only());
    }

    private static String[] flagNames() {
        return IntStream.range(0, 32).mapToObj(SwapDevice::flagName).toArray(String[]::new);
    }

    private static String flagName(int value) {
        var names = new ArrayList<String>();
        if ((value & SWP_USED) != 0) names.add("USED");
        if ((value & SWP_WRITEOK) != 0) names.add("WRITEOK");
        if ((value & SWP_SCANNING) != 0) names.add("SCANNING");
        if ((value & SWP_VALID) != 0) names.add("VALID");
        if ((value & SWP_SYNCHRONOUS_IO) != 0) names.add("SYNCHRONOUS_IO");
        return names.isEmpty() ? "0" : String.join("|", names);
    }
}
