package stillpoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The states found so far, in the order of discovery, each once: an open-addressed table of
/// numbers into chunks of words.
///
/// The hot core of the search: primitive arrays, mutable, one thread. Every state also keeps the
/// number of the state it was found from, which is all that a shortest trace needs.
final class StateTable {
    private static final int CHUNK = 1 << 14;

    private final int words;
    private final List<long[]> chunks = new ArrayList<>();
    private final List<int[]> parents = new ArrayList<>();
    private int[] index = new int[1 << 12];
    private int size;

    StateTable(int words) {
        this.words = words;
    }

    int size() {
        return size;
    }

    /// Bytes held for states, parents and the table.
    long bytes() {
        return (long) chunks.size() * CHUNK * (words * 8L + 4) + index.length * 4L;
    }

    /// The same while the table of numbers grows the next time, when it is there twice.
    long bytesToGrow() {
        return bytes() + index.length * 8L;
    }

    void load(int state, long[] into) {
        System.arraycopy(chunks.get(state / CHUNK), state % CHUNK * words, into, 0, words);
    }

    int parent(int state) {
        return parents.get(state / CHUNK)[state % CHUNK];
    }

    /// Whether the state is new.
    boolean add(long[] state, int parent) {
        int mask = index.length - 1;
        int at = hash(state) & mask;
        while (index[at] != 0) {
            if (same(index[at] - 1, state)) return false;
            at = at + 1 & mask;
        }
        if (size % CHUNK == 0) {
            chunks.add(new long[CHUNK * words]);
            parents.add(new int[CHUNK]);
        }
        System.arraycopy(state, 0, chunks.getLast(), size % CHUNK * words, words);
        parents.getLast()[size % CHUNK] = parent;
        index[at] = ++size;
        if (size > index.length / 2) grow();
        return true;
    }

    private boolean same(int known, long[] state) {
        long[] chunk = chunks.get(known / CHUNK);
        int at = known % CHUNK * words;
        for (int w = 0; w < words; w++) if (chunk[at + w] != state[w]) return false;
        return true;
    }

    private int hash(long[] state) {
        long h = 0;
        for (int w = 0; w < words; w++) {
            h = (h ^ state[w]) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 29;
        }
        return (int) (h ^ h >>> 32);
    }

    private void grow() {
        int[] larger = new int[index.length * 2];
        int mask = larger.length - 1;
        long[] state = new long[words];
        for (int i = 0; i < size; i++) {
            load(i, state);
            int at = hash(state) & mask;
            while (larger[at] != 0) at = at + 1 & mask;
            larger[at] = i + 1;
        }
        index = larger;
    }

    @Override
    public String toString() {
        return size
                + " states of "
                + words
                + " words, "
                + Arrays.toString(new int[] {index.length});
    }
}
