package stillpoint.check;

/// The states met so far, each once, and nothing else about them: an open-addressed table that
/// holds the words themselves, so that a look-up is one miss of the cache.
///
/// The hot core of a search without traces: primitive arrays, mutable, one thread. It is cut into
/// segments by the hash, which grow one after the other: while a segment moves, only that segment
/// is in memory twice.
final class StateSet {
    private static final int SEGMENTS = 64;
    private static final int SEGMENT_SHIFT = 58;
    private static final int FIRST = 1 << 7;

    /// A look ahead is worth it for so many states: their misses overlap, and the processor keeps
    /// about this many under way.
    private static final int AHEAD = 64;

    private final int words;
    private final long[][] segments = new long[SEGMENTS][];
    private final int[] used = new int[SEGMENTS];
    private final long[] hashes = new long[AHEAD];
    private long size;
    private long slots;
    private int largest = FIRST;

    /// A free slot is all zeros, so the state that is all zeros is kept here.
    private boolean zero;

    /// Keeps the loads of a look ahead alive.
    private long touched;

    StateSet(int words) {
        this.words = words;
        for (int s = 0; s < SEGMENTS; s++) segments[s] = new long[FIRST * words];
        slots = (long) SEGMENTS * FIRST;
    }

    long size() {
        return size;
    }

    /// Bytes held, and those that the next segment to grow needs while it moves.
    long bytes() {
        return (slots + 2L * largest) * words * 8;
    }

    /// Receives a state that was new: its number among those of one call, from 0.
    interface Fresh {
        void state(int number);
    }

    /// Adds `count` states that lie one behind the other, in order, until the set has `most`.
    ///
    /// @return how many were looked at: fewer than `count` only at the limit
    int add(long[] states, int count, long most, Fresh fresh) {
        for (int from = 0; from < count; from += AHEAD) {
            int to = Math.min(count, from + AHEAD);
            lookAhead(states, from, to);
            for (int s = from; s < to; s++) {
                if (add(states, s * words, hashes[s - from])) {
                    fresh.state(s);
                    if (size >= most) return s + 1;
                }
            }
        }
        return count;
    }

    private void lookAhead(long[] states, int from, int to) {
        long sum = 0;
        if (words == 1)
            for (int s = from; s < to; s++) {
                long hash = hash(states[s]);
                hashes[s - from] = hash;
                long[] segment = segments[(int) (hash >>> SEGMENT_SHIFT)];
                sum += segment[(int) hash & segment.length - 1];
            }
        else
            for (int s = from; s < to; s++) {
                long hash = hash(states, s * words, words);
                hashes[s - from] = hash;
                long[] segment = segments[(int) (hash >>> SEGMENT_SHIFT)];
                sum += segment[slot(hash, segment)];
            }
        touched = sum;
    }

    private int slot(long hash, long[] segment) {
        return ((int) hash & segment.length / words - 1) * words;
    }

    private boolean add(long[] states, int from, long hash) {
        int s = (int) (hash >>> SEGMENT_SHIFT);
        boolean fresh = words == 1 ? one(s, states[from], hash) : several(s, states, from, hash);
        if (!fresh) return false;
        size++;
        if (++used[s] > segments[s].length / words / 4 * 3) grow(s);
        return true;
    }

    private boolean one(int s, long state, long hash) {
        if (state == 0) return first();
        long[] segment = segments[s];
        int mask = segment.length - 1;
        int at = (int) hash & mask;
        while (segment[at] != 0) {
            if (segment[at] == state) return false;
            at = at + 1 & mask;
        }
        segment[at] = state;
        return true;
    }

    private boolean first() {
        boolean fresh = !zero;
        zero = true;
        return fresh;
    }

    private boolean several(int s, long[] states, int from, long hash) {
        if (same(states, from, new long[words], 0)) return first();
        int at = find(segments[s], states, from, hash);
        if (at < 0) return false;
        System.arraycopy(states, from, segments[s], at, words);
        return true;
    }

    /// The word at which a state goes into a segment; -1 if it is there.
    private int find(long[] segment, long[] states, int from, long hash) {
        int mask = segment.length / words - 1;
        int slot = (int) hash & mask;
        while (!free(segment, slot * words)) {
            if (same(segment, slot * words, states, from)) return -1;
            slot = slot + 1 & mask;
        }
        return slot * words;
    }

    private boolean free(long[] segment, int at) {
        for (int w = 0; w < words; w++) if (segment[at + w] != 0) return false;
        return true;
    }

    private boolean same(long[] one, int at, long[] other, int from) {
        for (int w = 0; w < words; w++) if (one[at + w] != other[from + w]) return false;
        return true;
    }

    private void grow(int s) {
        long[] old = segments[s];
        segments[s] = words == 1 ? moved(old) : movedWide(old);
        slots += old.length / words;
        largest = Math.max(largest, segments[s].length / words);
    }

    private static long[] moved(long[] old) {
        var larger = new long[old.length * 2];
        int mask = larger.length - 1;
        for (long state : old) {
            if (state == 0) continue;
            int at = (int) hash(state) & mask;
            while (larger[at] != 0) at = at + 1 & mask;
            larger[at] = state;
        }
        return larger;
    }

    private long[] movedWide(long[] old) {
        var larger = new long[old.length * 2];
        for (int at = 0; at < old.length; at += words)
            if (!free(old, at))
                System.arraycopy(
                        old, at, larger, find(larger, old, at, hash(old, at, words)), words);
        return larger;
    }

    /// 64 bits that tell states apart as if drawn at random: for one word a permutation, so that no
    /// two are alike.
    static long hash(long[] states, int from, int words) {
        if (words == 1) return hash(states[from]);
        long h = 0;
        for (int w = 0; w < words; w++) {
            h = (h ^ states[from + w]) * 0xBF58476D1CE4E5B9L;
            h ^= h >>> 32;
            h = Long.rotateLeft(h * 0x94D049BB133111EBL, 29) + w;
        }
        return hash(h);
    }

    static long hash(long state) {
        long h = state * 0xBF58476D1CE4E5B9L;
        h = (h ^ h >>> 32) * 0x9E3779B97F4A7C15L;
        return h ^ h >>> 29;
    }

    @Override
    public String toString() {
        return size + " states of " + words + " words, " + touched;
    }
}
