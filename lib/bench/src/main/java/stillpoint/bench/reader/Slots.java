package stillpoint.bench.reader;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// One word for each reader, written by that reader only, each on lines of its own.
final class Slots {
    /// Longs of two lines: processors fetch lines in pairs.
    private static final int APART = 16;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;

    Slots(int readers) {
        words = new long[(readers + 2) * APART];
    }

    int readers() {
        return words.length / APART - 2;
    }

    /// Of its owner only.
    long own(int reader) {
        return words[(reader + 1) * APART];
    }

    long acquire(int reader) {
        return (long) WORD.getAcquire(words, (reader + 1) * APART);
    }

    void opaque(int reader, long value) {
        WORD.setOpaque(words, (reader + 1) * APART, value);
    }

    void release(int reader, long value) {
        WORD.setRelease(words, (reader + 1) * APART, value);
    }

    /// A locked instruction, and so a full barrier on x86.
    void add(int reader, long value) {
        WORD.getAndAdd(words, (reader + 1) * APART, value);
    }

    long sum() {
        long sum = 0;
        for (int reader = 0; reader < readers(); reader++) sum += acquire(reader);
        return sum;
    }
}
