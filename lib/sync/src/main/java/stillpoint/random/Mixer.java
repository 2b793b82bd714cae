package stillpoint.random;

/// Three bijections of 64 bits in which every bit of the input may turn every bit of the output.
///
/// All are a product with an odd number between shifts to the right, so none loses anything:
/// different words in, different words out.
final class Mixer {
    /// 2^64 divided by the golden ratio, made odd: the step of SplitMix64 (Steele, Lea and Flood,
    /// *Fast splittable pseudorandom number generators*, OOPSLA 2014, section 5).
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mixer() {}

    /// What a stream makes of its counter: variant 13 of David Stafford's *Better bit mixing*
    /// (2011), the one that SplitMix64 uses, as does `java.util.SplittableRandom`.
    static long draw(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /// What names are hashed with: the last step of Austin Appleby's MurmurHash3. It is another one
    /// than [#draw], so that the starts of neighbours are no draws of one another.
    static long name(long z) {
        z = (z ^ z >>> 33) * 0xFF51AFD7ED558CCDL;
        z = (z ^ z >>> 33) * 0xC4CEB9FE1A85EC53L;
        return z ^ z >>> 33;
    }

    /// One more part of a name. For a given hash so far, different parts give different hashes; so
    /// do different hashes for a given part.
    static long name(long sofar, long part) {
        return name(name(sofar + GOLDEN) ^ part);
    }
}
