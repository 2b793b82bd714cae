package stillpoint.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// What [PendingEvents] does, in the plainest way: a sorted set, for comparison.
final class Agenda {
    private record Entry(long time, int slot) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Integer.compare(slot, other.slot);
        }
    }

    private final TreeSet<Entry> entries = new TreeSet<>();
    private final Map<Integer, Entry> ofSlot = new HashMap<>();

    void set(int slot, long time) {
        cancel(slot);
        Entry entry = new Entry(time, slot);
        ofSlot.put(slot, entry);
        entries.add(entry);
    }

    void cancel(int slot) {
        Entry gone = ofSlot.remove(slot);
        if (gone != null) entries.remove(gone);
    }

    boolean isPending(int slot) {
        return ofSlot.containsKey(slot);
    }

    int first() {
        return entries.isEmpty() ? -1 : entries.first().slot();
    }

    long time() {
        return entries.first().time();
    }
}
