package stillpoint.check;

import java.util.ArrayDeque;

/// States that are still to be expanded, first in, first out.
///
/// A hot core: chunks of words, used again once they are empty, so that a search holds only its
/// present level and the next.
final class StateQueue {
    private static final int CHUNK = 1 << 12;

    private final int words;
    private final ArrayDeque<long[]> chunks = new ArrayDeque<>();
    private long[] first;
    private long[] last;
    private int read;
    private int written;
    private long size;
    private final ArrayDeque<long[]> empty = new ArrayDeque<>();

    StateQueue(int words) {
        this.words = words;
        first = new long[CHUNK * words];
        last = first;
        chunks.add(first);
    }

    long size() {
        return size;
    }

    /// Bytes held.
    long bytes() {
        return (long) (chunks.size() + empty.size()) * CHUNK * words * 8;
    }

    void add(long[] states, int from) {
        if (written == CHUNK * words) {
            last = empty.isEmpty() ? new long[CHUNK * words] : empty.pop();
            chunks.add(last);
            written = 0;
        }
        if (words == 1) last[written] = states[from];
        else System.arraycopy(states, from, last, written, words);
        written += words;
        size++;
    }

    /// Takes the first state; the queue must not be empty.
    void take(long[] into) {
        if (read == CHUNK * words) {
            empty.push(chunks.remove());
            first = chunks.element();
            read = 0;
        }
        if (words == 1) into[0] = first[read];
        else System.arraycopy(first, read, into, 0, words);
        read += words;
        size--;
    }
}
