package stillpoint.check;

/// What a search may work with: neither changes a verdict, its counts or its trace.
///
/// @param workers how many threads search; each owns the states of one part of the hashes, and all
///   are at the same distance from the start, so that the result is the same with any number
/// @param fingerprints whether only a hash of 64 bits is kept of each state (hash compaction:
///   Wolper and Leroy 1993). It saves memory where a state has several words; two states with one
///   hash would hide each other, which the verdict's bounds put a chance on. States of one word are
///   kept exactly either way
public record Means(int workers, boolean fingerprints) {
    /// One thread, every state kept exactly.
    public static final Means DEFAULT = new Means(1, false);

    public Means {
        if (workers < 1 || workers > 64)
            throw new IllegalArgumentException(
                    "workers = "
                            + workers
                            + ": a search has 1 to 64; this machine has "
                            + Runtime.getRuntime().availableProcessors()
                            + " processors");
    }

    /// A thread for each processor that this JVM may use.
    public static Means allProcessors() {
        return DEFAULT.workers(Math.min(64, Runtime.getRuntime().availableProcessors()));
    }

    /// The same with another number of threads.
    public Means workers(int threads) {
        return new Means(threads, fingerprints);
    }

    /// The same, keeping only hashes.
    public Means withFingerprints() {
        return new Means(workers, true);
    }

    /// The largest chance that some two of so many states have one hash, if hashes are as good as
    /// random: n (n - 1) / 2^65.
    static double collision(long states) {
        return (double) states * (states - 1) / 0x1p65;
    }
}
