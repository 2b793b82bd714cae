package stillpoint.check;

import java.util.Arrays;

/// Gives each state its number, in the order of first sight. Unlike [StateTable], which only says
/// whether a state is new, it finds the number of a known one: an edge needs both of its ends.
final class StateNumbers {
    private final int words;
    private long[] states = new long[1 << 10];
    private int[] slots = new int[1 << 10];
    private int size;

    StateNumbers(int words) {
        this.words = words;
    }

    int size() {
        return size;
    }

    /// Bytes held.
    long bytes() {
        return states.length * 8L + slots.length * 4L;
    }

    void load(int number, long[] into) {
        System.arraycopy(states, number * words, into, 0, words);
    }

    /// The number of a state; a new one gets the next.
    int of(long[] state) {
        int mask = slots.length - 1;
        int at = spread(state, 0) & mask;
        while (slots[at] != 0) {
            int known = (slots[at] - 1) * words;
            if (Arrays.equals(states, known, known + words, state, 0, words)) return slots[at] - 1;
            at = at + 1 & mask;
        }
        int from = size * words;
        if (from + words > states.length)
            states = Arrays.copyOf(states, Math.max(states.length * 2, from + words));
        System.arraycopy(state, 0, states, from, words);
        slots[at] = ++size;
        if (size > slots.length / 2) grow();
        return size - 1;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int n = 0; n < size; n++) {
            int at = spread(states, n * words) & mask;
            while (slots[at] != 0) at = at + 1 & mask;
            slots[at] = n + 1;
        }
    }

    private int spread(long[] from, int first) {
        long h = 0;
        for (int w = 0; w < words; w++)
            h = Long.rotateLeft(h ^ from[first + w], 29) * 0xBF58476D1CE4E5B9L;
        return (int) (h ^ h >>> 31);
    }
}
