package stillpoint.statistics;

/// Which random numbers a sample was drawn with: two samples of one key saw the same ones,
/// replication by replication (common random numbers), two of different keys are independent.
///
/// For a simulation this is all that its streams were derived from: the load, how readers are
/// drawn, the seed, but not the design, which is what pairs compare. For a recording it is the
/// file; its seed is 0.
///
/// @param source what the numbers come from, in words
/// @param seed the seed, 0 for a recording
public record Key(String source, long seed) {
    public Key {
        if (source.isBlank())
            throw new IllegalArgumentException(
                    "a key without a source: say where the numbers come from, such as the workload"
                            + " or the recorded file");
    }

    @Override
    public String toString() {
        return source + ", seed " + seed;
    }
}
