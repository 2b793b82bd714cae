// Who else uses an entry: mm/mincore.c, mm/memory.c, mm/shmem.c, mm/madvise.c, mm/swapfile.c
// (v4.19)
package stillpoint.swap;

import static stillpoint.swap.SwapDevice.NO_PAGE;
import static stillpoint.swap.SwapDevice.PRESENT;
import static stillpoint.swap.SwapDevice.SWAPPED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import stillpoint.check.Checker;
import stillpoint.check.Survey;
import stillpoint.evidence.Table;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Cpu;
import stillpoint.program.Local;
import stillpoint.program.Ptr;

/// A user of a swap entry other than a page fault, against the same swapoff.
///
/// Huang Ying, 2019-02-27: those that hold the page table lock over the entry, or the lock of its
/// page in the swap cache, are safe, since swapoff does not get past `try_to_unuse()` while the
/// byte in `swap_map` is not 0. They call neither get nor put in any version. Each pinned user has
/// a planted mistake: it lets go of its lock before it uses the entry.
public enum EntryUser {
    /// `lookup_swap_cache()` alone: shmem has the entry from its own tree, and holds nothing.
    LOOKUP(Optional.empty()) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            held(cpu, cache, page -> cache.lookup(cpu, page));
        }
    },
    /// `__read_swap_cache_async()` alone: readahead of a neighbour, whose page table entry nobody
    /// looked at; madvise().
    READAHEAD(Optional.empty()) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            held(cpu, cache, page -> cache.readSwapCacheAsync(cpu, page));
        }
    },
    /// `mincore()` of shared memory: a look-up in the swap cache without get and put, which V7 and
    /// V8 left as it was; a patch of its own added them. With them it is [#LOOKUP].
    MINCORE_SHMEM(Optional.empty()) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            mincorePage(cpu, cache);
        }
    },
    /// `mincore()` of a process's own memory: the same look-up under the page table lock.
    MINCORE_PTE(Optional.of("page table lock")) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            underPageTableLock(cpu, cache, () -> mincorePage(cpu, cache));
        }
    },
    /// `swap_duplicate()` in fork, under the page table lock. The byte has one bit of count here,
    /// so the child's use is the parent's; what matters is that the byte is there.
    FORK(Optional.of("page table lock")) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            underPageTableLock(cpu, cache, () -> duplicate(cpu, cache));
        }
    },
    /// `swap_free()` where memory is unmapped: one use fewer, under the page table lock.
    ZAP(Optional.of("page table lock")) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            underPageTableLock(
                    cpu,
                    cache,
                    () -> {
                        cpu.write(cache.map().p().pte(), PRESENT);
                        cache.map().swapFree(cpu);
                        cpu.sometimes(USED);
                    });
        }
    },
    /// `page_swapcount()` of a page in the swap cache, under the lock of the page.
    PAGE_SWAPCOUNT(Optional.of("page lock")) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            var p = cache.map().p();
            cpu.mutexLock(p.pageLock());
            if (pageSwapCache(cpu, cache)) swapcount(cpu, cache);
            cpu.mutexUnlock(p.pageLock());
        }
    },
    /// Planted: the page table lock is dropped between the test and the use.
    FORK_WITHOUT_THE_LOCK(Optional.empty()) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            if (swapped(cpu, cache)) duplicate(cpu, cache);
        }
    },
    /// Planted: the page lock is dropped between the test and the use.
    PAGE_SWAPCOUNT_WITHOUT_THE_LOCK(Optional.empty()) {
        @Override
        void use(Cpu cpu, SwapCache cache) {
            var p = cache.map().p();
            boolean cached =
                    cpu.test(
                            "",
                            () -> {
                                cpu.mutexLock(p.pageLock());
                                boolean is = pageSwapCache(cpu, cache);
                                cpu.mutexUnlock(p.pageLock());
                                return is;
                            });
            if (cached) swapcount(cpu, cache);
        }
    };

    private static final String USED = "the user used the entry";

    private final Optional<String> pin;

    EntryUser(Optional<String> pin) {
        this.pin = pin;
    }

    /// The lock that pins the entry; empty if nothing does.
    public Optional<String> pin() {
        return pin;
    }

    /// What it does, as a program of its own.
    abstract void use(Cpu cpu, SwapCache cache);

    /// The model of this user against swapoff.
    ///
    /// @param users how many of them, 1 to 8
    /// @throws IllegalArgumentException if there are too few or too many
    public Model model(SwapDesign design, int users, Scenario scenario, DeviceKind device) {
        var sometimes = new ArrayList<>(List.of(USED));
        if (this == LOOKUP) sometimes.add(SwapIn.GOT_THE_DEVICE);
        return SwapModel.of(
                SwapModel.title(design, device) + ", " + words(),
                words(),
                users,
                () -> SwapPrograms.of(design, scenario, device, words(), this::use),
                scenario,
                device,
                sometimes);
    }

    /// Every user under every one of these designs: which failure classes are met, each behind the
    /// others too.
    ///
    /// @param users how many of a kind, 1 to 8
    public static Table table(int users, Config config, SwapDesign... designs) {
        var rows = new ArrayList<List<Object>>();
        for (EntryUser user : values())
            for (SwapDesign design : designs) {
                Survey survey =
                        Checker.of(config)
                                .survey(
                                        user.model(
                                                design, users, Scenario.SWAPOFF, DeviceKind.SSD));
                rows.add(
                        List.of(
                                user.words(),
                                user.pin.orElse("nothing"),
                                Designs.nameOf(design),
                                Answer.word(survey, design.needsMemoryModel()),
                                survey.counts().states()));
            }
        return Table.of(
                "Users of an entry, " + users + " at a time, " + config,
                List.of("user", "pinned by", "design", "verdict", "states"),
                rows);
    }

    private String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    // ---- what the users are made of

    /// A look-up that a design may hold the device across; V1 did in shmem and madvise too.
    private static void held(Cpu cpu, SwapCache cache, Consumer<Local> lookup) {
        SwapDesign design = cache.map().design();
        if (!cpu.test("", () -> design.beginFault(cpu, cache.map().p()))) return;
        Local page = cpu.local("page", 2, NO_PAGE);
        lookup.accept(page);
        found(cpu, page);
        design.endFault(cpu, cache.map().p());
    }

    private static void found(Cpu cpu, Local page) {
        cpu.when(() -> page.get().isNot(NO_PAGE), () -> cpu.sometimes(USED));
    }

    private static void mincorePage(Cpu cpu, SwapCache cache) {
        cpu.call(
                "mincore_page",
                () -> {
                    Local page = cpu.local("page", 2, NO_PAGE);
                    cache.findGetPage(cpu, cpu.read(cache.map().p().swapperSpaces()), page);
                    found(cpu, page);
                });
    }

    private static void duplicate(Cpu cpu, SwapCache cache) {
        cache.map().swapDuplicate(cpu);
        cpu.sometimes(USED);
    }

    private static void swapcount(Cpu cpu, SwapCache cache) {
        boolean used = cache.map().pageSwapped(cpu);
        if (used) cpu.sometimes(USED);
    }

    private static void underPageTableLock(Cpu cpu, SwapCache cache, Runnable use) {
        var p = cache.map().p();
        cpu.spinLock(p.pageTableLock());
        cpu.when(() -> cpu.read(p.pte()).is(SWAPPED), use);
        cpu.spinUnlock(p.pageTableLock());
    }

    private static boolean swapped(Cpu cpu, SwapCache cache) {
        var p = cache.map().p();
        return cpu.test(
                "",
                () -> {
                    cpu.spinLock(p.pageTableLock());
                    boolean same = cpu.read(p.pte()).is(SWAPPED);
                    cpu.spinUnlock(p.pageTableLock());
                    return same;
                });
    }

    /// `PageSwapCache()`: a flag of the page, which outlives the device. The model keeps it in the
    /// array alone, hence one step that does not trip over an array that is gone.
    private static boolean pageSwapCache(Cpu cpu, SwapCache cache) {
        var p = cache.map().p();
        return cpu.test(
                "PageSwapCache",
                () -> {
                    boolean[] cached = {false};
                    cpu.atomic(() -> {
                        Ptr spaces = cpu.read(p.swapperSpaces());
                        if (spaces.exists())
                            cached[0] = cpu.read(spaces.at(p.cached())).isNot(NO_PAGE);
                    });
                    return cached[0];
                });
    }
}
