package stillpoint.simulate;

import java.util.Arrays;
import java.util.NoSuchElementException;

/// What is to come, and when: at most one event for each of a fixed number of slots, such as "CPU
/// 17 ends its operation". [#first] is the next one.
///
/// A hot core: one array, mutable, one thread, and nothing is allocated after the constructor. It
/// is a tournament in which four meet each time: every node holds the smallest of its four
/// children, so the root holds the next event. A key is `time << 20 | slot`, so equal times come in
/// the order of the slots, whenever they were set. Setting and cancelling are the same: the leaf is
/// overwritten and its matches are played again up to the root, or to where the winner stays the
/// same. Where the opponents lie is known from the slot alone, and the smallest of four is found
/// without a branch; so the processor waits neither for a guess nor for one memory access after
/// another, which is where heaps of every kind spend their time.
///
/// Node `i` has the children `4i+4` to `4i+7`: four that meet are aligned, and the opponents of `i`
/// are `i^1`, `i^2` and `i^3`.
public final class PendingEvents {
    /// Slots that there can be: a million.
    public static final int MAX_SLOTS = 1_000_000;

    /// Latest time, in ns: two hours and 26 minutes.
    public static final long MAX_TIME = (1L << 43) - 1;

    private static final int SLOT_BITS = 20;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    /// Above every key, since the last slot number is never reached.
    private static final long NONE = Long.MAX_VALUE;

    private final int slots;
    private final int firstLeaf;
    private final long[] tree;

    /// @param slots how many there are, numbered from 0
    /// @throws IllegalArgumentException unless there are 1 to a million
    public PendingEvents(int slots) {
        if (slots < 1 || slots > MAX_SLOTS)
            throw new IllegalArgumentException(
                    "slots = "
                            + slots
                            + ": there are 1 to "
                            + MAX_SLOTS
                            + " slots; give each thing that can be pending one");
        this.slots = slots;
        int leaf = 0;
        for (long leaves = 1; leaves < slots; leaves *= 4) leaf = 4 * leaf + 4;
        firstLeaf = leaf;
        tree = new long[(firstLeaf + slots + 3 & ~3)];
        clear();
    }

    /// Puts the slot's event at a time, whether it was pending or not.
    ///
    /// @param slot from 0
    /// @param time in ns, from 0 to [#MAX_TIME]; it may be earlier than the next event's
    /// @throws IllegalArgumentException if the time is not in these bounds
    /// @throws IndexOutOfBoundsException if there is no such slot
    public void set(int slot, long time) {
        if (time >>> 43 != 0) throw noTime(time);
        replace(slot, time << SLOT_BITS | slot);
    }

    /// Takes the slot's event away, if there is one.
    ///
    /// @throws IndexOutOfBoundsException if there is no such slot
    public void cancel(int slot) {
        replace(slot, NONE);
    }

    /// Slot of the next event, the lowest of those at the same time; -1 if nothing is pending.
    public int first() {
        long key = tree[0];
        return key == NONE ? -1 : (int) key & SLOT_MASK;
    }

    /// Time of the next event, in ns.
    ///
    /// @throws NoSuchElementException if nothing is pending
    public long time() {
        long key = tree[0];
        if (key == NONE)
            throw new NoSuchElementException(
                    "nothing is pending, so there is no next time: ask isEmpty() first");
        return key >>> SLOT_BITS;
    }

    /// Time of a slot's event, in ns.
    ///
    /// @throws NoSuchElementException if the slot has none
    /// @throws IndexOutOfBoundsException if there is no such slot
    public long time(int slot) {
        if (!isPending(slot))
            throw new NoSuchElementException(
                    "slot " + slot + " has no pending event: ask isPending(" + slot + ") first");
        return tree[firstLeaf + slot] >>> SLOT_BITS;
    }

    /// Whether the slot has an event.
    ///
    /// @throws IndexOutOfBoundsException if there is no such slot
    public boolean isPending(int slot) {
        if (slot < 0 || slot >= slots) throw noSlot(slot);
        return tree[firstLeaf + slot] != NONE;
    }

    /// Whether no slot has an event.
    public boolean isEmpty() {
        return tree[0] == NONE;
    }

    /// Takes every event away.
    public void clear() {
        Arrays.fill(tree, NONE);
    }

    private void replace(int slot, long key) {
        if (slot < 0 || slot >= slots) throw noSlot(slot);
        long[] nodes = tree;
        int node = firstLeaf + slot;
        nodes[node] = key;
        while (node > 0) {
            long others = Math.min(nodes[node ^ 2], nodes[node ^ 3]);
            key = Math.min(key, Math.min(nodes[node ^ 1], others));
            node = (node >> 2) - 1;
            if (nodes[node] == key) return;
            nodes[node] = key;
        }
    }

    private IndexOutOfBoundsException noSlot(int slot) {
        return new IndexOutOfBoundsException(
                "slot = " + slot + ": the slots are 0 to " + (slots - 1));
    }

    private static IllegalArgumentException noTime(long time) {
        return new IllegalArgumentException(
                "time = "
                        + time
                        + " ns: an event is at 0 to "
                        + MAX_TIME
                        + " ns (2 h 26 min); simulate less, or look for an overflow");
    }
}
