package stillpoint.random;

/// A stream of random numbers with a name: SplitMix64 (Steele, Lea and Flood, *Fast splittable
/// pseudorandom number generators*, OOPSLA 2014), a counter that is mixed.
///
/// A hot core: mutable, for one thread, and no draw allocates. The whole state is one word, so that
/// a simulator keeps a `long[]` of states and walks over it with one `Stream`:
///
/// ```java
/// stream.state(states[cpu]);
/// long section = sections.sample(stream);
/// states[cpu] = stream.state();
/// ```
///
/// **Period and overlap.** All streams are pieces of one circle of 2^64 words, in which no word
/// comes twice; a stream starts at a hash of its name ([Streams]). Pieces of `L` draws from `M`
/// hashed starts touch with a probability of about `M²L/2^64`: for the 32,768 streams of one
/// replication on 8192 CPUs, and a million draws from each, 1 to 17,000; for the 6.5 million
/// streams of 200 replications with 10,000 draws each, 0.02, and then between two CPUs of different
/// replications, as a rule. A test takes the starts of such an experiment and measures the gaps.
/// What no test here can notice, but somebody who counts may: since no word comes twice, there are
/// no coincidences among the first 2^32 draws where truly random words would have one.
public final class Stream {
    private static final double TO_UNIT = 0x1p-53;

    private long state;

    Stream(long state) {
        this.state = state;
    }

    /// @param seed of the whole experiment; any number
    /// @param purpose what the numbers are for, such as "read section"
    /// @param replication from 0
    /// @param entity such as the number of a CPU, from 0
    /// @throws IllegalArgumentException if the purpose is blank, or a number is negative
    public static Stream of(long seed, String purpose, long replication, long entity) {
        return Streams.of(seed, purpose, replication).stream(entity);
    }

    /// The state in which that stream starts; for many entities, [Streams#start] hashes less.
    ///
    /// @param seed of the whole experiment; any number
    /// @param purpose what the numbers are for, such as "read section"
    /// @param replication from 0
    /// @param entity such as the number of a CPU, from 0
    /// @throws IllegalArgumentException if the purpose is blank, or a number is negative
    public static long start(long seed, String purpose, long replication, long entity) {
        return Streams.of(seed, purpose, replication).start(entity);
    }

    /// All that has to be kept to go on from here.
    public long state() {
        return state;
    }

    /// Goes on from a state that was kept.
    public void state(long state) {
        this.state = state;
    }

    /// Any of 2^64 words.
    public long nextLong() {
        return Mixer.draw(state += Mixer.GOLDEN);
    }

    /// A number over 0 and under 1: the middle of one of 2^52 equal parts.
    public double nextDouble() {
        return ((nextLong() >>> 12 << 1) + 1) * TO_UNIT;
    }

    /// A number from 0 to under the bound, each with the same probability: by the high half of a
    /// product, and a second try where the halves would not come out even (Lemire, *Fast random
    /// integer generation in an interval*, ACM TOMACS 29, 2019).
    ///
    /// @throws IllegalArgumentException if the bound is not positive
    public int nextInt(int bound) {
        if (bound <= 0) throw noBound(bound);
        long product = (nextLong() >>> 32) * bound;
        if ((product & 0xFFFF_FFFFL) < bound) {
            long uneven = 0x1_0000_0000L % bound;
            while ((product & 0xFFFF_FFFFL) < uneven) product = (nextLong() >>> 32) * bound;
        }
        return (int) (product >>> 32);
    }

    /// Whether something of this probability happens.
    ///
    /// @param probability 0 for never, 1 for always
    /// @throws IllegalArgumentException if it is not from 0 to 1
    public boolean nextBoolean(double probability) {
        if (!(probability >= 0 && probability <= 1)) throw noProbability(probability);
        return nextDouble() < probability;
    }

    /// A number of an exponential distribution with mean 1, at least 0; see [Ziggurat].
    public double nextExponential() {
        return Ziggurat.next(this);
    }

    /// A number of the normal distribution with mean 0 and deviation 1, by Marsaglia's polar
    /// method. Takes an even number of draws, 2.5 on average.
    public double nextGaussian() {
        while (true) {
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double square = x * x + y * y;
            if (square < 1 && square > 0)
                return x * Math.sqrt(-2 * StrictMath.log(square) / square);
        }
    }

    private static IllegalArgumentException noBound(int bound) {
        return new IllegalArgumentException(
                "bound = " + bound + ": numbers from 0 to under a bound need one of 1 or more");
    }

    private static IllegalArgumentException noProbability(double probability) {
        return new IllegalArgumentException(
                "probability = " + probability + ": a probability is from 0 to 1");
    }
}
