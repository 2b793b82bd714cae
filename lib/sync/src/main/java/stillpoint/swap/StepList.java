package stillpoint.swap;

import java.util.List;
import stillpoint.machine.Model;
import stillpoint.swap.StepMap.Part;
import stillpoint.swap.StepMap.Place;
import stillpoint.swap.StepMap.Step;

/// The steps of the kernel, in its own order and our words: data for [StepMap].
final class StepList {
    private static final String READER = "reader";
    private static final String SWAPOFF = "swapoff";

    private StepList() {}

    static List<Part> parts() {
        // A synchronous device takes every way that a solid-state one takes, and one more.
        Model before = SwapModel.of(new Unprotected(), 1, true, DeviceKind.SYNC);
        Model v7 = SwapModel.of(new StopMachineV7(), 1, true, DeviceKind.SYNC);
        Model v8 = SwapModel.of(new RcuV8(), 1, true, DeviceKind.SYNC);
        return List.of(
                new Part("Before the patch (v4.19): the page fault", before, fault()),
                new Part("Before the patch (v4.19): swapoff", before, swapoff()),
                new Part("Before the patch (v4.19): swapon", before, swapon()),
                new Part("V7: what the patch adds", v7, v7()),
                new Part("V8, as merged: what differs from V7", v8, v8()));
    }

    private static List<Step> fault() {
        return List.of(
                in("1", "take the page table lock", READER, "spin_acquire(&ptl)", "pte_unmap_same"),
                in(
                        "1",
                        "compare the entry with the one that faulted",
                        READER,
                        "pte",
                        "pte_unmap_same"),
                in(
                        "1",
                        "drop the lock: from here on nothing pins the slot",
                        READER,
                        "spin_release(&ptl)",
                        "pte_unmap_same"),
                in(
                        "2",
                        "lookup_swap_cache: load the array of address spaces, plainly",
                        READER,
                        "swapper_spaces[type]",
                        "lookup_swap_cache"),
                out("2", "index the array by offset >> 14", "the one entry has one address space"),
                in(
                        "2",
                        "enter an RCU section around the look-up alone",
                        READER,
                        "rcu_read_lock",
                        "lookup_swap_cache",
                        "find_get_page"),
                in(
                        "2",
                        "look the page up",
                        READER,
                        "swap cache[0]",
                        "lookup_swap_cache",
                        "find_get_page"),
                in(
                        "3",
                        "not found: is it a device for synchronous reads?",
                        READER,
                        "p->flags",
                        "do_swap_page"),
                in(
                        "3",
                        "__swap_count: load swap_map, no lock, no test",
                        READER,
                        "p->swap_map",
                        "__swap_count"),
                in("3", "__swap_count: is the count 1?", READER, "swap_map[0]", "__swap_count"),
                in(
                        "3",
                        "allocate a page, which may sleep",
                        READER,
                        "alloc_page_vma()",
                        "do_swap_page"),
                in(
                        "3",
                        "swap_readpage: load swap_file",
                        READER,
                        "p->swap_file",
                        "do_swap_page",
                        "swap_readpage"),
                in(
                        "3",
                        "swap_readpage: read from the device",
                        READER,
                        "content[0]",
                        "do_swap_page",
                        "swap_readpage"),
                out(
                        "3",
                        "swap_readpage: load the flags, bdev and the extents",
                        "they say how the file is read; swap_file stands for all of them, and is what swapoff clears"),
                in(
                        "4",
                        "else swapin_readahead: the entry itself",
                        READER,
                        "swapper_spaces[type]",
                        "swapin_readahead",
                        "__read_swap_cache_async"),
                out(
                        "4",
                        "read max once and clip the window to it",
                        "each entry of the window is tested again by what follows"),
                out(
                        "4",
                        "the neighbours of the entry, never checked against a page table",
                        "a neighbour is used through the same function, and a fault that rests behind step 1 while its entry goes away is as stale as one that never checked"),
                out(
                        "4",
                        "VMA read-ahead: neighbouring page table entries without the lock",
                        "the same: it only decides which neighbours"),
                in(
                        "5",
                        "__read_swap_cache_async: load the array once, at the entry",
                        READER,
                        "swapper_spaces[type]",
                        "__read_swap_cache_async"),
                in(
                        "5 i",
                        "look the page up, with the array of the entry",
                        READER,
                        "swap cache[0]",
                        "__read_swap_cache_async",
                        "find_get_page"),
                out(
                        "5 ii",
                        "__swp_swapcount: is the type below nr_swapfiles?",
                        "the type exists: nr_swapfiles only grows"),
                in(
                        "5 ii",
                        "is SWP_USED set?",
                        READER,
                        "p->flags",
                        "__swp_swapcount",
                        "__swap_info_get"),
                in(
                        "5 ii",
                        "is the offset below max? no lock",
                        READER,
                        "p->max",
                        "__swp_swapcount",
                        "__swap_info_get"),
                in(
                        "5 ii",
                        "lock_cluster_or_swap_info",
                        READER,
                        "p->cluster_info",
                        "__swp_swapcount",
                        "lock_cluster_or_swap_info"),
                in("5 ii", "load swap_map", READER, "p->swap_map", "__swp_swapcount"),
                in("5 ii", "is the count above 0?", READER, "swap_map[0]", "__swp_swapcount"),
                in(
                        "5 ii",
                        "if not, and slots are cached: give up",
                        READER,
                        "swap_slot_cache_enabled",
                        "__read_swap_cache_async"),
                in(
                        "5 iii",
                        "allocate a page, which may sleep",
                        READER,
                        "alloc_page_vma()",
                        "__read_swap_cache_async"),
                out(
                        "5 iii",
                        "preload the radix tree, which may sleep",
                        "the sleep right before it stands for both"),
                in(
                        "5 iv",
                        "swapcache_prepare; if the page is on its way, come again",
                        READER,
                        "cond_resched()",
                        "__read_swap_cache_async"),
                out(
                        "6",
                        "__swap_duplicate: load swap_info[type]",
                        "the pointer never changes and is never freed"),
                in(
                        "6",
                        "is the offset below max? outside the lock",
                        READER,
                        "p->max",
                        "__swap_duplicate"),
                in(
                        "6",
                        "load cluster_info",
                        READER,
                        "p->cluster_info",
                        "__swap_duplicate",
                        "lock_cluster_or_swap_info"),
                in(
                        "6",
                        "not NULL: take ci->lock, in memory that may be freed",
                        READER,
                        "spin_acquire(&r",
                        "__swap_duplicate",
                        "lock_cluster_or_swap_info"),
                in(
                        "6",
                        "NULL: take p->lock",
                        READER,
                        "spin_acquire(&p->lock)",
                        "__swap_duplicate",
                        "lock_cluster_or_swap_info"),
                in(
                        "6",
                        "load swap_map: the NULL dereference of the changelog",
                        READER,
                        "p->swap_map",
                        "__swap_duplicate"),
                in("6", "decode SWAP_HAS_CACHE", READER, "& 2)", "__swap_duplicate"),
                in("6", "decode the count", READER, "& 1)", "__swap_duplicate"),
                in(
                        "6",
                        "store the byte with SWAP_HAS_CACHE",
                        READER,
                        "swap_map[0] = ",
                        "__swap_duplicate"),
                in(
                        "6",
                        "unlock",
                        READER,
                        "spin_release(&",
                        "__swap_duplicate",
                        "unlock_cluster_or_swap_info"),
                in(
                        "6",
                        "read the page",
                        READER,
                        "content[0]",
                        "__read_swap_cache_async",
                        "swap_readpage"),
                in(
                        "6",
                        "add it to the swap cache",
                        READER,
                        "swap cache[0] = ",
                        "add_to_swap_cache"),
                in("7", "lock the page", READER, "mutex_lock(&page lock)", "do_swap_page"),
                out(
                        "7",
                        "is the page still the swap cache's page for the entry?",
                        "nobody in the model swaps the page out again, so with the same page table entry it is"),
                in(
                        "7",
                        "take the page table lock, compare the entry again",
                        READER,
                        "pte",
                        "pte_same"),
                in("7", "the same: map the page", READER, "pte = 0", "pte_same"),
                in(
                        "7",
                        "swap_free: take a use away; the last one leaves SWAP_HAS_CACHE",
                        READER,
                        "swap_map[0] = ",
                        "swap_free",
                        "__swap_entry_free"),
                in(
                        "7",
                        "free_swap_slot: keep the slot for the next page",
                        READER,
                        "cache->slots_ret = 1",
                        "free_swap_slot"),
                in(
                        "7",
                        "or free it: the byte becomes 0 under p->lock",
                        READER,
                        "swap_map[0] = 0",
                        "swapcache_free_entries"),
                in(
                        "7",
                        "try_to_free_swap, when swap is getting full: leave the swap cache",
                        READER,
                        "swap cache[0] = 0",
                        "try_to_free_swap",
                        "__delete_from_swap_cache"),
                in("7", "not the same: unlock, discard", READER, "spin_release(&ptl)", "pte_same"),
                in(
                        "7",
                        "no page, though the entry is the same: out of memory",
                        READER,
                        "BUG() /* broken assertion: " + SwapModel.FALSE_OOM,
                        "do_swap_page"));
    }

    private static List<Step> swapoff() {
        return List.of(
                in("1", "take swap_lock", SWAPOFF, "spin_acquire(&swap_lock)", "swapoff"),
                out("1", "find the device in swap_active_head", "there is one"),
                in(
                        "1",
                        "del_from_avail_list, under swap_avail_lock",
                        SWAPOFF,
                        "spin_acquire(&swap_avail_lock)",
                        "del_from_avail_list"),
                in("1", "take p->lock", SWAPOFF, "spin_acquire(&p->lock)", "swapoff"),
                out("1", "priorities, lists and page counters", "no step of a fault reads them"),
                in("1", "clear SWP_WRITEOK", SWAPOFF, "p->flags &= ~2", "swapoff"),
                in(
                        "2",
                        "disable the cache of slots, free what it keeps",
                        SWAPOFF,
                        "swap_slot_cache_enabled = 0",
                        "disable_swap_slots_cache_lock"),
                in(
                        "2",
                        "try_to_unuse: is a byte not 0?",
                        SWAPOFF,
                        "swap_map[0]",
                        "try_to_unuse",
                        "find_next_to_unuse"),
                in("2", "a signal, or no memory", SWAPOFF, "signal_pending()", "try_to_unuse"),
                in(
                        "2",
                        "swap the page in as a fault does",
                        SWAPOFF,
                        "swap_map[0] = ",
                        "try_to_unuse",
                        "__swap_duplicate"),
                in("2", "lock the page", SWAPOFF, "mutex_lock(&page lock)", "try_to_unuse"),
                out(
                        "2",
                        "walk every process and its page tables",
                        "one page table entry maps the page"),
                in(
                        "2",
                        "unuse_pte: under the page table lock, map the page",
                        SWAPOFF,
                        "pte = 0",
                        "unuse_pte"),
                in("2", "swap_free", SWAPOFF, "swap_map[0] = ", "unuse_pte", "__swap_entry_free"),
                in(
                        "2",
                        "delete_from_swap_cache",
                        SWAPOFF,
                        "swap cache[0] = 0",
                        "try_to_unuse",
                        "__delete_from_swap_cache"),
                in(
                        "2",
                        "put_swap_page; the byte becomes 0",
                        SWAPOFF,
                        "swap_map[0] = 0",
                        "try_to_unuse",
                        "put_swap_page",
                        "swapcache_free_entries"),
                in(
                        "2",
                        "cond_resched, and look for the next byte",
                        SWAPOFF,
                        "cond_resched()",
                        "try_to_unuse"),
                in(
                        "2",
                        "on failure reinsert_swap_info: the same pointers again",
                        SWAPOFF,
                        "p->swap_map = ",
                        "reinsert_swap_info",
                        "setup_swap_info"),
                in("2", "... and SWP_WRITEOK", SWAPOFF, "p->flags |= 2", "reinsert_swap_info"),
                out(
                        "3",
                        "flush discard work, free extents and count continuations",
                        "nothing is discarded, swap_file stands for the extents, and a count of 1 is not continued"),
                in("4", "take swapon_mutex", SWAPOFF, "mutex_lock(&swapon_mutex)", "swapoff"),
                after(
                        "mutex_lock(&swapon_mutex)",
                        in("4", "take swap_lock", SWAPOFF, "spin_acquire(&swap_lock)", "swapoff")),
                after(
                        "mutex_lock(&swapon_mutex)",
                        in("4", "take p->lock", SWAPOFF, "spin_acquire(&p->lock)", "swapoff")),
                out(
                        "4",
                        "drain_mmlist, highest_bit = 0",
                        "they serve allocation and the walk over processes"),
                in("4", "while a scan is under way", SWAPOFF, "& 4)", "swapoff"),
                in(
                        "4",
                        "... drop the locks and sleep for a jiffy (no agent of the model scans)",
                        SWAPOFF,
                        "schedule_timeout",
                        "swapoff"),
                in("5", "swap_file = NULL", SWAPOFF, "p->swap_file = NULL", "swapoff"),
                in("5", "max = 0", SWAPOFF, "p->max = 0", "swapoff"),
                in("5", "swap_map = NULL", SWAPOFF, "p->swap_map = NULL", "swapoff"),
                in("5", "cluster_info = NULL", SWAPOFF, "p->cluster_info = NULL", "swapoff"),
                in("5", "unlock", SWAPOFF, "mutex_unlock(&swapon_mutex)", "swapoff"),
                in("6", "vfree(swap_map)", SWAPOFF, "kvfree", "vfree"),
                in("6", "kvfree(cluster_info)", SWAPOFF, "kvfree", "kvfree"),
                out("6", "swap_cgroup_swapoff", "accounting"),
                in(
                        "6",
                        "exit_swap_address_space: clear the pointer",
                        SWAPOFF,
                        "swapper_spaces[type] = NULL",
                        "exit_swap_address_space"),
                out(
                        "6",
                        "exit_swap_address_space: nr = 0",
                        "only total_swapcache_pages() reads it"),
                in(
                        "6",
                        "exit_swap_address_space: synchronize_rcu",
                        SWAPOFF,
                        "synchronize_rcu() /* returned",
                        "exit_swap_address_space"),
                in(
                        "6",
                        "exit_swap_address_space: free the array",
                        SWAPOFF,
                        "kvfree",
                        "exit_swap_address_space"),
                in("6", "close the file", SWAPOFF, "kvfree", "filp_close"),
                in("6", "flags = 0, under swap_lock", SWAPOFF, "p->flags = 0", "swapoff"));
    }

    private static List<Step> swapon() {
        return List.of(
                in(
                        "1",
                        "alloc_swap_info: the slot is used again",
                        SWAPOFF,
                        "p->flags = ",
                        "alloc_swap_info"),
                in("1", "spin_lock_init(&p->lock)", SWAPOFF, "p->lock = 0", "alloc_swap_info"),
                in("2", "swap_file", SWAPOFF, "p->swap_file = ", "swapon"),
                in("3", "allocate swap_map", SWAPOFF, "kvzalloc(swap_map)", "swapon"),
                in("3", "allocate cluster_info", SWAPOFF, "kvzalloc(cluster_info)", "swapon"),
                in(
                        "4",
                        "setup_swap_map_and_extents: max, long before the arrays are there",
                        SWAPOFF,
                        "p->max = 1",
                        "setup_swap_map_and_extents"),
                in(
                        "5",
                        "init_swap_address_space",
                        SWAPOFF,
                        "&swapper_spaces[type]",
                        "init_swap_address_space"),
                in(
                        "6",
                        "enable_swap_info, under both locks: swap_map",
                        SWAPOFF,
                        "p->swap_map = ",
                        "enable_swap_info",
                        "setup_swap_info"),
                in(
                        "6",
                        "cluster_info",
                        SWAPOFF,
                        "p->cluster_info = ",
                        "enable_swap_info",
                        "setup_swap_info"),
                in("6", "SWP_WRITEOK", SWAPOFF, "p->flags |= 2", "enable_swap_info"),
                out("6", "priorities, lists and page counters", "no step of a fault reads them"),
                in(
                        "6",
                        "add_to_avail_list",
                        SWAPOFF,
                        "spin_acquire(&swap_avail_lock)",
                        "enable_swap_info",
                        "add_to_avail_list"),
                in(
                        "7",
                        "another process's page takes the slot",
                        SWAPOFF,
                        "swap_map[0] = 2",
                        "shrink_page_list",
                        "get_swap_page"),
                in(
                        "7",
                        "... is in the swap cache while it is written",
                        SWAPOFF,
                        "swap cache[0] = 2",
                        "shrink_page_list",
                        "add_to_swap_cache"),
                in(
                        "7",
                        "... its page table entry uses the slot",
                        SWAPOFF,
                        "swap_map[0] |= 1",
                        "shrink_page_list",
                        "swap_duplicate"),
                in(
                        "7",
                        "... and it leaves the swap cache",
                        SWAPOFF,
                        "swap cache[0] = 0",
                        "shrink_page_list",
                        "__delete_from_swap_cache"));
    }

    private static List<Step> v7() {
        return List.of(
                out("get 1", "an entry of 0 has no device", "the entry under test is not 0"),
                out(
                        "get 2",
                        "look the type up: nr_swapfiles, smp_rmb, swap_info[type]",
                        "the pointer never changes and is never freed"),
                in("get 3", "preempt_disable", READER, "preempt_disable()", "get_swap_device"),
                in("get 4", "plain load of the flags", READER, "p->flags", "get_swap_device"),
                in(
                        "get 4",
                        "SWP_VALID clear: preempt_enable, no device",
                        READER,
                        "preempt_enable()",
                        "get_swap_device"),
                in("get 5", "plain load of max", READER, "p->max", "get_swap_device"),
                in(
                        "get 6",
                        "the device, with preemption still off: what is done with it",
                        READER,
                        "swapper_spaces[type]",
                        "lookup_swap_cache"),
                in("put", "preempt_enable", READER, "preempt_enable()", "put_swap_device"),
                in(
                        "users",
                        "lookup_swap_cache",
                        READER,
                        "p->flags",
                        "lookup_swap_cache",
                        "get_swap_device"),
                in(
                        "users",
                        "__read_swap_cache_async, which now loads the array each time round",
                        READER,
                        "swapper_spaces[type]",
                        "__read_swap_cache_async"),
                in("users", "__swap_count", READER, "p->flags", "__swap_count", "get_swap_device"),
                in(
                        "users",
                        "__swp_swapcount",
                        READER,
                        "p->flags",
                        "__swp_swapcount",
                        "get_swap_device"),
                in(
                        "users",
                        "__swap_duplicate",
                        READER,
                        "p->flags",
                        "__swap_duplicate",
                        "get_swap_device"),
                out("users", "add_swap_count_continuation", "a count of 1 is not continued"),
                in(
                        "not covered",
                        "a synchronous device: the flags, outside any section",
                        READER,
                        "p->flags",
                        "do_swap_page"),
                in(
                        "not covered",
                        "... and swap_readpage, after the put",
                        READER,
                        "p->swap_file",
                        "do_swap_page",
                        "swap_readpage"),
                in(
                        "swapon",
                        "the fields, in a locked section of their own",
                        SWAPOFF,
                        "p->swap_map = ",
                        "enable_swap_info",
                        "setup_swap_info"),
                in(
                        "swapon",
                        "stop_machine with a dummy",
                        SWAPOFF,
                        "stop_machine(dummy",
                        "enable_swap_info"),
                in(
                        "swapon",
                        "SWP_WRITEOK and SWP_VALID, in another",
                        SWAPOFF,
                        "p->flags |= 10",
                        "enable_swap_info"),
                in(
                        "failed swapoff",
                        "both in one section, no stop: SWP_VALID was never cleared",
                        SWAPOFF,
                        "p->flags |= 10",
                        "reinsert_swap_info"),
                in(
                        "swapoff",
                        "clear SWP_VALID under the locks",
                        SWAPOFF,
                        "p->flags &= ~8",
                        "swapoff"),
                in(
                        "swapoff",
                        "stop_machine with a dummy",
                        SWAPOFF,
                        "stop_machine(dummy",
                        "swapoff"),
                in("swapoff", "then as before: wait for scans", SWAPOFF, "& 4)", "swapoff"),
                in("swapoff", "... clear the fields", SWAPOFF, "p->swap_map = NULL", "swapoff"),
                in(
                        "swapoff",
                        "... and the grace period in exit_swap_address_space",
                        SWAPOFF,
                        "synchronize_rcu() /* returned",
                        "exit_swap_address_space"));
    }

    private static List<Step> v8() {
        return List.of(
                in("get", "rcu_read_lock", READER, "rcu_read_lock()", "get_swap_device"),
                in("put", "rcu_read_unlock", READER, "rcu_read_unlock()", "put_swap_device"),
                in(
                        "swapon",
                        "synchronize_rcu between the fields and the flags",
                        SWAPOFF,
                        "synchronize_rcu() /* returned",
                        "enable_swap_info"),
                in(
                        "swapoff",
                        "synchronize_rcu between SWP_VALID and the fields",
                        SWAPOFF,
                        "synchronize_rcu() /* returned",
                        "swapoff"),
                out(
                        "swapoff",
                        "no second grace period in exit_swap_address_space",
                        "a later patch took it away (v5.3, total_swapcache_pages)"),
                out(
                        "get",
                        "the flags are loaded with data_race() in v5.10",
                        "an annotation, no step"));
    }

    private static Step in(
            String number, String kernel, String agent, String text, String... functions) {
        return new Step(number, kernel, new Place.In(agent, List.of(functions), text, ""));
    }

    private static Step after(String earlier, Step step) {
        return step.place()
                        instanceof
                        Place.In(String agent, List<String> functions, String text, String ignored)
                ? new Step(
                        step.number(), step.kernel(), new Place.In(agent, functions, text, earlier))
                : step;
    }

    private static Step out(String number, String kernel, String because) {
        return new Step(number, kernel, new Place.LeftOut(because));
    }
}
