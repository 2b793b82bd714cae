package stillpoint.bench.reader;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Readers of something that one writer takes away. For readers `0 .. readers - 1`, each a thread,
/// and one call of [#retract].
public interface Scheme {
    /// What a reader gets that came too late: nothing was read.
    int GONE = -1;

    /// What a reader gets while it is there.
    int ALIVE = 1;

    /// What no reader may ever get, but from [PlainFlag].
    int DESTROYED = 0;

    /// A thread begins to be this reader.
    default void begin(int reader) {}

    /// One section: looks whether it is valid, and reads it if so.
    int read(int reader);

    /// The thread is this reader no more.
    default void end(int reader) {}

    /// Takes the validity away, waits until nobody can still be reading, and destroys.
    void retract();

    /// All of them, by the name in measurements.
    enum Kind {
        PLAIN_FLAG("plain flag", PlainFlag::new),
        REFERENCE_COUNT("reference count", ReferenceCount::new),
        STRIPED_COUNT("striped reference count", StripedCount::new),
        READ_WRITE_LOCK("read-write lock", ReadWriteLocked::new),
        STAMPED_LOCK("stamped lock", StampedLocked::new),
        SRCU("srcu", Srcu::new),
        EPOCH_FENCE("epoch and fence", EpochFence::new),
        EPOCH_MEMBARRIER("epoch and membarrier", EpochMembarrier::new),
        QSBR("qsbr", Qsbr::new);

        private final String word;
        private final IntFunction<Scheme> maker;

        Kind(String word, IntFunction<Scheme> maker) {
            this.word = word;
            this.maker = maker;
        }

        /// The name in measurements.
        public String word() {
            return word;
        }

        /// A fresh one.
        public Scheme of(int readers) {
            return maker.apply(readers);
        }

        /// The kind with this name.
        public static Kind named(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "scheme \"" + word + "\": there are " + words()));
        }

        /// The names.
        public static List<String> words() {
            return Arrays.stream(values()).map(Kind::word).collect(Collectors.toList());
        }
    }
}
