package stillpoint.swap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stillpoint.evidence.Table;
import stillpoint.machine.Model;
import stillpoint.program.Variable;
import stillpoint.swap.HeldLocks.How;
import stillpoint.swap.HeldLocks.Section;
import stillpoint.swap.HeldLocks.Take;
import stillpoint.swap.HeldLocks.Touch;

/// Which lock each path takes, and what it orders, read off the recorded programs.
///
/// A lock *orders* two paths where both touch a cell under it, and one of them changes the cell. It
/// orders them *alone* where they have no other lock in common: there, and only there, something
/// may break when it is taken away. What no recorded program does is not in it: the lists of
/// devices under `swap_avail_lock` and `swap_lock`, for one, are not modelled.
public final class LockCensus {
    /// Where a fault begins.
    private static final String FAULT = "do_swap_page";

    /// Which paths a lock orders. *Writers* are the system calls swapoff and swapon; whoever uses
    /// an entry, be it a fault or reclaim, is a *reader*, although it changes bytes of `swap_map`.
    public enum Between {
        READERS("reader with reader"),
        READER_AND_WRITER("reader with writer"),
        WRITERS("writer with writer");

        private final String words;

        Between(String words) {
            this.words = words;
        }

        private static Between of(Touch a, Touch b) {
            if (writer(a) != writer(b)) return READER_AND_WRITER;
            return writer(a) ? WRITERS : READERS;
        }

        private static boolean writer(Touch touch) {
            String top = touch.path().top();
            return top.equals("swapoff") || top.equals("swapon");
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final String title;
    private final List<String> locks;
    private final List<Take> takes;
    private final List<Section> sections;
    private final List<Touch> touches;

    private LockCensus(Model model) {
        var held = HeldLocks.of(model);
        title = model.title();
        locks =
                model.memory().variables().stream()
                        .filter(v ->
                                v.sort() == Variable.Sort.SPIN_LOCK
                                        || v.sort() == Variable.Sort.MUTEX)
                        .map(Variable::name)
                        .toList();
        takes = held.takes();
        sections = held.sections();
        touches = held.touches();
    }

    /// The census of a design on a kind of device: a fault, swapoff, swapon, and the first page
    /// that goes out to the new device.
    ///
    /// @throws stillpoint.program.RecordingException if the design cannot be recorded
    public static LockCensus of(SwapDesign design, DeviceKind device) {
        return of(SwapModel.of(design, 1, true, device));
    }

    /// The census of any model.
    public static LockCensus of(Model model) {
        return new LockCensus(model);
    }

    /// Every lock there is, in the order of declaration; some may never be taken.
    public List<String> locks() {
        return locks;
    }

    /// Whether a page fault takes the lock.
    ///
    /// @throws IllegalArgumentException if there is no such lock
    public boolean onFaultPath(String lock) {
        return takes(lock).anyMatch(take -> take.path().top().equals(FAULT));
    }

    /// Which paths the lock orders.
    ///
    /// @throws IllegalArgumentException if there is no such lock
    public Set<Between> orders(String lock) {
        return ordered(lock).stream()
                .map(pair -> Between.of(pair.one(), pair.other()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Which paths no other lock orders.
    ///
    /// @throws IllegalArgumentException if there is no such lock
    public Set<Between> ordersAlone(String lock) {
        return ordered(lock).stream()
                .filter(pair -> pair.one().common(pair.other()).size() == 1)
                .map(pair -> Between.of(pair.one(), pair.other()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The locks in the order in which they are taken, as a circle that comes back to its first;
    /// empty if there is none. Two tasks that take the locks of a circle may wait for each other
    /// for ever.
    public List<String> cycle() {
        Map<String, Set<String>> inner = new LinkedHashMap<>();
        for (Take take : takes)
            for (String held : take.held())
                inner.computeIfAbsent(held, h -> new LinkedHashSet<>()).add(take.lock());
        var done = new LinkedHashSet<String>();
        for (String lock : locks) {
            List<String> cycle = cycle(lock, new ArrayList<>(), inner, done);
            if (!cycle.isEmpty()) return cycle;
        }
        return List.of();
    }

    private static List<String> cycle(
            String lock, List<String> way, Map<String, Set<String>> inner, Set<String> done) {
        int before = way.indexOf(lock);
        way.add(lock);
        if (before >= 0) return List.copyOf(way.subList(before, way.size()));
        if (!done.contains(lock))
            for (String next : inner.getOrDefault(lock, Set.of())) {
                List<String> cycle = cycle(next, way, inner, done);
                if (!cycle.isEmpty()) return cycle;
            }
        done.add(lock);
        way.removeLast();
        return List.of();
    }

    /// A row for each lock that is taken: where, and what it orders.
    public Table table() {
        var rows = new ArrayList<List<String>>();
        for (String lock : locks) {
            if (takes(lock).findAny().isEmpty()) continue;
            Set<Between> orders = orders(lock);
            rows.add(
                    List.of(
                            lock,
                            onFaultPath(lock) ? "yes" : "no",
                            list(
                                    sections.stream()
                                            .filter(s -> s.lock().equals(lock))
                                            .map(s -> s.path().toString())),
                            orders.isEmpty()
                                    ? "nothing that is modelled"
                                    : list(orders.stream().map(Between::toString)),
                            list(under(lock).map(Touch::cell)),
                            list(ordersAlone(lock).stream().map(Between::toString))));
        }
        return new Table(
                "Locks of " + title,
                Stream.of(
                                "lock",
                                "on the fault path",
                                "held by",
                                "orders",
                                "cells under it",
                                "orders alone")
                        .map(Table::words)
                        .toList(),
                rows);
    }

    /// A row for each lock that is taken while another is held. The title names a circle if there
    /// is one.
    public Table order() {
        var by = new LinkedHashMap<List<String>, Set<String>>();
        for (Take take : takes)
            for (String held : take.held())
                by.computeIfAbsent(List.of(held, take.lock()), e -> new LinkedHashSet<>())
                        .add(take.path().toString());
        var rows = new ArrayList<List<String>>();
        by.forEach((edge, paths) ->
                rows.add(List.of(edge.getFirst(), edge.getLast(), list(paths.stream()))));
        return new Table(
                "Order of the locks of "
                        + title
                        + ": "
                        + (cycle().isEmpty() ? "no circle" : String.join(" > ", cycle())),
                List.of(Table.words("held"), Table.words("then taken"), Table.words("by")),
                rows);
    }

    /// A row for each cell and each way of touching it that no lock orders with a change of the
    /// cell: what a design has to order by something else, or what may race.
    public Table unordered() {
        var by = new LinkedHashMap<List<String>, Set<String>>();
        for (Touch touch : touches)
            if (touches.stream().anyMatch(t -> t.conflicts(touch) && t.common(touch).isEmpty()))
                by.computeIfAbsent(
                                List.of(touch.cell(), word(touch.how())),
                                c -> new LinkedHashSet<>())
                        .add(touch.path().toString());
        var rows = new ArrayList<List<String>>();
        by.forEach((cell, paths) ->
                rows.add(List.of(cell.getFirst(), cell.getLast(), list(paths.stream()))));
        return new Table(
                "Touched by several without a common lock: " + title,
                List.of(Table.words("cell"), Table.words("is"), Table.words("by")),
                rows);
    }

    private record Pair(Touch one, Touch other) {}

    /// The pairs of touches that are under the lock and whose order matters. A touch is a pair with
    /// itself: two CPUs may run the same program.
    private List<Pair> ordered(String lock) {
        List<Touch> under = under(lock).toList();
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < under.size(); i++)
            for (Touch other : under.subList(i, under.size()))
                if (under.get(i).conflicts(other)) pairs.add(new Pair(under.get(i), other));
        return pairs;
    }

    private Stream<Touch> under(String lock) {
        known(lock);
        return touches.stream().filter(t -> t.held().contains(lock));
    }

    private static String word(How how) {
        return switch (how) {
            case READS -> "read";
            case WRITES -> "written";
            case FREES -> "freed";
        };
    }

    private Stream<Take> takes(String lock) {
        known(lock);
        return takes.stream().filter(t -> t.lock().equals(lock));
    }

    private void known(String lock) {
        if (!locks.contains(lock))
            throw new IllegalArgumentException(
                    lock + ": a lock of " + title + " is one of " + String.join(", ", locks));
    }

    private static String list(Stream<String> words) {
        Collection<String> distinct = words.collect(Collectors.toCollection(LinkedHashSet::new));
        return String.join("; ", distinct);
    }
}
