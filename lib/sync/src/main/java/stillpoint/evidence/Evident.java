package stillpoint.evidence;

/// What shows as a piece of evidence: the result of a package that pictures do not know.
@FunctionalInterface
public interface Evident {
    /// The record that is shown in its place, such as a [Timing] or a [Table].
    Record evidence();
}
