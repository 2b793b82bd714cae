package stillpoint.random;

/// The streams of one purpose in one replication: one for each entity.
///
/// The purpose is hashed once, here, so that naming a stream for each of 8192 CPUs costs some
/// nanoseconds each.
///
/// @param key a hash of the seed, the purpose and the replication
public record Streams(long key) {
    /// @param seed of the whole experiment; any number
    /// @param purpose what the numbers are for, such as "read section"
    /// @param replication from 0
    /// @throws IllegalArgumentException if the purpose is blank or the replication is negative
    public static Streams of(long seed, String purpose, long replication) {
        if (purpose.isBlank())
            throw new IllegalArgumentException(
                    "purpose = \""
                            + purpose
                            + "\": a stream is named for what its numbers are for; say, such as"
                            + " \"read section\"");
        if (replication < 0)
            throw new IllegalArgumentException(
                    "replication = " + replication + ": replications are counted from 0");
        long hash = Mixer.name(seed);
        for (int i = 0; i < purpose.length(); i++) hash = Mixer.name(hash, purpose.charAt(i));
        hash = Mixer.name(hash, -1 - purpose.length());
        return new Streams(Mixer.name(hash, replication));
    }

    /// The state in which the stream of an entity starts. Two entities never start alike.
    ///
    /// @param entity such as the number of a CPU, from 0
    /// @throws IllegalArgumentException if it is negative
    public long start(long entity) {
        if (entity < 0)
            throw new IllegalArgumentException(
                    "entity = " + entity + ": entities are counted from 0");
        return Mixer.name(key, entity);
    }

    /// A stream of its own for an entity.
    ///
    /// @param entity such as the number of a CPU, from 0
    /// @throws IllegalArgumentException if it is negative
    public Stream stream(long entity) {
        return new Stream(start(entity));
    }
}
